"""The service takes up entities.yml as it is now, without being started anew."""

from __future__ import annotations

from pathlib import Path

import yaml

from archive.store import Archive
from noticewatch.application.application import Application
from noticewatch.daemon.maintenance import keep_companies
from tests.noticewatch.filled import fill

RECYCLER = {"key": "js", "name": "江苏绿桐循环科技有限公司", "aliases": ["动力电池回收"],
            "roles": ["recycler"], "places": ["CN-JS"]}  # fmt: skip


def test_companies_are_taken_up_as_they_are_now(tmp_path: Path) -> None:
    settings, entities = tmp_path / "noticewatch.yml", tmp_path / "entities.yml"
    settings.write_text(f"data_dir: {tmp_path / 'data'}\n", "utf-8")
    number = fill(tmp_path / "data")
    app = Application(config=settings)
    assert app.settings.entities_file is None
    keep_companies(app)
    entities.write_text(yaml.safe_dump({"entities": [RECYCLER]}, allow_unicode=True), "utf-8")
    keep_companies(app)
    with Archive.open(tmp_path / "data") as archive:
        assert [item.entity for item in archive.obligations.find()] == ["js"]
        assert archive.obligations.find()[0].notice_id == number
    entities.write_text("entities: [{key: js}]\n", "utf-8")
    keep_companies(app)
    with Archive.open(tmp_path / "data") as archive:
        assert len(archive.obligations.find()) == 1
