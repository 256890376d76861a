"""Check whether a source's own selectors have any effect, for whoever writes them."""

from __future__ import annotations

from collections.abc import Sequence

from config.model import Platform, Source
from crawler.adapters.adapter import ListResponse
from crawler.adapters.registry import capabilities_of
from crawler.extract.dom import Element, parse_html, select
from crawler.extract.lists.list_rows import expand_datastore

_IN_A_ROW = ("link", "title", "date")
_IN_A_NOTICE = ("body", "metadata", "number", "attachments", "detail_title", "detail_date")


def broken_selectors(source: Source) -> tuple[str, ...]:
    """A sentence for each selector that is none."""
    nothing = parse_html("")
    broken = []
    for name, selector in source.selectors:
        try:
            select(nothing, selector or "a")
        except ValueError as error:
            broken.append(f"selectors.{name}: {error}")
    return tuple(broken)


def idle_selectors(
    source: Source, platform: Platform, answers: Sequence[ListResponse]
) -> tuple[str, ...]:
    """The names of the source's own selectors that found nothing in any of these pages.

    Those of a row are judged where the list is HTML; an empty result says nothing about pages
    that were not among the answers.
    """
    own = {name: selector for name, selector in source.selectors if selector}
    pages = [parse_html(text) for answer in answers for text in _texts(answer)]
    idle = [name for name in _IN_A_NOTICE if name in own and not _any(pages, own[name])]
    if capabilities_of(platform).list_is_html and (row := own.get("row") or platform.selectors.row):
        rows = [found for page in pages for found in select(page, row)]
        idle += ["row"] if "row" in own and not rows else []
        idle += [name for name in _IN_A_ROW if rows and name in own and not _any(rows, own[name])]
    return tuple(idle)


def _texts(answer: ListResponse) -> list[str]:
    """An answer's HTML, and the records that a script in it holds."""
    if b"<" not in answer.body[:4096] or answer.body[:4] in (b"%PDF", b"PK\x03\x04"):
        return []
    return [text for text in (answer.text, expand_datastore(answer.text)) if text]


def _any(places: Sequence[Element], selector: str) -> bool:
    return any(select(place, selector) for place in places)
