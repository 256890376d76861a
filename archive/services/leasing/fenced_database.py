"""A database whose writes are refused once the work they belong to is another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from archive.ports import Database, Row


class FencedDatabase:
    """The same database; ``check`` runs first in each outermost transaction, and what it raises
    ends that before anything is written."""

    def __init__(self, database: Database, check: Callable[[], None]) -> None:
        self._database = database
        self._check = check

    @property
    def in_transaction(self) -> bool:
        return self._database.in_transaction

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outermost = not self._database.in_transaction
        with self._database.transaction():
            if outermost:
                self._check()
            yield

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        return self._database.rows(sql, parameters)

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        return self._database.row(sql, parameters)

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        return self._database.value(sql, parameters)

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        return self._database.stream(sql, parameters)

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        return self._database.run(sql, parameters)

    def insert(self, table: str, row: dict[str, Any]) -> int:
        return self._database.insert(table, row)

    def explained(self) -> AbstractContextManager[None]:
        return self._database.explained()

    def close(self) -> None:
        self._database.close()
