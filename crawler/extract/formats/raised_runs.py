"""Join the runs of a line of which some are raised: 10 and -, 4 above it are 10⁻⁴."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from domain.text.raised_marks import raised


def join_raised(runs: Iterable[tuple[str, bool]]) -> str:
    """The text of runs, each with whether it is raised; neighbours are one exponent."""
    return "".join(
        raised(text) if lifted else text
        for lifted, group in groupby(runs, key=lambda run: run[1])
        for text in ["".join(words for words, _ in group)]
    )
