"""What a page prints between a notice's title and its first paragraph: a date, a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from crawler.extract import printed_dates
from crawler.extract.dom import Element, ancestors, clean_text, text_of
from crawler.extract.page import page_furniture
from domain.text.act_numbers import printed_numbers

_OTHER_DATE = re.compile(
    r"今天|今日|当前|现在|星期|页面|打印|系统|服务器|更新|访问|失效|生效|成文|废止|截止|有效期|印发|起始|开始|结束|施行|开标|投标"
)
_LONGEST = 80


def date_under_title(root: Element, body: Element | None, title: Element | None) -> date | None:
    """A date printed between the title and the first paragraph; without a known title, the
    last one above the body."""
    if body is None:
        return None
    candidates = [
        day
        for element, text in _texts(root, body, title)
        if not _OTHER_DATE.search(_label_before(element)) and (day := _plain_date(clean_text(text)))
    ]
    if not candidates:
        return None
    return candidates[0] if title is not None else candidates[-1]


def number_under_title(root: Element, body: Element | None, title: Element | None) -> str | None:
    """A document number on a line of its own between the title and the body."""
    if body is None or title is None:
        return None
    return printed_numbers.from_lines([text for _, text in _texts(root, body, title)])


def _texts(root: Element, body: Element, title: Element | None) -> Iterator[tuple[Element, str]]:
    """The short texts between title and first paragraph outside links, with their elements."""
    inside_title = set(title.iter()) if title is not None else set()
    open_, in_body = title is None, False
    for element in root.iter():
        open_ = open_ or element is title
        in_body = in_body or element is body
        if not open_ or not isinstance(element.tag, str) or element in inside_title:
            continue
        texts = [text for text in (element.text, element.tail) if text and text.strip()]
        if in_body and (title is None or not all(_heads_body(text) for text in texts)):
            return
        yield from (
            (element, text) for text in texts if len(text) <= _LONGEST and not _in_link(element)
        )


def _label_before(element: Element) -> str:
    """A short text in the element or cell before this one."""
    for each in (element, element.getparent()):
        previous = each.getprevious() if each is not None else None
        if previous is not None and isinstance(previous.tag, str):
            text = text_of(previous)
            return text if len(text) <= 14 else ""
    return ""


def _heads_body(text: str) -> bool:
    """Whether a text may stand in a body's box above its first paragraph."""
    line = clean_text(text)
    return len(line) <= 3 or page_furniture.is_meta_line(line) or page_furniture.is_furniture(line)


def _in_link(element: Element) -> bool:
    """Whether the element is a link or part of a row of links."""
    return element.tag == "a" or any(
        up.tag == "a" or (up.tag == "li" and up.find("a") is not None)
        for up in ancestors(element, 3)
    )


def _plain_date(text: str) -> date | None:
    return None if _OTHER_DATE.search(text) else printed_dates.first_date(text)
