"""The shell, YAML and SQL blocks of the papers, and the commands named in their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.paths import ROOT

PAPERS = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.md"),
    ]
)
_FENCE = re.compile(r"```(\w*)\n(.*?)```", re.S)
_INLINE = re.compile(r"`(noticewatch (?!<)[^`]+)`")
_COMMENT = re.compile(r"\s+#\s.*$")


@dataclass(frozen=True, slots=True)
class Block:
    language: str  # sh, console, yaml, sql, json, text
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the lines that the paper shows of its output; … stands for anything."""

    command: str
    shown: tuple[str, ...] = ()


def blocks(paper: Path) -> list[Block]:
    return [Block(*found) for found in _FENCE.findall(paper.read_text(encoding="utf-8"))]


def steps(block: Block) -> Iterator[Step]:
    """The commands of a block: every line of ``sh``, those after ``$`` of ``console``."""
    lines = block.text.replace("\\\n", " ").splitlines()
    if block.language == "sh":
        yield from (Step(_COMMENT.sub("", line)) for line in lines if line.strip())
    elif block.language == "console":
        for part in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
            command, *shown = part.splitlines()
            yield Step(_COMMENT.sub("", command), tuple(line for line in shown if line.strip()))


def inline_commands(paper: Path) -> list[str]:
    """Commands in sentences; those of the reference pages are options, not examples."""
    prose = _FENCE.sub("", paper.read_text(encoding="utf-8"))
    return list(dict.fromkeys(" ".join(found.split()) for found in _INLINE.findall(prose)))


def agrees(shown: str, output: str) -> bool:
    """Whether a shown line stands in the output: blanks count once, … stands for anything."""
    pattern = r".*".join(
        r"\s+".join(re.escape(word) for word in piece.split()) for piece in shown.split("…")
    )
    return re.search(pattern, output) is not None
