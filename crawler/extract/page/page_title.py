"""Find the full title of a notice, never the column's or the site's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from crawler.extract import printed_dates
from crawler.extract.dom import (
    BLOCKS,
    HEADINGS,
    Element,
    ancestors,
    class_marks,
    clean_text,
    is_hidden,
    select,
    squeeze,
    text_of,
    without_tags,
)
from crawler.extract.page import page_furniture

_TITLE_BOX = re.compile(
    r"(?:^|[\s_-])(?:\w*title\w*|tit\d?|doc-ti|bt|biaoti|headline|zoomtitl|xl_tit|con_tit)(?:$|[\s_-])",
    re.I,
)
_NOT_TITLE = re.compile(
    r"当前位置|所在位置|即将离开|扫一扫|^首页|相关(?:链接|阅读|新闻|文件|附件)|搜索热词|热门搜索|^分享|(?:发布|发表|公开|更新)(?:日期|时间)\s*[:：]|(?:浏览|点击|阅读)(?:次数|量|数)|字体大小|来源[:：]|版权所有|"
    r"^(?:通知公告|公告公示|政策文件|政策解读|信息公开(?:目录|指南)?|新闻动态|政务公开|政府信息公开|热点|基本信息|索引号|正文|目录|附件)$"
)
_SEPARATOR = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]+\s|[-–—]{2,}|(?<=[\u4e00-\u9fff）)》”])[-–—](?=[\u4e00-\u9fff]))\s*"
)
_SITE = re.compile(
    r"政府$|政府网|门户|网站|官网|网$|厅$|局$|委员会$|委$|部$|总局$|办公室$|署$|银行$|平台$|中国政府|公开$|栏目|频道|首页|GOV|gov"
)
_LOGO = re.compile(r"(?:^|[\s_-])(?:logo|site-?name|web-?name)(?:$|[\s_-])", re.I)
_FRONT_PAGES = {"/", "./", "../", "index.html", "/index.html", "index.asp", "/index.asp"}
_LONGEST = 400
_MOST_LINES = 6
_LOOKED_AT = 60  # paragraphs in which an act of the European Union may begin
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ACT_TITLE_CLASS = re.compile(r"title-doc|(?:oj-)?doc-ti")
_CODE = re.compile(r"[A-Z0-9_./:()-]+")  # 32002R0178
# Commission Regulation (EC) No 178/2002, DIRECTIVE 2006/66/EC
_ENGLISH_ACT = re.compile(
    r"(?:(?:Commission|Council|European)\s(?:\w+\s){0,2})?(?:Regulation|Directive|Decision|Recommendation)\s"
    r"(?:\((?:EU|EC|EEC)|(?:No\s)?\d{2,4}/)",
    re.I,
)
_FILE_NAME = re.compile(r"[\w.-]+\.(?:xml|html?|pdf|docx?)")  # L_2013999EN.01000101.xml
_CUT = re.compile(r"(?:\.{2,}|…+)\s*$")
_TAGS = (*sorted(HEADINGS), "div", "p", "td", "span", "strong", "ucaptitle", "font", "li", "dt")


def find_title(
    root: Element,
    body: Element | None,
    meta: Mapping[str, str],
    *,
    selector: str | None,
    name_cell: str = "",
    listed: str = "",
) -> tuple[str, Element | None]:
    """The title and the element that prints it."""
    if selector and (configured := _configured(root, selector)):
        return configured
    page = _page_title(root, meta)
    places = _printed(root, body, meta, page)
    article = clean_text(without_tags(meta.get("articletitle", "")))[:_LONGEST]
    if article and not _is_column(article, meta) and not _CUT.search(article):
        return article, _place_of(places, article)
    for name in (name_cell, listed):
        tidy = clean_text(name)[:_LONGEST]
        if len(tidy) >= 6 and (_place_of(places, tidy) is not None or _agree(tidy, page)):
            return tidy, _place_of(places, tidy)
    best = _in_english(root, page) or _best(places, page)
    if best is not None:
        return best
    if (not page or _looks_like_site(page) or len(page) <= 8) and (above := _over_meta_line(root)):
        return above
    others = [clean_text(meta.get("og:title", "")), article, clean_text(name_cell)]
    return _first_name(page, [*others, clean_text(listed)], meta), None


def _first_name(page: str, others: list[str], meta: Mapping[str, str]) -> str:
    """The page's title unless it is the site's, else what else names the notice."""
    names = [page, *others]
    if _looks_like_site(page) and len(page) > 6:
        names = [*others, page]
    named = (name for name in names if name and not _is_column(name, meta))
    return next(named, page or others[1])


def _configured(root: Element, selector: str) -> tuple[str, Element] | None:
    for element in select(root, selector):
        if text := clean_text(element.get("title") or "") or clean_text(text_of(element)):
            return text, element
    return None


def _in_english(root: Element, page: str) -> tuple[str, Element] | None:
    return None if _HAN.search(page) else _english_act(root)


def _english_act(root: Element) -> tuple[str, Element] | None:
    """The line that begins like an act of the European Union, with the lines that go on with it
    (of 28 January 2002, laying down …)."""
    for element in islice(root.iter("p", "strong", "h1", "h2"), _LOOKED_AT):
        text = clean_text(text_of(element))
        if len(text) > _LONGEST or not _ENGLISH_ACT.match(text):
            continue
        lines = [text]
        following = element.getnext()
        while following is not None and len(lines) < _MOST_LINES:
            line = clean_text(text_of(following))
            if not line[:1].islower() or len(line) > _LONGEST:
                break
            lines.append(line)
            following = following.getnext()
        return " ".join(lines), element
    return None


def _over_meta_line(root: Element) -> tuple[str, Element] | None:
    """The line right above that of date, source and counter: the title of a page that marks
    it by type size only."""
    before: Element | None = None
    for element in root.iter():
        text = clean_text(element.text or "") if isinstance(element.tag, str) else ""
        if not text or element.tag in {"title", "a", "option"}:
            continue
        if len(text) > 40 and "。" in text:
            return None  # the body has begun
        if (
            before is not None
            and page_furniture.is_meta_line(text)
            and printed_dates.first_date(text)
        ):
            title = clean_text(text_of(before))
            if 6 <= len(title) <= 200 and not _NOT_TITLE.search(title):
                return title, before
        before = next((e for e in [element, *ancestors(element, 6)] if e.tag in BLOCKS), element)
    return None


def _is_column(text: str, meta: Mapping[str, str]) -> bool:
    compact = squeeze(text)
    return compact in {
        squeeze(meta.get(name, "")) for name in ("columnname", "sitename", "columntype")
    }


def _page_title(root: Element, meta: Mapping[str, str]) -> str:
    """``<title>`` without the names of column and site behind (or before) the title."""
    raw = next((text_of(each) for each in root.iter("title")), "")[:_LONGEST]
    if _FILE_NAME.fullmatch(raw):
        return ""
    pieces = [piece for piece in _SEPARATOR.split(raw) if piece.strip()]
    if not pieces:
        return ""
    names = {squeeze(meta.get(name, "")) for name in ("columnname", "sitename", "columntype")} - {
        ""
    }
    while len(pieces) > 1 and (squeeze(pieces[-1]) in names or _looks_like_site(pieces[-1])):
        pieces.pop()
    if len(pieces) > 2 and len(pieces[-1]) <= 8:
        pieces.pop()
    while len(pieces) > 1 and squeeze(pieces[0]) in names:
        pieces.pop(0)
    if len(pieces) > 1:
        longest = max(pieces, key=len)
        kept = raw[raw.find(pieces[0]) : raw.find(pieces[-1]) + len(pieces[-1])]
        return (
            clean_text(kept) if len(longest) < 12 or len(pieces[-1]) > 10 else clean_text(longest)
        )
    return clean_text(pieces[0])


def _looks_like_site(piece: str) -> bool:
    text = piece.strip()
    return (len(text) <= 24 and bool(_SITE.search(text))) or len(text) <= 6


def _printed(
    root: Element, body: Element | None, meta: Mapping[str, str], page: str
) -> list[tuple[str, Element]]:
    """Headings and title boxes, those above the body nearest first, then those below."""
    above: list[tuple[str, Element]] = []
    below: list[tuple[str, Element]] = []
    passed = False
    tags = {*_TAGS, body.tag} if body is not None else {*_TAGS}
    for element in root.iter(*tags):
        if element is body:
            passed = True
            continue
        if not _is_title_box(element) or _continues_title(element):
            continue
        text = _whole_title(element)
        shortest = 2 if squeeze(text) == squeeze(page) else 4
        if (
            shortest <= len(text) <= 300
            and not _NOT_TITLE.search(text)
            and not _is_column(text, meta)
        ):
            (below if passed else above).append((text, element))
    return above[::-1] + below


def _whole_title(element: Element) -> str:
    """The text of a title's box with that of the boxes of the same kind that follow it: an act
    of the European Union has three lines of title."""
    lines = [clean_text(text_of(element))]
    following = element.getnext()
    while following is not None and len(lines) < _MOST_LINES and _same_kind(element, following):
        lines.append(clean_text(text_of(following)))
        following = following.getnext()
    glue = "" if _HAN.search(lines[0]) else " "
    return glue.join(line for line in lines if line)


def _continues_title(element: Element) -> bool:
    before = element.getprevious()
    return before is not None and _same_kind(before, element)


def _same_kind(one: Element, other: Element) -> bool:
    """Whether two paragraphs are lines of one title: of one class, title-doc-first and -last."""
    named, other_named = one.get("class") or "", other.get("class") or ""
    if one.tag != "p" or other.tag != "p" or not named:
        return False
    return named == other_named or bool(
        _ACT_TITLE_CLASS.match(named) and _ACT_TITLE_CLASS.match(other_named)
    )


def _is_title_box(element: Element) -> bool:
    heading = element.tag in HEADINGS or element.tag == "ucaptitle"
    if not heading and not (class_marks(element) and _TITLE_BOX.search(class_marks(element))):
        return False
    return len(element) <= 12 and not is_hidden(element) and not _is_logo(element)


def _is_logo(element: Element) -> bool:
    """Whether a heading is the site's name: a link to the front page, a box called logo."""
    if _LOGO.search(class_marks(element)):
        return True
    homes = [a for a in element.iter("a") if (a.get("href") or "").rstrip("#") in _FRONT_PAGES]
    return any(squeeze(text_of(a)) == squeeze(text_of(element)) for a in homes)


def _place_of(places: list[tuple[str, Element]], title: str) -> Element | None:
    wanted = squeeze(title)
    exact = [element for text, element in places if squeeze(text) == wanted]
    if exact:
        return exact[0]
    return next(
        (e for text, e in places if wanted in squeeze(text) and len(text) < len(title) + 30), None
    )


def _agree(one: str, other: str) -> bool:
    a, b = squeeze(_CUT.sub("", one)), squeeze(_CUT.sub("", other))
    return bool(a and b) and (a == b or ((a in b or b in a) and min(len(a), len(b)) >= 6))


def _best(places: list[tuple[str, Element]], page: str) -> tuple[str, Element] | None:
    """The printed title that agrees with the page's, else the first real heading."""
    agreeing = [(text, element) for text, element in places if _agree(text, page)]
    if agreeing:
        full = [each for each in agreeing if len(each[0]) >= len(page)] or agreeing
        top = [e for e in full if e[1].tag in HEADINGS or e[1].tag == "ucaptitle"] or full
        return max(top, key=lambda each: (min(len(each[0]), len(page) + 60), -len(each[1])))
    for wanted in ("h1", "ucaptitle", "h2", "h3"):
        for text, element in places:
            if element.tag == wanted and len(text) >= 6 and not _CODE.fullmatch(text):
                return text, element
    long = [each for each in places if len(each[0]) >= 12]
    vague = len(page) <= 8 or _NOT_TITLE.search(page)
    return long[0] if long and vague else None
