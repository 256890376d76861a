"""Reading one row of a list: its own link, its date, its hints."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from archive.records import NoticeRef
from crawler.extract import dates, docnumber
from crawler.extract.dom import Element, ancestors, clean, marks, text_of
from crawler.extract.linktitles import BULLETS, STATUS
from crawler.extract.pagerun import PageRun, Token

_BEIJING = timezone(timedelta(hours=8))
ARTICLE = re.compile(
    r"/m?post_\d+\.html?|/art[_/]|/t?\d{6,}\.s?html?|[_/]\d{5,}\.s?html?|/content(?:_|/)\w*\d|"
    r"[?&](?:id|docid|articleid|infoid|newsid|guid)=\w+|/[0-9a-f]{16,}\.s?html?|/detail|/info/",
    re.I,
)
NOT_ARTICLE = re.compile(
    r"/(?:index|default|list|main|home)(?:_\d+)?\.(?:s?html?|jsp|aspx?|php)$|/$", re.I
)


def read_row(
    page: PageRun, element: Element, link: Element | None, outside: list[Token] | None = None
) -> NoticeRef | None:
    part = page.part(element)
    anchors = [token.node for token in part if token.kind == "L"]
    anchor = link if link is not None and link in page.links else _main_link(page, element, anchors)
    if anchor is None:
        return None
    chosen = page.links[anchor]
    outside = outside or []
    day = row_day(part, chosen.url) or row_day(outside, chosen.url)
    if day is None and page.today:
        printed = " ".join(token.text for token in part + outside if token.kind == "P")
        day = dates.recent_month_day(printed, page.today)
    return NoticeRef(
        url=chosen.url, title=chosen.title, published=day, hints=_hints(element, anchor)
    )


def row_day(part: list[Token], url: str) -> date | None:
    days = [token for token in part if token.kind == "D"]
    if days:
        named = [t for t in days if re.search(r"date|time|sj|rq|fbsj", marks(t.node), re.I)]
        return (named or days)[0].day
    pieces = " ".join(token.text for token in part if token.kind == "P")
    return dates.row_date(pieces, url) if pieces else None


def has_bare_day(part: list[Token]) -> bool:
    """Whether the row prints a day whose year nobody tells."""
    return any(token.kind == "P" and dates.has_month_day(token.text) for token in part)


def _main_link(page: PageRun, row: Element, anchors: list[Element]) -> Element | None:
    """The row's own link: not a category before it, not a related link nested below it."""
    if not anchors:
        return None
    if len(anchors) == 1:
        return anchors[0]

    def weight(anchor: Element) -> float:
        link = page.links[anchor]
        points = min(len(link.title), 30) / 10
        if dates.url_date(link.url) or ARTICLE.search(link.url):
            points += 3
        if NOT_ARTICLE.search(link.url):
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
    status = STATUS.match(BULLETS.sub("", text_of(anchor)))
    if status:
        hints["status"] = status[1]
    return hints


def exclusive_end(milliseconds: int) -> date:
    """The last day of a period whose end is given as an instant, midnight being exclusive."""
    moment = datetime.fromtimestamp(milliseconds / 1000, tz=UTC).astimezone(_BEIJING)
    return (moment - timedelta(seconds=1)).date()


def looks_like_article(url: str) -> bool:
    """Whether an address has the shape of a notice's and not of a column's."""
    if dates.url_date(url):
        return True
    return bool(ARTICLE.search(url)) and not NOT_ARTICLE.search(url)
