"""A database whose writes are refused once the work they belong to is another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from archive.ports import Database


def fenced_database(database: Database, check: Callable[[], None]) -> Database:
    """The same database; ``check`` runs first in each outermost transaction, and what it raises
    ends that before anything is written."""
    return cast("Database", _FencedDatabase(database, check))


class _FencedDatabase:
    """All but the transaction is the database's own, whichever engine it is of."""

    def __init__(self, database: Database, check: Callable[[], None]) -> None:
        self._database = database
        self._check = check

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outermost = not self._database.in_transaction
        with self._database.transaction():
            if outermost:
                self._check()
            yield
