"""How much may be stored and for how long, in English."""

from __future__ import annotations

import pytest

from domain.law.duties import Limit
from i18n.en.limit_phrases import keep_within


@pytest.mark.parametrize(
    ("parameter", "value", "unit", "thing", "english"),
    [
        ("贮存退役动力电池总量", 5, "吨", "", "store at most 5 t of retired power batteries"),
        ("单批贮存时间", 30, "日", "退役动力电池",
         "store each batch of retired power batteries for at most 30 days"),
        ("存放废旧动力电池", 50, "吨", "", "store at most 50 t of used power batteries"),
    ],
)  # fmt: skip
def test_storage(parameter: str, value: float, unit: str, thing: str, english: str) -> None:
    limit = Limit(parameter=parameter, comparator="<=", value=value, unit=unit)
    assert keep_within(limit, "", thing) == english


def test_a_grade_is_a_grade() -> None:
    limit = Limit(parameter="耐火等级", comparator=">=", value=2, unit="级")
    assert keep_within(limit) == "keep the fire-resistance rating at or above grade 2"
