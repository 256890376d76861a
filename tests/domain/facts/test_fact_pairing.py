"""Which fact answers which, and which of the two is stricter for whom it obliges."""

from __future__ import annotations

from typing import Any

import pytest

from domain.facts.fact_pairing import pair_facts
from domain.facts.strictness import direction
from domain.records.fact import Fact
from domain.records.states import FactKind


def fact(kind: FactKind, value: Any, quote: str = "罚款", where: str = "第九条") -> Fact:
    return Fact.from_json(kind=kind, value=value, quote=quote, where=where)


def fine(low: float | None, high: float | None, basis: str = "fixed", **more: Any) -> Fact:
    return fact(FactKind.FINE, {"min": low, "max": high, "basis": basis, **more})


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (fine(5_000, 20_000), fine(10_000, 30_000), "tighter"),
        (fine(5_000, 20_000), fine(5_000, 30_000), "tighter"),
        (fine(5_000, 20_000), fine(0, 20_000), "looser"),
        (fine(5_000, 20_000), fine(10_000, 15_000), "mixed"),
        (fine(5_000, 20_000), fine(5_000, 20_000), "same"),
        (fine(5_000, 20_000), fine(5_000, None), "tighter"),  # 五千元以上, without a cap
        (fine(5_000, None), fine(5_000, 20_000), "looser"),
        (fine(5_000, None), fine(10_000, None), "tighter"),
        (fine(5_000, None), fine(5_000, None), "same"),
        (fine(1, 3, "multiple", on="违法所得"), fine(1, 3, "multiple", on="货值金额"), "unclear"),
        (fine(5_000, 20_000), fine(1, 3, "multiple", on="违法所得"), "unclear"),
    ],
)
def test_direction_of_fines(before: Fact, after: Fact, way: str) -> None:
    assert direction(before, after) == way


@pytest.mark.parametrize(
    "kind", [FactKind.EFFECTIVE_DATE, FactKind.EXPIRY_DATE, FactKind.COMMENT_DEADLINE]
)
def test_an_earlier_day_is_tighter(kind: FactKind) -> None:
    early, late = fact(kind, "2026-04-01"), fact(kind, "2026-07-01")
    assert direction(late, early) == "tighter"
    assert direction(early, late) == "looser"
    assert direction(early, early) == "same"


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ({"date": "--03-31", "yearly": True}, {"date": "--01-31", "yearly": True}, "tighter"),
        ({"date": "2026-03-31", "yearly": False}, {"date": "2026-06-30", "yearly": False}, "looser"),
        ({"date": "2026-03-31", "yearly": False}, {"date": "--03-31", "yearly": True}, "unclear"),
        ({"date": "2026-03-31", "yearly": False}, {"duration": "P30D"}, "unclear"),
        ({"duration": "P1M"}, {"duration": "P30D"}, "unclear"),
        ({"duration": "P1M"}, {"duration": "P31D"}, "looser"),
        ({"duration": "P1M"}, {"duration": "P28D"}, "tighter"),
        ({"duration": "P1Y"}, {"duration": "P12M"}, "same"),
        ({"duration": "P18M"}, {"duration": "P1Y6M"}, "same"),
        ({"duration": "P30D"}, {"duration": "PT720H"}, "same"),
        ({"duration": "P20D", "working_days": True}, {"duration": "P15D", "working_days": True}, "tighter"),
        ({"duration": "P15D", "working_days": True}, {"duration": "P20D", "working_days": True}, "looser"),
    ],
)  # fmt: skip
def test_direction_of_deadlines(before: Any, after: Any, way: str) -> None:
    assert direction(fact(FactKind.DEADLINE, before), fact(FactKind.DEADLINE, after)) == way


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ((">=", 85, "%"), (">=", 90, "%"), "tighter"),
        ((">=", 90, "%"), (">=", 85, "%"), "looser"),
        (("<=", 10, "mg/L"), ("<=", 5, "mg/L"), "tighter"),
        ((">", 85, "%"), (">", 85, "%"), "same"),
        ((">=", 85, "%"), ("<=", 85, "%"), "unclear"),
        ((">=", 85, "%"), (">=", 850, "‰"), "unclear"),
    ],
)
def test_direction_of_thresholds(before: Any, after: Any, way: str) -> None:
    one, other = (
        fact(
            FactKind.THRESHOLD,
            {"parameter": "锂回收率", "comparator": sign, "value": value, "unit": unit},
        )
        for sign, value, unit in (before, after)
    )
    assert direction(one, other) == way


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [(False, True, "tighter"), (True, False, "looser"), (True, True, "same"), (True, None, "unclear")],
)  # fmt: skip
def test_direction_of_fields(before: bool, after: bool | None, way: str) -> None:
    one, other = (
        fact(FactKind.DATA_FIELD, {"name": "电池编码", "mandatory": need})
        for need in (before, after)
    )
    assert direction(one, other) == way


def test_what_has_no_order_is_unclear() -> None:
    one, other = (fact(FactKind.PORTAL, {"name": "溯源平台", "url": url}) for url in ("a", "b"))
    assert direction(one, other) == "unclear"
    assert direction(one, one) == "same"


def test_fines_pair_by_what_they_punish() -> None:
    report, refuse = "未按规定报送溯源信息", "拒绝接收废旧动力电池"
    before = [fine(5_000, 20_000, offence=report), fine(20_000, 50_000, offence=refuse)]
    after = [fine(30_000, 60_000, offence=refuse), fine(5_000, 20_000, offence=report)]
    pairs = pair_facts(before, after)
    assert sorted(pairs, key=lambda pair: before.index(pair[0])) == [
        (before[0], after[1]), (before[1], after[0]),
    ]  # fmt: skip
    alone = fine(1_000, 2_000, offence="未在厂区显著位置公示回收价格")
    assert (None, alone) in pair_facts(before, [*after, alone])
    assert pair_facts([alone], []) == [(alone, None)]


def test_fines_of_one_offence_pair_by_who_pays() -> None:
    before = [
        fine(0, 50_000, offence="瞒报", who="单位"),
        fine(0, 5_000, offence="瞒报", who="个人"),
    ]
    after = [
        fine(0, 9_000, offence="瞒报", who="个人"),
        fine(0, 90_000, offence="瞒报", who="单位"),
    ]
    pairs = pair_facts(before, after)
    assert sorted(pairs, key=lambda pair: before.index(pair[0])) == [
        (before[0], after[1]), (before[1], after[0]),
    ]  # fmt: skip
