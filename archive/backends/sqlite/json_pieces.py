"""How SQLite reads JSON: pieces of statements."""

from __future__ import annotations


class SqliteDialect:
    """See :class:`archive.ports.Dialect`."""

    numbers = texts = "SELECT value FROM json_each(?)"

    def elements(self, column: str) -> str:
        return f"SELECT value FROM json_each({column})"  # noqa: S608 (our own names)

    def json_text(self, column: str, *path: str | int) -> str:
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        return f"json_extract({column}, '${steps}')"
