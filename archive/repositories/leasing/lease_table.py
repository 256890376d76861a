"""Leases of one kind: taken, renewed, given back, lost.

One statement decides who gets a lease, so that two who ask at once cannot both have it. It is
the same on every engine: the row is locked by being written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.column_values import parse_stamp, stamp
from archive.ports import Clock, Database, Row
from domain.records.lease import Lease, LeaseKind

LONGEST = timedelta(hours=1)  # that a lease may last; what lasts longer is a clock that was wrong


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaseTerms:
    """Who asks, and how long a lease lasts by the archive's clock."""

    holder: str
    lasts: timedelta

    @property
    def longest(self) -> timedelta:
        return max(LONGEST, 2 * self.lasts)


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaseTable:
    """One table of leases; ``column`` is what is leased."""

    db: Database
    clock: Clock
    kind: LeaseKind
    table: str
    column: str

    def take(self, name: str, terms: LeaseTerms) -> Lease | None:
        """Have it, if nobody has it now (not oneself either); else None."""
        now = self.clock()
        until = now + terms.lasts
        row = self.db.row(
            f"INSERT INTO {self.table} ({self.column}, holder, fence, lease_until)"  # noqa: S608 (our own names)
            f" VALUES (?, ?, 1, ?) ON CONFLICT ({self.column}) DO UPDATE SET"
            f" holder = excluded.holder, fence = {self.table}.fence + 1,"
            f" lease_until = excluded.lease_until WHERE {self.table}.holder IS NULL"
            f" OR {self.table}.lease_until <= ? OR {self.table}.lease_until > ? RETURNING fence",
            (self._key(name), terms.holder, stamp(until), stamp(now), stamp(now + terms.longest)),
        )
        return None if row is None else self._lease(name, terms.holder, row["fence"], until)

    def renew(self, lease: Lease, terms: LeaseTerms) -> bool:
        """Have it for longer; False when somebody else has taken it meanwhile."""
        touched = self.db.run(
            f"UPDATE {self.table} SET lease_until = ? WHERE {self.column} = ?"  # noqa: S608
            " AND holder = ? AND fence = ?",
            (
                stamp(self.clock() + terms.lasts),
                self._key(lease.name),
                lease.holder,
                lease.fence,
            ),
        )
        return touched == 1

    def renew_all(self, terms: LeaseTerms) -> int:
        """All that a holder has, for longer; how many."""
        return self.db.run(
            f"UPDATE {self.table} SET lease_until = ? WHERE holder = ?",  # noqa: S608
            (stamp(self.clock() + terms.lasts), terms.holder),
        )

    def release(self, lease: Lease) -> bool:
        """Give it back; a late holder changes nothing and gets False."""
        touched = self.db.run(
            f"UPDATE {self.table} SET holder = NULL WHERE {self.column} = ?"  # noqa: S608
            " AND holder = ? AND fence = ?",
            (self._key(lease.name), lease.holder, lease.fence),
        )
        return touched == 1

    def vacate(self, holder: str) -> int:
        """All that a holder who is dead or leaves had; how many."""
        return self.db.run(
            f"UPDATE {self.table} SET holder = NULL WHERE holder = ?",  # noqa: S608
            (holder,),
        )

    def valid(self, longest: timedelta = LONGEST) -> list[Lease]:
        """What is held now."""
        now = self.clock()
        rows = self.db.rows(
            f"SELECT {self.column} AS name, holder, fence, lease_until FROM {self.table}"  # noqa: S608
            " WHERE holder IS NOT NULL AND lease_until > ? AND lease_until <= ? ORDER BY 1",
            (stamp(now), stamp(now + longest)),
        )
        return [self._of_row(row) for row in rows]

    def holders(self) -> list[str]:
        """Who has anything, in time or late."""
        rows = self.db.rows(
            f"SELECT DISTINCT holder FROM {self.table} WHERE holder IS NOT NULL"  # noqa: S608
        )
        return [row["holder"] for row in rows]

    def forget(self, before: datetime) -> int:
        """Remove what nobody has had for long; how many."""
        return self.db.run(
            f"DELETE FROM {self.table} WHERE holder IS NULL AND lease_until < ?",  # noqa: S608
            (stamp(before),),
        )

    def _key(self, name: str) -> str | int:
        return int(name) if self.kind is LeaseKind.ACT else name

    def _lease(self, name: str, holder: str, fence: int, until: datetime) -> Lease:
        return Lease(kind=self.kind, name=name, holder=holder, fence=fence, until=until)

    def _of_row(self, row: Row) -> Lease:
        until = parse_stamp(row["lease_until"])
        return self._lease(str(row["name"]), row["holder"], row["fence"], until)


def all_tables(db: Database, clock: Clock) -> Sequence[LeaseTable]:
    """The tables of every kind but hosts, which rest between two leases."""
    named = (
        (LeaseKind.ACT, "act_leases", "notice_id"),
        (LeaseKind.CHANNEL, "channel_leases", "channel"),
        (LeaseKind.ROLE, "role_leases", "role"),
    )
    return tuple(
        LeaseTable(db=db, clock=clock, kind=kind, table=table, column=column)
        for kind, table, column in named
    )
