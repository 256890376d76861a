"""Obligations on the command line, and as files for other programs."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
import yaml
from lxml import etree

from tests.noticewatch.filled import fill
from tests.noticewatch.invoked import as_json, run

RECYCLER = {"key": "js-recycler", "name": "江苏绿桐循环科技有限公司", "roles": ["recycler"],
            "places": ["CN-JS"]}  # fmt: skip


@pytest.fixture(autouse=True)
def act(inside: None, tmp_path: Path) -> int:
    text = yaml.safe_dump({"entities": [RECYCLER]}, allow_unicode=True)
    (tmp_path / "entities.yml").write_text(text, "utf-8")
    return fill(tmp_path / "data")


def test_what_applies_is_listed_taken_and_done(act: int, tmp_path: Path) -> None:
    (one,) = as_json("obligations", "list")["obligations"]
    assert (one["entity"], one["notice_id"], one["state"]) == ("js-recycler", act, "open")
    assert one["en"].startswith("Recyclers must report")
    number = str(one["id"])
    assert as_json("obligations", "take", number, "--who", "anna")["owner"] == "anna"
    (tmp_path / "proof.txt").write_text("sent", "utf-8")
    done = as_json(
        "obligations", "done", number, "--who", "anna", "--file", "proof.txt",
        "--link", "https://intra.example/7", "--note", "filed",
    )  # fmt: skip
    assert (done["state"], [proof["kind"] for proof in done["evidence"]]) == (
        "done", ["file", "link"],
    )  # fmt: skip
    shown = as_json("obligations", "show", number)
    assert [step["action"] for step in shown["history"]] == [
        "open", "take", "evidence_file", "evidence_link", "done",
    ]  # fmt: skip
    assert as_json("obligations", "list", "--state", "open")["obligations"] == []
    assert "anna: done filed" in run("obligations", "show", number).stdout


def test_not_for_us_needs_a_reason_and_reopen_opens() -> None:
    (one,) = as_json("obligations", "list")["obligations"]
    number = str(one["id"])
    run("obligations", "not-for-us", number, "--who", "li", code=2)
    closed = as_json("obligations", "not-for-us", number, "--who", "li", "--reason", "sold")
    assert (closed["state"], closed["reason"]) == ("not_for_us", "sold")
    wrong = run("obligations", "take", number, "--who", "li", code=1)
    assert "is not for us: reopen it first" in str(wrong.exception)
    assert as_json("obligations", "reopen", number, "--who", "li")["state"] == "open"


def export(form: str) -> bytes:
    run("obligations", "export", "--format", form, "--out", "file")
    return Path("file").read_bytes()


def test_tables_hold_a_row_for_each() -> None:
    head, row = export("csv").decode("utf-8-sig").splitlines()
    assert head.startswith("id,entity,state,owner,due,en,zh")
    assert ",js-recycler,open," in row
    sheet = openpyxl.load_workbook(io.BytesIO(export("xlsx"))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][1:3] == ["js-recycler", "open"]


def test_oscal_is_a_plan_with_a_risk_and_an_item_for_each() -> None:
    plan = json.loads(export("oscal"))["plan-of-action-and-milestones"]
    assert set(plan) == {"uuid", "metadata", "system-id", "risks", "poam-items"}
    assert set(plan["metadata"]) == {"title", "last-modified", "version", "oscal-version"}
    (risk,), (item,) = plan["risks"], plan["poam-items"]
    assert item["related-risks"] == [{"risk-uuid": risk["uuid"]}]
    assert risk["status"] == "open"
    assert risk["statement"] == "a fine of ¥10,000–30,000"
    assert {prop["name"]: prop["value"] for prop in risk["props"]}["entity"] == "js-recycler"
    again = json.loads(export("oscal"))["plan-of-action-and-milestones"]
    assert again["uuid"] == plan["uuid"]


def test_rss_tells_what_is_not_closed() -> None:
    feed = etree.fromstring(export("rss"))
    assert (feed.tag, feed.get("version")) == ("rss", "2.0")
    (title,) = feed.xpath("//item/title/text()")
    assert title.endswith("(js-recycler)")
    (one,) = as_json("obligations", "list")["obligations"]
    run("obligations", "done", str(one["id"]), "--who", "anna")
    assert etree.fromstring(export("rss")).xpath("//item") == []


def test_the_settings_ask_for_a_second_person(tmp_path: Path) -> None:
    (tmp_path / "noticewatch.yml").write_text("second_person_for_red: true\n", "utf-8")
    (one,) = as_json("obligations", "list")["obligations"]
    assert one["severity"] == "amber"
    assert as_json("obligations", "done", str(one["id"]), "--who", "anna")["state"] == "done"
