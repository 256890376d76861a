"""Which rows a list has dropped, and what says nothing of it."""

from __future__ import annotations

from datetime import date, timedelta

from crawler.passes.list_gaps import missing_rows
from crawler.passes.listing import short
from domain.records.observation import NoticeRef

DAY = date(2026, 2, 20)
NAMES = "abcdef"
DATES = {name: DAY - timedelta(days=place) for place, name in enumerate(NAMES)}


def row(name: str, published: date | None = None) -> NoticeRef:
    return NoticeRef(url=name, title=name, published=published or DATES.get(name))


def gaps(now: str | list[NoticeRef], before: str = NAMES, **dates: date) -> set[str]:
    rows = [row(name) for name in now] if isinstance(now, str) else now
    return set(missing_rows([short(name) for name in before], rows, DATES | dates))


def test_a_row_above_rows_that_are_still_there_is_missing() -> None:
    assert gaps("abdef") == {"c"}
    assert gaps("bcdef") == {"a"}
    assert gaps("adef") == {"b", "c"}


def test_rows_pushed_off_the_end_are_not() -> None:
    new = [row("n", DAY + timedelta(days=1)), row("o", DAY)]
    assert gaps([*new, *map(row, "abcd")]) == set()


def test_a_row_missing_from_the_very_end_may_have_been_cut_off() -> None:
    assert gaps("abcde") == set()
    assert gaps("abcdf") == set()  # e and f may have changed places


def test_late_rows_with_an_old_date_prove_nothing() -> None:
    old = [row("n", date(2025, 3, 13)), row("o", date(2025, 4, 3))]
    assert gaps([*old, *map(row, "abcd")]) == set()
    after = [*map(row, "ab"), *old]  # where they stand at the end in the next pass
    assert gaps(after, before="abnocd") == set()


def test_a_backdated_row_that_moves_to_its_place_is_not_missing() -> None:
    assert gaps("abcdef", before="n" + NAMES, n=date(2025, 3, 13)) == set()


def test_a_pinned_row_proves_nothing_and_is_not_missing_when_it_is_let_go() -> None:
    pins = [row("e"), row("f")]
    assert gaps([*pins, *map(row, "ab")]) == set()
    assert gaps("abcdef", before="p" + NAMES, p=date(2024, 1, 1)) == set()


def test_swapped_rows_prove_nothing() -> None:
    assert gaps("abdcef") == set()
    assert gaps("abced") == set()


def test_rows_of_one_day_may_be_cut_off_anywhere() -> None:
    same = dict.fromkeys(NAMES, DAY)
    assert gaps([row(name, DAY) for name in "abdef"], **same) == set()


def test_rows_without_a_date_prove_nothing() -> None:
    undated = [NoticeRef(url=name, title=name, published=None) for name in "abdef"]
    assert gaps(undated) == set()


def test_a_row_that_the_last_list_did_not_show_is_not_missing() -> None:
    assert gaps("abdef", before="abdef") == set()
