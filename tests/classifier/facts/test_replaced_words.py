"""The facts of a decision to amend are those of its new words."""

from __future__ import annotations

from typing import Any

import pytest

from classifier.facts import extract_facts, extract_facts_from_text
from domain.records.observation import Block

FINE = {"currency": "CNY", "basis": "fixed"}


def values(text: str) -> list[Any]:
    return [fact.value.to_json() for fact in extract_facts_from_text(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "将第六条中的“处二万元以上四万元以下罚款”修改为“处四万元以上八万元以下罚款”。",
            [{"min": 40_000, "max": 80_000, **FINE}],
        ),
        (
            "“三千元以下罚款”、“二千元以下罚款”分别改为“七千元以下罚款”、“六千元以下罚款”。",
            [{"min": 0, "max": 7_000, **FINE}, {"min": 0, "max": 6_000, **FINE}],
        ),
        (
            "将“处二万元罚款”统一修改为“处七万元罚款”。",
            [{"min": 70_000, "max": 70_000, **FINE}],
        ),
        ("将\"处二万元罚款\"调整为\"处七万元罚款\"。", [{"min": 70_000, "max": 70_000, **FINE}]),
        ("删去第七条第三款中的“并处三千元罚款”。", []),
        ("第七条中的“并处三千元罚款”一句予以删除。", []),
        (
            "将第四条、第六条中的“20日内”改为“8个工作日内”。",
            [{"duration": "P8D", "working_days": True}],
        ),
        (
            "将第四条中的“2026年5月31日前”修改为“2026年10月31日前”。",
            [{"date": "2026-10-31", "yearly": False}],
        ),
        (
            "第十五条增加一款作为第三款：“瞒报数据的，处七万元以下罚款。”",
            [{"min": 0, "max": 70_000, **FINE, "offence": "瞒报数据"}],
        ),
        (
            "原规定第四条规定，瞒报的处二万元罚款，现调整为处七万元罚款。",
            [{"min": 70_000, "max": 70_000, **FINE, "offence": "瞒报"}],
        ),
    ],
)  # fmt: skip
def test_replaced_and_deleted_words_state_nothing(text: str, expected: list[Any]) -> None:
    assert values(text) == expected


def test_words_in_quotes_of_an_ordinary_act_are_its_own() -> None:
    (fact,) = extract_facts_from_text("未标注“梯次利用”、“废旧”字样的，处二万元罚款。")
    assert fact.value.to_json()["offence"] == "未标注“梯次利用”、“废旧”字样"


def test_the_old_column_of_a_comparison_states_nothing() -> None:
    rows = (("修改前", "修改后"), ("瞒报的，处二万元罚款。", "瞒报的，处七万元罚款。"))
    (fact,) = extract_facts("", [Block(kind="table", text="", rows=rows)])
    assert fact.value.to_json() == {"min": 70_000, "max": 70_000, **FINE, "offence": "瞒报"}


def test_a_quote_keeps_the_replaced_words() -> None:
    text = "将第六条中的“处二万元罚款”修改为“处七万元罚款”。"
    assert extract_facts_from_text(text)[0].quote == text
