"""Give free memory back to the system."""

import os
from pathlib import Path

import pytest


def test_what_is_free_goes_back_to_the_system():
    from noticewatch.daemon import memory

    if memory._libc() is None:
        pytest.skip("not the C library of GNU")
    memory.limit_arenas()

    def pages():
        return int(Path("/proc/self/statm").read_text().split()[1])

    kept = [bytearray(2000) for _ in range(30_000)]
    full = pages()
    kept = kept[::1000]  # the pages between them are free, the end of the heap is not
    memory.give_back()
    assert len(kept) == 30
    assert (full - pages()) * os.sysconf("SC_PAGE_SIZE") > 30_000_000
