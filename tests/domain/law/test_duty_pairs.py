"""Duties of two versions: the same one is found again, and only what differs is told."""

from __future__ import annotations

from domain.law.duties import Duty, TimeRelation, When, duty_ids
from domain.law.duty_pairs import changed_duties, pair_duties
from tests.builders import make_duty

SHORTER = When(relation=TimeRelation.WITHIN, duration="P15D", working_days=True, event="receipt")


def test_a_changed_period_is_paired_and_told() -> None:
    other = make_duty(act="label", object="编码标识", article="第二条")
    before, after = changed_duties([make_duty(), other], [make_duty(when=SHORTER), other])
    assert [duty.act for duty in before] == [duty.act for duty in after] == ["report"]
    assert after[0].when == SHORTER


def test_a_changed_sanction_is_a_change() -> None:
    before, after = changed_duties([make_duty(5_000, 20_000)], [make_duty()])
    assert (before[0].sanctions[0].max, after[0].sanctions[0].max) == (20_000, 30_000)


def test_other_words_of_the_same_duty_are_none() -> None:
    assert changed_duties([make_duty()], [make_duty(quote="同样的意思。", place="第一条")]) == (
        (),
        (),
    )


def test_new_and_gone() -> None:
    [pair] = pair_duties([], [make_duty()])
    assert pair.before is None
    [pair] = pair_duties([make_duty()], [])
    assert pair.after is None


def test_ids_stay_and_are_unique() -> None:
    twice: list[Duty] = [make_duty(), make_duty(when=SHORTER)]
    first, second = duty_ids(twice, 7)
    assert first == duty_ids([make_duty(when=None)], 7)[0]
    assert second == f"{first}-2"


def test_a_duty_survives_its_stored_form() -> None:
    assert Duty.from_json(make_duty().to_json()) == make_duty()
