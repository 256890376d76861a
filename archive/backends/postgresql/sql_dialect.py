"""What PostgreSQL says differently from SQLite, and statements with its parameter marks."""

from __future__ import annotations

import re
from functools import lru_cache

# 'it''s 100 %' · "rows" · ? · %
_MARKS = re.compile(r"'[^']*'|\"[^\"]*\"|\?|%")


@lru_cache(maxsize=4096)
def with_driver_marks(sql: str, absent: tuple[int, ...] = ()) -> str:
    """The statement with ``%s`` for each ``?`` that is none of a quoted text; with NULL for those
    at the places that are ``absent``."""
    place = -1

    def driver_mark(match: re.Match[str]) -> str:
        nonlocal place
        if match[0] != "?":
            return match[0].replace("%", "%%")
        place += 1
        return "NULL" if place in absent else "%s"

    return _MARKS.sub(driver_mark, sql)


class PostgresDialect:
    """See :class:`archive.ports.Dialect`."""

    numbers = "SELECT value::bigint FROM jsonb_array_elements_text(?::jsonb) AS listed (value)"
    texts = 'SELECT value COLLATE "C" FROM jsonb_array_elements_text(?::jsonb) AS listed (value)'

    def elements(self, column: str) -> str:
        return f"SELECT value FROM jsonb_array_elements_text({column}::jsonb) AS listed (value)"  # noqa: S608 (ours)

    def json_text(self, column: str, *path: str | int) -> str:
        return f"(({column}::jsonb #>> '{{{','.join(map(str, path))}}}') COLLATE \"C\")"
