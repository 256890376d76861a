"""Reading one row of a list: its own link, its date, its hints."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from config.time_zone import BEIJING
from crawler.extract import printed_dates
from crawler.extract.address_shapes import ARTICLE, NOT_ARTICLE
from crawler.extract.dom import Element, ancestors, class_marks, clean_text, text_of
from crawler.extract.lists.link_titles import BULLETS, STATUS
from crawler.extract.lists.page_run import PageRun, Rank, Token
from domain.law.library_validity import read_validity
from domain.records.observation import NoticeRef, RowHints
from domain.text.act_numbers import printed_numbers

_ABOUT = re.compile(
    r"^\W*(?:(?:文字|图文|图片|音频|视频|专家|政策|部门|媒体|相关)*解读|图解|一图读懂|附件|下载|详情|查看|原文)"
    r"|(?:解读|图解|问答)(?:[（(].{0,12}[）)])?$"
)

# For example the cell 现行有效 or 已废止 of a library of normative documents.
_VALIDITY = re.compile(
    r"^[【\[（(]?(?:[已现行继续尚未部分宣布]{0,6}(?:有效|失效|废止|生效)|已被?(?:修改|修订))[】\]）)]?$"
)


def read_row(
    page: PageRun, element: Element, link: Element | None, outside: list[Token] | None = None
) -> NoticeRef | None:
    """The row of an element: its own link, its date, its hints; None where it has no link.

    ``outside`` are tokens beside the element that may date it.
    """
    part = page.part(element)
    anchors = [token.node for token in part if token.kind == "L"]
    anchor = link if link is not None and link in page.links else _main_link(page, element, anchors)
    if anchor is None:
        return None
    chosen = page.links[anchor]
    outside = outside or []
    day = row_day(part, chosen.url) or row_day(outside, chosen.url)
    if outside and only_mentioned(part, chosen.url):
        day = row_day(part + outside, chosen.url)
    if day is None:
        printed = " ".join(token.text for token in part + outside if token.kind == "P")
        day = _day_without_year(page, element, printed)
    return NoticeRef(
        url=chosen.url, title=chosen.title, published=day, hints=_hints(element, anchor)
    )


def _day_without_year(page: PageRun, element: Element, printed: str) -> date | None:
    """A day with the month and year of the heading above, a month and day with its year, else
    the latest such day."""
    heading = page.heading_above(element) if printed else None
    alone = re.fullmatch(r"\D*(\d{1,2})\s*日\D*", printed)
    if heading and heading[1] and alone:
        return printed_dates.make_date(heading[0], heading[1], int(alone[1]))
    if not printed_dates.has_month_day(printed):
        return None
    if heading:
        return printed_dates.day_in_year(printed, heading[0])
    return printed_dates.recent_month_day(printed, page.today) if page.today else None


def row_day(part: list[Token], url: str) -> date | None:
    """The day of a row: a date that says it is the day of publication, else one that stands
    alone, else one in pieces, else what a sentence or a hidden box mentions."""
    days = sorted((token for token in part if token.kind == "D"), key=lambda token: token.rank)
    if days and days[0].rank <= Rank.PRINTED:
        best = [token for token in days if token.rank == days[0].rank]
        named = [t for t in best if re.search(r"date|time|sj|rq|fbsj", class_marks(t.node), re.I)]
        return (named or best)[0].day
    pieces = " ".join(token.text for token in part if token.kind == "P")
    if pieces and (day := printed_dates.row_date(pieces, url)):
        return day
    return days[0].day if days else None


def only_mentioned(part: list[Token], url: str) -> bool:
    """Whether all dates of a row stand in sentences or are of another kind than publication."""
    days = [token for token in part if token.kind == "D"]
    if not days or any(token.rank <= Rank.PRINTED for token in days):
        return False
    return printed_dates.row_date(" ".join(t.text for t in part if t.kind == "P"), url) is None


def has_bare_day(part: list[Token]) -> bool:
    """Whether the row prints a day whose year nobody tells."""
    return any(token.kind == "P" and printed_dates.has_month_day(token.text) for token in part)


def _main_link(page: PageRun, row: Element, anchors: list[Element]) -> Element | None:
    """The row's own link: not a category before it, not a related link nested below it."""
    if not anchors:
        return None
    if len(anchors) == 1:
        return anchors[0]

    def weight(anchor: Element) -> float:
        link = page.links[anchor]
        points = min(len(link.title), 30) / 10
        if printed_dates.url_date(link.url) or ARTICLE.search(link.url):
            points += 3
        if NOT_ARTICLE.search(link.url):
            points -= 3
        if _ABOUT.search(link.title):
            points -= 2
        for up in ancestors(anchor):
            if up is row:
                break
            if up.tag in {"ul", "ol", "dl"}:
                points -= 6
        return points - anchors.index(anchor) * 0.4

    return max(anchors, key=weight)


def _hints(row: Element, anchor: Element) -> RowHints:
    document_number, validity, comment_deadline = "", "", None
    for element in row.iter("td", "span", "em", "i", "p", "div"):
        classes = class_marks(element)
        text = (element.text or "").strip()
        if not text or element is anchor:
            continue
        if "endtime" in classes and re.fullmatch(r"\d{13}", text):
            comment_deadline = exclusive_end(int(text))
        elif not validity and _VALIDITY.search(text) and read_validity(text):
            validity = text
        elif not document_number and len(text) <= 40:
            document_number = printed_numbers.whole(clean_text(text_of(element))) or ""
    status = STATUS.match(BULLETS.sub("", text_of(anchor)))
    return RowHints(
        document_number=document_number,
        comment_deadline=comment_deadline,
        status=status[1] if status else "",
        validity=validity,
    )


def exclusive_end(milliseconds: int) -> date:
    """The last day of a period whose end is given as an instant, midnight being exclusive."""
    moment = datetime.fromtimestamp(milliseconds / 1000, tz=UTC).astimezone(BEIJING)
    return (moment - timedelta(seconds=1)).date()
