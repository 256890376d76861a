"""Give a change its severity and the sentence that explains it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.acts.severity import ActState, assess_severity, tightened_reasons
from domain.facts.strictness import direction
from domain.records.fact import Fact, FactCertainty
from domain.records.states import ChangeKind, FactKind
from i18n.catalogue import english
from i18n.fact_text import effect_of

TODAY = date(2026, 11, 23)


def fine(low: int, high: int, offence: str = "未按规定报送信息") -> Fact:
    value = {"min": low, "max": high, "currency": "CNY", "basis": "fixed", "offence": offence}
    return Fact.from_json(
        kind=FactKind.FINE,
        value=value,
        quote=f"{offence}的，处{low}元以上{high}元以下罚款",
        where="第三十条",
    )


def deadline(duration: str, working: bool = False) -> Fact:
    value = {"duration": duration, "working_days": working, "trigger": "自收到之日起"}
    return Fact.from_json(
        kind=FactKind.DEADLINE, value=value, quote=f"自收到之日起{duration}内报送", where="第五条"
    )


def judge(**given: Any) -> tuple[str, str]:
    arguments: dict[str, Any] = {
        "stage": "final",
        "authority": "部门规章",
        "status": "in_force",
        "facts": (),
        "facts_before": (),
        "facts_after": (),
        "effective": None,
        "comment_deadline": None,
    }
    verdict = assess_severity(ActState(**(arguments | given)), TODAY)
    return verdict.severity, english(verdict.rule)


def test_a_raised_fine_in_a_binding_act_is_red_with_its_numbers() -> None:
    severity, rule = judge(
        facts_before=[fine(5000, 20000)], facts_after=[fine(10000, 30000)], kind=ChangeKind.REVISED
    )
    assert severity == "red"
    assert rule == "binding; fine raised 5,000–20,000 → 10,000–30,000 yuan"


def test_a_repealed_act_binds_until_its_day() -> None:
    ahead = TODAY + timedelta(days=40)
    coming = judge(status="repealed", repealed_from=ahead)
    assert coming == ("amber", f"binding; repealed from {ahead.isoformat()} on")
    gone = ("grey", "not binding: the act is repealed")
    assert judge(status="repealed", repealed_from=TODAY) == gone
    assert judge(status="repealed") == gone


def test_a_shorter_deadline_is_red_and_a_longer_one_amber() -> None:
    shorter = judge(facts_before=[deadline("P30D")], facts_after=[deadline("P15D", True)])
    assert shorter == ("red", "binding; deadline shortened 30 days → 15 working days")
    longer = judge(facts_before=[deadline("P15D", True)], facts_after=[deadline("P30D")])
    assert longer == ("amber", "binding")


def test_lowered_or_equal_fines_are_not_red() -> None:
    assert judge(facts_before=[fine(10000, 30000)], facts_after=[fine(5000, 20000)])[0] == "amber"
    assert judge(facts_before=[fine(1, 2)], facts_after=[fine(1, 2)])[0] == "amber"
    assert judge(facts_before=[fine(1, 2)], facts_after=[])[0] == "amber"


def test_a_new_act_tightens_nothing_but_an_added_fine_does() -> None:
    assert judge(facts_after=[fine(1000, 2000)], kind=ChangeKind.NEW)[0] == "amber"
    severity, rule = judge(facts_after=[fine(1000, 2000)], kind=ChangeKind.REVISED)
    assert (severity, rule) == ("red", "binding; new fine 1,000–2,000 yuan")


@pytest.mark.parametrize(
    ("days", "severity"), [(-1, "amber"), (0, "red"), (14, "red"), (15, "amber")]
)
def test_an_effect_within_fourteen_days_is_red(days: int, severity: str) -> None:
    effective = date.fromordinal(TODAY.toordinal() + days)
    found, rule = judge(effective=effective)
    assert found == severity
    assert (effective.isoformat() in rule) is (severity == "red")


def test_dates_come_from_the_facts_when_not_given() -> None:
    fact = Fact.from_json(kind=FactKind.EFFECTIVE_DATE, value="2026-12-01", quote="x", where="y")
    assert judge(facts=[fact]) == ("red", "binding; takes effect in 8 days (2026-12-01)")


def test_drafts() -> None:
    assert judge(stage="draft", authority=None, status="draft") == (
        "amber",
        "draft that may apply",
    )
    near = judge(stage="draft", comment_deadline=date(2026, 11, 30))
    assert near == ("red", "draft that would bind; comments close in 7 days (2026-11-30)")
    last = judge(stage="draft", comment_deadline=TODAY)
    assert last == ("red", f"draft that would bind; comments close today ({TODAY})")
    far = judge(stage="draft", comment_deadline=date(2026, 12, 30))
    assert far == ("amber", "draft that may apply; comments close 2026-12-30")
    ended = judge(stage="draft", title="关于终止《规定（征求意见稿）》征求意见的说明")
    assert ended == ("grey", "draft that goes no further")
    over = judge(stage="draft", comment_deadline=date(2026, 11, 1))
    assert over == ("amber", "draft that may apply")


@pytest.mark.parametrize("stage", ["interpretation", "list", "reply", "news", "eia", "case", None])
def test_what_does_not_bind_is_grey(stage: str | None) -> None:
    severity, rule = judge(stage=stage, authority=None, effective=TODAY)
    assert severity == "grey"
    assert rule.startswith("not binding")


@pytest.mark.parametrize("status", ["repealed", "expired"])
def test_dead_law_is_grey(status: str) -> None:
    assert judge(status=status, effective=TODAY)[0] == "grey"


def test_letters_are_grey_and_a_deleted_page_repeals_nothing() -> None:
    assert judge(authority="letter")[0] == "grey"
    assert judge(authority="letter", title="关于某号文件的更正")[0] == "amber"
    assert judge(status="withdrawn_page")[0] == "amber"


def test_each_fine_is_compared_with_its_own_predecessor() -> None:
    before = [fine(5000, 20000, "未按规定报送信息"), fine(20000, 50000, "拒绝接收废旧动力电池")]
    after = [fine(20000, 50000, "拒绝接收废旧动力电池"), fine(5000, 20000, "未按规定报送信息")]
    assert tightened_reasons(before, after) == []


def of_a_scan(fact: Fact, certainty: FactCertainty = "scan") -> Fact:
    return replace(fact, certainty=certainty)


def takes_effect(day: str) -> Fact:
    return Fact.from_json(
        kind=FactKind.EFFECTIVE_DATE, value=day, quote=f"自{day}起施行", where="第九条"
    )


SOON = "2026-11-30"
LOW, HIGH = fine(5_000, 20_000), fine(10_000, 30_000)


@pytest.mark.parametrize("certainty", ["scan", "unsure"])
@pytest.mark.parametrize(
    "given",
    [
        {"facts": (HIGH,), "facts_before": (LOW,), "facts_after": (HIGH,)},
        {"facts": (takes_effect(SOON),), "effective": date.fromisoformat(SOON)},
        {"facts": (takes_effect(SOON),)},
        {"facts": (HIGH,), "facts_after": (HIGH,), "kind": ChangeKind.REVISED},
    ],
    ids=["raised", "near-kept", "near", "added"],
)
def test_a_scan_alone_is_never_red(given: dict[str, Any], certainty: FactCertainty) -> None:
    assert judge(**given)[0] == "red"
    read = {
        name: tuple(of_a_scan(fact, certainty) for fact in value) if name.startswith("facts") and name != "facts_before" else value
        for name, value in given.items()
    }  # fmt: skip
    severity, rule = judge(**read)
    if certainty == "scan" or "facts_before" not in given:
        assert severity == "amber"
        assert "a scan alone says: red once a person has read it" in rule
    else:
        assert severity == "amber"


def test_what_a_second_text_says_too_is_red() -> None:
    day = date.fromisoformat(SOON)
    both = (of_a_scan(takes_effect(SOON)), takes_effect(SOON))
    assert judge(facts=both, effective=day)[0] == "red"
    assert judge(facts=both[:1], effective=day)[0] == "amber"


def test_an_unsure_number_is_neither_higher_nor_lower() -> None:
    assert direction(LOW, HIGH) == "tighter"
    assert direction(LOW, of_a_scan(HIGH)) == "tighter"
    assert direction(LOW, of_a_scan(HIGH, "unsure")) == "unclear"
    assert direction(of_a_scan(HIGH, "unsure"), LOW) == "unclear"
    assert effect_of(LOW, of_a_scan(HIGH, "unsure")) == "changed"
