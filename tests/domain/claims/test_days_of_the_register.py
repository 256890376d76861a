"""Every registered act by its Chinese title, its English title and its number: the day from which
it had effect is borne out, another is contradicted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.claims.checker import check_text
from tests.domain.claims.books import RegisterBook


@pytest.fixture(scope="module")
def book() -> RegisterBook:
    return RegisterBook()


def dated(book: RegisterBook) -> list[tuple[str, str | None, str | None, date]]:
    return [
        (act.title, act.title_en, act.document_number, act.days["effective"][0])
        for act in book.acts
        if act.days.get("effective") and act.status != "draft"
    ]


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def english(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def wrong(book: RegisterBook, claims: list[str], verdict: str) -> list[tuple[str, str]]:
    assert len(claims) >= 20
    found = [(claim, check_text(claim, book)) for claim in claims]
    return [
        (claim, "/".join(item.verdict for item in items))
        for claim, items in found
        if [item.verdict.value for item in items] != [verdict]
    ]


def test_by_the_chinese_title(book: RegisterBook) -> None:
    acts = dated(book)
    right = [f"《{title}》自{chinese(day)}起施行。" for title, _, _, day in acts]
    assert wrong(book, right, "supported") == []
    other = [f"《{title}》自{chinese(day + timedelta(61))}起施行。" for title, _, _, day in acts]
    assert wrong(book, other, "contradicted") == []


def test_by_the_english_title(book: RegisterBook) -> None:
    acts = [(name, day) for _, name, _, day in dated(book) if name]
    right = [f"The {name} took effect on {english(day)}." for name, day in acts]
    assert wrong(book, right, "supported") == []
    other = [f"The {name} took effect on {english(day + timedelta(61))}." for name, day in acts]
    assert wrong(book, other, "contradicted") == []


def test_by_the_number(book: RegisterBook) -> None:
    claims = [f"{number}自{chinese(day)}起施行。" for _, _, number, day in dated(book) if number]
    assert wrong(book, claims, "supported") == []
