"""Leases of hosts: one collector has a site to itself, and the next one keeps the gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.column_values import stamp
from archive.ports import Clock, Database
from archive.repositories.leasing.lease_table import LeaseTable, LeaseTerms
from domain.records.lease import Lease, LeaseKind, SharedHost

LONGEST_REST = timedelta(minutes=2)  # of a host between two leases; more is a wrong clock


@dataclass(frozen=True, kw_only=True, slots=True)
class HostLeases:
    """The table ``hosts``."""

    db: Database
    clock: Clock

    @property
    def table(self) -> LeaseTable:
        """What it shares with all leases."""
        return LeaseTable(
            db=self.db, clock=self.clock, kind=LeaseKind.HOST, table="hosts", column="host"
        )

    def take(self, host: SharedHost, terms: LeaseTerms) -> Lease | None:
        """Have a host, if nobody has it and its last request is long enough ago."""
        now = self.clock()
        until = now + terms.lasts
        row = self.db.row(
            "INSERT INTO hosts (host, region, gap, holder, fence, lease_until)"
            " VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (host) DO UPDATE SET"
            " region = excluded.region, gap = excluded.gap, holder = excluded.holder,"
            " fence = hosts.fence + 1, lease_until = excluded.lease_until, due = NULL"
            " WHERE (hosts.holder IS NULL OR hosts.lease_until <= ? OR hosts.lease_until > ?)"
            " AND (hosts.due IS NULL OR hosts.due <= ? OR hosts.due > ?) RETURNING fence",
            (
                host.name, host.region, host.gap.total_seconds(), terms.holder, stamp(until),
                stamp(now), stamp(now + terms.longest), stamp(now),
                stamp(now + max(LONGEST_REST, terms.lasts)),
            ),
        )  # fmt: skip
        if row is None:
            return None
        return Lease(
            kind=LeaseKind.HOST,
            name=host.name,
            holder=terms.holder,
            fence=row["fence"],
            until=until,
        )

    def release(self, lease: Lease, rests_until: datetime) -> bool:
        """Give a host back, to be left alone until a moment; False for a late holder."""
        touched = self.db.run(
            "UPDATE hosts SET holder = NULL, due = ? WHERE host = ? AND holder = ? AND fence = ?",
            (stamp(rests_until), lease.name, lease.holder, lease.fence),
        )
        return touched == 1

    def vacate(self, holder: str, rests_until: datetime) -> int:
        """All that a holder who is dead had: its connections may take a moment to close."""
        return self.db.run(
            "UPDATE hosts SET holder = NULL, due = ? WHERE holder = ?",
            (stamp(rests_until), holder),
        )
