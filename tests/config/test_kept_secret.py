"""Keys kept in files: one for all that ask, readable by their owner alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from config.kept_secret import kept_secret


def test_all_that_ask_at_once_get_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "links.key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(kept_secret, [path] * 16))
    assert len(keys) == 1
    assert keys == {path.read_bytes()}
    assert len(path.read_bytes()) == 32
    assert [file.name for file in tmp_path.iterdir()] == ["links.key"]
    assert path.stat().st_mode & 0o077 == 0
