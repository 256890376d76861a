"""What an attachment is called: by its link, its attributes or its address."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.extract.dom import Element, clean_text, text_of
from crawler.extract.file_types import DOCUMENTS, ending

# 附件1.docx
EXTENSION = re.compile(ending(DOCUMENTS) + "$", re.I)
_NAME_KEYS = frozenset((
    "filename", "file_name", "fname", "name", "realname", "attname", "attachname", "downname",
    "title", "oldname", "ftext", "originalname", "displayname", "docname",
))  # fmt: skip
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_EMPTY_NAME = re.compile(
    r"^(?:点击|请|立即)?(?:下载|查看|打开|浏览|预览|附件下载|下载附件|附件|点击此处|这里|查看附件|download)(?:文件|附件|此处)?[:：]?$",
    re.I,
)


def attachment_name(element: Element, url: str) -> str:
    """The text of the link unless it only says 下载, else what its attributes or address tell."""
    text = text_of(element)
    if text and not _EMPTY_NAME.match(text):
        return text
    for attribute in ("title", "download", "alt", "data-name", "data-filename", "textvalue"):
        value = clean_text(element.get(attribute) or "")
        if value and not _EMPTY_NAME.match(value):
            return value
    return name_from_url(url) or text


def name_from_url(url: str) -> str:
    """The file name that an address tells: ``?fileName=`` first, else the last path part."""
    parts = urlsplit(url)
    pairs = query_pairs(parts.query)
    named = [clean_text(value) for key, value in pairs if key.lower() in _NAME_KEYS]
    for value in named:
        if EXTENSION.search(value):
            return value
    for _, value in pairs:
        if EXTENSION.search(value):
            return clean_text(value.rsplit("/", 1)[-1])
    for value in named:
        if _HAN.search(value):
            return value
    return clean_text(unquote(parts.path.rsplit("/", 1)[-1], _encoding(parts.path)))


def query_pairs(query: str) -> list[tuple[str, str]]:
    """Names and values of a query, in whichever of UTF-8 and GB 18030 it is written."""
    return parse_qsl(query, encoding=_encoding(query), errors="replace")


def _encoding(escaped: str) -> str:
    try:
        unquote(escaped, errors="strict")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
