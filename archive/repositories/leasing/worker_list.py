"""The processes that work on the archive, each as it last said of itself."""

from __future__ import annotations

import json
from datetime import datetime

from archive.column_values import dumps, parse_stamp, stamp
from archive.ports import Database, Row
from domain.records.lease import WorkerRecord


class WorkerList:
    """One row for each process that runs, or was killed a while ago."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def beat(self, worker: WorkerRecord) -> None:
        """Say that a worker is alive, and what it is."""
        with self._db.transaction():
            self._db.run(
                "INSERT INTO workers (id, machine, pid, version, roles, regions, started, seen,"
                " vitals) VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET"
                " seen = excluded.seen, roles = excluded.roles, vitals = excluded.vitals",
                (
                    worker.id, worker.machine, worker.pid, worker.version,
                    dumps(list(worker.roles)), dumps(list(worker.regions)),
                    stamp(worker.started), stamp(worker.seen), dumps(dict(worker.vitals)),
                ),
            )  # fmt: skip

    def all(self) -> list[WorkerRecord]:
        """Every known worker, the one that began first at the top."""
        rows = self._db.rows("SELECT * FROM workers ORDER BY started, id")
        return [_worker_of(row) for row in rows]

    def remove(self, worker_id: str) -> None:
        """It has stopped, or is known to be dead."""
        with self._db.transaction():
            self._db.run("DELETE FROM workers WHERE id = ?", (worker_id,))

    def forget(self, before: datetime) -> int:
        """Remove those that said nothing since a moment; how many."""
        with self._db.transaction():
            return self._db.run("DELETE FROM workers WHERE seen < ?", (stamp(before),))


def _worker_of(row: Row) -> WorkerRecord:
    return WorkerRecord(
        id=row["id"],
        machine=row["machine"],
        pid=row["pid"],
        version=row["version"],
        roles=tuple(json.loads(row["roles"])),
        regions=tuple(json.loads(row["regions"])),
        started=parse_stamp(row["started"]),
        seen=parse_stamp(row["seen"]),
        vitals=json.loads(row["vitals"]),
    )
