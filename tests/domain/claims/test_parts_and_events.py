"""Questions with their answers, days and denials of claims."""

from __future__ import annotations

from datetime import date

import pytest

from domain.claims.words.bearing import is_denied
from domain.claims.words.opinions import is_opinion
from domain.claims.words.partial_days import find_days
from domain.claims.words.quantities import find_quantities
from domain.law.asked_and_answered import answered
from domain.law.provisions import Provision


def provision(article: str, text: str) -> Provision:
    return Provision(
        article=article, text=text, since=date(2025, 1, 1), until=None, basis="published",
        source_id=1, source_number=None,
    )  # fmt: skip


def test_goods_that_do_not_meet_something_deny_nothing() -> None:
    assert not is_denied("Importers must ship back goods that do not meet the requirements.")
    assert not is_denied("经检验不符合要求的，收货人应当退运。")
    assert is_denied("The rules do not apply to carriers.")


def test_answers_are_told_with_their_questions() -> None:
    told = [provision("¶1", "问：样车是否需要登记？"), provision("¶2", "答：不需要。")]
    assert [(text, asked) for _, text, asked in answered(told)] == [
        ("不需要。", "样车是否需要登记？")
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It applies from New Year's Day 2031.", "2031-01-01"),
        ("检查延长到年底。", "--12-31"),
        ("The trial runs until the end of the year.", "--12-31"),
    ],
)
def test_days_by_name(text: str, day: str) -> None:
    assert [one.text for one in find_days(text)] == [day]


def test_time_that_one_has_after_an_event_is_within_it() -> None:
    assert find_quantities("Outlets have 12 days after arrival to sort them.")[0].relation == (
        "within"
    )
    assert find_quantities("须在半个月内办理")[0].text == "within 15 day"


def test_illegal_denies_nothing() -> None:
    assert not is_denied("开展非法倾倒专项检查")
    assert is_denied("网点并非生产者")


@pytest.mark.parametrize("text", ["我觉得这个办法太宽了。", "It is by far the best rule in years."])
def test_tastes_are_opinions(text: str) -> None:
    assert is_opinion(text, names_an_act=False)
