"""Read who signed a document: the block of names at its end."""

from __future__ import annotations

import re

from domain.acts.issuers import named_bodies

_TAIL_LINES = 6
_ENDS, _LINE_MAX = 4000, 200  # characters looked at, from the end and of a line
# For example 中华人民共和国 before a ministry, 固体废物与化学品司 or （盖章） behind it.
_AROUND_NAMES = re.compile(
    r"中华人民共和国|国家(?=.{3})|[(（](?:公章|盖章|印章|章|印)[)）]|(?<=[部委局署行院会])[\u4e00-\u9fff]{2,14}(?:司|办公厅|办公室)$"
)
# What may stand beside names that stand alone: 生态环境部、财政部令, 生态环境部发布.
_ONLY_NAMES = re.compile(r"[、,，;；和]|(?:部)?令$|公告$|发布$|办公厅$")
_PROSE = re.compile(r"[。；：:！？的]|根据|按照|请")


def signed_by(text: str) -> tuple[str, ...]:
    """The bodies of the signature block: the last short lines that name nothing but bodies.

    A forward that quotes a whole act ends with its own signature, not with the act's.
    """
    names: list[str] = []
    lines = [re.sub(r"[\s、，,]", "", line) for line in text[-_ENDS:].split("\n")]
    for line in [line for line in lines if line][: -_TAIL_LINES - 1 : -1]:
        named = named_bodies(line) if len(line) <= _LINE_MAX else ()
        if named and _is_bare(line, named):
            names[:0] = named
        elif names:
            break
    return tuple(dict.fromkeys(names))


def _is_bare(line: str, named: tuple[str, ...]) -> bool:
    """Whether a line holds little else than the names of bodies."""
    left = _AROUND_NAMES.sub("", line)
    return len(left) <= sum(len(name) + 6 for name in named) and not _PROSE.search(left)


def bodies_alone(text: str) -> tuple[str, ...]:
    """The bodies of a text that is nothing but their names, as (生态环境部) behind a title."""
    named = named_bodies(text[:_LINE_MAX]) if len(text) <= _LINE_MAX else ()
    left = _ONLY_NAMES.sub("", _AROUND_NAMES.sub("", text))
    return named if named and len(left) <= sum(map(len, named)) else ()
