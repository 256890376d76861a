"""Finding the rows of a notice list, with a configured selector or by the list's own shape.

A row is one link plus a date. The page is read once as a sequence of links and dates; every
set of like siblings is then judged as a list, and the one with most dated titles is the list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from lxml import etree

from archive.records import NoticeRef
from config.model import Selectors
from crawler.extract import dates, docnumber
from crawler.extract.dom import (
    HEADINGS,
    Element,
    ancestors,
    base_url,
    clean,
    is_hidden,
    link_target,
    marks,
    parse_html,
    select,
    text_of,
    without_tags,
)

_BEIJING = timezone(timedelta(hours=8))
_PARTIAL = re.compile(r"[\W_]*\d{1,4}(?:\s*[-/.年月日－—]\s*\d{0,4})*[\W_]*")
_DATE_ATTRIBUTES = ("readlabel", "datetime", "data-date", "data-time", "title", "value", "wzades")
_BULLETS = re.compile(r"^(?:[·•・●○■□▪◆◇▶►>»›※＞\-—–*☆★|｜▲△∙⋅]|&gt;)+\s*")
_STATUS = re.compile(
    r"^[\[【(（]\s*(进行中|正在进行|征集中|正在征集|已结束|已截止|未开始|结束|往期)\s*[\]】)）]\s*[-—–:：]?\s*"
)
_DESCRIBED = re.compile(
    r"^(?:文章)?标\s*题\s*[:：]\s*(.{4,}?)\s*(?:(?:点击|作者|发表|发布|更新|录入|时间|日期|来源).*)?$"
)
_PINNED = re.compile(r"^[\[【]?\s*(?:置顶|顶)\s*[\]】]\s*|^(?:NEW|new|New)[!！]?\s+")
_CUT = re.compile(r"(?:\.{2,}|…+|。。。+)\s*$")
_EDGE_DATE = re.compile(
    r"[\s\[(（【]*(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?[\s\])）】]*"
)
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
_ARTICLE = re.compile(
    r"/m?post_\d+\.html?|/art[_/]|/t?\d{6,}\.s?html?|[_/]\d{5,}\.s?html?|/content(?:_|/)\w*\d|"
    r"[?&](?:id|docid|articleid|infoid|newsid|guid)=\w+|/[0-9a-f]{16,}\.s?html?|/detail|/info/",
    re.I,
)
_NOT_ARTICLE = re.compile(
    r"/(?:index|default|list|main|home)(?:_\d+)?\.(?:s?html?|jsp|aspx?|php)$|/$", re.I
)
_PINNED_BOX = re.compile(r"(?:^|[\s_-])(?:top|zd|zhiding|ding|first|stick)", re.I)
_COMMENT = re.compile(r"<!--(.*?)-->", re.S)
_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.S | re.I)
_MAX_CLIMB = 9
_MIN_TITLE = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class ListResult:
    """Rows in page order and how they were found.

    ``used``: ``configured``, ``fallback:rows`` (link plus date), ``fallback:datastore`` (rows
    embedded as XML records), ``fallback:links`` (no date anywhere), ``commented`` or ``none``.
    """

    rows: tuple[NoticeRef, ...]
    used: str
    note: str = ""

    @property
    def newest(self) -> date | None:
        return max((row.published for row in self.rows if row.published), default=None)


def find_rows(
    html: str, url: str, *, selectors: Selectors | None = None, today: date | None = None
) -> ListResult:
    """The notice rows of a list page or of a list fragment. ``today`` gives a year to rows
    that print month and day only and whose address tells no year either."""
    selectors = selectors or Selectors()
    records = expand_datastore(html)
    for text in (records, html):
        if text and selectors.row:
            root = parse_html(text)
            rows = _configured(_Page(root, base_url(root, url), today), selectors)
            if rows:
                return ListResult(rows=rows, used="configured")
    note = f"configured selector {selectors.row!r} found no row" if selectors.row else ""
    for live, used in ((records, "fallback:datastore"), (html, "fallback:rows")):
        if live and (lists := find_lists(live, url, today)):
            return ListResult(rows=_with_pinned(lists), used=used, note=note)
    commented = "\n".join(part for part in _COMMENT.findall(html) if "<a" in part.lower())
    if commented and (lists := find_lists(f"<div>{commented}</div>", url, today)):
        return ListResult(
            rows=lists[0].rows,
            used="commented",
            note=note or "the page has no live rows; these stand inside an HTML comment",
        )
    links = _undated_links(parse_html(records or html), url)
    if links:
        return ListResult(rows=links, used="fallback:links", note=note or "rows carry no date")
    return ListResult(rows=(), used="none", note=note or "no row of a link plus a date")


def expand_datastore(html: str) -> str | None:
    """The HTML inside jpage's XML records, or None where there are none."""
    if "<record" not in html.lower():
        return None
    records = [record for record in _RECORD.findall(html) if "<a" in record.lower()]
    if not records:
        return None
    pieces = []
    for record in records:
        fragment = (
            record.replace("&lt;", "<").replace("&gt;", ">") if "<a" not in record else record
        )
        if re.match(r"\s*<(?:tr|td)\b", fragment, re.I):
            fragment = f"<table>{fragment}</table>"
        pieces.append(f"<section>{fragment}</section>")
    return f"<div>{''.join(pieces)}</div>"


# ------------------------------------------------------------ configured rows


def _configured(page: _Page, selectors: Selectors) -> tuple[NoticeRef, ...]:
    rows: list[NoticeRef] = []
    for element in select(page.root, selectors.row or ""):
        link = _first(element, selectors.link) if selectors.link else None
        row = _read_row(page, element, link)
        if row is None:
            continue
        title, day = row.title, row.published
        if selectors.title and (found := _first(element, selectors.title)) is not None:
            title = tidy_title(found.get("title") or text_of(found))
        if selectors.date and (found := _first(element, selectors.date)) is not None:
            day = _date_of(found, row.url) or day
        rows.append(NoticeRef(url=row.url, title=title, published=day, hints=row.hints))
    return _unique(rows)


def _first(element: Element, selector: str) -> Element | None:
    return next(iter(select(element, selector)), None)


def _date_of(element: Element, url: str) -> date | None:
    if day := dates.row_date(" ".join(element.itertext()), url):
        return day
    for name in _DATE_ATTRIBUTES:
        if day := dates.first_date(element.get(name) or ""):
            return day
    return None


# ------------------------------------------------------------- the page's run


class _Token(NamedTuple):
    kind: str  # L link, D date, P part of a date
    node: Element
    day: date | None = None
    text: str = ""


@dataclass(slots=True)
class _Link:
    anchor: Element
    url: str
    title: str
    dated: date | None  # a date printed inside the anchor


@dataclass(slots=True)
class _Page:
    """A page as one run of links and dates, with each element's part of the run."""

    root: Element
    base: str
    today: date | None = None
    tokens: list[_Token] = field(default_factory=list)
    start: dict[Element, int] = field(default_factory=dict)
    end: dict[Element, int] = field(default_factory=dict)
    links: dict[Element, _Link] = field(default_factory=dict)

    def __post_init__(self) -> None:
        inside: Element | None = None
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            if event == "start":
                self.start[element] = len(self.tokens)
                if element.tag == "a" and inside is None and (link := _link(element, self.base)):
                    inside = element
                    self.links[element] = link
                    self.tokens.append(_Token("L", element))
                    if link.dated:
                        self.tokens.append(_Token("D", element, link.dated))
                elif inside is None:
                    self._attributes(element)
                if inside is None and element.text:
                    self._text(element, element.text)
            else:
                if element is inside:
                    inside = None
                self.end[element] = len(self.tokens)
                if inside is None and element.tail:
                    self._text(element, element.tail)

    def _text(self, element: Element, text: str) -> None:
        if len(text) > 400 or not any(char.isdigit() for char in text):
            return
        found = [hit.day for hit in dates.find_dates(text)]
        if found:
            self.tokens.extend(_Token("D", element, day) for day in found[:3])
            return
        short = text.strip()
        partial = len(short) <= 16 and _PARTIAL.fullmatch(short)
        if partial or (len(short) <= 60 and (dates.row_date(short) or dates.has_month_day(short))):
            self.tokens.append(_Token("P", element, None, short))

    def _attributes(self, element: Element) -> None:
        if element.text and element.text.strip():
            return
        for name in _DATE_ATTRIBUTES[:4]:
            if (value := element.get(name)) and (day := dates.is_date_only(value)):
                if not text_of(element):
                    self.tokens.append(_Token("D", element, day))
                return

    def part(self, element: Element) -> list[_Token]:
        return self.tokens[self.start[element] : self.end[element]]


def _link(anchor: Element, base: str) -> _Link | None:
    url = link_target(anchor, base)
    if url is None:
        return None
    title, dated = _anchor_title(anchor)
    if len(title) < _MIN_TITLE or title in {
        "查看更多",
        "更多>>",
        "查看详情",
        "点击查看",
        "查看全文",
    }:
        return None
    return _Link(anchor, url, title, dated)


def _anchor_title(anchor: Element) -> tuple[str, date | None]:
    """The full title of a link and the date printed inside it."""
    text, dated = _visible_title(anchor)
    attribute = tidy_title(anchor.get("title") or "")
    if not attribute and len(anchor):
        inner = [
            tidy_title(child.get("title") or "") for child in anchor.iter() if child is not anchor
        ]
        attribute = max(inner, key=len, default="")
        if _CUT.search(text) is None:
            attribute = ""
    if attribute and dates.is_date_only(attribute) is None:
        cut = _CUT.sub("", text)
        if not text or len(attribute) >= len(cut) or cut.startswith(attribute[:6]) is False:
            plausible = len(attribute) >= 6 or len(text) < 6
            if plausible and (not text or len(attribute) >= len(cut) or _CUT.search(text)):
                return _strip_edge_date(attribute)[0] or attribute, dated
    return text, dated


def _visible_title(anchor: Element) -> tuple[str, date | None]:
    if not len(anchor):
        return _strip_edge_date(tidy_title(anchor.text or ""))
    dated: date | None = None
    pieces: list[str] = []
    skip: set[Element] = set()
    for child in anchor.iter():
        if child is anchor or any(up in skip for up in ancestors(child, 6)):
            continue
        if is_hidden(child):
            skip.add(child)
            continue
        text = text_of(child)
        day = dates.is_date_only(text) if text else None
        if day is None and text and len(text) <= 16 and _PARTIAL.fullmatch(text):
            pieces.append(text)
            skip.add(child)
        if day:
            dated = dated or day
            skip.add(child)
    if dated is None and pieces:
        dated = dates.row_date(" ".join(pieces))
    heading = _heading_inside(anchor, skip)
    if heading:
        return heading, dated
    title, edge = _strip_edge_date(tidy_title(_text_without(anchor, skip)))
    return title, dated or edge


def _text_without(element: Element, skip: set[Element]) -> str:
    """The text of an element without that of the elements to skip."""
    parts: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, each in walker:
        if event == "start":
            if each in skip:
                walker.skip_subtree()
            else:
                parts.append(each.text or "")
        elif each is not element:
            parts.append(each.tail or "")
    return "".join(parts)


def _heading_inside(anchor: Element, skip: set[Element]) -> str | None:
    for child in anchor.iter():
        if child is anchor or child in skip or not isinstance(child.tag, str):
            continue
        named = re.search(r"(?:^|[\s_-])(?:title|tit|bt|name)(?:$|[\s_-])", marks(child), re.I)
        if child.tag in HEADINGS or named:
            title = tidy_title(_text_without(child, skip))
            if len(title) >= _MIN_TITLE:
                return _strip_edge_date(title)[0]
    return None


def _strip_edge_date(text: str) -> tuple[str, date | None]:
    """Take a date off the end or the start of a link's text (``标题 [2026-09-11]``)."""
    for match in (*_EDGE_DATE.finditer(text),):
        at_end = match.end() == len(text) and match[0] != match[0].lstrip(" \t[(（【")
        at_start = match.start() == 0 and match[0] != match[0].rstrip(" \t])）】")
        if at_end or at_start:
            rest = text[: match.start()] if at_end else text[match.end() :]
            if len(rest.strip()) >= _MIN_TITLE:
                return rest.strip(), dates.first_date(match[0])
    return text, None


def tidy_title(text: str) -> str:
    """A title in one line without bullet, pin and status marks."""
    title = clean(without_tags(text))
    if match := _DESCRIBED.match(title):
        title = match[1]
    for _ in range(3):
        before = title
        title = _BULLETS.sub("", title)
        title = _PINNED.sub("", title)
        title = _STATUS.sub("", title)
        title = title.strip()
        if title == before:
            break
    return title


# ---------------------------------------------------------------- the lists


@dataclass(slots=True)
class FoundList:
    """A list on a page: its rows, its box and how good it looks."""

    rows: tuple[NoticeRef, ...]
    box: Element
    score: float
    order: int  # where it begins in the page


def find_lists(html: str, url: str, today: date | None = None) -> list[FoundList]:
    """All dated lists of a page, the most list-like first; overlapping ones are left out."""
    root = parse_html(html)
    page = _Page(root, base_url(root, url), today)
    found: list[FoundList] = []
    for boxes in _clusters(page):
        candidate = _judge(page, boxes)
        if candidate:
            found.append(candidate)
    found.sort(key=lambda each: -each.score)
    kept: list[FoundList] = []
    seen: set[str] = set()
    for each in found:
        urls = {row.url for row in each.rows}
        if urls & seen:
            continue
        seen |= urls
        kept.append(each)
    return kept


def _with_pinned(lists: list[FoundList]) -> tuple[NoticeRef, ...]:
    """The best list with the pinned rows that stand in a box of their own beside it."""
    best = lists[0]
    beside = [
        each
        for each in lists[1:]
        if each.box.getparent() is best.box.getparent()
        and each.box.tag == best.box.tag
        and _PINNED_BOX.search(marks(each.box))
    ]
    parts = sorted([best, *beside], key=lambda each: each.order)
    return tuple(row for part in parts for row in part.rows)


_Box = tuple[Element, list[Element]]  # a parent and its like children that hold links


def _clusters(page: _Page) -> list[list[_Box]]:
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
    merged: dict[tuple[Element | None, str, str, str], list[_Box]] = defaultdict(list)
    for (parent, tag), children in groups.items():
        outer = parent.getparent()
        merged[(outer, parent.tag, parent.get("class") or "", tag)].append((parent, list(children)))
    return list(merged.values())


def _judge(page: _Page, boxes: list[_Box]) -> FoundList | None:
    rows: list[NoticeRef] = []
    undated: list[tuple[int, NoticeRef]] = []
    score = 0.0
    containers = 0
    total = 0
    first: Element | None = None
    for parent, children in boxes:
        if not any(token.kind != "L" for token in page.part(parent)) and not any(
            dates.url_date(page.links[token.node].url)
            for token in page.part(parent)
            if token.kind == "L"
        ):
            continue
        after = _dates_follow(page, parent, children)
        for number, child in enumerate(children):
            total += 1
            if child.tag in {"nav", "footer"} or _FRAME.search(marks(child)):
                continue
            if _is_container(page.part(child)):
                containers += 1
                continue
            row, printed = _row_in_list(page, parent, children, number, after=after)
            if row is None:
                continue
            if row.published is None and not printed:
                undated.append((len(rows), row))
                continue
            first = child if first is None else first
            rows.append(row)
            score += min(len(row.title), 24) * (1.0 if printed else 0.7)
            score += 0.02 if any(token.kind != "L" for token in page.part(child)) else 0.0
    if not rows or first is None or containers > len(rows) / 2:
        return None
    if len(rows) < 3 and _in_frame(first):
        return None
    share = len(_unique(rows)) / len(rows)
    unique = _unique(_with_undated(rows, undated))
    score *= share
    if len(rows) < total * 0.4:
        score *= 0.5
    depth = sum(1 for _ in ancestors(first))
    score *= _place_factor(first)
    return FoundList(
        rows=unique, box=boxes[0][0], score=score + depth * 1e-3, order=page.start[first]
    )


def _with_undated(rows: list[NoticeRef], undated: list[tuple[int, NoticeRef]]) -> list[NoticeRef]:
    """Rows whose date is missing, put back where they stand if they are few and alike."""
    if not undated or len(undated) > max(1, len(rows) // 4):
        return rows
    folders = {row.url.rsplit("/", 2)[0] for row in rows}
    merged = list(rows)
    for position, row in reversed(undated):
        alike = looks_like_article(row.url) or row.url.rsplit("/", 2)[0] in folders
        if alike and len(row.title) >= 6 and not _NOT_ARTICLE.search(row.url):
            merged.insert(position, row)
    return merged


def _in_frame(element: Element) -> bool:
    return any(
        up.tag in {"nav", "footer"} or _FRAME.search(marks(up)) for up in ancestors(element, 7)
    )


def _place_factor(element: Element) -> float:
    for up in ancestors(element, 7):
        if up.tag in {"nav", "footer", "aside"} or _ASIDE.search(marks(up)):
            return 0.3
    return 1.0


def _is_container(part: list[_Token]) -> bool:
    """Whether the part holds several rows: a link and its date, again and again."""
    kinds = "".join(token.kind for token in part if token.kind != "P")
    if kinds.count("L") < 2 or kinds.count("D") < 2:
        return False
    turns = len(re.findall(r"L+D+", kinds)) if kinds[0] == "L" else len(re.findall(r"D+L+", kinds))
    return turns >= 2


def _dates_follow(page: _Page, parent: Element, children: list[Element]) -> bool:
    """Whether dates that stand outside the children come after them."""
    first = page.start[children[0]]
    before = [t for t in page.tokens[page.start[parent] : first] if t.kind in "DP"]
    last = page.tokens[page.end[children[-1]] : page.end[parent]]
    return not before or any(token.kind in "DP" for token in last)


def _row_in_list(
    page: _Page, parent: Element, children: list[Element], number: int, *, after: bool
) -> tuple[NoticeRef | None, bool]:
    child = children[number]
    outside: list[_Token] = []
    if after:
        upto = page.start[children[number + 1]] if number + 1 < len(children) else page.end[parent]
        outside = page.tokens[page.end[child] : upto]
    else:
        since = page.end[children[number - 1]] if number else page.start[parent]
        outside = page.tokens[since : page.start[child]]
    outside = [token for token in outside if token.kind != "L"][:4]
    row = _read_row(page, child, None, outside)
    if row is None:
        return None, False
    if row.published is not None or _month_and_day(page.part(child) + outside):
        return row, True
    return (
        NoticeRef(url=row.url, title=row.title, published=dates.url_date(row.url), hints=row.hints),
        False,
    )


def _read_row(
    page: _Page, element: Element, link: Element | None, outside: list[_Token] | None = None
) -> NoticeRef | None:
    part = page.part(element)
    anchors = [token.node for token in part if token.kind == "L"]
    anchor = link if link is not None and link in page.links else _main_link(page, element, anchors)
    if anchor is None:
        return None
    chosen = page.links[anchor]
    outside = outside or []
    day = _row_day(part, chosen.url) or _row_day(outside, chosen.url)
    if day is None and page.today:
        printed = " ".join(token.text for token in part + outside if token.kind == "P")
        day = dates.recent_month_day(printed, page.today)
    return NoticeRef(
        url=chosen.url, title=chosen.title, published=day, hints=_hints(element, anchor)
    )


def _row_day(part: list[_Token], url: str) -> date | None:
    days = [token for token in part if token.kind == "D"]
    if days:
        named = [t for t in days if re.search(r"date|time|sj|rq|fbsj", marks(t.node), re.I)]
        return (named or days)[0].day
    pieces = " ".join(token.text for token in part if token.kind == "P")
    return dates.row_date(pieces, url) if pieces else None


def _month_and_day(part: list[_Token]) -> bool:
    """Whether the row prints a day whose year nobody tells."""
    return any(token.kind == "P" and dates.has_month_day(token.text) for token in part)


def _main_link(page: _Page, row: Element, anchors: list[Element]) -> Element | None:
    """The row's own link: not a category before it, not a related link nested below it."""
    if not anchors:
        return None
    if len(anchors) == 1:
        return anchors[0]

    def weight(anchor: Element) -> float:
        link = page.links[anchor]
        points = min(len(link.title), 30) / 10
        if dates.url_date(link.url) or _ARTICLE.search(link.url):
            points += 3
        if _NOT_ARTICLE.search(link.url):
            points -= 3
        for up in ancestors(anchor):
            if up is row:
                break
            if up.tag in {"ul", "ol", "dl"}:
                points -= 6
        return points - anchors.index(anchor) * 0.4

    return max(anchors, key=weight)


def _hints(row: Element, anchor: Element) -> dict[str, str]:
    hints: dict[str, str] = {}
    for element in row.iter("td", "span", "em", "i", "p", "div"):
        classes = marks(element)
        text = (element.text or "").strip()
        if not text or element is anchor:
            continue
        if "endtime" in classes and re.fullmatch(r"\d{13}", text):
            hints["comment_deadline"] = exclusive_end(int(text)).isoformat()
        elif "document_number" not in hints and len(text) <= 40:
            number = docnumber.whole(clean(text_of(element)))
            if number:
                hints["document_number"] = number
    status = _STATUS.match(_BULLETS.sub("", text_of(anchor)))
    if status:
        hints["status"] = status[1]
    return hints


def exclusive_end(milliseconds: int) -> date:
    """The last day of a period whose end is given as an instant, midnight being exclusive."""
    moment = datetime.fromtimestamp(milliseconds / 1000, tz=UTC).astimezone(_BEIJING)
    return (moment - timedelta(seconds=1)).date()


def _unique(rows: list[NoticeRef]) -> tuple[NoticeRef, ...]:
    """Rows without repetitions of the same link; the first one stays."""
    kept: dict[str, NoticeRef] = {}
    for row in rows:
        kept.setdefault(row.url, row)
    return tuple(kept.values())


def _undated_links(root: Element, url: str) -> tuple[NoticeRef, ...]:
    """Rows of links that look like articles where a page prints no date at all."""
    page = _Page(root, base_url(root, url))
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
                month = dates.url_month(link.url)
                if (month or _ARTICLE.search(link.url)) and not _NOT_ARTICLE.search(link.url):
                    rows.append(NoticeRef(url=link.url, title=link.title))
        if len(rows) < 3:
            continue
        titled = sum(min(len(row.title), 24) for row in rows if len(row.title) >= 8)
        score = titled * _place_factor(boxes[0][1][0])
        if score > best_score:
            best, best_score = rows, score
    return _unique(best)


def looks_like_article(url: str) -> bool:
    """Whether an address has the shape of a notice's and not of a column's."""
    if dates.url_date(url):
        return True
    return bool(_ARTICLE.search(url)) and not _NOT_ARTICLE.search(url)
