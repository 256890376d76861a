"""Pictures that are a notice's body: a scan or a poster put on the page in place of its text."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.extract.dom import Element, absolute, squeeze, text_of
from crawler.extract.file_types import PICTURES
from crawler.extract.page.notice_identity import is_ornament
from domain.records.observation import AttachmentLink

NAME = "正文图片"  # of such an attachment, before its number
MOST = 20
_MOST_TEXT = 80  # characters beside pictures that are the body
_LEVELS = 3
_SMALLEST = 200  # points, where the page says how large a picture is
_SOURCES = ("src", "data-src", "data-original", "oldsrc")


def body_pictures(body: Element | None, base: str, text: str) -> Iterator[AttachmentLink]:
    """The pictures of a body of which next to no ``text`` was read; none of any other."""
    if body is None or len(squeeze(text)) > _MOST_TEXT:
        return
    seen: set[str] = set()
    for picture in _box(body).iter("img"):
        url = _address(picture, base)
        if url is None or url in seen or is_ornament(picture) or _is_small(picture):
            continue
        seen.add(url)
        if len(seen) > MOST:
            return
        yield AttachmentLink(name=f"{NAME}{len(seen)}.{_ending(url)}", url=url)


def _box(body: Element) -> Element:
    """What stands around a body of a line or two and says no more than that."""
    for _ in range(_LEVELS):
        around = body.getparent()
        if around is None or around.tag == "body" or len(squeeze(text_of(around))) > _MOST_TEXT:
            return body
        body = around
    return body


def is_body_picture(link: AttachmentLink) -> bool:
    """Whether an attachment is one of these."""
    return link.name.startswith(NAME)


def _address(picture: Element, base: str) -> str | None:
    given = (picture.get(name) or "" for name in _SOURCES)
    source = next((each for each in given if each and not each.startswith("data:")), "")
    url = absolute(base, source) if source else None
    return url if url is not None and url.startswith("http") else None


def _is_small(picture: Element) -> bool:
    sizes = [(picture.get(name) or "").removesuffix("px") for name in ("width", "height")]
    return any(size.isdigit() and int(size) < _SMALLEST for size in sizes if len(size) < 6)


def _ending(url: str) -> str:
    found = urlsplit(url).path.rpartition(".")[2].lower()
    return found if found in PICTURES else "jpg"
