"""Translate search filters to SQL over ``notices n``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from archive.column_values import dumps
from archive.ports import Dialect
from archive.search.query import Query
from domain.acts.near_line import NEAR_LINE
from domain.records.states import ChangeKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What hits are restricted to; an empty one restricts nothing."""

    topics: Sequence[str] = ()
    jurisdictions: Sequence[str] = ()
    places: Sequence[str] = ()  # names in titles and issuers that count as the jurisdiction
    publishers: Sequence[str] = ()  # source key or publisher's name
    since: date | None = None  # published
    until: date | None = None
    statuses: Sequence[str] = ()
    stages: Sequence[str] = ()
    change_kinds: Sequence[ChangeKind | str] = ()
    severities: Sequence[str] = ()
    relevant_only: bool = False
    near_line: bool = False  # not relevant, but near the line
    ids: Sequence[int] = ()  # of notices


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions over ``notices n`` in SQL, and the months that can hold a hit."""

    sql: str
    values: tuple[Any, ...]
    first_month: str = ""
    last_month: str = "9999"

    def __bool__(self) -> bool:
        return bool(self.sql)


_PUBLISHED = "coalesce(n.published, substr(n.first_seen, 1, 10))"


_FIELDS = {
    "topic": "topics",
    "jurisdiction": "jurisdictions",
    "source": "publishers",
    "severity": "severities",
    "status": "statuses",
    "kind": "change_kinds",
}


def where_of(filters: Filters, query: Query, dialect: Dialect) -> Where:
    """The conditions of the filters and of the query's own topic:, -status: and so on."""
    refused: list[Filters] = []
    for name, value in query.filters:
        attribute = _FIELDS[name.removeprefix("-")]
        wanted: Any = [value]
        if name.startswith("-"):
            refused.append(replace(Filters(), **{attribute: wanted}))
        else:
            wanted = [*getattr(filters, attribute), value]
            filters = replace(filters, **{attribute: wanted})
    sql, values = _conditions(filters, dialect)
    for one in refused:
        refused_sql, refused_values = _conditions(one, dialect)
        sql.append(f"({refused_sql[0]}) IS NOT TRUE")
        values += refused_values
    return Where(
        " AND ".join(sql),
        tuple(values),
        filters.since.isoformat()[:7] if filters.since else "",
        filters.until.isoformat()[:7] if filters.until else "9999",
    )


def _conditions(filters: Filters, dialect: Dialect) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []

    def within(sql: str, wanted: Sequence[Any]) -> None:
        if wanted:
            conditions.append(sql.replace("{}", ",".join("?" * len(wanted))))
            values.extend([str(w) for w in wanted] * sql.count("{}"))

    within("n.id IN (SELECT notice_id FROM labels WHERE topic IN ({}))", filters.topics)
    _add_jurisdictions(filters, conditions, values)
    within(
        "(n.id IN (SELECT notice_id FROM postings WHERE source_key IN ({}) OR publisher IN ({}))"  # noqa: S608 (ours)
        f" OR EXISTS ({dialect.elements('n.issuers')} WHERE value IN ({{}})))",
        filters.publishers,
    )
    if filters.ids:
        conditions.append(f"n.id IN ({dialect.numbers})")
        values.append(dumps(list(filters.ids)))
    within("n.status IN ({})", filters.statuses)
    within("n.stage IN ({})", filters.stages)
    within("n.severity IN ({})", filters.severities)
    within("n.id IN (SELECT notice_id FROM changes WHERE kind IN ({}))", filters.change_kinds)
    if filters.relevant_only:
        conditions.append("n.relevant_because IS NOT NULL")
    if filters.near_line:
        conditions.append("n.relevant_because IS NULL")
        conditions.append(f"{dialect.json_text('n.severity_rule_data', 'code')} = ?")
        values.append(NEAR_LINE)
    if filters.since:
        conditions.append(f"{_PUBLISHED} >= ?")
        values.append(filters.since.isoformat())
    if filters.until:
        conditions.append(f"{_PUBLISHED} <= ?")
        values.append(filters.until.isoformat())
    return conditions, values


def _add_jurisdictions(filters: Filters, conditions: list[str], values: list[Any]) -> None:
    """Acts of the jurisdictions; also those that name one of the places in title or issuers."""
    codes = [code.upper() for code in filters.jurisdictions]
    if not codes:
        return
    either = [f"n.jurisdiction IN ({','.join('?' * len(codes))})"]
    values.extend(codes)
    for place in filters.places:
        either.append("replace(n.title || n.issuers, ?, '') != n.title || n.issuers")
        values.append(place)
    conditions.append(f"({' OR '.join(either)})")
