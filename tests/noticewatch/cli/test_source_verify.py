"""``source verify`` on replica sites: what is well, what has moved, what nobody can find."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from noticewatch.application.application import Application
from noticewatch.application.sources.source_overlay import FILE_NAME
from noticewatch.cli.main import cli
from noticewatch.daemon.maintenance import note_live_sources
from noticewatch.demo.replica import Replica
from tests.fakes.moved_site import NEW, OLD, MovedSite, moved_site

PLATFORMS = ("trs_static", "nfcms_static", "hanweb_jpaas", "hanweb_jpage", "gkmlpt", "ucap_search")


def notices(replica: Replica, count: int = 6) -> None:
    for number in range(count):
        replica.add(
            f"关于废旧动力电池综合利用第{number}批检查的通知",
            date(2026, 9, 1 + number),
            ["各有关单位：现将检查事项通知如下，请认真组织实施。", "一、企业应当在三十日内报送。"],
        )


def write(folder: Path, *sources: dict[str, Any]) -> None:
    (folder / "sources").mkdir(exist_ok=True)
    for source in sources:
        file = folder / "sources" / f"{source['key']}.yml"
        file.write_text(yaml.safe_dump(source, allow_unicode=True), "utf-8")


def verify(folder: Path, *args: str, code: int = 0) -> dict[str, Any]:
    result = run(folder, "--json", "source", "verify", *args)
    assert result.exit_code == code, result.output
    return {one["key"]: one for one in json.loads(result.stdout)["sources"]}


def run(folder: Path, *args: str) -> Any:
    options = ["--data-dir", str(folder / "data"), "--sources-dir", str(folder / "sources")]
    return CliRunner().invoke(cli, [*options, *args])


def overlay(folder: Path) -> dict[str, Any]:
    return yaml.safe_load((folder / "data" / FILE_NAME).read_text("utf-8"))["sources"]


def column_at(url: str, *, key: str = "cn-x", **column: Any) -> dict[str, Any]:
    return {
        "key": key, "name": {"zh": "某省工业和信息化厅"}, "publisher": "某省工业和信息化厅",
        "jurisdiction": "CN-ZJ", "platform": "trs_static",
        "columns": [{"key": "tzgg", "name": {"zh": "通知公告"}, "url": url, **column}],
        "http": {"min_gap_seconds": 0}, "expect": {"min_rows": 5, "max_silence_days": 36500},
        "evidence": {"level": "inferred", "since": date(2024, 1, 1)},
    }  # fmt: skip


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_source_that_reads_as_expected_is_live_as_of_today(platform: str, tmp_path: Path) -> None:
    with Replica(platform) as replica:
        notices(replica)
        write(tmp_path, replica.source("cn-x"))
        found = verify(tmp_path)["cn-x"]["columns"][0]
    assert (found["verdict"], found["rows"], found["newest"]) == ("ok", 6, "2026-09-06")
    assert found["notice"]["missing"] == []
    assert found["problems"] == []
    evidence = overlay(tmp_path)["cn-x"]["evidence"]
    assert evidence["level"] == "live"
    assert "1 of 1 columns read, 6 rows, newest 2026-09-06." in evidence["note"]
    listed = json.loads(run(tmp_path, "--json", "source", "list").stdout)["sources"][0]
    assert (listed["evidence"], listed["evidence_since"]) == ("live", evidence["since"])


@pytest.mark.parametrize(
    ("fault", "verdict", "words"),
    [
        ("forbidden", "blocked", "http.proxy"),
        ("challenge", "blocked", "http.proxy"),
        ("server_error", "failing", "try again later"),
        ("not_found", "failing", "try again later"),
        ("commented", "changed", "correct the source file"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(
    fault: str, verdict: str, words: str, tmp_path: Path
) -> None:
    with Replica("trs_static") as replica:
        notices(replica)
        replica.fault(fault)
        write(tmp_path, replica.source("cn-x"))
        found = verify(tmp_path, code=3)["cn-x"]["columns"][0]
    assert found["verdict"] == verdict
    assert words in found["to_do"]
    assert found["problems"]
    assert "cn-x" not in overlay_or_none(tmp_path)
    report = (tmp_path / "data" / "sources-report.txt").read_text("utf-8")
    assert "0 of 1 sources read as their files expect" in report
    assert f"to do: {found['to_do']}" in report


def overlay_or_none(folder: Path) -> dict[str, Any]:
    text = (folder / "data" / FILE_NAME).read_text("utf-8")
    return (yaml.safe_load(text) or {}).get("sources") or {}


def test_too_few_rows_and_silence_are_no_proof(tmp_path: Path) -> None:
    with Replica("trs_static") as few, Replica("trs_static") as silent:
        notices(few, 3)
        notices(silent)
        expect = {"min_rows": 5, "max_silence_days": 36500}
        write(tmp_path, few.source("cn-few", expect=expect))
        quiet = {"min_rows": 1, "max_silence_days": 1}
        write(tmp_path, silent.source("cn-quiet", expect=quiet))
        found = verify(tmp_path, code=3)
    assert found["cn-few"]["columns"][0]["verdict"] == "changed"
    assert found["cn-quiet"]["columns"][0]["verdict"] == "silent"
    assert overlay_or_none(tmp_path) == {}


def test_a_column_that_moved_is_found_by_the_sites_own_menu(tmp_path: Path) -> None:
    with moved_site(MovedSite()) as base:
        write(tmp_path, column_at(f"{base}{OLD}"))
        found = verify(tmp_path)["cn-x"]["columns"][0]
        assert found["verdict"] == "moved"
        assert found["now"] == {"url": f"{base}{NEW}", "params": {}, "by": "home page"}
        assert found["rows"] == 12
        kept = overlay(tmp_path)["cn-x"]
        assert kept["columns"]["tzgg"] == {"was": f"{base}{OLD}", "url": f"{base}{NEW}"}
        assert kept["evidence"]["level"] == "live"
        again = verify(tmp_path)["cn-x"]["columns"][0]
        assert (again["verdict"], again["url"]) == ("ok", f"{base}{NEW}")
        assert overlay(tmp_path)["cn-x"]["columns"]["tzgg"]["was"] == f"{base}{OLD}"
        poll = run(tmp_path, "--json", "crawl")
        assert json.loads(poll.stdout)["sources"][0]["new"] == 12


def test_a_named_alternative_is_tried_before_the_menu(tmp_path: Path) -> None:
    site = MovedSite()
    site.add_column("/xxgk/gg/", "公告", 9)
    with moved_site(site) as base:
        write(tmp_path, column_at(f"{base}{OLD}", alternatives=[f"{base}/no/", f"{base}/xxgk/gg/"]))
        found = verify(tmp_path)["cn-x"]["columns"][0]
    assert found["now"] == {"url": f"{base}/xxgk/gg/", "params": {}, "by": "alternative"}


def test_a_release_that_corrects_the_file_wins(tmp_path: Path) -> None:
    site = MovedSite()
    site.add_column("/xxgk/gg/", "公告", 9)
    with moved_site(site) as base:
        write(tmp_path, column_at(f"{base}{OLD}"))
        verify(tmp_path)
        write(tmp_path, column_at(f"{base}/xxgk/gg/"))
        found = verify(tmp_path)["cn-x"]["columns"][0]
    assert (found["verdict"], found["url"]) == ("ok", f"{base}/xxgk/gg/")


def test_a_column_that_no_menu_names_is_left_to_a_person(tmp_path: Path) -> None:
    site = MovedSite()
    site.pages["/"] = "<html><body><a href=/a>登录</a></body></html>"
    with moved_site(site) as base:
        write(tmp_path, column_at(f"{base}{OLD}"))
        found = verify(tmp_path, code=3)["cn-x"]["columns"][0]
    assert found["verdict"] == "failing"
    assert "now" not in found


def test_each_source_is_asked_once(tmp_path: Path) -> None:
    with Replica("trs_static") as replica:
        notices(replica)
        write(tmp_path, replica.source("cn-x"))
        verify(tmp_path)
        paths = [path for path in replica.paths() if "robots" not in path]
    assert len(paths) == len(set(paths)) <= 3  # the list, one notice and its page of the list


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    with moved_site(MovedSite()) as base:
        write(tmp_path, column_at(f"{base}{OLD}"))
        assert verify(tmp_path, "--dry-run")["cn-x"]["columns"][0]["verdict"] == "moved"
    assert not (tmp_path / "data" / FILE_NAME).exists()
    assert not (tmp_path / "data" / "sources-report.txt").exists()


def test_what_is_shared_names_shipped_sources_only(tmp_path: Path) -> None:
    share = tmp_path / "share.json"
    with Replica("trs_static") as one, Replica("trs_static") as other:
        notices(one)
        notices(other)
        own = other.source(
            "my-own", http={"min_gap_seconds": 0, "proxy": "http://me:pw@127.0.0.1:1"}
        )
        write(tmp_path, one.source("cn-miit"), own)
        verify(tmp_path, "--share", str(share), code=3)
    text = share.read_text("utf-8")
    told = json.loads(text)
    assert [source["key"] for source in told["sources"]] == ["cn-miit"]
    assert "pw@" not in text
    assert str(tmp_path) not in text


def test_people_read_what_to_do_by_site(tmp_path: Path) -> None:
    with moved_site(MovedSite()) as base, Replica("trs_static") as down:
        notices(down)
        down.fault("forbidden")
        write(tmp_path, column_at(f"{base}{OLD}"), down.source("cn-down"))
        result = run(tmp_path, "source", "verify")
    assert result.exit_code == 3
    lines = result.stdout.split("\n")
    assert lines[0] == "1 of 2 sources read as their files expect"
    assert f"cn-x/tzgg moved to {base}{NEW}" in lines
    assert "cn-down · 演示机关" in lines
    assert any(line.startswith("    to do: try from an address in China") for line in lines)
    assert "[1/2]" in result.stderr
    assert "looking where it went" in result.stderr


@pytest.mark.parametrize("content", ["sources: [1]", "sources: {cn-x: {evidence: {level: sure}}}"])
def test_a_broken_overlay_is_told_in_one_sentence(content: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / FILE_NAME).write_text(content, "utf-8")
    write(tmp_path, column_at("http://127.0.0.1:9/"))
    result = run(tmp_path, "source", "list")
    assert result.exit_code == 1
    assert FILE_NAME in f"{result.stderr}{result.exception}"


def test_the_service_keeps_what_its_own_passes_prove(tmp_path: Path) -> None:
    with Replica("trs_static") as well, Replica("trs_static") as down:
        notices(well)
        notices(down)
        down.fault("forbidden")
        write(tmp_path, well.source("cn-well"), down.source("cn-down"))
        run(tmp_path, "--json", "crawl")
        app = Application(
            data_dir_option=tmp_path / "data", sources_dir_option=tmp_path / "sources"
        )
        note_live_sources(app)
        first = overlay(tmp_path)
        note_live_sources(app)
    assert set(first) == {"cn-well"}
    assert first["cn-well"]["evidence"]["level"] == "live"
    assert first["cn-well"]["evidence"]["note"].startswith("6 rows in a pass of the service")
    assert overlay(tmp_path) == first
