"""Amending sheets of standards, spoken of as acts, and read as what they order."""

from __future__ import annotations

import pytest

from domain.acts.amendment_parser import ActNames, read_orders_for
from domain.acts.changing.amending_sheets import named_sheets, sheet_of, standard_of_sheet
from domain.acts.references import references

STANDARD = ActNames(("GB/T 55555—2021 电池堆放规范",), "GB/T 55555—2021")
SHEET = ActNames(("GB/T 55555—2021《电池堆放规范》第2号修改单",), "国家标准公告2024年第3号")
ERRATUM = "GB/T 55555—2021第2号修改单第三条中，“4 m”应为“3 m”。"


@pytest.mark.parametrize(
    "title",
    ["GB/T 55555—2021《电池堆放规范》第2号修改单", "关于发布GB/T 55555-2021第二号修改单的公告"],
)
def test_a_sheet_is_named_by_its_standard(title: str) -> None:
    name = sheet_of(title)
    assert name == "GB/T 55555-2021第2号修改单"
    assert standard_of_sheet(name) == "GB/T 55555-2021"


def test_an_erratum_of_a_sheet_is_for_the_sheet() -> None:
    found = references("关于GB/T 55555—2021第2号修改单的勘误", ERRATUM)
    assert {(one.title, one.effect) for one in found} == {
        ("GB/T 55555-2021第2号修改单", "corrected")
    }
    assert len(read_orders_for(ERRATUM, SHEET, unnamed=False).instructions) == 1
    assert read_orders_for(ERRATUM, STANDARD, unnamed=False).instructions == ()


def test_the_name_before_the_number_goes_with_it() -> None:
    text = "《电池堆放规范》（GB/T 55555—2021）第1号修改单的实施日期推迟至2026年1月1日。"
    assert named_sheets(text) == "《GB/T 55555-2021第1号修改单》的实施日期推迟至2026年1月1日。"


def test_the_sheet_itself_speaks_of_the_standard() -> None:
    text = "GB/T 55555—2021《电池堆放规范》第2号修改单已经批准。\n一、删除4.3。"
    assert named_sheets(text) == text
    assert [one.kind for one in read_orders_for(text, STANDARD).instructions] == ["delete"]


def test_a_sheet_that_is_put_off_without_one_item() -> None:
    text = (
        "将GB/T 55555—2021第2号修改单的实施日期由2025年1月1日推迟至2025年7月1日。"
        "其中第四条（标志）不推迟，仍自2025年1月1日起实施。"
    )
    found = references("关于推迟GB/T 55555—2021第2号修改单实施日期的公告", text)
    assert {one.effect for one in found} == {"postponed"}
    assert [(one.terms.scope, one.terms.new) for one in found] == [
        ((), "2025-07-01"),
        (("第四条",), "2025-01-01"),
    ]
