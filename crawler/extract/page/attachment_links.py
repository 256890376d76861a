"""Attachment links of a notice, wherever they stand on its page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.extract.dom import (
    Element,
    absolute,
    ancestors,
    between,
    class_marks,
    clean_text,
    link_target,
    split_address,
    squeeze,
    text_of,
)
from crawler.extract.file_types import DOCUMENTS, PICTURES, ending
from domain.records.observation import AttachmentLink

# 附件1.docx
_EXTENSION = re.compile(ending(DOCUMENTS) + "$", re.I)
# W020261103.png
_PICTURE = re.compile(ending(PICTURES) + "$", re.I)
_NAME_KEYS = {
    "filename",
    "file_name",
    "fname",
    "name",
    "realname",
    "attname",
    "downname",
    "title",
    "oldname",
}
_FILE_KEYS = {"file", "url", "src", "path", "filepath", "fileurl", "pdf", "furl"}
_SERVICE = re.compile(
    r"/(?:attachment|attach|attachments|download|downfile|downloadfile|filedown|fileserver|module/download|"
    r"upload|uploadfile|uploadfiles|cmsres|files?|filemanager)[/.?]|down(?:load)?(?:file)?\.(?:jsp|do|aspx?|php)|"
    r"/api/[^?]*(?:download|file)",
    re.I,
)
_BOX = re.compile(
    r"fujian|(?:^|[\s_-])(?:fj|xgfj|attach\w*|annex|appendix|accessory|xgbd|enclosure|file-?list)|\w*appendix\w*|_xgfj|fjxz|fjlist",
    re.I,
)
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|foot|footer|header|aside|sidebar|friend|yqlj|links|banner)(?:$|[\s_-]|\d)",
    re.I,
)
_LABEL = re.compile(r"附\s*件|附\s*表|下载|附\s*图")
_EMPTY_NAME = re.compile(
    r"^(?:点击|请|立即)?(?:下载|查看|打开|浏览|预览|附件下载|下载附件|附件|点击此处|这里|查看附件|download)(?:文件|附件|此处)?[:：]?$",
    re.I,
)
# A link inside a string of a script: "<a href=\"/files/1.pdf\">附件1<\/a>"
_SCRIPT_LINK = re.compile(
    r"<a[^>]{0,300}?href\s*=\s*\\?[\"']([^\"'\\]+?"
    + ending(DOCUMENTS)
    + r")\\?[\"'][^>]*>(.{0,200}?)<\\?/a>",
    re.I | re.S,
)
# Anything by which an address may be that of a file: /module/download/downfile.jsp?id=1
_HINT = re.compile(ending((*DOCUMENTS, *PICTURES)) + r"|down|attach|file|upload|cmsres", re.I)
_OWN_NAME = re.compile(r"(?:^|/)[PW]0\d{10,}", re.I)


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
    found: dict[str, str] = {}
    article = _article(body)
    for element in chosen or []:
        for anchor in [element] if element.tag == "a" else element.iter("a"):
            _take(found, anchor, base, sure=True)
    for element in root.iter("a", "iframe", "embed", "object"):
        if element.tag == "a" and not _may_be_file(element):
            continue
        inside = body is not None and _within(element, body)
        near = article is not None and _within(element, article)
        if element.tag == "a":
            boxed = any(_BOX.search(class_marks(up)) for up in [element, *ancestors(element, 5)])
            sure = inside or boxed or "attachment" in (element.get("class") or "")
            if sure or near or _is_own(element):
                if not (inside or boxed) and _in_frame(element):
                    continue
                _take(found, element, base, sure=sure)
        elif inside or near:
            _take_viewer(found, element, base)
    if raw:
        _from_scripts(found, raw, base)
    return tuple(AttachmentLink(name=name, url=url) for url, name in found.items())


def _may_be_file(anchor: Element) -> bool:
    """A cheap look before the careful one: most links of a page are pages."""
    href = anchor.get("href") or ""
    if not href:
        return False
    attributes = (href, *(anchor.get(name) or "" for name in ("onclick", "class", "download")))
    told = " ".join(attributes)
    return bool(_HINT.search(told)) or bool(_EXTENSION.search(text_of(anchor)))


def _article(body: Element | None) -> Element | None:
    """The box that holds the body and what belongs to it, but not the whole page."""
    current = body
    if body is None:
        return None
    size = len(squeeze(text_of(body))) or 1
    for up in ancestors(body, 4):
        if up.tag in {"body", "html"}:
            break
        if len(squeeze(text_of(up))) > size + max(1200, size * 0.6):
            break
        current = up
    return current


def _within(element: Element, box: Element) -> bool:
    return element is box or any(up is box for up in ancestors(element))


def _in_frame(element: Element) -> bool:
    return any(
        up.tag in {"nav", "footer", "header"} or _FRAME.search(class_marks(up))
        for up in ancestors(element, 8)
    )


def _is_own(anchor: Element) -> bool:
    """Files outside the article's box that are its own all the same: called 附件, stored
    beside the article (TRS ``./P020260730….doc``) or in the CMS's attachment store."""
    return bool(_OWN_NAME.search(anchor.get("href") or "")) or bool(
        re.match(r"\s*附\s*[件表]", anchor.get("title") or text_of(anchor))
    )


def _take(found: dict[str, str], anchor: Element, base: str, *, sure: bool) -> None:
    url = link_target(anchor, base)
    if url is None:
        return
    kind = _kind(url, anchor)
    text = text_of(anchor)
    if kind == "none" or (kind == "picture" and not (sure and _LABEL.search(text))):
        return
    if kind == "service" and not _is_file_service(anchor, url, sure=sure):
        return
    name = _name(anchor, url)
    if url not in found or _better(name, found[url]):
        found[url] = name


def _kind(url: str, anchor: Element) -> str:
    parts = urlsplit(url)
    if _EXTENSION.search(unquote(parts.path)):
        return "file"
    values = [value for _, value in parse_qsl(parts.query)]
    if any(_EXTENSION.search(value) for value in values):
        return "file"
    if "nfw-cms-attachment" in (anchor.get("class") or ""):
        return "file"
    download = anchor.get("download") or ""
    if _EXTENSION.search(download):
        return "file"
    if _PICTURE.search(parts.path):
        return "picture"
    if _SERVICE.search(url) and not re.search(r"\.s?html?$", parts.path):
        return "service"
    if _EXTENSION.search(text_of(anchor)) and not re.search(r"/$", parts.path):
        return "service"
    return "none"


def _is_file_service(anchor: Element, url: str, *, sure: bool) -> bool:
    """Whether an address without a file's ending (``download.jsp?id=7``) gives a file."""
    texts = (text_of(anchor), anchor.get("title") or "", anchor.get("download") or "")
    if any(_EXTENSION.search(clean_text(text)) for text in texts):
        return True
    labelled = _LABEL.search(_around(anchor)) or re.search(
        r"[?&](?:file|attach\w*|annex|fj|att)?id=|/attachment", url, re.I
    )
    return sure and bool(labelled)


def _around(anchor: Element) -> str:
    parent = anchor.getparent()
    text = text_of(parent) if parent is not None else ""
    return text if len(text) <= 300 else text_of(anchor)


def _name(anchor: Element, url: str) -> str:
    text = text_of(anchor)
    if text and not _EMPTY_NAME.match(text):
        return text
    for attribute in ("title", "download", "alt", "data-name", "textvalue"):
        value = clean_text(anchor.get(attribute) or "")
        if value and not _EMPTY_NAME.match(value):
            return value
    return name_from_url(url) or text


def name_from_url(url: str) -> str:
    """The file name that an address tells: ``?fileName=`` first, else the last path part."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query)
    for key, value in pairs:
        if key.lower() in _NAME_KEYS and _EXTENSION.search(value):
            return clean_text(value)
    for _, value in pairs:
        if _EXTENSION.search(value):
            return clean_text(value.rsplit("/", 1)[-1])
    return clean_text(unquote(parts.path.rsplit("/", 1)[-1]))


def _better(new: str, old: str) -> bool:
    if bool(_EXTENSION.search(new)) != bool(_EXTENSION.search(old)):
        return bool(_EXTENSION.search(new)) and len(new) >= len(old) * 0.6
    return False


def _take_viewer(found: dict[str, str], element: Element, base: str) -> None:
    """A PDF shown in a frame: the file itself or the ``file=`` of a viewer page."""
    source = element.get("src") or element.get("data") or ""
    url = absolute(base, source)
    if url is None:
        return
    if not _EXTENSION.search(urlsplit(url).path):
        inner = next(
            (
                v
                for k, v in parse_qsl(urlsplit(url).query)
                if k.lower() in _FILE_KEYS and _EXTENSION.search(split_address(v).path)
            ),
            None,
        )
        url = absolute(url, inner) if inner else None
    if url and url not in found:
        found[url] = clean_text(element.get("title") or "") or name_from_url(url)


def _from_scripts(found: dict[str, str], raw: str, base: str) -> None:
    """Attachment links that the page writes by script (``var fj = '<a href="./P02…'``)."""
    for script in between(raw, "<script", "</script>"):
        if len(script) > 20_000 or "<a" not in script:
            continue
        for href, label in _SCRIPT_LINK.findall(script):
            url = absolute(base, href)
            if url and url not in found and "+" not in href:
                found[url] = clean_text(re.sub(r"<[^>]*>|['\"+]", "", label)) or name_from_url(url)
