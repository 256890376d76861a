"""Move an archive to another engine: every row as it is, in batches that a kill cannot part.

The rows of a table are copied in the order of its key, so that a move which was interrupted goes
on behind the last row that is there. A mark in the target says whose half-done move it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from archive.backends.factory import schema_shape
from archive.backends.table_shapes import TableShape
from archive.errors import ArchiveError
from archive.ports import Backend, Database, Row

MoveProgress = Callable[[str, int, int], None]
"""Called with a table's name and how many of how many of its rows are there."""

_MARK = "moving_from"  # in archive_state of the target
_BATCH = 500
_STATE = "archive_state"


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveReport:
    """What was moved, or would be."""

    rows: dict[str, int]
    resumed: bool

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class ArchiveMove:
    """One move, from a backend to another of the same schema."""

    source: Backend
    target: Backend
    progress: MoveProgress

    def plan(self) -> MoveReport:
        """The rows of each table, and whether a move of this archive goes on; ArchiveError where
        the target holds anything else."""
        return MoveReport(rows=self._counts(self.source.database), resumed=self._is_resumed())

    def of_source(self) -> MoveReport:
        """The rows of each table, for a target that is not there yet."""
        return MoveReport(rows=self._counts(self.source.database), resumed=False)

    def run(self) -> MoveReport:
        """Copy what is not there yet, make the index anew, compare every row; ArchiveError where
        the archives differ afterwards."""
        report = self.plan()
        self._write_mark()
        self._copy_evidence()
        for table in _tables():
            self._copy_table(table, report.rows[table.name])
        with self.target.database.transaction():
            self.target.database.set_last_ids(self.source.database.last_ids())
        self.target.index.rebuild(lambda done, count: self.progress("search index", done, count))
        self._compare()
        self._remove_mark()
        self.target.maintenance.optimize()
        return report

    # -- the mark

    def _is_resumed(self) -> bool:
        mark = self._mark()
        if mark is not None:
            if mark == self._fingerprint():
                return True
            raise ArchiveError(
                "the archive was written to since its move began: delete the half-moved target"
                " and start anew"
            )
        held = {name: count for name, count in self._counts(self.target.database).items() if count}
        if held:
            raise ArchiveError(
                f"the target is not empty ({', '.join(sorted(held)[:3])}): give an empty one"
            )
        return False

    def _mark(self) -> str | None:
        found: str | None = self.target.database.value(
            "SELECT value FROM archive_state WHERE key = ?", (_MARK,)
        )
        return found

    def _write_mark(self) -> None:
        with self.target.database.transaction():
            self.target.database.run(
                "INSERT INTO archive_state VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
                (_MARK, self._fingerprint()),
            )

    def _remove_mark(self) -> None:
        with self.target.database.transaction():
            self.target.database.run("DELETE FROM archive_state WHERE key = ?", (_MARK,))

    def _fingerprint(self) -> str:
        """What tells this archive, as it stands, from another and from a later state."""
        latest = self.source.database.row(
            "SELECT (SELECT max(changed_at) FROM notices) AS acts,"
            " (SELECT max(checked_at) FROM pages) AS pages,"
            " (SELECT max(last_attempt) FROM outbox) AS sent,"
            " (SELECT max(finished) FROM source_runs) AS polled,"
            " (SELECT value FROM archive_state WHERE key = 'chain_end') AS chain"
        )
        known = [list(latest or ()), self._counts(self.source.database)]
        return sha256(json.dumps(known).encode()).hexdigest()

    # -- evidence

    def _copy_evidence(self) -> None:
        """Into another folder only: of an archive that moves to a server it stays where it is."""
        if self.source.path.parent.resolve() == self.target.path.parent.resolve():
            return
        hashes = [path.stem for path in self.source.evidence.files()]
        for done, sha256_hex in enumerate(hashes, 1):
            if not self.target.evidence.size(sha256_hex):
                self.target.evidence.put(self.source.evidence.get(sha256_hex))
            self.progress("evidence", done, len(hashes))
        self.source.evidence.timestamps.copy_to(self.target.evidence.timestamps)

    # -- rows

    @staticmethod
    def _counts(database: Database) -> dict[str, int]:
        sql = 'SELECT count(*) FROM "{}"'
        return {table.name: database.value(sql.format(table.name)) for table in _tables()}

    def _copy_table(self, table: TableShape, count: int) -> None:
        last = self._last_key(table)
        done = self.target.database.value(f'SELECT count(*) FROM "{table.name}"')  # noqa: S608 (ours)
        names = [column.name for column in table.columns]
        while rows := self._batch(table, last):
            with self.target.database.transaction():
                self.target.database.insert_rows(table.name, names, [tuple(row) for row in rows])
            last = tuple(rows[-1][name] for name in table.primary_key)
            done += len(rows)
            self.progress(table.name, min(done, count), count)

    def _last_key(self, table: TableShape) -> tuple[Any, ...] | None:
        """The key of the last row that is there; the mark is none of them."""
        if table.name == _STATE:
            return self._last_state()
        keys = _keys(table)
        down = ", ".join(f"{key} DESC" for key in keys)
        sql = f'SELECT {", ".join(keys)} FROM "{table.name}" ORDER BY {down} LIMIT 1'  # noqa: S608 (ours)
        row = self.target.database.row(sql)
        return None if row is None else tuple(row)

    def _last_state(self) -> tuple[Any, ...] | None:
        row = self.target.database.row(
            "SELECT key FROM archive_state WHERE key != ? ORDER BY key DESC LIMIT 1", (_MARK,)
        )
        return None if row is None else tuple(row)

    def _batch(self, table: TableShape, last: tuple[Any, ...] | None) -> list[Row]:
        keys = ", ".join(_keys(table))
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        after = f"WHERE ({keys}) > ({', '.join('?' * len(table.primary_key))})" if last else ""
        sql = f'SELECT {names} FROM "{table.name}" {after} ORDER BY {keys} LIMIT ?'  # noqa: S608 (ours)
        return self.source.database.rows(sql, (*(last or ()), _BATCH))

    def _compare(self) -> None:
        """Every row of both, in the order of the key."""
        for table in _tables():
            one, other = (self._digest(end.database, table) for end in (self.source, self.target))
            if one != other:
                raise ArchiveError(
                    f"the table {table.name} is not the same at both ends: delete the target and"
                    " start anew"
                )

    def _digest(self, database: Database, table: TableShape) -> str:
        keys = ", ".join(_keys(table))
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        sql = f'SELECT {names} FROM "{table.name}" ORDER BY {keys}'  # noqa: S608 (ours)
        digest = sha256()
        for row in database.stream(sql):
            if table.name != _STATE or row[0] != _MARK:
                digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def _tables() -> Sequence[TableShape]:
    return schema_shape().tables


def _keys(table: TableShape) -> list[str]:
    return [f'"{name}"' for name in table.primary_key]
