"""An empty archive of every backend under contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.ports import Backend
from tests.archive.contracts.engines import ENGINES, Engine


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A backend by name: what opens more connections and plants damage."""
    one = ENGINES[request.param](tmp_path / "data")
    yield one
    one.close()


@pytest.fixture
def backend(engine: Engine) -> Backend:
    """An empty archive, opened for writing."""
    return engine.open()
