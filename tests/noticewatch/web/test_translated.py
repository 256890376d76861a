"""A machine translation where readers meet it: alert, page and command line, always marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from archive.store import Archive
from noticewatch.cli.main import cli
from noticewatch.web.app import create_app
from tests.fakes.translator import translator
from tests.noticewatch import filled
from tests.noticewatch.web.site import make_site

TITLE = "江苏省废旧动力电池回收利用管理办法"
PASSAGE = "第二条 未按规定移交废旧动力电池的，处一万元以上三万元以下罚款。"
MARK = "achine translation (m-1): Jiangsu Measures <!channel> & Co"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    filled.fill(tmp_path / "data")
    return tmp_path


def command(folder: Path, *args: str) -> str:
    options = ["--config", str(folder / "noticewatch.yml"), "--data-dir", str(folder / "data")]
    result = CliRunner().invoke(cli, [*options, *args], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def settings(folder: Path, url: str, language: str = "en") -> None:
    (folder / "noticewatch.yml").write_text(
        f"translation: {{provider: openai, url: '{url}/v1', model: m-1, timeout_seconds: 2}}\n"
        f"subscriptions: [{{channel: terminal, language: {language}}}]\n"
    )


def test_alert_and_show_carry_it_marked(folder: Path) -> None:
    with translator() as far:
        far.answers = {TITLE: "Jiangsu Measures <!channel> & Co", PASSAGE: "Two yuan"}
        settings(folder, far.url)
        told = command(folder, "notify")
        assert MARK in told
        assert "Two yuan" not in told  # the sums did not survive
        assert MARK in command(folder, "show", "1")
        assert "Two yuan" not in command(folder, "--json", "show", "1")


def test_readers_of_chinese_get_none(folder: Path) -> None:
    with translator() as far:
        far.answers = {TITLE: "Jiangsu Measures"}
        settings(folder, far.url, language="zh")
        assert "Jiangsu Measures" not in command(folder, "notify")


@pytest.mark.parametrize("fault", ["hang", "error"])
def test_the_alert_goes_out_without_it(folder: Path, fault: str) -> None:
    with translator() as far:
        far.fault = fault
        settings(folder, far.url)
        told = command(folder, "notify")
    assert TITLE in told
    assert "achine translation" not in told


def test_a_dry_run_asks_nobody(folder: Path) -> None:
    with translator() as far:
        settings(folder, far.url)
        command(folder, "notify", "--dry-run")
        assert far.asked == []


def test_the_page_shows_it_marked_and_escaped(folder: Path) -> None:
    with Archive.open(folder / "data") as archive:
        archive.translations.save(TITLE, "Measures <b>now</b>", "m-1")
    with TestClient(create_app(make_site(folder / "data"))) as client:
        page = client.get("/notices/1?lang=en").text
        assert "<b>Machine translation</b> (m-1): Measures &lt;b&gt;now&lt;/b&gt;" in page
        assert TITLE in page
        assert "Measures &lt;b&gt;" not in client.get("/notices/1?lang=zh").text
