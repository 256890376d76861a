"""Who pays a fine, and for what."""

from __future__ import annotations

import pytest

from classifier.facts import extract_facts_from_text
from domain.records.fact_values import DeadlineValue, FineValue

Told = tuple[float | None, str | None, str | None]  # the most, who pays, for what


def fines(text: str) -> list[Told]:
    values = [fact.value for fact in extract_facts_from_text(text)]
    return [(v.max, v.who, v.offence) for v in values if isinstance(v, FineValue)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "未建台账的，对单位处三万元以上六万元以下罚款，对其直接负责的主管人员处六千元以下罚款。",
            [(60_000, "单位", "未建台账"), (6_000, "直接负责的主管人员", "未建台账")],
        ),
        (
            "私自倒卖的，对个人处三百元罚款，对单位处三万元罚款。",
            [(300, "个人", "私自倒卖"), (30_000, "单位", "私自倒卖")],
        ),
        (
            "瞒报的，除对企业处七万元罚款外，对主要负责人处七千元罚款。",
            [(70_000, "企业", "瞒报"), (7_000, "主要负责人", "瞒报")],
        ),
        (
            "违反前款规定的，单位处四万元罚款，个人处四百元罚款。",
            [(40_000, "单位", "违反前款规定"), (400, "个人", "违反前款规定")],
        ),
        (
            "漏报的，属于单位的，处二万元罚款；属于个人的，处二百元罚款。",
            [(20_000, "单位", "漏报"), (200, "个人", "漏报")],
        ),
        (
            "未贴码的，由市场监管部门对电池生产企业给予警告，并处六万元罚款；对法定代表人处六千元罚款。",
            [(60_000, "电池生产企业", "未贴码"), (6_000, "法定代表人", "未贴码")],
        ),
        (
            "对漏报的企业处二万元罚款，对瞒报的企业处八万元罚款。",
            [(20_000, "企业", "漏报"), (80_000, "企业", "瞒报")],
        ),
        (
            "漏报的处二万元罚款，瞒报数据的处八万元罚款。",
            [(20_000, None, "漏报"), (80_000, None, "瞒报数据")],
        ),
        (
            "漏报的，对单位处二万元罚款，对个人处二百元罚款；情节严重的，处九万元罚款。",
            [(20_000, "单位", "漏报"), (200, "个人", "漏报"), (90_000, None, "漏报的；情节严重")],
        ),
        ("罚款标准：单位3万元，个人300元。", [(30_000, "单位", None), (300, "个人", None)]),
        (
            "综合利用企业漏报的，处二万元罚款。",
            [(20_000, None, "综合利用企业漏报")],
        ),
    ],
)
def test_each_amount_has_its_own_party(text: str, expected: list[Told]) -> None:
    assert fines(text) == expected


@pytest.mark.parametrize(
    "number",
    [
        "第十七条　",
        "第十七条之三　",
        "（六）",
        "(6)",
        "6.",
        "6、",
        "六、",
        "③",
        "三是",
        "第八条（二）",
    ],
)
def test_a_number_is_no_part_of_what_is_said(number: str) -> None:
    assert fines(f"{number}瞒报数据的，处八万元罚款。") == [(80_000, None, "瞒报数据")]
    (deadline,) = extract_facts_from_text(f"{number}自受理之日起8个工作日内答复申请人。")
    assert isinstance(deadline.value, DeadlineValue)
    assert deadline.value.trigger == "自受理之日起"


def test_a_cited_article_stays_in_the_offence() -> None:
    assert fines("违反第五条规定的，处一万元罚款。") == [(10_000, None, "违反第五条规定")]


def test_a_dealer_is_named_though_its_name_begins_with_a_preposition() -> None:
    (fact,) = extract_facts_from_text("经营企业应当于2027年2月26日前上传数据。")
    assert isinstance(fact.value, DeadlineValue)
    assert fact.value.who == "经营企业"
