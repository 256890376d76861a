"""`noticewatch fields`: what an interface must carry, and what became of each field."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from domain.records.fact import Fact
from domain.records.states import FactKind
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.main import cli
from noticewatch.web.app import create_app
from tests.noticewatch import filled
from tests.noticewatch.web.site import make_site

URL = "https://a.example/fields"
TITLE = "动力电池溯源信息接口规范"
HEAD = "序号\t字段名称\t类型\t长度\t必填"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    old = [HEAD, "17\t电池编码\t字符\t24\t是", "18\t额定容量\t数值\t10\t否"]
    new = [
        HEAD,
        "17\t电池编码\t字符\t24\t是",
        "18\t额定容量\t数值\t10\t是",
        "19\t产地\t字符\t40\t否",
    ]
    with Archive.open(tmp_path, clock=lambda: filled.NOW) as archive:
        for hours, rows in enumerate((old, new)):
            at = filled.NOW + timedelta(hours=hours)
            archive.ingest(filled.observation(URL, TITLE, ["\n".join(rows)], at))
    return tmp_path


def command(folder: Path, *args: str) -> str:
    result = CliRunner().invoke(cli, ["--data-dir", str(folder), *args], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_csv_of_the_newest_and_of_an_older_version(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(command(folder, "fields", "1", "--format", "csv"))))
    assert [(row["number"], row["name"], row["mandatory"]) for row in rows] == [
        ("17", "电池编码", "yes"), ("18", "额定容量", "yes"), ("19", "产地", "no"),
    ]  # fmt: skip
    older = command(folder, "fields", "1", "--format", "csv", "--version", "1")
    assert "18,额定容量,数值,10,no" in older


def test_json_schema_into_a_file(folder: Path) -> None:
    out = folder / "out" / "schema.json"
    command(folder, "fields", "1", "--format", "json-schema", "--out", str(out))
    schema = json.loads(out.read_text(encoding="utf-8"))
    assert schema["required"] == ["电池编码", "额定容量"]
    assert schema["title"] == TITLE


def test_what_became_of_each_field(folder: Path) -> None:
    told = command(folder, "fields", "1", "--compare", "1..2").splitlines()
    assert told == ["field 18 (额定容量) became mandatory", "field 19 (产地) is new"]
    changes = json.loads(command(folder, "--json", "fields", "1", "--compare", "1..2"))
    assert changes[0]["before"]["mandatory"] is False
    assert changes[0]["after"]["mandatory"] is True


def test_lists_for_people_and_programs(folder: Path) -> None:
    assert "额定容量" in command(folder, "fields", "1")
    assert json.loads(command(folder, "--json", "fields", "1"))[2]["number"] == "19"


def test_the_page_links_both_files(tmp_path: Path) -> None:
    value = {"name": "额定容量", "type": "数值", "length": 10, "mandatory": True}
    fact = Fact.from_json(
        kind=FactKind.DATA_FIELD, value=value, quote="18\t额定容量", where="正文表1行3"
    )
    with Archive.open(tmp_path, clock=lambda: filled.NOW) as archive:
        archive.ingest(filled.observation(URL, TITLE, ["一、动力电池", "二、数据"], filled.NOW))
        filled._classify(archive, (fact,))
    with TestClient(create_app(make_site(tmp_path))) as client:
        page = html.fromstring(client.get("/notices/1").text)
        links = [link for link in page.xpath("//a/@href") if "/fields." in link]
        assert links == ["/notices/1/fields.csv", "/notices/1/fields.schema.json"]
        assert "18,额定容量,数值,10,yes" in client.get(links[0]).text
        assert client.get(links[1]).json()["required"] == ["额定容量"]
        assert client.get("/notices/7/fields.csv").status_code == 404


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["fields", "9"], "no notice 9"),
        (["fields", "1", "--version", "7"], "no version 7"),
        (["fields", "1", "--compare", "1"], r"expected A\.\.B"),
    ],
)
def test_errors_are_one_sentence(folder: Path, args: list[str], words: str) -> None:
    with pytest.raises(NoticewatchError, match=words):
        command(folder, *args)
