from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.noticewatch.application.border.border_world import BorderWorld


@pytest.fixture
def world(tmp_path: Path) -> Iterator[BorderWorld]:
    made = BorderWorld(tmp_path)
    yield made
    made.close()
