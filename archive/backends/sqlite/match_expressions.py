"""Write what the search asks its index as a query of FTS5."""

from __future__ import annotations

from collections.abc import Iterable

from archive.search.query import Query
from archive.search.tokens import AskedTokens, asked_tokens


def query_expression(query: Query) -> str | None:
    """What FTS5 is asked; None if the index cannot narrow the query down."""
    return " AND ".join(f"({_either(group)})" for group in query.asked()) or None


def words_expression(keys: Iterable[str]) -> str | None:
    """Any of some search keys; None if nothing in them is indexed."""
    return _either(asked for key in keys if (asked := asked_tokens(key))) or None


def _either(asked: Iterable[AskedTokens]) -> str:
    return " OR ".join(f"({_all(one)})" for one in asked)


def _all(asked: AskedTokens) -> str:
    whole = [f'"{token}"' for token in asked.whole]
    return " AND ".join([*whole, *(f'"{token}"*' for token in asked.begun)])
