"""Check the database server of an archive that is no file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from noticewatch.application.application import Application
from noticewatch.doctor.check_result import CheckResult, error, ok, warning

if TYPE_CHECKING:
    from archive.engine_state import EngineState

_MOST_LAG = 60.0  # seconds
_FULL = 0.9  # of the connections that the server gives


def database(app: Application) -> Iterator[CheckResult]:
    """What is wrong with a server, each in a sentence of its own; a file has the check of its
    archive."""
    if app.settings.archive_url is None:
        return
    with app.archive(create=False, read_only=True) as archive:
        state = archive.maintenance.state()
    troubles = list(_troubles(state))
    yield from troubles
    if not troubles:
        yield ok(
            "database",
            f"{state.name} {state.version}, {state.role}, at {state.place};"
            f" {state.connections} of {state.most_connections} connections",
        )


def _troubles(state: EngineState) -> Iterator[CheckResult]:
    if state.role == "replica":
        advice = "name the primary in archive_url; a replica can only be read"
        yield error("database", f"{state.place} is a replica", advice)
    if state.lag_seconds > _MOST_LAG:
        advice = "look at the replica's disk and network; a fail-over would lose what is not there"
        yield warning("database", f"a replica is {state.lag_seconds:.0f} s behind", advice)
    if state.missing_indexes:
        advice = "`noticewatch rebuild-index` makes them; until then all is slow"
        detail = f"indexes are missing: {', '.join(state.missing_indexes)}"
        yield error("database", detail, advice)
    if state.lock_waits:
        advice = "look into pg_stat_activity for who holds the lock"
        yield warning("database", f"{state.lock_waits} sessions wait for a lock", advice)
    if state.most_connections and state.connections >= _FULL * state.most_connections:
        advice = "raise max_connections or start fewer processes"
        used = f"{state.connections} of {state.most_connections} connections are in use"
        yield warning("database", used, advice)
