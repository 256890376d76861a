"""Which address a link to a file leads to, and whether the address is that of a file."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import unquote, urlsplit

from crawler.extract.dom import Element, absolute, clean_text, link_target, text_of
from crawler.extract.file_types import DOCUMENTS, PICTURES, ending
from crawler.extract.page.attachment_names import EXTENSION, query_pairs
from domain.text.web_addresses import without_session

FileKind = Literal["file", "picture", "download", "service", "none"]

# W020261103.png
_PICTURE = re.compile(ending(PICTURES) + "$", re.I)
_SERVICE = re.compile(
    r"/(?:attachment|attach|attachments|download|downfile|downloadfile|filedown|fileserver|module/download|"
    r"upload|uploadfile|uploadfiles|cmsres|files?|filemanager)[/.?]|down(?:load)?(?:file)?\.(?:jsp|do|aspx?|php)|"
    r"/api/[^?]*(?:download|file)",
    re.I,
)
# /cms/downloadfile.jsp, /file/download.do, /api/downloadAttachment
_DOWNLOAD = re.compile(
    r"/(?:down(?:load)?[_-]?(?:file|attach\w*|doc|affix)?|(?:file|attach\w*)[_-]?down(?:load)?)"
    r"(?:\.(?:jsp|do|action|aspx?|ashx|php))?/?$",
    re.I,
)
# downFile('attach/2026/1.docx'), window.open("/files/a.pdf?id=1")
_IN_SCRIPT = re.compile(
    r"['\"]([^'\"\s<>]{1,300}?" + ending(DOCUMENTS) + r"(?:\?[^'\"\s<>]{0,200})?)['\"]", re.I
)
DATA_NAMES = (
    "data-url",
    "data-href",
    "data-file",
    "data-src",
    "data-link",
    "data-path",
    "fileurl",
)
# Anything by which an address may be that of a file: /module/download/downfile.jsp?id=1
_HINT = re.compile(ending((*DOCUMENTS, *PICTURES)) + r"|down|attach|file|upload|cmsres", re.I)
_NUMBERED = re.compile(r"[?&](?:file|attach\w*|annex|fj|att)?id=|/attachment", re.I)


def may_be_file(element: Element) -> bool:
    """A cheap look before the careful one: most links of a page are pages."""
    if not element.attrib:
        return False
    told = " ".join(
        element.get(name) or "" for name in ("href", "onclick", "class", "download", *DATA_NAMES)
    )
    if not told.strip():
        return False
    if element.tag != "a":
        return bool(_IN_SCRIPT.search(element.get("onclick") or "")) or any(
            EXTENSION.search(element.get(name) or "") for name in DATA_NAMES
        )
    return (
        bool(_HINT.search(told))
        or element.get("download") is not None
        or bool(EXTENSION.search(text_of(element)))
    )


def file_address(element: Element, base: str) -> str | None:
    """Where a link leads, read from its script or its data where it has no plain address."""
    if url := _plain(element, base):
        return without_session(url)
    script = f"{element.get('onclick') or ''} {element.get('href') or ''}"
    given = [match[1] for match in [_IN_SCRIPT.search(script)] if match]
    given += [value for name in DATA_NAMES if (value := element.get(name))]
    url = next((url for value in given if (url := absolute(base, value))), None)
    return without_session(url) if url else None


def _plain(element: Element, base: str) -> str | None:
    """The address of the link, or the one that its script opens, if that can be a file's."""
    href = (element.get("href") or "").strip().lower()
    url = link_target(element, base)
    scripted = not href or href.startswith(("#", "javascript:"))
    if url and scripted and not _HINT.search(url):
        return None
    return url


def file_kind(url: str, element: Element) -> FileKind:
    """What the address is by its own shape and by the link's attributes."""
    parts = urlsplit(url)
    download = element.get("download")
    values = [value for _, value in query_pairs(parts.query)]
    if any(EXTENSION.search(each) for each in (unquote(parts.path), *values, download or "")):
        return "file"
    if "nfw-cms-attachment" in (element.get("class") or ""):
        return "file"
    if _PICTURE.search(parts.path):
        return "picture"
    page = re.search(r"\.s?html?$", parts.path)
    if not page and (download is not None or (_DOWNLOAD.search(parts.path) and parts.query)):
        return "download"
    if _SERVICE.search(url) and not page:
        return "service"
    if EXTENSION.search(text_of(element)) and not re.search(r"/$", parts.path):
        return "service"
    return "none"


def names_a_file(element: Element) -> bool:
    """Whether the link's text or attributes end like a file's name."""
    texts = (text_of(element), element.get("title") or "", element.get("download") or "")
    return any(EXTENSION.search(clean_text(text)) for text in texts)


def is_numbered(url: str) -> bool:
    """Whether an address names a file by its number (``download.jsp?fileid=7``)."""
    return _NUMBERED.search(url) is not None
