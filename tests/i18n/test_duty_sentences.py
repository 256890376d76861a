"""Duties as sentences: before and within, limits, sanctions, and what the glossary lacks."""

from __future__ import annotations

import re
from typing import Any

import pytest

from domain.law.duties import (
    Bound,
    Destination,
    Duty,
    Limit,
    Modality,
    Sanction,
    Subject,
    TimeRelation,
    When,
)
from i18n.en.duty_sentences import duty_sentence, sanctions_text, when_text
from i18n.headline_text import duty_text, else_text
from i18n.zh import duty_sentences as chinese
from tests.builders import make_duty

CHINESE = re.compile(r"[一-鿿]")


@pytest.mark.parametrize(
    ("when", "english", "in_chinese"),
    [
        (
            When(
                relation=TimeRelation.BEFORE, duration="P5D", working_days=True,
                event="dispatch", event_text="发运",
            ),
            "at least 5 working days before dispatch", "在发运前5个工作日",
        ),
        (
            When(relation=TimeRelation.WITHIN, duration="P5D", working_days=True, event="receipt",
                 event_text="接收之日"),
            "within 5 working days after receipt", "自接收之日起5个工作日内",
        ),
        (When(relation=TimeRelation.BY, date="2026-09-30"), "by 30 Sep 2026",
         "于2026年9月30日前"),
        (When(relation=TimeRelation.EACH, recurs="monthly:5"), "by the 5th of each month",
         "每月5日前"),
        (When(relation=TimeRelation.EACH, recurs="--03-31"), "by 31 Mar each year",
         "每年3月31日前"),
        (When(relation=TimeRelation.EACH, recurs="quarterly:10", event="quarter_end"),
         "by the 10th day after each quarter", "每季度终了后10日内"),
        (When(relation=TimeRelation.AT_ONCE), "at once", "立即"),
    ],
)  # fmt: skip
def test_times(when: When, english: str, in_chinese: str) -> None:
    assert when_text(when) == english
    assert chinese.when_text(when) == in_chinese


def test_a_whole_duty_in_both_languages() -> None:
    duty = make_duty()
    assert duty_sentence(duty) == (
        "Recyclers must report incoming-battery data on the national traceability platform"
        " within 30 days after receipt"
    )
    assert sanctions_text(duty) == "a fine of ¥10,000–30,000"
    assert chinese.sanctions_text(duty) == "罚款1万元至3万元"
    assert "综合利用企业应当" in chinese.duty_sentence(duty)


def test_a_limit_is_no_ban_of_the_act() -> None:
    limit = Limit(parameter="贮存期限", comparator="<=", value=90, unit="日")
    duty = make_duty(
        act="store", object="废旧动力电池", verb="贮存", modality=Modality.MUST_NOT, limit=limit,
        when=None, where=None, sanctions=(),
    )  # fmt: skip
    assert duty_sentence(duty) == "Recyclers must store used power batteries for at most 90 days"


def test_what_the_glossary_does_not_know_is_said_and_nothing_chinese_is_left() -> None:
    duty = make_duty(object="某种未知之物", where=None, when=None)
    assert duty_sentence(duty) == "Recyclers must report information (see text)"
    assert not CHINESE.search(duty_sentence(duty))


def test_nobody_is_guessed() -> None:
    nobody = make_duty(who=Subject())
    anyone = make_duty(who=Subject(kind=Bound.ANYONE, text="任何单位和个人"))
    assert duty_sentence(nobody).startswith("Those concerned must")
    assert duty_sentence(anyone).startswith("Anyone must")


def test_a_multiple_is_no_sum() -> None:
    sanction = Sanction(kinds=("confiscation", "fine"), min=1, max=3, basis="multiple")
    duty: Duty = make_duty(sanctions=(sanction,))
    assert sanctions_text(duty) == "confiscation, a fine of 1–3 times the base"


def test_all_whom_the_same_words_bind_stand_in_the_sentence() -> None:
    also = [
        Subject(role="carrier", kind=Bound.COMPANY, text="承运人"),
        Subject(role="consignor", kind=Bound.COMPANY, text="托运人"),
    ]
    assert duty_sentence(make_duty(), also[:1]).startswith("Recyclers and carriers must report")
    assert duty_sentence(make_duty(), also).startswith("Recyclers, carriers and consignors must")
    more = [*also, Subject(role="warehouse", kind=Bound.COMPANY)]
    assert duty_sentence(make_duty(), more).startswith("Recyclers, carriers and 2 others must")
    assert chinese.duty_sentence(make_duty(), also[:1]).startswith("综合利用企业、承运人应当")


@pytest.mark.parametrize(
    ("parts", "english", "in_chinese"),
    [
        ({"object": "自查报告"}, "submit self-check report", "报送自查报告"),
        ({"act": "verify", "verb": "排查", "object": "隐患排查"},
         "carry out hazard check", "开展隐患排查"),
        ({"act": "file", "verb": "备案", "object": "变更备案"},
         "make change filing", "办理变更备案"),
        ({"act": "test", "verb": "评审", "object": "安全生产标准化"},
         "pass the review of work safety standardisation", "评审安全生产标准化"),
        ({"act": "correct", "verb": "改造", "object": "改造"}, "upgrade", "改造"),
        ({"act": "train", "verb": "演练", "object": "应急预案"}, "drill emergency plan",
         "演练应急预案"),
    ],
)  # fmt: skip
def test_what_the_object_says_already_is_said_once(
    parts: dict[str, str], english: str, in_chinese: str
) -> None:
    duty = make_duty(when=None, where=None, **parts)
    assert duty_sentence(duty) == f"Recyclers must {english}"
    assert chinese.duty_sentence(duty) == f"综合利用企业应当{in_chinese}"


def test_a_ban_without_english_bans_not_everything() -> None:
    duty = make_duty(
        act="provide", verb="提供", object="不实的说明函", modality=Modality.MUST_NOT, when=None,
        where=None,
    )  # fmt: skip
    assert duty_sentence(duty) == "Recyclers must not provide (see text)"


def test_filing_is_said_without_chinese() -> None:
    duty = make_duty(act="file", verb="备案", object="", when=None, where=None)
    assert duty_sentence(duty) == "Recyclers must file for the record"


BAN: dict[str, Any] = {"modality": Modality.MUST_NOT, "when": None, "where": None, "sanctions": ()}


def test_a_ban_is_told_with_the_case_in_which_it_holds() -> None:
    free = make_duty(
        act="export", verb="出口", object="废电池", quote="未经许可，企业不得出口废电池。", **BAN
    )
    assert "without permission" in duty_text(free, "en")
    assert duty_text(free, "zh").endswith("不得出口废电池（未经许可）")
    found = make_duty(
        act="stop", verb="注销", object="登记", quote="发现不一致的，不得注销登记。", **BAN
    )
    assert duty_text(found, "en").endswith("in the case that the text names (see text)")
    assert duty_text(found, "zh").endswith("（发现不一致的）")


def test_what_is_sent_where_reads_as_chinese() -> None:
    sent = make_duty(
        act="provide", verb="发至", object="统计表", when=None, sanctions=(),
        where=Destination(name="a@example.cn"),
    )  # fmt: skip
    joined = make_duty(
        act="connect", verb="接入", object="车辆", when=None, sanctions=(),
        where=Destination(name="市监管平台"),
    )  # fmt: skip
    assert duty_text(sent, "zh").endswith("应当将统计表发至a@example.cn")
    assert duty_text(joined, "zh").endswith("应当将车辆接入市监管平台")
    assert duty_text(joined, "en").endswith("to the municipal supervision platform")


def test_lost_eligibility_is_no_list_and_a_daily_fine_says_so() -> None:
    lost = Sanction(kinds=("delisting",), quote="取消当年绿色工厂推荐资格")
    daily = Sanction(kinds=("fine",), min=200, max=200, basis="per_day")
    duty = make_duty(sanctions=(lost, daily))
    assert else_text(duty, "en") == "loss of eligibility; a fine of ¥200 per day"
    assert else_text(duty, "zh") == "取消资格；罚款每日200元"


@pytest.mark.parametrize(
    ("quote", "verb", "english", "in_chinese"),
    [
        ("不得交售给其他单位或者个人。", "交售", "to anyone else", "将废电池交售给其他单位或者个人"),
        ("不得出售给无资质的企业。", "出售给", "to unqualified companies",
         "将废电池出售给无资质的企业"),
        ("任何单位不得向个人出售废电池。", "出售", "to individuals",
         "将废电池出售给个人"),
    ],
)  # fmt: skip
def test_a_ban_names_whom_nothing_may_be_handed_to(
    quote: str, verb: str, english: str, in_chinese: str
) -> None:
    ban = make_duty(act="sell", verb=verb, object="废电池", quote=quote, **BAN)
    assert duty_text(ban, "en").endswith(english)
    assert duty_text(ban, "zh") == f"综合利用企业不得{in_chinese}"


def test_what_is_kept_is_a_record_only_where_the_text_says_so() -> None:
    parts: dict[str, Any] = {"act": "keep_records", "verb": "保留", "when": None, "where": None}
    assert duty_sentence(make_duty(object="原动力蓄电池编码", **parts)).endswith("(see text)")
    vouchers = duty_sentence(make_duty(object="交易凭证", **parts))
    assert vouchers == "Recyclers must keep transaction vouchers"


def test_an_event_without_a_key_of_its_own_is_told_by_its_last_words() -> None:
    when = When(
        relation=TimeRelation.WITHIN, duration="P15D", event="other", event_text="网点开业之日"
    )
    assert duty_sentence(make_duty(when=when)).endswith("within 15 days after opening")
    when = When(
        relation=TimeRelation.WITHIN, duration="P15D", event="discovery", event_text="事故发生"
    )
    assert duty_sentence(make_duty(when=when)).endswith("within 15 days after the incident")


def test_a_verb_that_needs_an_object_gives_way_where_there_is_none() -> None:
    duty = make_duty(act="notify", verb="告知", object="", when=None, where=None)
    assert duty_sentence(duty) == "Recyclers must notify"
