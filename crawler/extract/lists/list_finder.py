"""The lists of a page: every set of like siblings is judged, most dated titles first."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date

from crawler.extract import printed_dates
from crawler.extract.address_shapes import ARTICLE, NOT_ARTICLE, looks_like_article
from crawler.extract.dom import Element, ancestors, base_url, class_marks, is_hidden, parse_html
from crawler.extract.lists.found_list import FoundList, join_parts
from crawler.extract.lists.list_row import has_bare_day, only_mentioned, read_row
from crawler.extract.lists.page_run import PageRun, Rank, Token
from crawler.extract.lists.undated_rows import ReadRow, with_undated
from domain.records.observation import NoticeRef

_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|foot|footer|aside|side|sidebar|sidemenu|crumb|breadcrumb|hot|"
    r"tuijian|recommend|related|relation|friend|yqlj|links?|banner|tools?|login|pop\w*|xgyd|xgwj|"
    r"xgxw|xgjd|xglj)(?:$|[\s_-]|\d|list|box|con)",
    re.I,
)
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|foot|footer|crumb|breadcrumb|banner|login|copyright)(?:$|[\s_-]|\d)",
    re.I,
)
_PINNED_BOX = re.compile(r"(?:^|[\s_-])(?:top|zd|zhiding|ding|first|stick)", re.I)
_MAX_CLIMB = 9

_Box = tuple[Element, list[Element]]  # a parent and its like children that hold links


def find_lists(html: str, url: str, today: date | None = None) -> list[FoundList]:
    """All dated lists of a page, the most list-like first; overlapping ones are left out."""
    root = parse_html(html)
    page = PageRun(root, base_url(root, url), today)
    found: list[FoundList] = []
    for boxes in _clusters(page):
        candidate = _judge(page, boxes)
        if candidate:
            found.append(candidate)
    found = sorted(join_parts(found), key=lambda each: -each.score)
    kept: list[FoundList] = []
    seen: set[str] = set()
    for each in found:
        urls = {row.url for row in each.rows}
        if urls & seen:
            continue
        seen |= urls
        kept.append(each)
    return kept


def with_pinned(lists: list[FoundList]) -> tuple[NoticeRef, ...]:
    """The best list with the pinned rows that stand in a box of their own beside it."""
    best = lists[0]
    beside = [
        each
        for each in lists[1:]
        if each.box.getparent() is best.box.getparent()
        and each.box.tag == best.box.tag
        and _PINNED_BOX.search(class_marks(each.box))
    ]
    parts = sorted([best, *beside], key=lambda each: each.order)
    return tuple(row for part in parts for row in part.rows)


def _clusters(page: PageRun) -> list[list[_Box]]:
    groups: dict[tuple[Element, str], dict[Element, None]] = defaultdict(dict)
    for anchor in page.links:
        child = anchor
        for depth, parent in enumerate(ancestors(anchor)):
            if depth >= _MAX_CLIMB:
                break
            groups[(parent, child.tag)][child] = None
            if parent.tag in {"body", "html"}:
                break
            child = parent
    # A tab that is not shown is a list of its own.
    merged: dict[tuple[Element | None, str, str, str, Element | None], list[_Box]] = defaultdict(
        list
    )
    for (parent, tag), children in groups.items():
        outer = parent.getparent()
        alone = parent if is_hidden(parent) else None
        key = (outer, parent.tag, parent.get("class") or "", tag, alone)
        merged[key].append((parent, list(children)))
    return [boxes for boxes in merged.values() if not _are_rows(page, boxes)]


def _are_rows(page: PageRun, boxes: list[_Box]) -> bool:
    """Whether the boxes are rows, and their children the several links of a row: a title, its
    column, its explanation, with one date for all of them."""
    if len(boxes) < 3:
        return False
    several = 0
    for parent, children in boxes:
        dated = sum(token.kind == "D" and token.rank < Rank.OTHER for token in page.part(parent))
        several += len(children) > 1 and dated == 1
    return several > len(boxes) / 2


def _judge(page: PageRun, boxes: list[_Box]) -> FoundList | None:
    read: list[ReadRow] = []
    rows: list[NoticeRef] = []
    score = 0.0
    containers = 0
    total = 0
    first: Element | None = None
    for parent, children in boxes:
        if not _is_dated(page, parent):
            continue
        after = _dates_follow(page, parent, children)
        for number, child in enumerate(children):
            total += 1
            if _frames(child):
                continue
            if _is_container(page, page.part(child)):
                containers += 1
                continue
            row, worth = _row_in_list(page, parent, children, number, after=after)
            if row is None:
                continue
            read.append(ReadRow(row=row, element=child, dated=bool(worth)))
            if not worth:
                continue
            first = first if first is not None else child
            rows.append(row)
            score += min(len(row.title), 24) * worth
            score += 0.02 if any(token.kind != "L" for token in page.part(child)) else 0.0
    if not rows or first is None or containers > len(rows) / 2:
        return None
    if len(rows) < 3 and _in_frame(first):
        return None
    unique = unique_rows(with_undated(read))
    score *= len(unique_rows(rows)) / len(rows)
    score *= 0.5 if len(rows) < total * 0.4 else 1.0
    depth = sum(1 for _ in ancestors(first))
    aside, hidden = _is_aside(first), any(is_hidden(up) for up in ancestors(first, 7))
    score *= (0.3 if aside else 1.0) * (0.6 if hidden else 1.0)
    return FoundList(
        rows=unique,
        box=boxes[0][0],
        score=score + depth * 1e-3,
        order=page.start[first],
        aside=aside,
        hidden=hidden,
    )


def _is_dated(page: PageRun, parent: Element) -> bool:
    """Whether an element prints a date, or links to an address that carries one."""
    return any(
        token.kind != "L" or printed_dates.url_date(page.links[token.node].url)
        for token in page.part(parent)
    )


def _frames(element: Element) -> bool:
    """Whether an element is the page's navigation or footer."""
    return element.tag in {"nav", "footer"} or _FRAME.search(class_marks(element)) is not None


def _in_frame(element: Element) -> bool:
    return any(_frames(up) for up in ancestors(element, 7))


def _is_aside(element: Element) -> bool:
    return any(
        up.tag in {"nav", "footer", "aside"} or _ASIDE.search(class_marks(up))
        for up in ancestors(element, 7)
    )


def _is_container(page: PageRun, part: list[Token]) -> bool:
    """Whether the part holds several rows: a link and its date, again and again."""
    kinds = "".join(t.kind for t in part if t.kind == "D" or (t.kind == "L" and _titled(page, t)))
    if kinds.count("L") < 2 or kinds.count("D") < 2:
        return False
    turns = len(re.findall(r"L+D+", kinds)) if kinds[0] == "L" else len(re.findall(r"D+L+", kinds))
    return turns >= 2


def _titled(page: PageRun, token: Token) -> bool:
    """Whether a link may be a notice's: not an author, a department, a counter."""
    link = page.links[token.node]
    return len(link.title) >= 6 or looks_like_article(link.url)


def _dates_follow(page: PageRun, parent: Element, children: list[Element]) -> bool:
    """Whether dates that stand outside the children come after them."""
    first = page.start[children[0]]
    before = [t for t in page.tokens[page.start[parent] : first] if t.kind in "DP"]
    last = page.tokens[page.end[children[-1]] : page.end[parent]]
    return not before or any(token.kind in "DP" for token in last)


def _row_in_list(
    page: PageRun, parent: Element, children: list[Element], number: int, *, after: bool
) -> tuple[NoticeRef | None, float]:
    """The row of a child, and what its date is worth: 1 when it is the row's own, less when it
    is only mentioned or stands in the address, 0 when there is none."""
    child = children[number]
    outside: list[Token] = []
    if after:
        upto = page.start[children[number + 1]] if number + 1 < len(children) else page.end[parent]
        outside = page.tokens[page.end[child] : upto]
    else:
        since = page.end[children[number - 1]] if number else page.start[parent]
        outside = page.tokens[since : page.start[child]]
    outside = [token for token in outside if token.kind != "L"][:4]
    row = read_row(page, child, None, outside)
    if row is None:
        return None, 0.0
    part = page.part(child) + outside
    if row.published is not None or has_bare_day(part):
        return row, 0.9 if only_mentioned(part, row.url) else 1.0
    day = printed_dates.url_date(row.url)
    return replace(row, published=day), 0.7 if day else 0.0


def unique_rows(rows: list[NoticeRef]) -> tuple[NoticeRef, ...]:
    """Rows without repetitions of the same link; the first one stays."""
    kept: dict[str, NoticeRef] = {}
    for row in rows:
        kept.setdefault(row.url, row)
    return tuple(kept.values())


def undated_links(root: Element, url: str) -> tuple[NoticeRef, ...]:
    """Rows of links that look like articles where a page prints no date at all."""
    page = PageRun(root, base_url(root, url))
    best: list[NoticeRef] = []
    best_score = 0.0
    for boxes in _clusters(page):
        rows = []
        for _, children in boxes:
            for child in children:
                anchors = [token.node for token in page.part(child) if token.kind == "L"]
                if len(anchors) != 1:
                    continue
                link = page.links[anchors[0]]
                month = printed_dates.url_month(link.url)
                if (month or ARTICLE.search(link.url)) and not NOT_ARTICLE.search(link.url):
                    rows.append(NoticeRef(url=link.url, title=link.title))
        if len(rows) < 3:
            continue
        titled = sum(min(len(row.title), 24) for row in rows if len(row.title) >= 8)
        score = titled * (0.3 if _is_aside(boxes[0][1][0]) else 1.0)
        if score > best_score:
            best, best_score = rows, score
    return unique_rows(best)
