"""Attachment links of a notice, wherever they stand on its page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract.dom import (
    Element,
    absolute,
    ancestors,
    between,
    class_marks,
    clean_text,
    split_address,
    text_of,
)
from crawler.extract.file_types import DOCUMENTS, ending
from crawler.extract.page.attachment_names import (
    EXTENSION,
    attachment_name,
    name_from_url,
    query_pairs,
)
from crawler.extract.page.attachment_places import (
    article_box,
    in_frame,
    is_within,
    labelled_links,
)
from crawler.extract.page.attachment_targets import (
    DATA_NAMES,
    FileKind,
    file_address,
    file_kind,
    is_numbered,
    may_be_file,
    names_a_file,
)
from domain.records.observation import AttachmentLink

_FILE_KEYS = {"file", "url", "src", "path", "filepath", "fileurl", "pdf", "furl"}
_BOX = re.compile(
    r"fujian|(?:^|[\s_-])(?:fj|xgfj|attach\w*|annex|appendix|accessory|xgbd|enclosure|file-?list)|\w*appendix\w*|_xgfj|fjxz|fjlist",
    re.I,
)
_LABEL = re.compile(r"附\s*件|附\s*表|下载|附\s*图")
# A link inside a string of a script: "<a href=\"/files/1.pdf\">附件1<\/a>"
_SCRIPT_LINK = re.compile(
    r"<a[^>]{0,300}?href\s*=\s*\\?[\"']([^\"'\\]+?"
    + ending(DOCUMENTS)
    + r")\\?[\"'][^>]*>(.{0,200}?)<\\?/a>",
    re.I | re.S,
)
_OWN_NAME = re.compile(r"(?:^|/)[PW]0\d{10,}", re.I)
_VIEWERS = frozenset({"iframe", "embed", "object"})
_CANDIDATES = etree.XPath(
    ".//*[self::a or self::iframe or self::embed or self::object or @onclick"
    + "".join(f" or @{name}" for name in DATA_NAMES)
    + "]"
)


def find_attachments(
    root: Element,
    body: Element | None,
    base: str,
    *,
    chosen: list[Element] | None = None,
    raw: str = "",
) -> tuple[AttachmentLink, ...]:
    """Links to files: in the body, in the article's frame, in attachment boxes, in viewer
    frames; each address once with its best name. ``chosen``: links a selector picked."""
    search = _Search(base=base, body=body, article=article_box(body))
    for element in chosen or []:
        for anchor in [element] if element.tag == "a" else element.iter("a"):
            search.take(anchor, sure=True)
    for element in _CANDIDATES(root):
        if element.tag in _VIEWERS:
            search.look_at_viewer(element)
        elif may_be_file(element):
            search.look_at(element)
    if raw:
        search.look_in_scripts(raw)
    return tuple(AttachmentLink(name=name, url=url) for url, name in search.found.items())


@dataclass(kw_only=True)
class _Search:
    """The files found so far on a page, by address."""

    base: str
    body: Element | None
    article: Element | None
    found: dict[str, str] = field(default_factory=dict)
    labelled: frozenset[Element] = field(init=False)

    def __post_init__(self) -> None:
        self.labelled = labelled_links(self.article)

    def look_at(self, element: Element) -> None:
        """Take a link, or another element that opens a file, where it stands in the notice."""
        inside = is_within(element, self.body)
        boxed = any(_BOX.search(class_marks(up)) for up in [element, *ancestors(element, 5)])
        sure = inside or boxed or "attachment" in (element.get("class") or "")
        if element.tag != "a":
            if inside or (boxed and not in_frame(element)):
                self.take(element, sure=True)
            return
        if sure or is_within(element, self.article) or _is_own(element):
            if not (inside or boxed) and in_frame(element):
                return
            self.take(element, sure=sure)

    def take(self, element: Element, *, sure: bool) -> None:
        url = file_address(element, self.base)
        if url is None or not self._is_file(element, url, sure=sure):
            return
        name = attachment_name(element, url)
        if url not in self.found or _better(name, self.found[url]):
            self.found[url] = name

    def _is_file(self, element: Element, url: str, *, sure: bool) -> bool:
        kind: FileKind = file_kind(url, element)
        if kind == "picture":
            return sure and bool(_LABEL.search(text_of(element)))
        if kind in ("service", "download") and not names_a_file(element):
            # An address without a file's ending: download.jsp?id=7
            told = kind == "download" or is_numbered(url) or _LABEL.search(_around(element))
            return sure and (bool(told) or element in self.labelled)
        return kind != "none"

    def look_at_viewer(self, element: Element) -> None:
        """A PDF shown in a frame: the file itself or the ``file=`` of a viewer page."""
        if not (is_within(element, self.body) or is_within(element, self.article)):
            return
        source = element.get("src") or element.get("data") or ""
        url = absolute(self.base, source)
        if url is None:
            return
        if not EXTENSION.search(urlsplit(url).path):
            inner = next(
                (
                    value
                    for key, value in query_pairs(urlsplit(url).query)
                    if key.lower() in _FILE_KEYS and EXTENSION.search(split_address(value).path)
                ),
                None,
            )
            url = absolute(url, inner) if inner else None
        if url and url not in self.found:
            self.found[url] = clean_text(element.get("title") or "") or name_from_url(url)

    def look_in_scripts(self, raw: str) -> None:
        """Attachment links that the page writes by script (``var fj = '<a href="./P02…'``)."""
        for script in between(raw, "<script", "</script>"):
            if len(script) > 20_000 or "<a" not in script:
                continue
            for href, label in _SCRIPT_LINK.findall(script):
                url = absolute(self.base, href)
                if url and url not in self.found and "+" not in href:
                    text = clean_text(re.sub(r"<[^>]*>|['\"+]", "", label))
                    self.found[url] = text or name_from_url(url)


def _is_own(anchor: Element) -> bool:
    """Files outside the article's box that are its own all the same: called 附件, stored
    beside the article (TRS ``./P020260730….doc``) or in the CMS's attachment store."""
    return bool(_OWN_NAME.search(anchor.get("href") or "")) or bool(
        re.match(r"\s*附\s*[件表]", anchor.get("title") or text_of(anchor))
    )


def _around(anchor: Element) -> str:
    parent = anchor.getparent()
    text = text_of(parent) if parent is not None else ""
    return text if len(text) <= 300 else text_of(anchor)


def _better(new: str, old: str) -> bool:
    if bool(EXTENSION.search(new)) != bool(EXTENSION.search(old)):
        return bool(EXTENSION.search(new)) and len(new) >= len(old) * 0.6
    return False
