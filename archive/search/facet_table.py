"""Count facets over many hits: the counted columns are kept in memory as arrays."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from archive.ports import Counts

if TYPE_CHECKING:
    import numpy as np

Rows = Callable[..., Iterable[Any]]  # a statement with its parameters, asked of an engine

_COLUMNS = {
    "jurisdiction": "jurisdiction",
    "year": "substr(coalesce(published, first_seen), 1, 4)",
    "severity": "severity",
}
_OF_SOME = {
    "topic": "SELECT topic, count(DISTINCT notice_id) c FROM labels "
    "WHERE notice_id IN ({}) GROUP BY topic ORDER BY c DESC, topic",
    "jurisdiction": "SELECT jurisdiction, count(*) c FROM notices WHERE id IN ({}) "
    "GROUP BY jurisdiction ORDER BY c DESC, jurisdiction",
    "year": "SELECT substr(coalesce(published, first_seen), 1, 4) y, count(*) FROM notices "
    "WHERE id IN ({}) GROUP BY y ORDER BY y DESC",
    "severity": "SELECT severity, count(*) c FROM notices WHERE id IN ({}) "
    "GROUP BY severity ORDER BY c DESC, severity",
}


@dataclass(frozen=True, slots=True)
class FacetTable:
    """What is counted, a place for each row of the search index; ``rows`` ascending."""

    stamp: tuple[Any, ...]
    rows: np.ndarray
    notices: np.ndarray
    columns: dict[str, tuple[Sequence[str], np.ndarray]]  # names, and each row's place in them
    topics: dict[str, np.ndarray]  # places in ``rows``

    def count(self, places: np.ndarray) -> Counts:
        """Values by facet over some places, the most frequent first; years newest first."""
        import numpy as np

        chosen = np.zeros(len(self.rows), dtype=bool)
        chosen[places] = True
        counts: Counts = {"topic": _ordered({
            topic: int(chosen[where].sum()) for topic, where in self.topics.items()
        })}  # fmt: skip
        for name, (values, codes) in self.columns.items():
            found = np.bincount(codes[places], minlength=len(values))
            counted = {value: int(found[code]) for code, value in enumerate(values) if value}
            counts[name] = _ordered(counted)
        counts["year"] = dict(sorted(counts["year"].items(), reverse=True))
        return counts

    def places(self, rows: np.ndarray | None, allowed: Collection[int] | None) -> np.ndarray:
        """Where the index's rows stand (all of them for None), of allowed notices only."""
        import numpy as np

        if rows is None:
            places = np.arange(len(self.rows))
        else:
            places = np.searchsorted(self.rows, rows)
            places = places[places < len(self.rows)]
            places = places[np.isin(self.rows[places], rows)]
        if allowed is not None:
            wanted = np.fromiter(allowed, dtype=np.int64, count=len(allowed))
            places = places[np.isin(self.notices[places], wanted)]
        return places


@dataclass(frozen=True, kw_only=True, slots=True)
class FacetTables:
    """The tables of this process, one for each database that was counted."""

    _known: dict[str, FacetTable] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def table(
        self, database: str | None, stamp: tuple[Any, ...], read: Callable[[], FacetTable]
    ) -> FacetTable:
        """The kept one while its stamp is the same; None where nothing may be kept."""
        if database is None:
            return read()
        with self._lock:
            known = self._known.get(database)
            if known is None or known.stamp != stamp:
                known = self._known[database] = read()
            return known


def read_facet_columns(
    notices: np.ndarray, joined_ids: str, rows: Rows
) -> dict[str, tuple[Sequence[str], np.ndarray]]:
    """The counted columns for these notices; ``joined_ids`` is the engine's text of all ids of a
    group, with commas between them."""
    import numpy as np

    size = int(notices.max(initial=0)) + 1
    columns: dict[str, tuple[Sequence[str], np.ndarray]] = {}
    for name, column in _COLUMNS.items():
        values = [""]
        codes = np.zeros(size, dtype=np.int32)  # by notice id
        sql = f"SELECT {column}, {joined_ids} FROM notices GROUP BY 1"  # noqa: S608 (ours)
        for value, ids in rows(sql):
            known = listed_numbers(ids)
            codes[known[known < size]] = len(values)
            values.append(str(value or ""))
        columns[name] = (values, codes[notices])
    return columns


def facets_of(ids: Sequence[int], numbers: str, rows: Rows) -> Counts:
    """Counts over these notices; ``numbers`` is the dialect's statement that lists them."""
    counts: Counts = {}
    for name, sql in _OF_SOME.items():
        found = rows(sql.format(numbers), (json.dumps(list(ids)),))
        counts[name] = {str(value): number for value, number in found if value}
    return counts


def listed_numbers(text: str | None) -> np.ndarray:
    """Whole numbers that an engine has joined with commas: a hundred thousand Python objects
    would take longer than the search."""
    import numpy as np

    return np.fromstring(text or "", dtype=np.int64, sep=",")


def _ordered(counted: dict[str, int]) -> dict[str, int]:
    found = [(value, count) for value, count in counted.items() if count]
    return dict(sorted(found, key=lambda item: (-item[1], item[0])))
