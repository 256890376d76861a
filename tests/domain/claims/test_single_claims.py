"""Each claim of the list gets the verdict of a careful reader; none is falsely supported."""

from __future__ import annotations

from datetime import date

import pytest

from domain.claims.checker import check_text
from tests.domain.claims.books import RegisterBook
from tests.domain.claims.single_claims import CHINESE, ENGLISH, MORE, NEIGHBOURS, TRAPS


@pytest.fixture(scope="module")
def book() -> RegisterBook:
    return RegisterBook()


@pytest.mark.parametrize(("claim", "verdict"), [*ENGLISH, *CHINESE, *MORE])
def test_verdict_of_a_single_claim(book: RegisterBook, claim: str, verdict: str) -> None:
    found = check_text(claim, book)
    assert [(item.text, item.verdict.value) for item in found] == [(claim, verdict)]


@pytest.mark.parametrize("claim", TRAPS)
def test_what_is_nearly_right_is_not_supported(book: RegisterBook, claim: str) -> None:
    [found] = check_text(claim, book)
    assert found.verdict != "supported"
    assert found.en


@pytest.mark.parametrize("claim", NEIGHBOURS)
def test_of_a_neighbour_nothing_is_held(book: RegisterBook, claim: str) -> None:
    assert [item.verdict.value for item in check_text(claim, book)] == ["none"]


def test_a_wrong_slot_names_its_official_value_and_source(book: RegisterBook) -> None:
    [claim] = check_text("Order 73 entered into force on 1 May 2026.", book)
    [slot] = [item for item in claim.slots if item.equal is False]
    assert (slot.slot, slot.claim, slot.official) == ("day", "2026-05-01", "2026-04-01")
    assert slot.source is not None
    assert (slot.source.key, slot.source.evidence) == ("miit-order-73", "reported")


def test_the_day_decides_what_is_law() -> None:
    claim = "The 2018 Interim Measures remain in force."
    [before] = check_text(claim, RegisterBook(date(2025, 6, 1)))
    [after] = check_text(claim, RegisterBook(date(2026, 6, 1)))
    assert (before.verdict, after.verdict) == ("supported", "outdated")


def test_a_sentence_goes_on_about_the_act_before_it(book: RegisterBook) -> None:
    text = "Order 73 was issued by six departments. It took effect on 1 May 2026."
    assert [item.verdict for item in check_text(text, book)] == ["supported", "contradicted"]
    text = "《四川省新能源汽车废旧动力电池回收利用管理暂行办法》已经印发。该办法有效期三年。"
    assert check_text(text, book)[1].verdict == "contradicted"


def test_of_what_is_not_held_nothing_is_said_but_where_was_looked(book: RegisterBook) -> None:
    [claim] = check_text("Order 73 requires importers to install biometric readers.", book)
    assert claim.verdict == "none"
    assert claim.looked_at == ("新能源汽车废旧动力电池回收和综合利用管理暂行办法",)
    assert "false" not in claim.en


def test_furniture_of_a_page_is_no_claim(book: RegisterBook) -> None:
    text = "By Jane Doe\nSource: Example Media\nRead more about batteries here\nOrder 73 took effect on 1 April 2026."
    assert [item.text for item in check_text(text, book)] == [
        "Order 73 took effect on 1 April 2026."
    ]
