"""Amounts and limits in the ways that texts write numbers."""

from __future__ import annotations

import pytest

from classifier.facts import extract_facts_from_text
from domain.records.fact_values import DateValue, FineValue, ThresholdValue


def values(text: str, kind: type) -> list[object]:
    return [f.value for f in extract_facts_from_text(text, "办法") if isinstance(f.value, kind)]


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("壹万贰仟元", 12_000, 12_000),
        ("人民币伍仟圆以上贰万圆以下", 5_000, 20_000),
        ("１０，０００元", 10_000, 10_000),
        ("10 000元以上30 000元以下", 10_000, 30_000),
        ("12\u00a0500 元", 12_500, 12_500),
        ("廿万元", 200_000, 200_000),
        ("RMB 2万元", 20_000, 20_000),
        ("10万元（含）以上30万元（不含）以下", 100_000, 300_000),
    ],
)
def test_sums(written: str, low: int, high: int) -> None:
    (fine,) = values(f"未备案的，处{written}罚款。", FineValue)
    assert isinstance(fine, FineValue)
    assert (fine.min, fine.max) == (low, high)


@pytest.mark.parametrize(
    ("written", "low", "high"), [("二分之一以下", 0, 0.5), ("百分之五以上十分之一以下", 0.05, 0.1)]
)
def test_parts_of_a_sum(written: str, low: float, high: float) -> None:
    (fine,) = values(f"未备案的，处货值金额{written}罚款。", FineValue)
    assert isinstance(fine, FineValue)
    assert (fine.basis, fine.min, fine.max) == ("multiple", low, high)


@pytest.mark.parametrize("text", ["未备案的，处 0元罚款。", "未备案的，处2026 000元罚款。"])
def test_the_end_of_a_cut_number_is_no_fine(text: str) -> None:
    assert values(text, FineValue) == []


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("三十㎡", 30, "㎡"),
        ("300 m²", 300, "m²"),
        ("3 000平方米", 3000, "平方米"),
        ("叁佰平方米", 300, "平方米"),
    ],
)
def test_areas(written: str, value: float, unit: str) -> None:
    (limit,) = values(f"贮存面积不少于{written}。", ThresholdValue)
    assert isinstance(limit, ThresholdValue)
    assert (limit.value, limit.unit) == (value, unit)


@pytest.mark.parametrize("day", ["2027年元月1日", "二〇二七年元月一日", "２０２７年１月１日"])
def test_the_first_month_by_its_old_name(day: str) -> None:
    (found,) = values(f"本办法自{day}起施行。", DateValue)
    assert str(getattr(found, "text", "")) == "2027-01-01"
