"""A list found on a page, and lists that are the parts of one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from crawler.extract.dom import Element, ancestors, is_hidden, squeeze, text_of
from domain.records.observation import NoticeRef

_HIGHEST = 3  # elements between a part's box and the box that all parts share
# 2026年9月: a heading that parts of one list may have
_DATE_HEADING = re.compile(r"(?:20\d{2}年?|\d{1,2}月份?)*")

_Place = tuple[Element, int, str, str | None, str, str | None]


@dataclass(slots=True)
class FoundList:
    """A list on a page: its rows, its box and how good it looks."""

    rows: tuple[NoticeRef, ...]
    box: Element
    score: float
    order: int  # where it begins in the page
    aside: bool = False  # in a side column or a box of related links
    hidden: bool = False  # in a tab that is not shown


def join_parts(found: Sequence[FoundList]) -> list[FoundList]:
    """The lists, those that go on in the next box of the same kind as one: rows in groups of
    five, a box for each month. Tabs stay apart: they have headings, begin with the newest date
    again, lead to other columns or are hidden."""
    shown = [(each, _places(each.box)) for each in found if not each.hidden]
    shared = Counter(place for _, places in shown for place in places)
    groups: dict[_Place, list[FoundList]] = defaultdict(list)
    alone = [each for each in found if each.hidden]
    for each, places in shown:
        place = next((place for place in places if shared[place] > 1), None)
        if place is None:
            alone.append(each)
        else:
            groups[place].append(each)
    for group in groups.values():
        alone += _joined(sorted(group, key=lambda each: each.order))
    return alone


def _places(box: Element) -> list[_Place]:
    """What the parts of one list share, from the nearest wrapper outwards: the element around
    the wrappers, and the kinds of wrapper and box."""
    line = list(pairwise([*ancestors(box, _HIGHEST + 1)]))
    kind = (box.tag, box.get("class"))
    return [
        (outer, height, wrapper.tag, wrapper.get("class"), *kind)
        for height, (wrapper, outer) in enumerate(line)
    ]


def _joined(parts: list[FoundList]) -> list[FoundList]:
    """Neighbouring parts joined as long as each goes on where the one before ends."""
    runs: list[list[FoundList]] = [[parts[0]]]
    for part in parts[1:]:
        if _goes_on(runs[-1][-1], part):
            runs[-1].append(part)
        else:
            runs.append([part])
    return [_one(run) for run in runs]


def _goes_on(before: FoundList, after: FoundList) -> bool:
    last = [row.published for row in before.rows if row.published]
    first = [row.published for row in after.rows if row.published]
    if not last or not first or last[0] == first[-1] or last[-1] < first[0]:
        return False
    if not {_column(row.url) for row in before.rows} & {_column(row.url) for row in after.rows}:
        return False
    return _nothing_between(before.box, after.box)


def _column(url: str) -> str:
    """The folders of an address before the first that counts something."""
    folders: list[str] = []
    for folder in urlsplit(url).path.split("/")[:-1]:
        if any(char.isdigit() for char in folder):
            break
        folders.append(folder)
    return "/".join(folders)


def _nothing_between(one: Element, other: Element) -> bool:
    """Whether no heading stands between two boxes, in their wrappers or between these; a
    picture may be one."""
    above = set(ancestors(one))
    shared = next((up for up in ancestors(other) if up in above), None)
    if shared is None:
        return False
    first, second = _child_of(shared, one), _child_of(shared, other)
    between = _between(first, second)
    if between is None or any(is_hidden(each) or _pictures(each) for each in between):
        return False
    if _pictures(first) > _pictures(one) or _pictures(second) > _pictures(other):
        return False
    said = [_beside(first, one), first.tail or "", _beside(second, other)]
    said += [text for each in between for text in (text_of(each), each.tail or "")]
    return bool(_DATE_HEADING.fullmatch(squeeze("".join(said))))


def _child_of(outer: Element, inner: Element) -> Element:
    """The child of an element that an inner one stands in."""
    child = inner
    for up in ancestors(inner):
        if up is outer:
            break
        child = up
    return child


def _between(first: Element, second: Element) -> list[Element] | None:
    """The elements between two siblings, None where they do not follow each other."""
    found: list[Element] = []
    following = first.getnext()
    while following is not None:
        if following is second:
            return found
        found.append(following)
        following = following.getnext()
    return None


def _beside(wrapper: Element, box: Element) -> str:
    """What a wrapper says besides its box."""
    return squeeze(text_of(wrapper)).replace(squeeze(text_of(box)), "", 1)


def _pictures(element: Element) -> int:
    return sum(1 for _ in element.iter("img"))


def _one(run: list[FoundList]) -> FoundList:
    if len(run) == 1:
        return run[0]
    rows = {row.url: row for part in reversed(run) for row in reversed(part.rows)}
    return FoundList(
        rows=tuple(reversed(rows.values())),
        box=run[0].box,
        score=sum(part.score for part in run),
        order=run[0].order,
        aside=all(part.aside for part in run),
    )
