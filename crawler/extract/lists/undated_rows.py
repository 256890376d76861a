"""Rows of a list whose date is missing or cannot be read, told from menus by their likeness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from crawler.extract.address_shapes import NOT_ARTICLE, looks_like_article
from crawler.extract.dom import Element
from domain.records.observation import NoticeRef

_FORMATTING = frozenset({"b", "font", "strong", "em", "u", "br", "img", "sup"})
_LOOKED_AT = 12  # descendants that make an element's shape
_PLAIN = 2  # a box with a link in it has the shape of any menu
_MIN_TITLE = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadRow:
    """A row, the element it was read from, and whether its date was found."""

    row: NoticeRef
    element: Element
    dated: bool


def with_undated(read: Sequence[ReadRow], *, selected: bool = False) -> list[NoticeRef]:
    """The dated rows, and where they stand those undated ones that have like addresses and are
    built like them or are few; of ``selected`` rows also those that are only built like them."""
    dated = [each for each in read if each.dated]
    few = len(read) - len(dated) <= max(1, len(dated) // 4)
    shapes = {_shape(each.element) for each in dated}
    folders = {_folder(each.row.url) for each in dated}

    def stays(each: ReadRow) -> bool:
        url, shape = each.row.url, _shape(each.element)
        if len(each.row.title) < _MIN_TITLE or NOT_ARTICLE.search(url) or not _path(url):
            return False
        alike = looks_like_article(url) or _folder(url) in folders
        built = shape in shapes
        return (alike and (built or few)) or (selected and built and len(shape) > _PLAIN)

    return [each.row for each in read if each.dated or stays(each)]


def _shape(element: Element) -> tuple[str, ...]:
    inner = (each.tag for each in islice(element.iter(), _LOOKED_AT))
    return tuple(tag for tag in inner if isinstance(tag, str) and tag not in _FORMATTING)


def _path(url: str) -> str:
    return urlsplit(url).path.strip("/")


def _folder(url: str) -> str:
    return url.rsplit("/", 2)[0]
