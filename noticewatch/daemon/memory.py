"""Keep the heap of a long-running process small: few arenas, free memory given back.

glibc gives each thread an arena of its own and keeps what was freed there; with the web
archive's threads beside the crawler that is a slow growth that no Python object explains. On
other C libraries both functions do nothing.
"""

from __future__ import annotations

import ctypes
import gc
from functools import cache

ARENAS = 2
_M_ARENA_MAX = -8  # of malloc.h


@cache
def _libc() -> ctypes.CDLL | None:
    try:
        libc = ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
    return libc if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None


def limit_arenas() -> None:
    """To be called before threads start: arenas that are there stay."""
    if libc := _libc():
        libc.mallopt(_M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Return free pages to the system; some ten milliseconds."""
    gc.collect()
    if libc := _libc():
        libc.malloc_trim(ctypes.c_size_t(0))
