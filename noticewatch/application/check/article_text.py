"""The text of an article that was handed in: a text file, a page, a document, a PDF."""

from __future__ import annotations

from noticewatch.application.user_errors import NoticewatchError

MOST_BYTES = 10_000_000
_PLAIN = (".txt", ".md", ".markdown", ".text", ".eml", "")
_READ = ("ok", "partial")


def article_text(name: str, body: bytes) -> str:
    """The text of a file by its content; NoticewatchError where none can be read."""
    if len(body) > MOST_BYTES:
        raise NoticewatchError(f"{name}: larger than {MOST_BYTES // 1_000_000} MB")
    if _is_text(name, body):
        return body.decode("utf-8-sig")
    from crawler.extract.file_extractor import FileExtractor

    extractor = FileExtractor()
    try:
        read = extractor.extract(name, body)
    finally:
        extractor.close()
    if read.status.value not in _READ or not read.text.strip():
        raise NoticewatchError(f"{name}: no text could be read ({read.status.value})")
    return read.text


def _is_text(name: str, body: bytes) -> bool:
    ending = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if ending not in _PLAIN or b"\x00" in body:
        return False
    if body.lstrip()[:15].lower().startswith((b"<!doctype", b"<html", b"%pdf", b"pk\x03\x04")):
        return False
    try:
        body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True
