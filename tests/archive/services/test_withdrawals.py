"""Pages that left their list, are gone or are back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from archive.store import Archive
from domain.records.observation import Observation
from domain.records.reason import reason
from domain.records.states import PostingState

Observe = Callable[..., Observation]


@pytest.fixture
def page(archive: Archive, observe: Observe) -> Observation:
    made = observe()
    archive.ingest(made)
    return made


def state(archive: Archive, page: Observation) -> PostingState:
    posting = archive.postings.by_url(page.url)
    assert posting is not None
    return PostingState(posting.state)


def kinds(archive: Archive) -> list[str]:
    return [change.kind.value for change in archive.changes.find()]


def test_a_page_that_left_its_list_is_unlisted_without_a_change(
    archive: Archive, page: Observation
) -> None:
    assert archive.withdrawals.unlisted([page.url, "https://unknown.example/"]) == 1
    assert archive.withdrawals.unlisted([page.url]) == 0
    assert state(archive, page) is PostingState.UNLISTED
    assert archive.listings.unlisted_urls(page.source_key) == {page.url}
    assert kinds(archive) == ["new"]
    notice = archive.notices.by_url(page.url)
    assert notice is not None
    assert notice.status != "withdrawn_page"


def test_it_stays_unlisted_while_it_answers_and_is_live_when_listed_again(
    archive: Archive, page: Observation, observe: Observe
) -> None:
    at = page.capture.fetched_at + timedelta(hours=1)
    archive.withdrawals.unlisted([page.url])
    archive.withdrawals.seen_unchanged(page.url, at)
    archive.ingest(observe(text="各有关单位：\n现将新的要求通知如下。", at=at))
    assert state(archive, page) is PostingState.UNLISTED
    archive.listings.listed(page.source_key, page.column_key, [(page.url, "t", None)], at)
    assert state(archive, page) is PostingState.LIVE
    assert kinds(archive) == ["new", "revised"]


def test_leaving_the_list_is_no_step_towards_a_withdrawal(
    archive: Archive, page: Observation
) -> None:
    at = page.capture.fetched_at + timedelta(hours=1)
    archive.withdrawals.unlisted([page.url])
    assert (
        archive.withdrawals.gone(
            page.url, reason("source.message", text="HTTP 404"), at, confirmed=True
        )
        is None
    )
    assert state(archive, page) is PostingState.UNLISTED
    assert (
        archive.withdrawals.gone(
            page.url, reason("source.message", text="HTTP 404"), at, confirmed=True
        )
        is not None
    )
    assert state(archive, page) is PostingState.WITHDRAWN
    assert archive.withdrawals.unlisted([page.url]) == 0
    assert kinds(archive) == ["new", "withdrawn"]


def test_a_first_look_at_a_missing_page_changes_no_state(
    archive: Archive, page: Observation
) -> None:
    at = page.capture.fetched_at + timedelta(hours=1)
    archive.withdrawals.gone(
        page.url, reason("source.message", text="HTTP 404"), at, confirmed=False
    )
    assert state(archive, page) is PostingState.LIVE


def test_rows_that_a_list_showed_before(
    archive: Archive, page: Observation, observe: Observe
) -> None:
    other = observe(url="https://www.miit.gov.cn/a/2.html", text="另一件事的通知。")
    archive.ingest(other)
    at, day = page.capture.fetched_at, page.parsed.dates.published
    rows = [(page.url, "a", day), (other.url, "b", day)]
    archive.listings.listed(page.source_key, page.column_key, rows, at)
    later = at + timedelta(hours=1)
    archive.listings.listed(page.source_key, page.column_key, rows[1:], later)
    before = archive.listings.listed_before(page.source_key, page.column_key, later)
    assert before == {page.url: day}
    archive.withdrawals.unlisted([page.url])
    assert archive.listings.listed_before(page.source_key, page.column_key, later) == {}
