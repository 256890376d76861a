"""Find the rows that are missing from the middle of a list, by the list's own order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from crawler.passes.listing import short
from domain.records.observation import NoticeRef

_WITNESSES = 2  # one row alone may have changed places with the missing one


def missing_rows(
    before: Sequence[str], rows: Sequence[NoticeRef], known: Mapping[str, date]
) -> frozenset[str]:
    """The addresses of ``known`` rows, with their dates, that a list has dropped.

    ``before``: the list as it stood last, as short(); ``rows``: as it stands now. A list covers
    what stands above its last rows in its order, not what is younger than its oldest date: a row
    is missing only when older rows that stood below it are still there and in their place.
    Late, backdated, swapped and pinned rows are not in their place and prove nothing, and the
    end of a page may cut off rows of one day.
    """
    places = {address: place for place, address in enumerate(before)}
    witnesses = [
        (places[short(row.url)], row.published)
        for row in _in_order(rows)
        if row.published and short(row.url) in places
    ]
    here = {row.url for row in rows}
    return frozenset(
        url
        for url, day in known.items()
        if url not in here
        and (place := places.get(short(url))) is not None
        and sum(below > place and older < day for below, older in witnesses) >= _WITNESSES
    )


def _in_order(rows: Sequence[NoticeRef]) -> Iterator[NoticeRef]:
    """Rows that no newer row stands below: a pinned or backdated row on top is none of them."""
    newest = date.min
    for row in reversed(rows):
        day = row.published or date.min
        if day >= newest:
            newest = day
            yield row
