"""Remember, for each source, the lines that its pages show otherwise at each look."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.column_values import stamp
from archive.ports import Database
from domain.text.volatile_lines import is_moving_number

_SEEN = 2  # times that a line without a number must have moved
_KEPT = timedelta(days=180)  # since it moved last
_MOST = 2000  # shapes of a source


@dataclass(frozen=True, kw_only=True, slots=True)
class LineMemory:
    """Shapes of volatile lines by source."""

    db: Database

    def of_source(self, source_key: str) -> frozenset[str]:
        """The shapes that count in no comparison of this source's pages."""
        rows = self.db.rows(
            "SELECT shape FROM volatile_lines WHERE source_key = ? AND seen >= ?",
            (source_key, _SEEN),
        )
        return frozenset(row["shape"] for row in rows)

    def of_posting(self, posting_id: int) -> frozenset[str]:
        source_key = self.db.value("SELECT source_key FROM postings WHERE id = ?", (posting_id,))
        return self.of_source(source_key) if source_key else frozenset()

    def moved(
        self, source_key: str, shapes: Collection[str], at: datetime, *, surely: bool = False
    ) -> None:
        """Lines that differed between two looks. One with a number is known at once, as is one
        that ``surely`` is the site's own; any other when it has moved again."""
        with self.db.transaction():
            for shape in sorted(shapes):
                count = _SEEN if surely or is_moving_number(shape) else 1
                self.db.run(
                    "INSERT INTO volatile_lines VALUES (?,?,?,?) ON CONFLICT (source_key, shape)"
                    " DO UPDATE SET seen = volatile_lines.seen + excluded.seen, at = excluded.at",
                    (source_key, shape, count, stamp(at)),
                )
            self._forget(source_key, at)

    def _forget(self, source_key: str, at: datetime) -> None:
        """Lines that have stood still for long, and the oldest of too many."""
        self.db.run(
            "DELETE FROM volatile_lines WHERE source_key = ? AND (at < ? OR shape NOT IN (SELECT"
            " shape FROM volatile_lines WHERE source_key = ? ORDER BY at DESC, shape LIMIT ?))",
            (source_key, stamp(at - _KEPT), source_key, _MOST),
        )
