"""Which duty of an act a reader is told first, and whom it binds."""

from __future__ import annotations

from typing import Any

import pytest

from domain.law.duties import Bound, Destination, Duty, Modality, Subject, TimeRelation, When
from domain.law.headlines.chosen_headline import Headline, Lead
from domain.law.headlines.headline_choice import choose_headline
from tests.builders import make_act, make_duty

BY = When(relation=TimeRelation.BY, date="2026-09-30")
FROM = When(relation=TimeRelation.FROM, date="2026-09-01")
WITHIN = When(relation=TimeRelation.WITHIN, duration="P30D")
MONTHLY = When(relation=TimeRelation.EACH, recurs="monthly:5")
BARE: dict[str, Any] = {"when": None, "where": None, "sanctions": ()}
NOBODY: dict[str, Any] = {"who": Subject(), "sanctions": ()}


def told(*duties: Duty) -> Headline:
    return choose_headline(make_act(duties), None)


def first(*duties: Duty) -> str:
    pair = told(*duties).pair
    assert pair is not None
    return pair.shown.object


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (make_duty(object="a", when=BY), make_duty(object="b", when=WITHIN)),
        (make_duty(object="a", when=MONTHLY), make_duty(object="b", when=WITHIN)),
        (make_duty(object="a", when=WITHIN),
         make_duty(object="b", modality=Modality.MUST_NOT, when=FROM)),
        (make_duty(object="a", **BARE, modality=Modality.MUST_NOT), make_duty(object="b", **BARE)),
        (make_duty(object="a", when=WITHIN), make_duty(object="b", when=WITHIN, **NOBODY)),
        (make_duty(object="a", when=WITHIN, **NOBODY), make_duty(object="b", **BARE)),
        (make_duty(object="a", when=MONTHLY), make_duty(object="b", act="other", when=BY)),
        (make_duty(object="a", when=MONTHLY),
         make_duty(object="b", who=Subject(role="platform_operator", kind=Bound.COMPANY))),
    ],
)  # fmt: skip
def test_what_a_company_must_do_comes_before_what_says_less(earlier: Duty, later: Duty) -> None:
    assert first(later, earlier) == "a"


def test_all_whom_the_same_words_bind_are_named() -> None:
    maker = Subject(role="vehicle_maker", kind=Bound.COMPANY, text="新能源汽车生产企业")
    chosen = told(make_duty(), make_duty(who=maker), make_duty(who=maker, object="出库信息"))
    assert chosen.also == (maker,)


def test_a_system_that_is_left_is_no_portal_that_opens() -> None:
    old = Destination(name="旧系统")
    left = make_duty(act="use", modality=Modality.MUST_NOT, when=FROM, where=old)
    assert told(left).lead is Lead.PROHIBITION


def test_a_new_portal_s_duties_come_first_in_an_act_about_it() -> None:
    system = Destination(name="省监管平台")
    entered = make_duty(object="a", when=WITHIN, where=system, sanctions=())
    dated = make_duty(object="b", when=BY, where=None, sanctions=())
    usual = choose_headline(make_act((dated, entered)), None)
    moved = choose_headline(
        make_act((dated, entered), title="关于切换拆卸信息填报系统的公告"), None
    )
    assert [one.pair.shown.object for one in (usual, moved) if one.pair] == ["b", "a"]


def test_a_ban_of_nothing_named_tells_less_than_an_order() -> None:
    bare = make_duty(object="", modality=Modality.MUST_NOT, when=None, where=None, sanctions=())
    assert first(bare, make_duty(object="a", **BARE)) == "a"


def test_of_duties_that_name_nobody_the_sanctioned_one_is_told() -> None:
    punished = make_duty(object="a", modality=Modality.MUST_NOT, when=None, who=Subject())
    assert punished.sanctions
    assert first(make_duty(object="b", when=WITHIN, **NOBODY), punished) == "a"


def test_what_befalls_few_comes_after_what_all_must_do() -> None:
    closing = When(
        relation=TimeRelation.BEFORE, duration="P10D", event="other", event_text="停业、迁址"
    )
    rare = make_duty(object="停业信息", when=closing)
    assert first(rare, make_duty(object="网点信息", when=WITHIN)) == "网点信息"
