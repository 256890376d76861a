"""Limits of duties: powers of ten, whole units, several in a row; what others may not do."""

from __future__ import annotations

import pytest

from domain.law.duties import Modality
from tests.classifier.duties.notices import duties_of


@pytest.mark.parametrize(
    ("clause", "value", "unit"),
    [
        ("综合利用企业年处理能力不得低于10⁴吨。", 10_000, "吨"),
        ("综合利用企业贮存场地面积不得少于5×10³平方米。", 5_000, "平方米"),
        ("承运人车速不得超过60公里/小时。", 60, "公里/小时"),
    ],
)
def test_a_limit_has_its_power_of_ten_and_its_whole_unit(
    clause: str, value: float, unit: str
) -> None:
    (duty,) = duties_of(clause)
    assert duty.limit is not None
    assert (duty.limit.value, duty.limit.unit) == (value, unit)


def test_several_limits_in_a_row_are_not_one() -> None:
    assert not [
        duty for duty in duties_of("企业镍、钴、锰回收率分别不得低于98%、98%、95%。") if duty.limit
    ]


def test_what_is_forbidden_to_others_is_no_prohibition() -> None:
    duties = duties_of("不符合指标的，按照禁止进口的固体废物管理，由收货人在20日内退运。")
    assert all(duty.modality is not Modality.MUST_NOT for duty in duties)
