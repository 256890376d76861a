"""What somebody meets who adds a source: drafts, mistakes, captures, on a site nobody knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from config.loader import load_sources
from noticewatch.application.sources.source_draft import key_from
from noticewatch.cli.main import cli
from tests.fakes.bureau import TITLE, bureau_site


@pytest.fixture
def bureau() -> Iterator[str]:
    with bureau_site() as base:
        yield base


def invoke(folder: Path, *args: str) -> Any:
    options = ["--data-dir", str(folder / "data"), "--sources-dir", str(folder / "sources")]
    result = CliRunner().invoke(cli, [*options, *args])
    assert result.exit_code == 0, result.output
    return result


def refused(folder: Path, *args: str, code: int = 1) -> str:
    options = ["--data-dir", str(folder / "data")]
    result = CliRunner().invoke(cli, [*options, *args])
    assert result.exit_code == code, result.output
    return f"{result.stderr}{result.exception}"


def test_a_draft_takes_its_names_from_the_page(bureau: str, tmp_path: Path) -> None:
    draft = yaml.safe_load(invoke(tmp_path, "source", "new", f"{bureau}/a/notice.htm").stdout)
    assert draft["publisher"] == "甬江市生态环境局"
    assert draft["columns"] == [
        {"key": "notices", "name": {"zh": "通知公告"}, "url": f"{bureau}/a/notice.htm"}
    ]
    assert (draft["expect"]["min_rows"], draft["evidence"]["level"]) == (4, "live")


@pytest.mark.parametrize(
    ("path", "form", "items"),
    [
        ("/search/interfaces/list.do", "siteId=44&cateId=tzgg&p=1&size=20", "data.docs[]"),
        ("/old/list.do", "", "result[]"),
    ],
)
def test_a_draft_reads_the_answer_of_an_interface(
    bureau: str, tmp_path: Path, path: str, form: str, items: str
) -> None:
    out = tmp_path / "sources"
    invoke(
        tmp_path, "source", "new", bureau + path, "--form", form, "--key", "x", "--out", str(out)
    )
    params = load_sources(out)["x"].columns[0].params
    assert params["items"] == items
    assert params.get("form.p") == ("{page}" if form else None)
    looked = json.loads(invoke(tmp_path, "--json", "source", "check", "x").stdout)["sources"][0]
    assert (looked["state"], looked["rows"], looked["newest"]) == ("ok", 8, "2026-09-09")
    assert looked["list"][0] == {
        "title": TITLE.format(9), "url": f"{bureau}/detail/9.htm", "date": "2026-09-09"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["new", "{base}/detail/4.htm"], 1, "is a notice"),
        (["new", "{base}/shell.htm"], 3, "its script may ask {base}/search/interfaces/list.do"),
        (["new", "{base}/shell.htm", "--out", "no"], 1, "nothing was written"),
        (["new", "{base}/bare/list.do"], 3, "It has rows[]; an entry of rows[] has id, bt"),
        (["new", "{base}/none.htm"], 1, "answers 404; copy the address of the list"),
        (["new", "http://127.0.0.1:1/"], 1, "refused; try the other of http and https"),
        (["new", "example.com/a"], 1, "perhaps http://example.com/a"),
        (["new", "{base}/a/notice.htm", "--key", "cn-mee"], 1, "'cn-mee' exists already"),
        (["new", "{base}/a/notice.htm", "--key", "CN X"], 1, "--key: expected lower-case"),
        (["new", "{base}/a/notice.htm", "--jurisdiction", "cn-zj"], 1, "perhaps CN-ZJ"),
    ],
)
def test_what_a_newcomer_gets_wrong_is_answered_in_a_sentence(
    bureau: str, tmp_path: Path, args: list[str], code: int, told: str
) -> None:
    given = [arg.format(base=bureau) for arg in args]
    assert told.format(base=bureau) in refused(tmp_path, "source", *given, code=code)


@pytest.mark.parametrize(
    ("url", "jurisdiction", "key"),
    [
        ("https://jxt.sc.gov.cn/x/", "CN-SC", "cn-sc-jxt"),
        ("https://www.miit.gov.cn/", "CN", "cn-miit"),
        ("https://sthjj.ningbo.gov.cn/col/1/", "CN-ZJ", "cn-zj-ningbo-sthjj"),
        ("http://127.0.0.1:9/", "CN", "127-0-0-1"),
    ],
)
def test_the_key_of_a_draft(url: str, jurisdiction: str, key: str) -> None:
    assert key_from(url, jurisdiction) == key
    assert key_from(url, jurisdiction, {key: None}) == f"{key}-2"  # type: ignore[dict-item]


def source_file(folder: Path, base: str, more: str) -> list[str]:
    folder.mkdir(exist_ok=True)
    (folder / "x.yml").write_text(
        f"key: x\nname: {{zh: 甬江市生态环境局}}\npublisher: 甬江市生态环境局\n"
        f"jurisdiction: CN-ZJ\nplatform: auto\nhttp: {{min_gap_seconds: 0}}\n"
        f"columns: [{{key: a, url: '{base}/a/notice.htm'}}]\n{more}",
        "utf-8",
    )
    return ["--sources-dir", str(folder)]


def test_a_capture_keeps_a_few_notices_and_names_idle_selectors(
    bureau: str, tmp_path: Path
) -> None:
    options = source_file(
        tmp_path / "sources", bureau, 'selectors: {row: "table tr", body: "#nothing", date: "td:nth-child(2)"}'
    )  # fmt: skip
    (tmp_path / "kept" / "x").mkdir(parents=True)
    (tmp_path / "kept" / "x" / "077.htm").write_text("of an earlier capture")
    result = CliRunner().invoke(
        cli, [*options, "source", "capture", "x", "--notices", "2", "--out", str(tmp_path / "kept")]
    )
    assert result.exit_code == 0, result.output
    assert "selectors.body found nothing in these pages" in result.stderr
    assert "selectors.date" not in result.stderr
    assert "selectors.row" not in result.stderr
    expected = json.loads((tmp_path / "kept" / "x" / "expected.json").read_text("utf-8"))
    assert [n["title"] for n in expected["notices"]] == [TITLE.format(8), TITLE.format(9)]
    assert sorted(p.name for p in (tmp_path / "kept" / "x").iterdir()) == [
        "001.htm", "002.htm", "003.htm", "expected.json", "manifest.tsv"
    ]  # fmt: skip


def test_a_capture_of_nothing_leaves_what_was_kept(bureau: str, tmp_path: Path) -> None:
    options = source_file(tmp_path / "sources", "http://127.0.0.1:1", "")
    kept = tmp_path / "kept" / "x" / "001.htm"
    kept.parent.mkdir(parents=True)
    kept.write_text("of an earlier capture")
    told = refused(tmp_path, *options, "source", "capture", "x", "--out", str(tmp_path / "kept"))
    assert "x is failing: the connection was refused; nothing was kept" in told
    assert kept.read_text() == "of an earlier capture"


@pytest.mark.parametrize("command", ["check", "capture"])
def test_a_selector_that_is_none_is_named(bureau: str, tmp_path: Path, command: str) -> None:
    options = source_file(tmp_path / "sources", bureau, 'selectors: {row: "table[["}')
    told = refused(tmp_path, *options, "source", command, "x")
    assert "source x: selectors.row: 'table[[' is not a CSS selector" in told
