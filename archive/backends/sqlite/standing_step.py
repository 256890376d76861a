"""Schema step: who says it. Rows of before are judged when their act is looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

_COLUMNS = """
ALTER TABLE postings ADD COLUMN level TEXT;
ALTER TABLE postings ADD COLUMN speaks_for TEXT NOT NULL DEFAULT '[]';
ALTER TABLE postings ADD COLUMN standing TEXT;
ALTER TABLE postings ADD COLUMN kept_together INTEGER NOT NULL DEFAULT 0;
ALTER TABLE postings ADD COLUMN disagrees INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notices ADD COLUMN issued_by TEXT;
ALTER TABLE notices ADD COLUMN confirmed INTEGER;
ALTER TABLE relations ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE relations ADD COLUMN unread TEXT;
DROP INDEX relations_open_title;
DROP INDEX relations_open_number;
CREATE INDEX relations_by_title ON relations (title_key);
CREATE INDEX relations_by_number ON relations (number_key) WHERE number_key IS NOT NULL
"""


def add_to(migrations: Migrations) -> None:
    """The step, below those that are there."""

    @migrations()
    def m010_standing(db: Database) -> None:
        for statement in _COLUMNS.split(";\n"):
            db.execute(statement)
