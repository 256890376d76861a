"""A page as one run of links and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from lxml import etree

from crawler.extract import printed_dates
from crawler.extract.address_shapes import looks_like_article
from crawler.extract.dom import Element, ancestors, is_hidden, link_target, text_of
from crawler.extract.lists.link_titles import END_LABEL, MIN_TITLE, PARTIAL, anchor_title
from crawler.extract.relative_dates import relative_day

DATE_ATTRIBUTES = ("readlabel", "datetime", "data-date", "data-time", "title", "value", "wzades")
_PUBLISHED = re.compile(
    r"(?:发布|发表|公开|公布|更新|上网)(?:日期|时间)?\W*$|^\W*(?:日期|时间)\W*$"
)
_OTHER_DAY = re.compile(
    r"(?:成文|生成|印发|制发|签发|签署|实施|施行|生效|失效|废止|截止|截至|有效期?|结束)"
)
_PROSE = re.compile(r"[，。；！？]")
_LETTER = re.compile(r"[^\W\d_]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_YEAR = re.compile(r"\D*(20\d{2})\s*(?:年\s*(?:(\d{1,2})\s*月)?)?\D*")
_NO_TITLE = re.compile(
    r"更多|更多>>|查看(?:更多|详情|全文)?|点击查看|详情|详细|下载|附件|解读|图解|原文|全文|打印|关闭|返回|首页|末页|尾页|"
    r"[上下前后]一?[页篇条]|通知|新闻|政策|公示公告|分享"
)


class Rank(IntEnum):
    """How well a date in a row tells when the row's notice was published; lower is better."""

    LABELLED = 0  # 发布日期：
    PRINTED = 1  # stands alone or in a short text
    OTHER = 2  # 成文日期：, 截止日期：
    PROSE = 3  # in a sentence
    HIDDEN = 4


class Token(NamedTuple):
    """A link or a date in reading order."""

    kind: str  # L link, D date, P part of a date
    node: Element
    day: date | None = None
    text: str = ""
    rank: Rank = Rank.PRINTED


@dataclass(slots=True)
class RunLink:
    """A link of the page with what its row could be called."""

    url: str
    title: str
    dated: date | None  # a date printed inside the anchor


@dataclass(slots=True)
class PageRun:
    """A page as one run of links and dates, with each element's part of the run."""

    root: Element
    base: str
    today: date | None = None
    tokens: list[Token] = field(default_factory=list)
    start: dict[Element, int] = field(default_factory=dict)
    end: dict[Element, int] = field(default_factory=dict)
    links: dict[Element, RunLink] = field(default_factory=dict)
    headers: dict[Element, list[str]] = field(default_factory=dict)  # first row of each table

    def __post_init__(self) -> None:
        inside: Element | None = None
        hidden: Element | None = None
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            if event == "start":
                self.start[element] = len(self.tokens)
                if hidden is None and is_hidden(element):
                    hidden = element
                if inside is None and self._is_link(element):
                    inside = element
                elif inside is None:
                    self._attributes(element)
                if inside is None and element.text:
                    self._text(element, element.text, hidden is not None)
            else:
                if element is inside:
                    inside = None
                if element is hidden:
                    hidden = None
                self.end[element] = len(self.tokens)
                if inside is None and element.tail:
                    self._text(element, element.tail, hidden is not None, tail=True)

    def _is_link(self, element: Element) -> bool:
        """Whether the element is a link of the run; then it is taken up, with its date."""
        link = _link(element, self.base, self.today) if element.tag == "a" else None
        if link is None:
            return False
        self.links[element] = link
        self.tokens.append(Token("L", element))
        if link.dated:
            self.tokens.append(Token("D", element, link.dated))
        return True

    def _text(self, element: Element, text: str, hidden: bool, *, tail: bool = False) -> None:
        if day := relative_day(text.strip(), self.today):
            rank = Rank.HIDDEN if hidden else Rank.PRINTED
            self.tokens.append(Token("D", element, day, "", rank))
            return
        if len(text) > 400 or not any(char.isdigit() for char in text):
            return
        found = list(printed_dates.find_dates(text))[:3]
        if found:
            label = self._column_name(element) or _label_before(element, tail)
            for hit in found:
                if _is_end(text, hit, label):
                    continue
                rank = Rank.HIDDEN if hidden else _rank(text, hit, label)
                self.tokens.append(Token("D", element, hit.day, "", rank))
                label = ""
            return
        short = text.strip()
        partial = len(short) <= 16 and PARTIAL.fullmatch(short)
        if partial or (
            len(short) <= 60
            and (printed_dates.row_date(short) or printed_dates.has_month_day(short))
        ):
            self.tokens.append(Token("P", element, None, short))

    def _attributes(self, element: Element) -> None:
        if element.text and element.text.strip():
            return
        for name in DATE_ATTRIBUTES[:4]:
            if (value := element.get(name)) and (day := printed_dates.is_date_only(value)):
                if not text_of(element):
                    self.tokens.append(Token("D", element, day))
                return

    def dates_behind(self, element: Element) -> list[Token]:
        """Dates between an element and the next link inside the same parent."""
        parent = element.getparent()
        stop = self.end[parent] if parent is not None else len(self.tokens)
        behind: list[Token] = []
        for token in self.tokens[self.end[element] : min(stop, self.end[element] + 4)]:
            if token.kind == "L":
                break
            behind.append(token)
        return behind

    def heading_above(self, element: Element) -> tuple[int, int | None] | None:
        """The year, and the month if it names one, that stand alone above an element
        (``2026年`` over rows of month and day, ``2026年11月`` over rows of days)."""
        for position in range(self.start[element] - 1, -1, -1):
            token = self.tokens[position]
            if token.kind == "P" and (match := _YEAR.fullmatch(token.text)):
                return int(match[1]), int(match[2]) if match[2] else None
        return None

    def _column_name(self, element: Element) -> str:
        """What the table's first row calls the column of a cell; '' where nothing does."""
        cell = next((e for e in [element, *ancestors(element, 3)] if e.tag == "td"), None)
        row = cell.getparent() if cell is not None else None
        table = (
            next((e for e in ancestors(row, 3) if e.tag == "table"), None)
            if cell is not None
            else None
        )
        if row is None or table is None:
            return ""
        if table not in self.headers:
            first = next(iter(table.iter("tr")), None)
            cells = [] if first is None or first.find(".//a") is not None else list(first)
            self.headers[table] = [text_of(each) for each in cells]
        names, place = self.headers[table], row.index(cell)
        return names[place] if place < len(names) and len(names[place]) <= 12 else ""

    def part(self, element: Element) -> list[Token]:
        return self.tokens[self.start[element] : self.end[element]]


def _label_before(element: Element, tail: bool) -> str:
    """The short text of the element before a text, for a label in an element of its own."""
    before = element if tail else element.getprevious()
    text = text_of(before) if before is not None and isinstance(before.tag, str) else ""
    return text if len(text) <= 12 else ""


def _is_end(text: str, hit: printed_dates.PrintedDate, label: str) -> bool:
    """Whether a date is said to end something (截止日期：), which tells no day of publication."""
    before = re.split(r"\s{2,}|[|｜;；,，。]", text[: hit.start].strip())[-1].strip()
    return END_LABEL.match(before or label) is not None


def _rank(text: str, hit: printed_dates.PrintedDate, label: str) -> Rank:
    """``label``: the text of the element before, for a label in an element of its own."""
    before = text[: hit.start].strip()
    said = re.split(r"\s{2,}|[|｜;；,，。]", before)[-1] if before else label
    if _PUBLISHED.search(said):
        return Rank.LABELLED
    if _OTHER_DAY.search(said[-10:]):
        return Rank.OTHER
    return Rank.PROSE if len(text.strip()) > 24 and _PROSE.search(text) else Rank.PRINTED


def _link(anchor: Element, base: str, today: date | None) -> RunLink | None:
    url = link_target(anchor, base)
    if url is None:
        return None
    title, dated = anchor_title(anchor, today)
    if _NO_TITLE.fullmatch(title.strip(" >»[]【】()（）")) or not _LETTER.search(title):
        return None
    shortest = 2 if looks_like_article(url) and _HAN.match(title) else MIN_TITLE
    return RunLink(url, title, dated) if len(title) >= shortest else None
