"""Acts found by the names that people have for them, the wrong ones included."""

from __future__ import annotations

from datetime import date

import pytest

from config.loader import load_register
from config.model import Bilingual
from config.registered_act import RegisteredAct, WrongName
from domain.law.law_list import law_entries
from domain.law.law_lookup import find_law
from domain.law.register_names import RegisterNames

DAY = date(2026, 11, 30)
MEASURES = RegisteredAct(
    key="measures",
    title="某类电池回收管理暂行办法",
    title_en="Interim Measures for the Recycling of Certain Power Batteries",
    document_number="某部联〔2018〕7号",
    status="in_force",
    aliases=("电池回收暂行办法",),
    aliases_en=("Document 7",),
    wrong_names=(
        WrongName(
            name="2021 Provisional Measures",
            why=Bilingual(zh="发布于2018年", en="they were issued in 2018"),
        ),
        WrongName(name="电池回收条例", why=Bilingual(zh="并非条例", en="they are no regulation")),
    ),
)
CODE = RegisteredAct(
    key="code-standard",
    title="某类电池编码规则",
    title_en="Coding rules for certain batteries",
    document_number="GB/T 99014-2017",
    status="in_force",
)


def found(query: str) -> list[tuple[str | None, str | None]]:
    """Keys, and the wrong name by which each was asked for."""
    entries = law_entries([MEASURES, CODE], [], DAY)
    hits = find_law(entries, query)
    return [(hit.key, hit.asked_as.name if hit.asked_as else None) for hit in hits]


@pytest.mark.parametrize(
    "query",
    [
        "某部联〔2018〕7号",
        "某部联[2018]7号",
        "某部联［2018］ 7 号",
        "《某类电池回收管理暂行办法》",
        "电池回收暂行办法",
        "document 7",
        "measures",
        "interim measures power batteries",
        "Provisional measures on the recovery of traction batteries",
    ],
)
def test_a_right_name_finds_the_act_and_says_nothing_of_wrong_ones(query: str) -> None:
    assert found(query) == [("measures", None)]


@pytest.mark.parametrize(
    "query", ["GB/T 99014", "gb/t99014—2017", "GBT 99014-2017", "coding rules"]
)
def test_a_standard_is_found_however_its_number_is_written(query: str) -> None:
    assert found(query) == [("code-standard", None)]


@pytest.mark.parametrize(
    "query",
    [
        "2021 Provisional Measures",
        "the 2021 interim measures",
        "Interim Measures of 2021 on battery recycling",
        "provisional measures (2021)",
    ],
)
def test_a_wrong_name_is_answered_with_the_right_act(query: str) -> None:
    assert found(query) == [("measures", "2021 Provisional Measures")]


def test_a_wrong_chinese_name_is_found_inside_a_sentence() -> None:
    assert found("电池回收条例的罚款") == [("measures", "电池回收条例")]


@pytest.mark.parametrize("query", ["17号", "8", "GB/T 9901", "99014-201", "018"])
def test_a_part_of_a_number_is_not_the_number(query: str) -> None:
    assert found(query) == []


@pytest.mark.parametrize(
    ("query", "key"), [("7号", "measures"), ("2018", "measures"), ("99014", "code-standard")]
)
def test_a_whole_number_within_one_is_found(query: str, key: str) -> None:
    assert found(query) == [(key, None)]


@pytest.mark.parametrize("query", ["2021", "2021 measures for labels", "provisional"])
def test_a_part_of_a_wrong_name_is_no_wrong_name(query: str) -> None:
    assert all(wrong is None for _, wrong in found(query))


def test_a_name_is_known_in_its_wrapper_and_with_its_number() -> None:
    names = RegisterNames([MEASURES, CODE])
    assert names.find("某部等五部门关于印发《某类电池回收管理暂行办法》的通知") is MEASURES
    assert names.find("任何标题", "某部联［2018］7号") is MEASURES
    assert names.find("某类电池回收管理暂行办法", "2018年第7号文") is MEASURES
    assert names.find("某类电池回收管理暂行办法", "某厅发〔2020〕1号") is None
    assert names.find("某类电池回收管理暂行办法（征求意见稿）") is None
    assert names.find("通知") is None


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("GB/T 99020", ["series", "part-1", "part-2"]),
        ("gb/t99020", ["series", "part-1", "part-2"]),
        ("GB/T 99020.2", ["part-2"]),
        ("GB/T 99020—2017", ["part-1"]),
        ("GB/T 9902", []),
    ],
)
def test_a_series_is_found_with_its_parts(query: str, keys: list[str]) -> None:
    acts = [
        RegisteredAct(
            key=key, title=f"某系列标准{key}", title_en=key, document_number=number,
            aliases=aliases, status="in_force",
        )
        for key, number, aliases in (
            ("series", "GB/T 99020", ()),
            ("part-1", "GB/T 99020-2017", ()),
            ("part-2", "GB/T 99020.2-2020", ("GB/T 99020.2",)),
            ("other", "GB/T 99021-2020", ()),
        )
    ]  # fmt: skip
    found = find_law(law_entries(acts, [], DAY), query)
    assert sorted(hit.key or "" for hit in found) == sorted(keys)
    assert not keys or found[0].key == keys[0]


def test_the_shipped_wrong_names_lead_to_the_right_acts() -> None:
    entries = law_entries(load_register(), [], DAY)
    for query, key in (
        ("2021 Provisional Measures", "miit-2018-43"),
        ("GB/T 34015 traceability code", "gbt-34014"),
    ):
        first = find_law(entries, query)[0]
        assert (first.key, first.asked_as is not None) == (key, True)
