"""How results are printed: JSON on standard output, or lines and tables for people."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import click


def _default(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"cannot write {type(value).__name__} as JSON")


def dump(value: Any, *, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, default=_default, indent=indent)


def print_json(value: Any) -> None:
    """The one result of a ``--json`` command, UTF-8 whatever the terminal says."""
    write_line(dump(value, indent=2))


def write_line(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


@contextmanager
def output_stream(out: Path | None) -> Iterator[IO[bytes]]:
    """The file, written beside and renamed at the end, or standard output."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".partial")
    with partial.open("wb") as stream:
        yield stream
    partial.replace(out)


def width(text: str) -> int:
    """Columns that ``text`` takes in a terminal: a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def cut(text: str, columns: int) -> str:
    """``text`` within ``columns``, with an ellipsis where it was cut."""
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > columns - 1:
            break
        kept += char
    return kept + "…"


def text_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns aligned by display width, so that Chinese and English line up."""
    lines = [list(header), *[list(row) for row in rows]]
    widths = [max(width(line[column]) for line in lines) for column in range(len(header))]
    out = []
    for line in lines:
        cells = [cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(line)]
        out.append("  ".join(cells).rstrip())
    return "\n".join(out)


STATE_COLOURS = {
    "ok": "green",
    "blocked": "red",
    "failing": "red",
    "layout_changed": "yellow",
    "silent": "yellow",
}


def state_mark(state: str) -> str:
    return click.style(state, fg=STATE_COLOURS.get(state))


EXIT_NOT_WELL = 3


def leave_not_well() -> None:
    """Exit 3: done, but a source or a delivery is not well."""
    raise click.exceptions.Exit(EXIT_NOT_WELL)
