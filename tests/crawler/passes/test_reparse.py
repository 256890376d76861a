"""Reading the stored evidence again."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.passes.documents import Documents
from crawler.passes.reparse import reparse


def test_an_unchanged_extraction_changes_nothing(stage: Any) -> None:
    for platform in ("trs_static", "hanweb_jpaas", "gkmlpt"):
        replica = stage.replica(platform)
        source = stage.source(replica)
        stage.crawl(source)
        assert reparse(stage.archive, [source], stage.platforms) == ()


def test_an_improved_extraction_is_shown_before_it_is_stored(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = stage.replica("trs_static", notices=2, encoding="gbk")
    source = stage.source(replica)
    completed = Documents.completed

    def poor(self: Any, parsed: Any, row: Any) -> Any:
        from dataclasses import replace

        return replace(completed(self, parsed, row), document_number=None)

    monkeypatch.setattr(Documents, "completed", poor)
    stage.crawl(source)
    monkeypatch.undo()
    replica.close()  # no network from here on

    before = stage.archive.notices.counts()
    shown = reparse(stage.archive, [source], stage.platforms)
    assert [dict(one.before) for one in shown] == [{"document_number": ""}] * 2
    assert {one.after["document_number"] for one in shown} == {
        "工信厅节函〔2026〕101号", "工信厅节函〔2026〕102号",
    }  # fmt: skip
    assert stage.archive.notices.counts() == before

    told: list[str] = []
    reparse(
        stage.archive, [source], stage.platforms, apply=True, progress=lambda o: told.append(o.url)
    )
    assert len(told) == 2
    assert {n.document_number for n in stage.notices()} == {
        "工信厅节函〔2026〕101号", "工信厅节函〔2026〕102号",
    }  # fmt: skip
    assert all(change.baseline for change in stage.archive.changes.find())
    assert reparse(stage.archive, [source], stage.platforms) == ()


def test_rows_without_pages_are_left_alone(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=2)
    replica.fault("not_found", kind="detail")
    source = stage.source(replica)
    stage.crawl(source)
    assert len(stage.notices()) == 2
    assert reparse(stage.archive, [source], stage.platforms) == ()
