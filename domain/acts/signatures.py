"""Read who signed a document: the block of names at its end."""

from __future__ import annotations

import re

from domain.acts.issuers import named_bodies

_TAIL_LINES = 6
_ENDS, _LINE_MAX = 4000, 200  # characters looked at, from the end and of a line
_PROSE = re.compile(r"[。；：:！？的]|根据|按照|请")


def signed_by(text: str) -> tuple[str, ...]:
    """The bodies of the signature block: the last short lines that name nothing but bodies.

    A forward that quotes a whole act ends with its own signature, not with the act's.
    """
    names: list[str] = []
    lines = [re.sub(r"[\s、，,]", "", line) for line in text[-_ENDS:].split("\n")]
    for line in [line for line in lines if line][: -_TAIL_LINES - 1 : -1]:
        named = named_bodies(line) if len(line) <= _LINE_MAX else ()
        bare = len(line) <= sum(len(name) + 6 for name in named) and not _PROSE.search(line)
        if named and bare:
            names[:0] = named
        elif names:
            break
    return tuple(dict.fromkeys(names))
