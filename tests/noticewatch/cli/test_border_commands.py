"""What ``collect`` and ``receive`` say on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.main import cli
from noticewatch.demo.replica import Replica


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def told(*words: str) -> Any:
    done = invoke("--json", *words)
    assert done.exit_code in {0, 3}, f"{done.output}{done.exception}"
    return json.loads(done.stdout)


def refused(*words: str) -> str:
    done = invoke(*words)
    assert isinstance(done.exception, NoticewatchError), done.output
    return str(done.exception)


COLLECT = ("collect", "--name", "inside", "--key", "inside.key", "--out")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("collect",), "collect needs --out, --name, --key"),
        (("collect", "--out", "x", "--name", "inside"), "collect needs --key"),
        (("collect", "--out", "x", "--name", "a", "--key", "none"), "cannot be read"),
        ((*COLLECT, "http://hub.example.com"), "reached by https"),
        ((*COLLECT, "https://hub.example.com"), "NOTICEWATCH_BORDER_TOKEN"),
        ((*COLLECT, "x", "--hub-key", "abc"), "is no public key"),
        (("collect", "--name", "../x", "--key", "inside.key", "--out", "x"), "--name"),
        (("receive", "x"), "no collector is trusted"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(
    home: Path, words: tuple[str, ...], sentence: str
) -> None:
    assert told("collect", "--make-key", "inside.key")["file"] == "inside.key"
    assert sentence in refused(*words)


def test_from_key_to_archive_and_back_by_an_offer(home: Path) -> None:
    public = told("collect", "--make-key", "inside.key")["public_key"]
    with Replica("trs_static") as replica:
        for number in range(2):
            replica.add(f"关于第{number}批退役动力电池检查的通知", _day(number))
        (home / "sources").mkdir()
        (home / "sources" / "office.yml").write_text(
            yaml.safe_dump(replica.source("office"), allow_unicode=True), "utf-8"
        )
        border = {"collectors": {"inside": {"public_key": public, "sources": ["off*"]}}}
        settings = {"sources_dir": "sources", "border": border}
        (home / "noticewatch.yml").write_text(yaml.safe_dump(settings), "utf-8")
        hub_key = told("receive", "--hub-key")["public_key"]
        collect = ("--data-dir", "beyond", *COLLECT, "over", "--hub-key", hub_key)
        first = told(*collect)
        assert (first["made"], first["waiting"]) == ([1], 1)
        assert told("receive", "over", "--dry-run")["taken"] == [
            {"collector": "inside", "number": 1}
        ]
        received = told("receive", "over", "--offer", "over")
        assert [run["new"] for run in received["sources"]] == [2]
        assert received["collectors"][0]["last_bundle"] == 1
        assert told("crawl")["sources"] == []  # it is the collector's now
        second = told(*collect)
        assert (second["made"], second["waiting"]) == ([2], 1)
    doctor = invoke("doctor").stdout
    assert "collector inside" in doctor
    assert "bundle 1, came" in doctor
    assert invoke("receive", "over", "--begin-anew", "outside").exception is not None


def _day(number: int) -> Any:
    from datetime import date

    return date(2026, 9, 1 + number)
