"""Obligations follow the law, and are moved by people, each step with its history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.errors import ArchiveError
from archive.store import Archive
from domain.law.duties import Duty, TimeRelation, When
from domain.records.obligation import Obligation, OwedDuty
from tests.builders import make_duty, make_observation

TODAY = date(2026, 11, 30)
MONTHLY = When(relation=TimeRelation.EACH, recurs="monthly:5")


class Book:
    """An archive with one act, and what it asks for."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
        self.archive = Archive.open(folder, clock=lambda: self.now)
        self.archive.ingest(make_observation())

    def owes(self, *duties: Duty, due: date | None = None, day: date = TODAY) -> list[Obligation]:
        owed = [
            OwedDuty(entity="js", duty_id=f"1-{duty.key}", notice_id=1, duty=duty, due=due)
            for duty in duties
        ]
        self.archive.obligation_upkeep.keep(owed, day)
        return self.archive.obligations.find()

    def red(self) -> None:
        with self.archive.transaction():
            self.archive.summary.db.run("UPDATE notices SET severity = 'red'")

    def actions(self, number: int) -> list[str]:
        return [entry.action for entry in self.archive.obligations.history(number)]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = Book(tmp_path)
    yield made
    made.archive.close()


def test_what_applies_becomes_a_row_once(book: Book) -> None:
    (one,) = book.owes(make_duty(), due=date(2026, 12, 5))
    assert (one.state, one.owner, one.due) == ("open", None, date(2026, 12, 5))
    assert one.title == "关于开展废旧动力电池联合执法专项行动的通知"
    assert [item.id for item in book.owes(make_duty(), due=date(2026, 12, 5))] == [one.id]


def test_people_move_it_and_every_step_is_kept(book: Book) -> None:
    (one,) = book.owes(make_duty())
    obligations = book.archive.obligations
    taken = obligations.take(one.id, "anna", owner="li", due=date(2027, 1, 3))
    assert (taken.state, taken.owner, taken.due) == ("in_progress", "li", date(2027, 1, 3))
    kept = obligations.add_file(one.id, "li", "报告.pdf", b"proof")
    assert book.archive.evidence.get(kept.proofs[0].value) == b"proof"
    obligations.add_link(one.id, "li", "https://intra.example/7")
    done = obligations.done(one.id, "li", note="filed")
    assert (done.state, done.last_review) == ("done", TODAY)
    assert [proof.kind for proof in done.proofs] == ["file", "link"]
    assert obligations.reopen(one.id, "anna").state == "in_progress"
    assert book.actions(one.id) == [
        "obligation.open", "obligation.take", "obligation.evidence_file",
        "obligation.evidence_link", "obligation.done", "obligation.reopen",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (lambda book: book.not_for_us(1, "li", "  "), "say why it is not for us"),
        (lambda book: book.take(9, "li"), "there is no obligation 9"),
        (lambda book: book.reopen(1, "li"), "obligation 1 is open already"),
        (lambda book: book.add_link(1, "li", "file:///x"), "expected an http or https address"),
        (lambda book: (book.done(1, "li"), book.take(1, "li")), "is done: reopen it first"),
    ],
    ids=["reason", "unknown", "open", "link", "closed"],
)
def test_what_cannot_be_is_one_sentence(
    book: Book, step: Callable[[Any], object], sentence: str
) -> None:
    book.owes(make_duty())
    with pytest.raises(ArchiveError, match=sentence):
        step(book.archive.obligations)


def test_a_red_one_needs_a_second_person_where_asked(book: Book) -> None:
    (one,) = book.owes(make_duty())
    book.red()
    obligations = book.archive.obligations
    waits = obligations.done(one.id, "li", second_person=True)
    assert (waits.state, waits.asked_by) == ("in_progress", "li")
    with pytest.raises(ArchiveError, match="not by li again"):
        obligations.done(one.id, "li", second_person=True)
    assert obligations.done(one.id, "anna", second_person=True).state == "done"
    assert book.actions(one.id)[1:] == ["obligation.done_asked", "obligation.done"]


def test_an_amber_one_is_closed_by_one_person(book: Book) -> None:
    (one,) = book.owes(make_duty())
    assert book.archive.obligations.done(one.id, "li", second_person=True).state == "done"


def test_another_law_reopens_what_was_closed(book: Book) -> None:
    (one,) = book.owes(make_duty())
    book.archive.obligations.not_for_us(one.id, "li", "no recycling here")
    shorter = replace(make_duty(), when=When(relation=TimeRelation.WITHIN, duration="P10D"))
    (again,) = book.owes(shorter, day=TODAY + timedelta(days=1))
    assert (again.state, again.reason) == ("open", "")
    assert again.law_changed_since == TODAY + timedelta(days=1)
    assert again.duty.when is not None
    assert again.duty.when.duration == "P10D"
    assert book.archive.obligations.done(one.id, "li").law_changed_since is None


def test_a_sentence_that_only_reads_otherwise_reopens_nothing(book: Book) -> None:
    (one,) = book.owes(make_duty())
    book.archive.obligations.done(one.id, "li")
    (same,) = book.owes(replace(make_duty(), quote="其他文字", since="2027-01-01"))
    assert (same.state, same.law_changed_since) == ("done", None)


def test_a_recurring_duty_comes_back_and_a_missed_day_stays(book: Book) -> None:
    monthly = make_duty(when=MONTHLY)
    (one,) = book.owes(monthly, due=date(2026, 12, 5))
    (late,) = book.owes(monthly, due=date(2027, 1, 5), day=date(2026, 12, 6))
    assert (late.state, late.due) == ("open", date(2026, 12, 5))
    book.archive.obligations.done(one.id, "li")
    (again,) = book.owes(monthly, due=date(2027, 1, 5), day=date(2026, 12, 7))
    assert (again.state, again.due) == ("in_progress", date(2027, 1, 5))
    assert book.actions(one.id)[-1] == "obligation.due_again"


def test_what_applies_no_more_goes_or_is_marked(book: Book) -> None:
    other = make_duty(object="出库信息")
    first, second = book.owes(make_duty(), other)
    book.archive.obligations.take(second.id, "li")
    (left,) = book.owes()
    assert (left.id, left.ended) == (second.id, TODAY)
    (back,) = book.owes(other)
    assert (back.id, back.ended) == (second.id, None)
    assert first.id not in {item.id for item in book.archive.obligations.find()}


def test_evidence_is_in_the_backup_and_verified(book: Book, tmp_path: Path) -> None:
    (one,) = book.owes(make_duty())
    kept = book.archive.obligations.add_file(one.id, "li", "a.txt", b"proof")
    if book.archive.url is None:
        book.archive.maintenance.backup(tmp_path / "copy")
        with Archive.open(tmp_path / "copy") as copy:
            assert copy.evidence.get(kept.proofs[0].value) == b"proof"
            assert copy.integrity.verify() == []
    sha256 = kept.proofs[0].value
    (book.archive.data_dir / "evidence" / sha256[:2] / f"{sha256}.gz").unlink()
    assert book.archive.integrity.verify() == [f"the evidence {sha256} of a.txt is missing"]


def test_the_list_is_filtered(book: Book) -> None:
    first, _ = book.owes(make_duty(), make_duty(object="出库信息"))
    book.archive.obligations.take(first.id, "li")
    find = book.archive.obligations.find
    assert [item.id for item in find(states=["in_progress"])] == [first.id]
    assert [item.id for item in find(owner="li")] == [first.id]
    assert find(entity="nobody") == []
