"""Tell whether a copy of an act says something else, whatever its site puts around it."""

from __future__ import annotations

import re

from domain.text.normalization import normalise

_LONG_ENOUGH = 8  # characters from which a clause says something
_ALIKE = 60.0  # likeness of two lines, 0 to 100, from which one is the other, changed
_MOST_LINES, _LINE_MAX = 80, 200
_ENDS = re.compile(r"[\n。；;，,]")


def says_otherwise(official: str, copy: str) -> bool:
    """Whether a clause of the copy is one of the official text with other words or figures;
    what a site adds around or leaves out does not count."""
    if official == copy:
        return False
    ours, theirs = _lines(official), _lines(copy)
    whole = "".join(normalise(official).split())
    missing = [line for line in ours if line not in theirs][:_MOST_LINES]
    added = [line for line in theirs if line not in ours and line not in whole][:_MOST_LINES]
    return any(_changed(line, missing) for line in added)


def _lines(text: str) -> dict[str, None]:
    lines = ("".join(normalise(line).split()) for line in _ENDS.split(text))
    return dict.fromkeys(line[:_LINE_MAX] for line in lines if len(line) >= _LONG_ENOUGH)


def _changed(line: str, others: list[str]) -> bool:
    from rapidfuzz import fuzz, process

    best = process.extractOne(line, others, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    # A line that the copy's site cut into several is contained in the official one.
    return best is not None and line not in best[0] and best[0] not in line
