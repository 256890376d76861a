"""Acts whose kind says more than any of their duties, told through the first line."""

from __future__ import annotations

import pytest

from domain.law.duties import Bound, Modality, Subject, TimeRelation, When
from domain.law.headlines.act_kinds import (
    corrects,
    divides_tasks,
    ends_draft,
    extends_term,
    extends_validity,
    invites_to_hearing,
    moves_portal,
    names_companies,
    puts_off_start,
    reminds,
    revokes_penalty,
    sets_penalties,
    spares_penalties,
    suspended_what,
    suspends,
)
from domain.records.effect_terms import EffectTerms
from domain.records.fact import Fact
from domain.records.relation import Relation
from domain.records.states import FactKind
from i18n.headline_text import first_line
from tests.builders import make_act, make_duty

BY = When(relation=TimeRelation.BY, date="2026-09-30")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于春节期间电池存放安全的温馨提示", reminds),
        ("电池数据填报友情提醒", reminds),
        ("云岭省回收体系建设重点任务分工方案", divides_tasks),
        ("2027年电池回收工作责任清单", divides_tasks),
        ("关于云岭省电池填报系统迁移的公告", moves_portal),
        ("关于启用废旧电池登记新平台的通知", moves_portal),
        ("关于暂停受理网点备案的公告", suspends),
        ("关于延长《云岭省网点管理细则》有效期的通知", extends_validity),
        ("关于《云岭省网点管理细则》继续有效的公告", extends_validity),
        ("云岭省电池领域行政处罚裁量基准", sets_penalties),
        ("电池领域轻微违法不予处罚清单", spares_penalties),
        ("关于一季度数据异常企业的通报", names_companies),
        ("关于责令部分企业限期整改的通知", names_companies),
    ],
)
def test_a_title_tells_its_kind(title: str, kind: object) -> None:
    told = {
        one
        for one in (reminds, divides_tasks, moves_portal, suspends, extends_validity,
                    sets_penalties, spares_penalties, names_companies)
        if one(title)
    }  # fmt: skip
    assert told == {kind}


def test_an_ordinary_title_is_of_no_special_kind() -> None:
    title = "云岭省废旧动力电池回收管理办法"
    assert not any(
        one(title)
        for one in (reminds, divides_tasks, moves_portal, suspends, extends_validity,
                    sets_penalties, spares_penalties, names_companies)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("关于填报系统停机维护的公告", "system"),
        ("关于暂停受理网点备案的公告", "handling"),
        ("关于暂缓执行《云岭省仓储规定》第八条的通知", "rule"),
    ],
)
def test_what_is_suspended(title: str, what: str) -> None:
    assert suspended_what(title) == what


def test_an_extension_tells_the_new_last_day_and_the_old_one() -> None:
    terms = EffectTerms(what="有效期", old="2026-09-30", new="2028-09-30")
    title = "关于延长《云岭省网点管理细则》有效期的通知"
    act = make_act(
        title=title, relations=(Relation(kind="extends", title="云岭省网点管理细则", terms=terms),)
    )
    assert "valid until 30 Sep 2028 (was 30 Sep 2026)" in first_line(act, None, "en")
    assert "有效期延长至2028年9月30日（原为2026年9月30日）" in first_line(act, None, "zh")


def test_a_suspension_is_no_duty_to_keep_records() -> None:
    quote = "因升级需要，云岭省电池填报系统自2026年7月1日零时起暂停使用，恢复时间另行通知"
    duty = make_duty(act="keep_records", object="台账", quote=quote)
    line = first_line(make_act((duty,), title="关于暂停使用填报系统的通知"), None, "en")
    assert line.startswith("China · reporting system suspended from 1 Jul 2026")
    assert "must" not in line


def test_a_penalty_standard_tells_the_range_over_all_tiers() -> None:
    fines = [
        {"min": 10000, "max": 15000, "currency": "CNY", "basis": "fixed"},
        {"min": 15000, "max": 30000, "currency": "CNY", "basis": "fixed"},
    ]
    facts = tuple(
        Fact.from_json(kind=FactKind.FINE, value=fine, quote="处罚款", where="表") for fine in fines
    )
    act = make_act((make_duty(),), title="云岭省电池领域行政处罚裁量基准", facts=facts)
    line = first_line(act, None, "en")
    assert "penalty standard, in force 1 Jul 2026, fines of ¥10,000–30,000 over all tiers" in line
    assert "must" not in line


def test_tasks_of_departments_are_no_duty_of_companies() -> None:
    duty = make_duty(who=Subject(), modality=Modality.MUST_NOT, act="obtain_permit", when=None)
    line = first_line(make_act((duty,), title="云岭省重点任务分工方案"), None, "en")
    assert line.startswith("China · tasks divided among authorities")


def test_companies_that_are_struck_off_owe_nothing_in_the_first_line() -> None:
    duty = make_duty(act="correct", object="", when=BY)
    act = make_act((duty,), title="关于撤销部分综合利用企业公告的公告")
    assert first_line(act, None, "en") == "China · companies named struck off the list"


def test_an_order_to_named_companies_is_told_as_theirs() -> None:
    who = Subject(role="any_company", kind=Bound.COMPANY, text="上述企业")
    duty = make_duty(
        who=who, act="correct", object="", when=BY, where=None, sanctions=(),
        quote="上述企业应当于2026年9月30日前完成整改。",
    )  # fmt: skip
    line = first_line(make_act((duty,), title="关于数据异常企业的通报"), None, "en")
    assert "The companies named must correct what was found by 30 Sep 2026" in line


def test_a_duty_of_those_that_were_there_before_comes_after_the_rule_and_says_some() -> None:
    quote = "本办法施行前已经运营的综合利用企业，应当于2026年9月30日前备案。"
    who = Subject(role="recycler", kind=Bound.COMPANY, text="综合利用企业")
    late = make_duty(who=who, act="file", object="", when=BY, quote=quote, where=None, sanctions=())
    rule = make_duty()
    assert "must report" in first_line(make_act((late, rule)), None, "en")
    assert "Some recyclers must file for the record" in first_line(make_act((late,)), None, "en")


def test_a_system_that_moves_is_told_with_its_day() -> None:
    quote = "自2026年8月1日起，云岭省电池填报系统启用新域名"
    duty = make_duty(who=Subject(), act="use", object="", quote=quote, where=None, when=None)
    line = first_line(make_act((duty,), title="关于电池填报系统域名变更的公告"), None, "en")
    assert line.startswith("China · reporting portal moves from 1 Aug 2026")


def test_an_english_line_names_no_body_in_chinese() -> None:
    act = make_act(title="关于电池工作的函", title_en="Letter · 云岭省某厅 · power batteries")
    assert first_line(act, None, "en") == "China · new: Letter · power batteries"


def test_a_campaign_names_its_days_and_whom_it_checks() -> None:
    quote = "检查时间：2026年4月15日至8月31日"
    targets = "检查对象：综合利用企业、回收服务网点"
    who = Subject(role="authority", kind=Bound.AUTHORITY)
    duties = tuple(make_duty(who=who, quote=text, when=BY) for text in (quote, targets))
    act = make_act(duties, title="关于开展电池回收专项检查的通知")
    assert first_line(act, None, "en") == (
        "China · enforcement campaign 15 Apr 2026 to 31 Aug 2026 — checks of recyclers, "
        "collection outlets"
    )
    assert "自2026年4月15日至2026年8月31日" in first_line(act, None, "zh")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于终止《云岭省移交规定（征求意见稿）》公开征求意见的说明", ends_draft),
        ("关于举行《云岭省循环利用条例（草案）》立法听证会的公告", invites_to_hearing),
        ("关于推迟施行《云岭省回收管理办法》的通知", puts_off_start),
        ("关于延长替换电池编码过渡期的公告", extends_term),
        ("更正", corrects),
        ("撤销行政处罚决定书", revokes_penalty),
    ],
)
def test_a_title_tells_what_happens_to_an_act(title: str, kind: object) -> None:
    kinds = (ends_draft, invites_to_hearing, puts_off_start, extends_term, corrects,
             revokes_penalty)  # fmt: skip
    assert [one for one in kinds if one(title)] == [kind]
    assert not any(one("云岭省废旧动力电池回收管理办法") for one in kinds)


def _published(title: str, text: str, **more: object) -> str:
    """The first line of an act that is known by a sentence."""
    who = Subject(role="authority", kind=Bound.AUTHORITY)
    told = make_duty(who=who, quote=text, when=None)
    return first_line(make_act((told,), title=title, **more), None, "en")


def test_a_start_that_is_put_off_tells_both_days() -> None:
    line = _published(
        "关于推迟施行《云岭省回收管理办法》的通知",
        "《云岭省回收管理办法》的施行日期由2027年1月1日推迟至2027年3月1日。",
    )
    assert "start put off to 1 Mar 2027 (was 1 Jan 2027)" in line


def test_a_term_that_ends_later_tells_both_days() -> None:
    line = _published(
        "关于延长替换电池编码过渡期的公告",
        "替换电池编码过渡期，由2026年12月31日延长至2027年6月30日。",
    )
    assert "time extended to 30 Jun 2027 (was 31 Dec 2026)" in line


def test_a_correction_tells_the_value_and_the_act() -> None:
    line = _published(
        "更正", "2026年第7号公告第二项“应当在放行之日起10日内报送”中“10日”应为“10个工作日”。"
    )
    assert "correction of Announcement No. 7 of 2026: 10 working days (was 10 days)" in line
    name = _published("更正说明", "“云岭金全电池有限公司”应为“云岭金泉电池有限公司”。")
    assert "correction of a company name" in name


def test_a_draft_that_is_given_up_and_one_that_is_heard() -> None:
    given_up = _published(
        "关于终止《云岭省移交规定（征求意见稿）》公开征求意见的说明", "终止。", stage="draft"
    )
    assert "draft goes no further" in given_up
    heard = _published(
        "关于举行《云岭省循环利用条例（草案）》立法听证会的公告",
        "定于2026年12月18日上午举行立法听证会。", stage="draft",
    )  # fmt: skip
    assert "public hearing on a draft, 18 Dec 2026" in heard


def test_codes_that_lapse_are_no_list() -> None:
    line = _published("关于拟注销部分电池厂商代码的公示", "下列企业的代码拟注销。", stage="list")
    assert "codes of the companies named to be cancelled" in line
