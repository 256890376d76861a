"""What holds for every test: names that never depend on the minute, and one database server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.postgres_server import PostgresServer, missing_parts, running_postgres


def pytest_make_parametrize_id(config: object, val: object, argname: str) -> str | None:
    """Name a parameter of bytes by its argument: packed files carry the time they were made.

    Processes that share the tests (pytest-xdist) must collect the same names; a gzip or zip built while
    collecting differs from one second to the next. Equal names are numbered by pytest itself.
    """
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The PostgreSQL server of this process, started by the first test that asks for it."""
    if (missing := missing_parts()) is not None:
        pytest.skip(missing)
    with running_postgres() as server:
        yield server
