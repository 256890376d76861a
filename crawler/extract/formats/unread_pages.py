"""Name the pages of a file that are not in its text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from crawler.extract.formats.packed import UnreadPart
from domain.records.states import AttachmentStatus

PICTURE = "图像"  # of a page whose few characters were read


class UnreadPage(NamedTuple):
    """A page by its number from 1; ``what`` is not read of it, the whole page if empty."""

    number: int
    why: AttachmentStatus
    what: str = ""


def unread_parts(pages: Iterable[UnreadPage]) -> tuple[UnreadPart, ...]:
    """The pages as parts of the file, neighbouring ones in one: 第3页, 第5-8页, 第9页的图像."""
    runs: list[list[UnreadPage]] = []
    for page in pages:
        last = runs[-1][-1] if runs else None
        if last is not None and page == UnreadPage(last.number + 1, last.why, last.what):
            runs[-1].append(page)
        else:
            runs.append([page])
    return tuple(UnreadPart(_name(run[0], run[-1]), run[0].why) for run in runs)


def _name(first: UnreadPage, last: UnreadPage) -> str:
    numbers = str(first.number) if first == last else f"{first.number}-{last.number}"
    return f"第{numbers}页" + (f"的{first.what}" if first.what else "")
