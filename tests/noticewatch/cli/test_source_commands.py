"""``source new`` and ``source capture`` on a replica, and the captured folder as a test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from config.loader import load_platforms, load_sources
from crawler.discovery.probe import record
from noticewatch.application.sources.source_capture import captured_json
from noticewatch.cli.main import cli
from noticewatch.demo.replica import Replica
from noticewatch.demo.replica_site import ReplicaFile
from tests.paths import FIXTURES

PLATFORMS = ("trs_static", "nfcms_static", "hanweb_jpaas", "hanweb_jpage", "gkmlpt", "ucap_search")


@pytest.fixture
def replica(request: pytest.FixtureRequest) -> Iterator[Replica]:
    with Replica(request.param) as made:
        for number in range(6):
            made.add(
                f"关于废旧动力电池综合利用第{number}批检查的通知",
                date(2026, 9, 1 + number),
                ["各有关单位：现将检查事项通知如下。", "一、综合利用企业应当在三十日内报送。"],
                number=f"工信厅节函〔2026〕{number + 101}号",
                files=[ReplicaFile("附件.txt", f"附件{number}".encode(), "text/plain")],
            )
        yield made


def invoke(folder: Path, *args: str) -> Any:
    options = ["--data-dir", str(folder / "data"), "--sources-dir", str(folder / "sources")]
    result = CliRunner().invoke(cli, [*options, *args])
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize("replica", PLATFORMS, indirect=True)
def test_a_new_source_is_written_captured_and_replayed(replica: Replica, tmp_path: Path) -> None:
    out = tmp_path / "sources"
    invoke(tmp_path, "source", "new", replica.column_url, "--key", "cn-x", "--out", str(out))
    file = out / "cn-x.yml"
    file.write_text(file.read_text("utf-8") + "http: {min_gap_seconds: 0}\n", "utf-8")
    source = load_sources(out)["cn-x"]
    assert source.platform == replica.platform

    fixtures = str(tmp_path / "fixtures")
    invoke(tmp_path, "source", "capture", "cn-x", "--out", fixtures, "--notices", "0")
    folder = tmp_path / "fixtures" / "cn-x"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert expected["rows"] == 6
    assert [notice["published"] for notice in expected["notices"]] == [
        f"2026-09-0{article.day.day}" for article in _by_url(replica)
    ]
    assert {file["status"] for notice in expected["notices"] for file in notice["attachments"]} == {
        "ok"
    }
    replica.close()
    again = record(source, load_platforms(), replay=folder)
    assert captured_json(again) == expected


def _by_url(replica: Replica) -> list[Any]:
    return sorted(replica.site.articles, key=replica.detail_url)


def test_every_captured_folder_still_reads_as_it_did() -> None:
    sources = load_sources()
    for manifest in FIXTURES.glob("sources/*/manifest.tsv"):
        folder = manifest.parent
        assert folder.name in sources, f"{folder}: its source is not in config/sources"
        expected = json.loads((folder / "expected.json").read_text("utf-8"))
        most = expected.get("most")
        again = record(sources[folder.name], load_platforms(), notices=most, replay=folder)
        assert captured_json(again, most) == expected, folder.name
