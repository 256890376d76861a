"""Conduct that an act only punishes is a duty; what it states elsewhere is not told twice."""

from __future__ import annotations

import pytest

from tests.classifier.duties.notices import duties_of, lines_of


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("对伪报品名出口废旧电池的，由海关处一万元罚款。", "None must_not declare [品名出口废旧电池]"),
        ("网点未公示收购价格的，处二千元罚款。", "collection_outlet must publish [收购价格]"),
        ("任何单位未经批准跨省转移废电池的，没收违法所得。", "anyone must_not transport [废电池]"),
    ],
)  # fmt: skip
def test_conduct_that_is_only_punished(text: str, line: str) -> None:
    assert lines_of(text) == [line]


def test_items_of_a_list_of_breaches_have_the_offender_of_its_head() -> None:
    text = (
        "第十条 贮存单位有下列行为之一的，处五千元以上五万元以下罚款：\n"
        "（一）未配备灭火系统的；\n（二）将电池交给无资质单位处置的。"
    )
    found = duties_of(text)
    assert [(duty.who.role, duty.modality, duty.act) for duty in found] == [
        ("warehouse", "must", "equip"),
        ("warehouse", "must_not", "hand_over"),
    ]
    assert all([(s.min, s.max) for s in duty.sanctions] == [(5000, 50000)] for duty in found)


@pytest.mark.parametrize(
    "text",
    [
        "某公司擅自拆解废旧电池，被处罚款62万元。",
        "第四十条 被责令改正而拒不改正的，可以按日连续处罚，处一万元罚款。",
        "骗取补助行为一经查实的，纳入信用记录。",
        "逾期未签订的，记入信用档案。",
    ],
)
def test_single_cases_and_steps_order_nothing(text: str) -> None:
    assert lines_of(text) == []


def test_what_the_act_orders_itself_is_told_once() -> None:
    text = "企业应当建立台账。\n未建立台账的，处一万元罚款。"
    [duty] = duties_of(text)
    assert [(s.min, s.max) for s in duty.sanctions] == [(10000, 10000)]


def test_a_ban_of_applying_again_is_what_follows_a_breach() -> None:
    text = "违反第三条规定的，移出名录，三年内不得重新申请。"
    assert lines_of(text) == []


def test_what_a_ban_s_breaker_loses_is_no_duty() -> None:
    [duty] = duties_of("企业不得将代码授权他人使用，违者注销代码，三年内不受理其申请。")
    assert (duty.modality, [item.kinds for item in duty.sanctions]) == (
        "must_not",
        [("revocation",)],
    )


def test_false_reports_without_an_article_break_the_report_that_comes_again() -> None:
    text = "企业应当每月3日前报送上月数据。企业应当报备联络员。\n对迟报、瞒报的企业予以通报批评。"
    assert [bool(duty.sanctions) for duty in duties_of(text)] == [True, False]
