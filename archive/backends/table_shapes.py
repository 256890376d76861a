"""The shape of the archive's tables, as one engine tells it and another is built from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal["INTEGER", "TEXT", "REAL", "BLOB"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnShape:
    name: str
    kind: ColumnKind
    required: bool
    default: str | None  # as SQL: 'grey', 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignKey:
    column: str
    table: str
    target: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TableShape:
    """A table; a ``numbered`` one gives each row an id."""

    name: str
    columns: tuple[ColumnShape, ...]
    primary_key: tuple[str, ...]
    numbered: bool
    unique: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexShape:
    """An index that is no constraint, as the statement that makes it."""

    name: str
    table: str
    sql: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SchemaShape:
    """All tables but those of the search index, in an order in which they can be made."""

    version: int
    tables: tuple[TableShape, ...]
    indexes: tuple[IndexShape, ...]
