"""A page as one run of links and dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from lxml import etree

from crawler.extract import dates
from crawler.extract.dom import Element, link_target, text_of
from crawler.extract.linktitles import MIN_TITLE, PARTIAL, anchor_title

DATE_ATTRIBUTES = ("readlabel", "datetime", "data-date", "data-time", "title", "value", "wzades")


class Token(NamedTuple):
    kind: str  # L link, D date, P part of a date
    node: Element
    day: date | None = None
    text: str = ""


@dataclass(slots=True)
class RunLink:
    anchor: Element
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

    def __post_init__(self) -> None:
        inside: Element | None = None
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            if event == "start":
                self.start[element] = len(self.tokens)
                if element.tag == "a" and inside is None and (link := _link(element, self.base)):
                    inside = element
                    self.links[element] = link
                    self.tokens.append(Token("L", element))
                    if link.dated:
                        self.tokens.append(Token("D", element, link.dated))
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
            self.tokens.extend(Token("D", element, day) for day in found[:3])
            return
        short = text.strip()
        partial = len(short) <= 16 and PARTIAL.fullmatch(short)
        if partial or (len(short) <= 60 and (dates.row_date(short) or dates.has_month_day(short))):
            self.tokens.append(Token("P", element, None, short))

    def _attributes(self, element: Element) -> None:
        if element.text and element.text.strip():
            return
        for name in DATE_ATTRIBUTES[:4]:
            if (value := element.get(name)) and (day := dates.is_date_only(value)):
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

    def part(self, element: Element) -> list[Token]:
        return self.tokens[self.start[element] : self.end[element]]


def _link(anchor: Element, base: str) -> RunLink | None:
    url = link_target(anchor, base)
    if url is None:
        return None
    title, dated = anchor_title(anchor)
    if len(title) < MIN_TITLE or title in {
        "查看更多",
        "更多>>",
        "查看详情",
        "点击查看",
        "查看全文",
    }:
        return None
    return RunLink(anchor, url, title, dated)
