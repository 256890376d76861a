"""Tell an error page, a login or an empty answer that came in place of an attached file."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from crawler.extract.dom import parse_html, squeeze, text_of, without_tags
from crawler.extract.encoding import decode
from crawler.extract.file_types import DOCUMENTS, ending, sniff
from crawler.extract.page.answer_kind import answer_kind, is_json
from crawler.extract.page_weight import is_light
from domain.records.reason import Reason, reason

_ENDING = re.compile(rf"({ending(DOCUMENTS)})(?=$|[\s?#&;)）\"'])", re.I)
_TEXTS = {name for name, kind in DOCUMENTS.items() if kind.startswith("text/")}
# Programs save these as pages, under their old names.
_OFFICE = {"doc", "xls", "ppt", "wps", "et", "dps", "rtf"}
_NEW_OFFICE = {"docx", "xlsx", "pptx", "docm", "xlsm"}
_OFFICE_MARK = re.compile(
    rb"urn:schemas-microsoft-com:office|<w:worddocument|<x:excelworkbook|openxmlformats\.org"
    rb"|schemas\.microsoft\.com/office",
    re.I,
)
_PROSE = 200  # characters that no error page has
_HEAD = 4096
# For example 文件不存在 or 您没有下载权限.
_NO_FILE = re.compile(
    r"(?:文件|附件|资源)[^。\n]{0,12}(?:不存在|已删除|被删除|找不到|未找到|丢失|失效|过期|失败)|没有[^。\n]{0,6}权限|"
    r"无权(?:限)?(?:下载|访问)?|下载(?:链接)?(?:已)?(?:失效|过期|失败)|file\s+not\s+found|no\s+such\s+file",
    re.I,
)


def no_file(name: str, url: str, body: bytes, *, known_type: str = "") -> Reason | None:
    """Why an answer is not the file of a link; None when it may be. ``known_type``: the media
    type of the file that stood there before."""
    if not body.strip(b"\x00 \t\r\n"):
        return reason("source.answer_empty")
    kind, _ = sniff(name, body)
    if kind not in {"html", "txt", "csv", "xml", "mhtml"}:
        return None
    promised = promised_ending(name, url)
    if promised in _OFFICE | _NEW_OFFICE and _is_office_markup(kind, body):
        return None
    if promised in _OFFICE and (_is_a_text(body) or _is_a_table(promised, body)):
        return None
    if promised in _TEXTS or (not promised and not _is_binary(known_type)):
        return _said_in_text(promised, kind, body)
    return _said(body) or reason("source.answer_page")


def promised_ending(name: str, url: str) -> str:
    """The ending of the file that a link's name or address promises, lower case, no dot."""
    for text in (name, unquote(urlsplit(url).path), unquote(urlsplit(url).query)):
        if found := _ENDING.findall(text):
            return str(found[-1]).lower().lstrip(".")
    return ""


def _is_binary(media_type: str) -> bool:
    return bool(media_type) and not media_type.startswith("text/")


def _is_office_markup(kind: str, body: bytes) -> bool:
    return kind == "mhtml" or bool(_OFFICE_MARK.search(body[:_HEAD]))


def _is_a_text(body: bytes) -> bool:
    text = _text(body)
    return len(squeeze(text)) >= _PROSE and answer_kind(text[:_PROSE]) is None


def _is_a_table(promised: str, body: bytes) -> bool:
    """Whether a page under the name of a sheet is one: rows of cells and no form."""
    head = body[:_HEAD].lower()
    rows = head.count(b"<tr") > 1 and b"<td" in head
    return promised in {"xls", "et"} and rows and b"<form" not in head and _said(body) is None


def _said_in_text(promised: str, kind: str, body: bytes) -> Reason | None:
    """An error where text or a page may be due: only one that says so in few words."""
    text = decode(body)
    if is_json(text):
        return reason("source.answer_json")
    if kind == "html" and promised in _TEXTS:
        return _said(body) or reason("source.answer_page")
    return _said(body) if len(squeeze(_text(body))) < _PROSE else None


def _said(body: bytes) -> Reason | None:
    text = _text(body)
    if is_json(text):
        return reason("source.answer_json")
    if match := _NO_FILE.search(text[:_PROSE]):
        return reason("source.answer_error", words=match[0])
    return answer_kind(text[: 2 * _PROSE])


def _text(body: bytes) -> str:
    text = decode(body)
    if is_json(text) or "<" not in text[:_HEAD]:
        return text
    if not is_light(text):  # whatever it is, no error page is that heavy
        return without_tags(text)
    root = parse_html(text)
    titles = " ".join(text_of(each) for each in root.iter("title"))
    return f"{titles}\n{text_of(next(iter(root.iter('body')), root))}"
