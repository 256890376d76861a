"""The law on the command line: its list, duties, the day after an event, an act on a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.noticewatch.filled import fill
from tests.noticewatch.invoked import as_json, run


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, int]:
    folder: Path = tmp_path_factory.mktemp("duties")
    return "--data-dir", str(folder), fill(folder)


def test_duties_name_who_what_when_or_else(data: tuple[str, str, int]) -> None:
    option, folder, act = data
    answer = as_json("duties", option, folder)
    [duty] = [item for item in answer["duties"] if item["notice_id"] == act]
    assert (duty["who"]["role"], duty["act"], duty["when"]["duration"]) == (
        "recycler", "report", "P30D",
    )  # fmt: skip
    assert duty["sanctions"][0]["max"] == 30_000
    assert duty["en"].startswith("Recyclers must report")
    assert as_json("duties", option, folder, "--role", "importer")["duties"] == []
    printed = run("duties", option, folder).stdout
    assert "within 30 days after receipt (if not: a fine of ¥10,000–30,000)" in printed


def test_due_counts_from_the_event(data: tuple[str, str, int]) -> None:
    option, folder, act = data
    [duty] = [
        item["id"]
        for item in as_json("duties", option, folder)["duties"]
        if item["notice_id"] == act
    ]
    answer = as_json("due", duty, "--event", "2026-12-01", option, folder)
    assert answer == {
        "due": "2026-12-31",
        "counted": "30 days after 2026-12-01, that day not counted",
        "provisional": False,
    }


def test_wrong_input_is_one_sentence(data: tuple[str, str, int]) -> None:
    option, folder, _ = data
    wrong = run("due", "99-0000000000", "--event", "2026-12-01", option, folder, code=1)
    assert str(wrong.exception) == (
        "there is no duty 99-0000000000 (the command duties lists them)"
    )
    assert "no role 'cook'" in str(
        run("duties", "--role", "cook", option, folder, code=1).exception
    )


def test_the_law_list_is_there_from_the_first_minute(tmp_path: Path) -> None:
    option, folder = "--data-dir", str(tmp_path)
    acts = as_json("law", "43号", "--as-of", "2026-03-31", option, folder)["acts"]
    assert [(act["key"], act["status"]) for act in acts] == [("miit-2018-43", "in_force")]
    [act] = as_json("law", "43号", option, folder)["acts"]
    assert act["status_line"] == "Repealed on 1 Apr 2026 by Order 73"


def test_an_act_on_a_day(data: tuple[str, str, int]) -> None:
    option, folder, act = data
    before = as_json("show", str(act), "--as-of", "2020-01-01", option, folder)
    assert (before["known"], before["articles"]) == (False, [])
    after = as_json("show", str(act), "--as-of", "2027-01-02", option, folder)
    assert (after["known"], after["status"]) == (True, "in_force")
    assert [item["article"] for item in after["articles"]] == ["第一条", "第二条", "第三条"]
    assert after["articles"][1]["source"]["id"] == act
