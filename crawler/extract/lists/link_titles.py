"""The full title of a list's link, and the date printed inside it."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

from lxml import etree

from crawler.extract import printed_dates
from crawler.extract.dom import (
    HEADINGS,
    Element,
    ancestors,
    class_marks,
    clean_text,
    is_hidden,
    text_of,
    without_tags,
)
from crawler.extract.relative_dates import edge_day, relative_day

BULLETS = re.compile(r"^(?:[·•・●○■□▪◆◇▶►>»›※＞\-—–*☆★|｜▲△∙⋅]|&gt;)+\s*")
STATUS = re.compile(
    r"^[\[【(（]\s*(进行中|正在进行|征集中|正在征集|已结束|已截止|未开始|结束|往期)\s*[\]】)）]\s*[-—–:：]?\s*"
)
_DESCRIBED = re.compile(
    r"^(?:文章)?标\s*题\s*[:：]\s*(.{4,}?)\s*(?:(?:点击|作者|发表|发布|更新|录入|时间|日期|来源).*)?$"
)
_PINNED = re.compile(r"^[\[【]?\s*(?:置顶|顶)\s*[\]】]\s*|^(?:NEW|new|New)[!！]?\s+")
_CUT = re.compile(r"(?:\.{2,}|…+|。。。+)\s*$")
_EDGE_DATE = re.compile(
    r"[\s\[(（【]{0,4}(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?[\s\])）】]*"
)
PARTIAL = re.compile(r"[\W_]*\d{1,4}(?:\s*[-/.年月日－—]\s*\d{0,4})*[\W_]*")
# 截止日期 2026-10-16, 有效期至：…: the end of something, never the day of publication
END_LABEL = re.compile(
    r"^[\s\[(（【]*(?:(?:意见)?(?:征集|征求|反馈|报名|申报|投标|意见)?(?:截止|截至|结束|到期|失效|废止)|有效期)\w{0,4}\s*[:：]?"
)
# What may stand before the date that ends a link's text: 关于登记的通知 截止日期
_ENDS_BEFORE = re.compile(
    r"[\s\[(（【]*(?:意见)?(?:征集|征求|反馈|报名|申报)?(?:截止|截至|结束|有效期至?)(?:日期|时间|日)?\s*[:：]?\s*$"
)
_DATE_LABEL = re.compile(r"[\u4e00-\u9fff]{0,4}(?:时间|日期)\s*[:：]")
MIN_TITLE = 4
_LONGEST_LABELLED = 44
_LONGEST = 600
_DEEPEST = 80  # descendants of an anchor that are looked at


def anchor_title(anchor: Element, today: date | None = None) -> tuple[str, date | None]:
    """The full title of a link and the date printed inside it; ``today`` tells what 昨天 is."""
    text, dated = _visible_title(anchor, today)
    attribute = tidy_title(anchor.get("title") or "")
    if not attribute and len(anchor):
        inner = [
            tidy_title(child.get("title") or "") for child in islice(anchor.iter(), 1, _DEEPEST)
        ]
        attribute = max(inner, key=len, default="")
        if _CUT.search(text) is None:
            attribute = ""
    if attribute and printed_dates.is_date_only(attribute) is None:
        cut = _CUT.sub("", text)
        if not text or len(attribute) >= len(cut) or cut.startswith(attribute[:6]) is False:
            plausible = len(attribute) >= 6 or len(text) < 6
            if plausible and (not text or len(attribute) >= len(cut) or _CUT.search(text)):
                return _strip_edge_date(attribute)[0] or attribute, dated
    return text, dated


def _visible_title(anchor: Element, today: date | None) -> tuple[str, date | None]:
    if not len(anchor):
        return _strip_edge_date(tidy_title(anchor.text or ""), today)
    dated: date | None = None
    pieces: list[str] = []
    skip: set[Element] = set()
    for child in islice(anchor.iter(), _DEEPEST):
        if child is anchor or any(up in skip for up in ancestors(child, 6)):
            continue
        if is_hidden(child):
            skip.add(child)
            continue
        text = text_of(child)
        day = _date_of(text, today) if text else None
        if day is None and text and len(text) <= 16 and PARTIAL.fullmatch(text):
            pieces.append(text)
            skip.add(child)
        if day or (text and len(text) <= _LONGEST_LABELLED and END_LABEL.match(text)):
            dated = dated or day
            skip.add(child)
    if dated is None and pieces:
        dated = printed_dates.row_date(" ".join(pieces))
    heading = _heading_inside(anchor, skip)
    if heading:
        return heading, dated
    title, edge = _strip_edge_date(tidy_title(_text_without(anchor, skip)), today)
    return title, dated or edge


def _date_of(text: str, today: date | None) -> date | None:
    """The date of a part of a link that is a date or a labelled one (``征集时间：D 至 D``)."""
    if day := printed_dates.is_date_only(text) or relative_day(text, today):
        return day
    labelled = len(text) <= _LONGEST_LABELLED and _DATE_LABEL.match(text)
    if not labelled or END_LABEL.match(text):
        return None
    return printed_dates.first_date(text)


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
    for child in islice(anchor.iter(), _DEEPEST):
        if child is anchor or child in skip or not isinstance(child.tag, str):
            continue
        named = re.search(
            r"(?:^|[\s_-])(?:title|tit|bt|name)(?:$|[\s_-])", class_marks(child), re.I
        )
        if child.tag in HEADINGS or named:
            title = tidy_title(_text_without(child, skip))
            if len(title) >= MIN_TITLE:
                return _strip_edge_date(title)[0]
    return None


def _strip_edge_date(text: str, today: date | None = None) -> tuple[str, date | None]:
    """Take a date off the end or the start of a link's text (``标题 [2026-09-11]``)."""
    if len(text) > _LONGEST:
        return text, None
    for match in _EDGE_DATE.finditer(text):
        at_end = match.end() == len(text) and match[0] != match[0].lstrip(" \t[(（【")
        at_start = match.start() == 0 and match[0] != match[0].rstrip(" \t])）】")
        if at_end or at_start:
            rest = text[: match.start()] if at_end else text[match.end() :]
            if len(rest.strip()) >= MIN_TITLE:
                ended = _ENDS_BEFORE.search(rest) if at_end else None
                if ended and len(rest[: ended.start()].strip()) >= MIN_TITLE:
                    return rest[: ended.start()].strip(), None
                return rest.strip(), printed_dates.first_date(match[0])
    rest, day = edge_day(text, today)
    return (rest, day) if day and len(rest) >= MIN_TITLE else (text, None)


def tidy_title(text: str) -> str:
    """A title in one line without bullet, pin and status marks."""
    title = clean_text(without_tags(text))[:_LONGEST]
    if match := _DESCRIBED.match(title):
        title = match[1]
    for _ in range(3):
        before = title
        title = BULLETS.sub("", title)
        title = _PINNED.sub("", title)
        title = STATUS.sub("", title)
        title = title.strip()
        if title == before:
            break
    return title
