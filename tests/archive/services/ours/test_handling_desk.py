"""Acts are taken on, set aside and given back, each step with their duties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from tests.archive.services.ours.test_obligations import Book
from tests.builders import make_duty, make_observation

DUE = date(2026, 12, 20)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = Book(tmp_path)
    yield made
    made.archive.close()


def test_who_takes_an_act_has_its_duties_that_nobody_has(book: Book) -> None:
    first, second = book.owes(make_duty(), make_duty(act="store"))
    book.archive.obligations.take(second.id, "li")
    state = book.archive.handling.take(1, "anna", due=DUE, note="with the portal's people")
    assert (state.state, state.owner, state.due, state.by) == ("assigned", "anna", DUE, "anna")
    assert state.note == "with the portal's people"
    owners = {one.id: (one.owner, one.due) for one in book.archive.obligations.find()}
    assert owners == {first.id: ("anna", DUE), second.id: ("li", None)}


def test_somebody_gives_it_to_another(book: Book) -> None:
    state = book.archive.handling.take(1, "anna", owner="li")
    assert (state.owner, state.by) == ("li", "anna")


def test_undo_takes_one_step_back_at_a_time(book: Book) -> None:
    book.owes(make_duty())
    desk = book.archive.handling
    desk.take(1, "anna", due=DUE)
    desk.take(1, "li", owner="li")
    assert desk.state(1).owner == "li"
    again = desk.undo(1, "anna")
    assert (again.state, again.owner, again.due) == ("assigned", "anna", DUE)
    over = desk.undo(1, "anna")
    assert (over.state, over.owner, over.due, over.undoable) == ("open", None, None, "")
    [duty] = book.archive.obligations.find()
    assert (duty.state, duty.owner, duty.due) == ("open", None, None)
    with pytest.raises(ArchiveError, match="nothing to undo"):
        desk.undo(1, "anna")
    told = [entry.action for entry in book.archive.audit_log.of_subject("notice 1")]
    assert told == ["handling.take", "handling.take", "handling.undo", "handling.undo"]


def test_undo_leaves_what_somebody_did_since(book: Book) -> None:
    [duty] = book.owes(make_duty())
    book.archive.handling.take(1, "anna")
    book.archive.obligations.done(duty.id, "anna", note="reported")
    book.archive.handling.undo(1, "li")
    assert book.archive.obligations.get(duty.id).state == "done"


def test_a_step_on_the_page_leaves_nothing_to_undo(book: Book) -> None:
    book.archive.handling.take(1, "anna")
    book.archive.acknowledgements.move(1, "assessed", "li")
    book.archive.audit_log.record("li", "acknowledge", "notice 1", {"state": "assessed"})
    assert book.archive.handling.state(1).undoable == ""


def test_not_for_us_closes_act_and_duties_with_the_reason(book: Book) -> None:
    [duty] = book.owes(make_duty())
    state = book.archive.handling.not_for_us(1, "anna", "entity", note="we recycle nothing")
    assert (state.state, state.undoable) == ("closed", "not_for_us")
    kept = book.archive.obligations.get(duty.id)
    assert (kept.state, kept.reason) == ("not_for_us", "entity · we recycle nothing")
    back = book.archive.handling.undo(1, "anna")
    assert back.state == "open"
    assert book.archive.obligations.get(duty.id).state == "open"


def test_a_red_duty_waits_for_the_second_person(book: Book) -> None:
    book.owes(make_duty())
    book.red()
    state = book.archive.handling.not_for_us(1, "anna", "topic", second_person=True)
    assert state.state == "acknowledged"
    with pytest.raises(ArchiveError, match="second person"):
        book.archive.handling.not_for_us(1, "anna", "topic", second_person=True)
    assert book.archive.handling.state(1).state == "acknowledged"
    state = book.archive.handling.not_for_us(1, "li", "topic", second_person=True)
    assert state.state == "closed"


def test_similar_acts_are_of_the_same_place_and_topics_and_never_red(book: Book) -> None:
    db, archive = book.archive.summary.db, book.archive
    for number in range(2, 8):
        url = f"https://a.example/{number}.html"
        archive.ingest(make_observation(url, f"第{number}号关于示例事项的通知", f"内容{number}。"))
    with archive.transaction():
        db.run("UPDATE notices SET relevant_because = 'labels', jurisdiction = 'CN-GD'")
        db.run("UPDATE notices SET severity = 'red' WHERE id = 3")
        db.run("UPDATE notices SET jurisdiction = 'CN-JS' WHERE id = 4")
        for number, topics in (
            (1, "ab"),
            (2, "ba"),
            (3, "ab"),
            (4, "ab"),
            (5, "a"),
            (6, "ab"),
            (7, "ab"),
        ):
            for topic in topics:
                db.run(
                    "INSERT INTO labels (notice_id, topic, score, evidence, model) VALUES (?, ?, 1, '[]', 'x')",
                    (number, topic),
                )
    archive.handling.take(6, "li")
    assert archive.handling.similar(1) == [7, 2]
    with pytest.raises(ArchiveError):
        archive.handling.take(99, "anna")
