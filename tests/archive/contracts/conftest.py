"""An empty archive of every backend under contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.ports import Backend
from tests.archive.contracts.engines import CopyingEngine, Engine, SqliteEngine


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A backend by name: what opens more connections and plants damage."""
    one = _engine(request, tmp_path / "data")
    yield one
    one.remove()


def _engine(request: pytest.FixtureRequest, folder: Path) -> Engine:
    if request.param == "sqlite":
        return SqliteEngine(folder)
    server = request.getfixturevalue("postgres")
    from tests.archive.contracts.server_engine import PostgresEngine

    return PostgresEngine(folder, server)


@pytest.fixture
def copying_engine(engine: Engine) -> CopyingEngine:
    """A backend whose copies are its own."""
    if not isinstance(engine, CopyingEngine):
        pytest.skip("its copies are made, and its damage found, by the server's own tools")
    return engine


@pytest.fixture
def backend(engine: Engine) -> Backend:
    """An empty archive, opened for writing."""
    return engine.open()
