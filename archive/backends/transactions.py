"""What every engine's connection does alike: the one transaction, and errors as sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from archive.errors import ArchiveError


@dataclass(kw_only=True)
class Transactions:
    """The one transaction of a connection, which inner blocks join."""

    begin: Callable[[], object]
    commit: Callable[[], object]
    roll_back: Callable[[], object]  # must not raise where nothing is open
    depth: int = 0

    @contextmanager
    def block(self) -> Iterator[None]:
        """Everything is rolled back when the outermost block ends with an exception."""
        if self.depth:
            self.depth += 1
            try:
                yield
            finally:
                self.depth -= 1
            return
        self.begin()
        self.depth = 1
        try:
            yield
            self.commit()
        except BaseException:
            self.roll_back()
            raise
        finally:
            self.depth = 0


@contextmanager
def explained_by(
    explain: Callable[[Exception], ArchiveError | None], *kinds: type[Exception]
) -> Iterator[None]:
    """Errors of these kinds become an ArchiveError's sentence, where there is one."""
    try:
        yield
    except kinds as error:
        found = explain(error)
        if found is None:
            raise
        raise found from error


def insert_statement(table: str, columns: Iterable[str]) -> str:
    """``INSERT INTO "t" ("a", "b") VALUES (?, ?)``; the names are our own constants."""
    names = [f'"{name}"' for name in columns]
    marks = ", ".join("?" * len(names))
    return f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({marks})'  # noqa: S608 (ours)
