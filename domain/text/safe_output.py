"""Make texts of strangers harmless where they are shown or written: cells, names, addresses."""

from __future__ import annotations

import re

_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
_CELL_MAX = 32_000  # a spreadsheet cell holds 32,767 characters
_WEB_URL = re.compile(r"https?://[^\s/]")
_UNSAFE_IN_FOLDERS = re.compile(r"[^\w.\-（）()【】\u4e00-\u9fff]+")  # 附件 1:表.xls
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DOTS = re.compile(r"\.{2,}")


def safe_cell(value: object) -> str | int | float:
    """A cell that no spreadsheet takes for a formula: such text gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = str(value).replace("\x00", "")[:_CELL_MAX]
    return f"'{text}" if text.startswith(_FORMULA_START) else text


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters, with an ellipsis for what is left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def is_web_url(url: str) -> bool:
    """Whether an address may be linked; anything else is shown as text only."""
    return _WEB_URL.match(url) is not None


def xml_text(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return _NO_XML.sub("", text)


def folder_name(name: str, longest: int = 80) -> str:
    """A file name that stays in its folder, whatever a site called the file."""
    cleaned = _DOTS.sub(".", _UNSAFE_IN_FOLDERS.sub("_", name)).lstrip("._")[-longest:]
    return cleaned or "attachment"


def download_name(name: str, longest: int = 100) -> str:
    """A name to save a download under, as near to the publisher's as is safe."""
    kept = "".join(
        char if char.isalnum() or char in " ._-()（）《》〔〕、，" else "_" for char in name
    )
    return _DOTS.sub(".", kept).strip(" ._")[-longest:] or "file"
