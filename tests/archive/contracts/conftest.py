"""An empty archive of every backend under contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.ports import Backend
from tests.archive.contracts.engines import Engine, SqliteEngine


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A backend by name: what opens more connections and plants damage."""
    one = _engine(request, tmp_path / "data")
    if request.node.get_closest_marker("own_copies") and not one.copies_itself:
        one.remove()
        pytest.skip("its copies are made, and its damage found, by the server's own tools")
    yield one
    one.remove()


def _engine(request: pytest.FixtureRequest, folder: Path) -> Engine:
    if request.param == "sqlite":
        return SqliteEngine(folder)
    server = request.getfixturevalue("postgres")
    from tests.archive.contracts.server_engine import PostgresEngine

    return PostgresEngine(folder, server)


@pytest.fixture
def backend(engine: Engine) -> Backend:
    """An empty archive, opened for writing."""
    return engine.open()
