"""The triggers of the archive; a file with any other one is not trusted."""

from __future__ import annotations

import sqlite3

# A stamp that never comes back, not even when an older copy of the archive is restored.
_COUNT_VECTORS = (
    "UPDATE search_state SET value = random() & 9223372036854775807 WHERE key = 'vectors'"
)
TRIGGERS = (
    f"CREATE TRIGGER vectors_added AFTER INSERT ON vectors BEGIN {_COUNT_VECTORS}; END",
    f"CREATE TRIGGER vectors_removed AFTER DELETE ON vectors BEGIN {_COUNT_VECTORS}; END",
    f"CREATE TRIGGER vectors_replaced AFTER UPDATE ON vectors BEGIN {_COUNT_VECTORS}; END",
)


def foreign_triggers(database: sqlite3.Connection) -> list[str]:
    """The names of those that are none of ours: one could undo what is written, unseen."""
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return [row[0] for row in rows if row[1] not in TRIGGERS]
