"""Decode bytes to text as Chinese government servers need it."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_GB = {"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "ms936", "hz-gb-2312", "euc-cn"}
# What a page may be in: a codec that is no charset (undefined, punycode) must not read it.
_CHARSETS = re.compile(
    r"utf-(?:8|16|32)(?:-sig|-le|-be)?|gb18030|gbk|gb2312|hz|big5(?:hkscs)?|euc_(?:jp|kr)|"
    r"shift_jis|cp(?:932|949|950|874|866|125\d)|iso8859-\d{1,2}|koi8-[ru]"
)
_LONGEST_NAME = 40
_META_WINDOW = 8192
_GUESS_SAMPLE = 60_000


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page or answer; never fails, undecodable bytes become U+FFFD.

    A byte order mark wins. A declared charset is used if the bytes agree with it; when they
    do not (a template says gb2312, the server sends UTF-8) the one that fits is used.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, errors="replace").replace("\x00", "")
    declared = _declared(body, content_type)
    for name in dict.fromkeys([*declared, "utf-8"]):
        text = _strict(body, name)
        if text is not None:
            return text.replace("\x00", "")
    return _guess(body, declared).replace("\x00", "")


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """Charsets that header, XML declaration and meta tag name, in that order."""
    names: list[str] = []
    if content_type and (match := _HEADER.search(content_type)):
        names.append(match[1])
    head = body[:_META_WINDOW]
    for pattern in (_XML, _META):
        if found := pattern.search(head):
            names.append(found[1].decode("ascii", errors="ignore"))
    known = [canonical for name in names if (canonical := _canonical(name))]
    return list(dict.fromkeys(known))


def _canonical(name: str) -> str | None:
    lowered = name.strip().lower()
    if lowered in _GB:
        return "gb18030"
    if lowered in {"iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252"}:
        return None  # servers' default, never true of a Chinese page
    if not lowered.isascii() or len(lowered) > _LONGEST_NAME:
        return None
    try:
        known = codecs.lookup(lowered).name
    except (LookupError, ValueError):
        return None
    return known if _CHARSETS.fullmatch(known) else None


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeError:
        return None


def _guess(body: bytes, declared: list[str]) -> str:
    """No strict decoding fits: take the one that loses least."""
    candidates = list(dict.fromkeys([*declared, "utf-8", "gb18030"]))
    best = min(candidates, key=lambda name: _losses(body, name))
    if not declared and _losses(body, best) > max(3, len(body) // 200):
        best = _detected(body) or best
    return body.decode(best, errors="replace")


def _losses(body: bytes, name: str) -> int:
    text = body[:_GUESS_SAMPLE].decode(name, errors="replace")
    return text.count("\ufffd") + sum("\ue000" <= char <= "\uf8ff" for char in text)


def _detected(body: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_GUESS_SAMPLE]).best()
    return _canonical(best.encoding) if best else None
