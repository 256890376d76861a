"""`evaluate` from the command line: what it cannot score, it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.noticewatch.invoked import run


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_labels_without_a_text_are_refused(tmp_path: Path, more: tuple[str, ...]) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text(json.dumps({"id": "a", "duties": []}) + "\n", encoding="utf-8")
    done = run("evaluate", str(file), *more, code=1)
    assert "no line has a `text` or `title`" in str(done.exception)
