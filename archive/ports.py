"""Protocols of a database, a store of evidence and a search index, as the archive uses them.

Repositories and services are written against these protocols; a backend implements them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    import numpy as np

    from archive.engine_state import EngineState
    from archive.evidence.local_folder import LocalEvidence
    from archive.evidence.timestamp_files import TimestampFiles
    from archive.search.english_card import EnglishCard
    from archive.search.filters import Where
    from archive.search.notice_text import NoticeText
    from archive.search.query import Query

Clock = Callable[[], datetime]
"""Tells the time, with its zone: a parameter, so that tests decide what time it is."""

Progress = Callable[[int, int], None]
"""Called with how many of how many are done."""

Place = tuple[str, int]
"""Day of publication (ISO, may be empty) and id of a notice: the order of results."""

Counts = dict[str, dict[str, int]]
"""Notices by facet and value."""

Value = TypeVar("Value", bound=Any)


class Row(Protocol):
    """A row of a result, by column name or by place."""

    def __getitem__(self, key: str | int, /) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...

    def keys(self) -> list[str]: ...


class Dialect(Protocol):
    """The few things that engines say differently, as pieces of a statement."""

    @property
    def numbers(self) -> str:
        """The members of a JSON list of numbers that is one parameter, for ``IN (…)``."""

    @property
    def texts(self) -> str:
        """The members of a JSON list of texts that is one parameter, for ``IN (…)``."""

    def elements(self, column: str) -> str:
        """A query of the texts in a JSON list, each as ``value``."""

    def json_text(self, column: str, *path: str | int) -> str:
        """What stands at a place in JSON; NULL where nothing does."""


class Database(Protocol):
    """An open database: reads at any time, writes inside :meth:`transaction`.

    Statements are in what all engines understand, with ``?`` for parameters; for the rest there
    is :attr:`dialect`.
    """

    @property
    def dialect(self) -> Dialect: ...

    def transaction(self) -> AbstractContextManager[None]:
        """Begin as the only writer; commit at the end, roll back on an exception. Nested calls
        join the outer transaction."""

    @property
    def in_transaction(self) -> bool: ...

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]: ...

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None: ...

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None when there is no row."""

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        """Rows as they are read, for tables that do not fit into memory."""

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """One writing statement inside a transaction; how many rows it touched."""

    def insert(self, table: str, row: dict[str, Any]) -> int:
        """Insert a row and answer its id; names are our own constants."""

    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Insert many rows as they are, their ids too; names are our own constants."""

    def last_ids(self) -> dict[str, int]:
        """By table the highest id that was ever given."""

    def set_last_ids(self, given: Mapping[str, int]) -> None:
        """No id up to these is given again."""

    def explained(self) -> AbstractContextManager[None]:
        """Errors of file system and database inside become an ArchiveError's sentence."""

    def revision(self) -> str:
        """Another text after every commit; now and then also without one."""

    def close(self) -> None: ...


class EvidenceStore(Protocol):
    """Bytes as received, by the sha256 of their content; complete or absent, never half there."""

    def put(self, content: bytes) -> str:
        """Keep bytes durably before anything names them; their sha256."""

    def get(self, sha256: str) -> bytes:
        """The bytes; EvidenceMissing or EvidenceDamaged when they cannot be vouched for."""

    def size(self, sha256: str) -> int:
        """Bytes used, 0 when there is nothing."""

    def remove(self, sha256: str) -> int:
        """Delete; the bytes that it freed."""

    def files(self) -> Iterator[Path]:
        """Every file that is kept in the archive's folder."""

    def usage(self) -> tuple[int, int]:
        """How much is kept, wherever: files or objects, and their bytes."""

    def copy_to(self, other: LocalEvidence, sha256: str) -> None:
        """Put the packed bytes into a folder, if they are not there yet."""

    @property
    def timestamps(self) -> TimestampFiles:
        """The timestamps of heads of the chain, kept beside the bytes."""


class SearchCandidates(Protocol):
    """Notices that may fit one query, as an index proposes them and the filters let through."""

    query: Query
    where: Where

    def allowed(self) -> set[int] | None:
        """The notices that the filters let through; None for all."""

    def newest_first(self, after: Place | None) -> tuple[Iterator[Place], int]:
        """Notices that may fit, newest first, and how many."""

    def everything(self, after: Place | None) -> Iterator[Place]:
        """All notices that the filters let through, newest first."""

    def count_everything(self) -> int: ...


class SearchIndex(Protocol):
    """A full-text index over notices: it proposes, the exact check over the text decides."""

    def put(self, notice_id: int) -> None:
        """Bring the index in step with a notice as it is stored now."""

    def put_card(self, notice_id: int) -> None:
        """Bring only the English of a notice in step: its labels or duties have changed."""

    def remove(self, notice_id: int) -> None: ...

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the whole index anew; the number of notices."""

    def problems(self) -> list[str]:
        """Sentences about notices and index rows that do not belong together."""

    def candidates(self, query: Query, where: Where) -> SearchCandidates: ...

    def bounded(self, seconds: float) -> AbstractContextManager[None]:
        """Questions to the index inside end in SearchTooCostly after so many seconds."""

    def texts(self, notice_ids: Sequence[int]) -> dict[int, NoticeText]:
        """The searchable text of notices; an unknown id is left out."""

    def cards(self, notice_ids: Sequence[int]) -> dict[int, EnglishCard]:
        """What is said of notices in English; one without a card is left out."""

    def with_stems(self, stems: Sequence[str], most: int) -> list[int]:
        """Notices whose English has all the stems, in no order, at most so many."""

    def with_words(self, keys: Sequence[str], most: int) -> list[int]:
        """Notices that may have any of some search keys, in no order, at most so many."""

    def facet_counts(self, query: Query, allowed: set[int] | None) -> Counts:
        """Counts over what the index proposes."""

    def facet_counts_of(self, notice_ids: Sequence[int]) -> Counts:
        """Counts over these notices."""


class VectorIndex(Protocol):
    """Stored vectors, searched by cosine."""

    def nearest(
        self, encoder_id: str, vector: np.ndarray, count: int, allowed: set[int] | None
    ) -> list[tuple[int, float]]:
        """The notices closest to a query vector with their cosine, best first; a notice counts
        by its best passage."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """Bytes on disk."""

    database_bytes: int
    free_bytes: int  # pages of the database that hold nothing
    evidence_bytes: int
    evidence_files: int
    tables: dict[str, int]  # with their indexes, the largest ones

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Maintenance(Protocol):
    """What an operator does with a database as a whole."""

    def damage(self) -> list[str]:
        """What the engine itself finds wrong with its file."""

    def state(self) -> EngineState:
        """How the engine stands right now."""

    def loose_references(self) -> int:
        """Rows that name one that is not there."""

    def backup(self, dest: Path, *, lender: Path | None = None) -> int:
        """A consistent copy into a folder while others write; how many evidence files it has."""

    def size(self) -> Size: ...

    def vacuum(self) -> None:
        """Rewrite the file without its free pages; needs as much room again for a moment."""

    def optimize(self) -> None:
        """Fresh statistics for the query planner, and the journal's space given back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Backend:
    """One opened database with all that depends on its engine."""

    database: Database
    evidence: EvidenceStore
    index: SearchIndex
    vectors: VectorIndex
    maintenance: Maintenance
    path: Path  # of the database file; its folder holds the evidence
    read_only: bool
    url: str | None = None  # of the server's database, where it is no file
