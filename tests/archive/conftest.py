"""An archive in a temporary folder and observations as the crawler makes them.

The tests of repositories, services, read models and transfer run on every engine: on PostgreSQL
each folder that a test opens has a database of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import store
from archive.backends.factory import open_backend
from archive.ports import Backend
from archive.store import Archive
from domain.records.observation import Observation
from tests.builders import START, make_observation

_ON_EVERY_ENGINE = ("repositories", "services", "read_models", "transfer")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once on each engine, unless it is about SQLite's file."""
    folder = Path(str(metafunc.definition.path)).relative_to(Path(__file__).parent).parts[0]
    about_sqlite = metafunc.definition.get_closest_marker("sqlite_only")
    if folder in _ON_EVERY_ENGINE and about_sqlite is None:
        metafunc.parametrize("storage", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def storage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The engine that archives are opened on."""
    engine: str = getattr(request, "param", "sqlite")
    if engine == "sqlite":
        yield engine
        return
    server = request.getfixturevalue("postgres")
    databases: dict[Path, str] = {}

    def opened(data_dir: Path, *, url: str | None = None, **options: Any) -> Backend:
        if data_dir not in databases:
            databases[data_dir] = server.new_archive()
        return open_backend(data_dir, url=url or server.url(databases[data_dir]), **options)

    monkeypatch.setattr(store, "open_backend", opened)
    yield engine
    for database in databases.values():
        server.drop(database)


@pytest.fixture
def observe() -> Callable[..., Observation]:
    return make_observation


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> datetime:
        self.now += timedelta(**amount)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(storage: str, tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data", clock=clock) as opened:
        yield opened
