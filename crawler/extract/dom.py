"""Parse HTML tolerantly and answer the questions that every extractor has about a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml import etree
from lxml.cssselect import CSSSelector

from crawler.extract.raised_text import raise_marks, raised_classes
from crawler.extract.struck_words import empty_struck
from crawler.extract.style_sheets import mark_shown_breaks
from domain.text.compatibility import plain_characters

Element = Any  # lxml ships no types

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u2002-\u200a\u202f\u205f\u3000]+")
_ZERO_WIDTH = re.compile(r"[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\u00ad]")
_CJK = "\u2e80-\u9fff\uff00-\uffef\u3000-\u303f"
_LINE_IN_CJK = re.compile(rf"(?<=[{_CJK}])[ ]?\n\s*(?=[{_CJK}])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_LONGEST_ADDRESS = 2000
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:ng-hide|d-none|layui-hide)(?:\s|$)")
_MAY_BE_RAISED = re.compile(r"<(?:sup|math)\b|vertical-align|position\s*:\s*relative", re.I)
# rt, rp: how a character is read, written small above it
_DROPPED = ("script", "style", "noscript", "template", "svg", "canvas", "head", "rt", "rp")
_ONCLICK_URL = re.compile(
    r"['\"]((?:https?:/)?/[^'\"\s]+?|\.{1,2}/[^'\"\s]+?|[\w./-]+\.s?html?)['\"]"
)

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "ucapcontent",
        "ucaptitle",
        "publishtime",
    ]
)


# What the parser says when memory or depth ran out: the rest of the page is missing.
_CUT_SHORT = {etree.ErrorTypes.ERR_NO_MEMORY, etree.ErrorTypes.ERR_RESOURCE_LIMIT}


def parse_html(html: str) -> Element:
    """The tree of a page with scripts, styles and comments removed; never None. MemoryError
    when the page is too large or too deep to be read to its end."""
    text = _CONTROL.sub("", _XML_DECLARATION.sub("", html))
    # huge_tree: text pasted from Word leaves hundreds of tags open, and the parser would stop
    # without a word at 256 levels. Hence no recursion over trees in this package.
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, recover=True, huge_tree=True)
    root = None
    if text.strip():
        try:
            root = etree.fromstring(text, parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
    for entry in parser.error_log:
        if entry.type in _CUT_SHORT:
            raise MemoryError(f"the page was read to line {entry.line} only")
    if root is None:
        root = etree.fromstring("<html><body></body></html>", etree.HTMLParser())
    empty_struck(root)
    if "white-space" in text:
        mark_shown_breaks(root)
    raising = bool(_MAY_BE_RAISED.search(text))
    classes = raised_classes(root) if raising else frozenset()
    for element in list(root.iter(*_DROPPED)):
        if element.tag != "head":
            drop(element)
    if raising:
        raise_marks(root, classes)
    return root


def drop(element: Element) -> None:
    """Remove an element but keep the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


@lru_cache(maxsize=512)
def _compiled(selector: str) -> Any:
    return CSSSelector(selector, translator="html")


def select(root: Element, selector: str) -> list[Element]:
    """Elements of a CSS selector; ValueError names a selector that is none."""
    from cssselect import SelectorError

    try:
        return list(_compiled(selector)(root))
    except SelectorError as error:
        raise ValueError(f"{selector!r} is not a CSS selector: {error}") from error


def clean_text(text: str) -> str:
    """One line of text: white space folded, invisible characters gone, ⼀ written as 一."""
    text = _ZERO_WIDTH.sub("", plain_characters(text).replace("\r", "\n"))
    if "\n" in text:
        text = _LINE_IN_CJK.sub("", text).replace("\n", " ")
    return _SPACES.sub(" ", text).strip()


def between(text: str, start: str, end: str) -> list[str]:
    """The pieces between two marks, whatever their case; in time linear in the text, also
    when the closing marks are missing."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose lower case is longer
        lowered = text
    pieces: list[str] = []
    position = lowered.find(start)
    while position >= 0:
        opening = position + len(start)
        closing = lowered.find(end, opening)
        if closing < 0:
            break
        pieces.append(text[opening:closing])
        position = lowered.find(start, closing + len(end))
    return pieces


def without_tags(text: str) -> str:
    """An attribute's text without the tags that some editors leave in it."""
    return _TAG.sub("", text) if "<" in text else text


def squeeze(text: str) -> str:
    """The text without any white space, for comparing."""
    return re.sub(r"\s+", "", _ZERO_WIDTH.sub("", text))


def text_of(element: Element) -> str:
    """All text under an element, blanks folded."""
    return clean_text("".join(element.itertext()))


def class_marks(element: Element) -> str:
    """Class and id of an element, for guessing what it is."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def is_hidden(element: Element) -> bool:
    """By its own attribute, style or a class that frameworks hide by, not by its ancestors'."""
    return (
        element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style") or ""))
        or bool(_HIDDEN_CLASS.search(element.get("class") or ""))
    )


def ancestors(element: Element, limit: int = 4096) -> Iterator[Element]:
    """From the parent upwards, ``limit`` at most."""
    parent = element.getparent()
    while parent is not None and limit:
        yield parent
        parent = parent.getparent()
        limit -= 1


def metas(root: Element) -> dict[str, str]:
    """``<meta name|property content>`` by lower-case name; the first one with content wins."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = clean_text(meta.get("content") or "")
        if name and content and name not in found:
            found[name] = content
    return found


def base_url(root: Element, url: str) -> str:
    """What relative addresses of the page start from."""
    for base in root.iter("base"):
        if href := (base.get("href") or "").strip():
            return absolute(url, href) or url
    return url


def split_address(url: str) -> SplitResult:
    """The parts of an address; all of them empty for what is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def absolute(base: str, href: str) -> str | None:
    """An http(s) address, or None for anchors, scripts, mail and broken addresses."""
    if len(href) > _LONGEST_ADDRESS:
        return None
    href = _ZERO_WIDTH.sub("", href).strip().replace("\\", "/")
    href = re.sub(r"[\t\n\r]", "", href)
    if (
        not href
        or href.startswith("#")
        or href.lower().startswith(("javascript:", "mailto:", "tel:", "data:"))
    ):
        return None
    try:
        joined = urljoin(base, href)
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    return joined


def link_target(anchor: Element, base: str) -> str | None:
    """Where a link leads, read from ``onclick`` when ``href`` is only a script."""
    href = (anchor.get("href") or "").strip()
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return absolute(base, href)
    script = (
        f"{anchor.get('onclick') or ''} {href if href.lower().startswith('javascript:') else ''}"
    )
    if match := _ONCLICK_URL.search(script):
        return absolute(base, match[1])
    return None
