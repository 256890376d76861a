"""Which facts changed, and how they pair up."""

from __future__ import annotations

from classifier.facts import compare_facts, extract_facts_from_text
from domain.facts.fact_pairing import core_value, pair_facts
from domain.facts.strictness import direction, duration_hours
from domain.records.fact import Fact
from domain.records.fact_values import DeadlineValue

BEFORE = (
    "第五条 综合利用企业应当自收到之日起三十日内报送信息。\n"
    "第九条 未按规定报送信息的，处五千元以上二万元以下罚款。\n"
    "第十条 拒绝接收废旧动力电池的，处一万元以上五万元以下罚款。"
)
AFTER = (
    "第五条 综合利用企业应当自收到之日起15个工作日内报送信息。\n"
    "第十一条 未按规定报送信息的，处一万元以上三万元以下罚款。\n"
    "第十二条 拒绝接收废旧动力电池的，处一万元以上五万元以下罚款。\n"
    "第十三条 拆解后未登记的，处三千元罚款。"
)


def facts(text: str) -> tuple[Fact, ...]:
    return extract_facts_from_text(text)


def test_a_raised_fine_pairs_with_its_old_amount() -> None:
    old, new = compare_facts(facts(BEFORE), facts(AFTER))
    assert [core_value(fact) for fact in old] == [
        (("duration", "P30D"), ("working_days", False), ("date", None), ("yearly", None)),
        (("min", 5000), ("max", 20000), ("basis", "fixed"), ("on", None), ("currency", "CNY")),
    ]
    assert (new[0].value.to_json()["duration"], new[0].value.to_json()["working_days"]) == (
        "P15D",
        True,
    )
    assert (new[1].value.to_json()["min"], new[1].value.to_json()["max"]) == (10000, 30000)
    assert len(new) == 3  # and the new fine, without a partner
    assert new[2].value.to_json()["max"] == 3000


def test_nothing_changed_when_articles_only_moved() -> None:
    moved = BEFORE.replace("第九条", "第十九条").replace("第十条", "第二十条")
    assert compare_facts(facts(BEFORE), facts(moved)) == ((), ())


def test_every_fact_stands_in_exactly_one_pair() -> None:
    old, new = facts(BEFORE), facts(AFTER)
    pairs = pair_facts(old, new)
    assert sorted(id(a) for a, _ in pairs if a) == sorted(map(id, old))
    assert sorted(id(b) for _, b in pairs if b) == sorted(map(id, new))


def test_a_field_that_became_mandatory() -> None:
    from classifier.facts import extract_facts
    from domain.records.observation import Block

    def table(mark: str) -> tuple[Fact, ...]:
        rows = (("字段名称", "类型", "必填"), ("电池编码", "字符", "是"), ("容量", "数字", mark))
        return extract_facts("", [Block(kind="table", rows=rows)])

    old, new = compare_facts(table("否"), table("是"))
    assert [fact.value.to_json()["name"] for fact in (*old, *new)] == ["容量", "容量"]
    assert (old[0].value.to_json()["mandatory"], new[0].value.to_json()["mandatory"]) == (
        False,
        True,
    )


def deadline(text: str) -> Fact:
    return facts(f"企业应当自收到之日起{text}报送。")[0]


def test_direction_of_deadlines_is_honest() -> None:
    assert direction(deadline("三十日内"), deadline("十五个工作日内")) == "tighter"
    assert direction(deadline("十五个工作日内"), deadline("三十日内")) == "looser"
    assert direction(deadline("二十日内"), deadline("十五个工作日内")) == "unclear"
    assert direction(deadline("十五日内"), deadline("十五个工作日内")) == "looser"
    assert direction(deadline("24小时内"), deadline("两日内")) == "looser"
    assert direction(deadline("一年内"), deadline("6个月内")) == "tighter"
    assert direction(deadline("30日内"), deadline("三十日内")) == "same"


def test_duration_bounds_hold_a_week_and_the_holidays() -> None:
    low, high = duration_hours(DeadlineValue(duration="P5D", working_days=True)) or (0, 0)
    assert low <= 5 * 24 + 48 <= high
    assert duration_hours(DeadlineValue(date="2026-01-01")) is None
