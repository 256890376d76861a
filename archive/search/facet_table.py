"""Count facets over many hits: the counted columns are kept in memory as arrays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.ports import Counts

if TYPE_CHECKING:
    import numpy as np


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


def listed_numbers(text: str | None) -> np.ndarray:
    """Whole numbers that an engine has joined with commas: a hundred thousand Python objects
    would take longer than the search."""
    import numpy as np

    return np.fromstring(text or "", dtype=np.int64, sep=",")


def _ordered(counted: dict[str, int]) -> dict[str, int]:
    found = [(value, count) for value, count in counted.items() if count]
    return dict(sorted(found, key=lambda item: (-item[1], item[0])))
