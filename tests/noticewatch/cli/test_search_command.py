"""The command search: questions in two languages, filters shown, refused, let go."""

import pytest

from tests.noticewatch.filled import fill
from tests.noticewatch.invoked import as_json, run

pytestmark = pytest.mark.usefixtures("inside")


@pytest.fixture
def folder(tmp_path):
    fill(tmp_path / "data")
    return str(tmp_path / "data")


def test_an_english_question_finds_the_chinese_act_and_its_duty(folder):
    found = as_json(
        "--data-dir", folder, "search", "how long do recyclers in Jiangsu have to report?"
    )
    assert found["mode"] == "auto"
    assert [(one["kind"], one["value"], one["from"]) for one in found["filters"]] == [
        ("role", "recycler", "recyclers"), ("jurisdiction", "CN-JS", "Jiangsu"),
    ]  # fmt: skip
    (hit,) = found["hits"]
    assert hit["title"] == "江苏省废旧动力电池回收利用管理办法"
    assert hit["severity"] in ("red", "amber")
    assert hit["status"] == "not_yet"
    assert found["answer"]["en"] == f"Jiangsu · {hit['answer']['en']}"
    assert found["answer"]["quote"] == hit["answer"]["quote"]
    assert found["answer"]["quote"].endswith("起30日内通过国家溯源信息平台报送入库信息。")
    assert "within 30 days" in found["answer"]["en"]


def test_what_was_read_and_answered_is_printed(folder):
    done = run("--data-dir", folder, "search", "how long do recyclers in Jiangsu have to report?")
    assert "filters: role recyclers (“recyclers”), jurisdiction Jiangsu (“Jiangsu”)" in done.stderr
    assert "answer: Jiangsu · Recyclers must report" in done.stdout
    assert "起30日内通过国家溯源信息平台报送入库信息。" in done.stdout


def test_a_filter_that_leaves_nothing_is_said(folder):
    done = run("--data-dir", folder, "search", "battery measures in Hainan")
    assert "nothing found with jurisdiction Hainan (“Hainan”): searched without" in done.stderr
    assert "江苏省废旧动力电池回收利用管理办法" in done.stdout
    assert as_json("--data-dir", folder, "search", "battery measures in Hainan")["filters"] == [
        {"kind": "jurisdiction", "value": "CN-HI", "from": "Hainan", "applied": False}
    ]


def test_nothing_found_says_what_was_tried(folder):
    done = run("--data-dir", folder, "search", "zorblax in Hainan")
    assert "tried words and meaning with jurisdiction=CN-HI; with no filter" in done.stderr
    tried = as_json("--data-dir", folder, "search", "zorblax in Hainan")["tried"]
    assert tried == [
        {"filters": ["jurisdiction=CN-HI"], "found": 0}, {"filters": [], "found": 0},
    ]  # fmt: skip


@pytest.mark.parametrize("refused", ["jurisdiction", "jurisdiction=CN-JS"])
def test_a_filter_can_be_refused(folder, refused):
    found = as_json("--data-dir", folder, "search", "Jiangsu measures", "--no-filter", refused)
    assert found["filters"] == []


def test_an_unknown_filter_is_refused_in_a_sentence(folder):
    done = run("--data-dir", folder, "search", "x", "--no-filter", "place", code=1)
    assert "there is no filter 'place' (known: jurisdiction, role" in str(done.exception)


def test_by_the_letter_as_before(folder):
    found = as_json("--data-dir", folder, "search", "移交废旧动力电池", "--mode", "text")
    assert found["mode"] == "text"
    assert found["total"] == 1
    assert found["filters"] == found["tried"] == []
