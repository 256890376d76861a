"""The law list on the command line: handles, wrong names, one act with all that is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.noticewatch.invoked import as_json, run


@pytest.fixture
def empty(tmp_path: Path) -> tuple[str, str]:
    return "--data-dir", str(tmp_path)


def test_a_document_number_stands_in_its_place_and_the_key_is_a_handle(
    empty: tuple[str, str],
) -> None:
    lines = run("law", "生态环境", *empty).stdout.splitlines()
    assert lines[0] == "CN    中华人民共和国生态环境法典"  # it has no number
    assert lines[2].endswith("(some articles, reported)  [law eco-code]")
    assert "scope: One code for pollution control" in run("law", "eco-code", *empty).stdout


def test_one_act_is_shown_with_all_that_is_known_of_it(empty: tuple[str, str]) -> None:
    shown = run("law", "Order 73", *empty).stdout
    for told in (
        "In force since 1 Apr 2026; rule of a department (some articles, reported)",
        "also called: Order 73;",
        "art. 24: Duties of recyclers",
        "replaces: 工信部联节〔2018〕43号;",
        "not: “CATL-led platform”:",
        "found in: ",
    ):
        assert told in shown
    assert "art. 24" not in run("law", "电池", *empty).stdout  # many acts, a line or three each


def test_a_wrong_name_is_answered_with_the_right_act(empty: tuple[str, str]) -> None:
    shown = run("law", "2021 Provisional Measures", *empty).stdout.splitlines()
    assert shown[0].startswith("“2021 Provisional Measures” is not its right name: ")
    assert "新能源汽车动力蓄电池回收利用管理暂行办法" in shown[1]


def test_a_search_names_registered_acts_before_the_first_pass(empty: tuple[str, str]) -> None:
    shown = run("search", "2021 Provisional Measures", *empty).stdout
    assert "is not its right name" in shown
    assert "[law miit-2018-43]" in shown
    [act] = as_json("search", "GB/T 34014", *empty)["law"]
    assert (act["key"], act["status"], act["wrong_name"]) == ("gbt-34014", "in_force", None)
    assert as_json("search", "no such act", *empty)["law"] == []
