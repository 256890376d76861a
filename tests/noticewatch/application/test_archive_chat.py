"""What the archive answers in Slack, of an archive with acts in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.store import Archive
from config.loader import load_register
from config.model import Settings
from noticewatch.application.chat.archive_chat import ArchiveChat
from tests.noticewatch.filled import ACT_URL, fill

BASE = "https://archive.example"


@pytest.fixture
def chat() -> ArchiveChat:
    settings = Settings.model_validate(
        {
            "web": {"public_url": f"{BASE}/"},
            "people": [{"id": "anna", "name": "Anna Keller"}, {"id": "li"}],
        }
    )
    return ArchiveChat(
        settings=settings, register=load_register,
        clock=lambda: datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    fill(tmp_path)
    return Archive.open(tmp_path, clock=lambda: datetime(2026, 11, 23, 4, 0, tzinfo=UTC))


def test_an_address_of_the_archive_or_of_an_official_page_is_its_act(
    chat: ArchiveChat, archive: Archive
) -> None:
    notice = archive.notices.by_url(ACT_URL)
    assert notice is not None
    posting = notice.postings[0].id
    for url in (
        f"{BASE}/notices/{notice.id}", f"{BASE}/notices/{notice.id}?lang=zh", ACT_URL,
        f"{BASE}/compare?posting={posting}&a=1&b=2",
    ):  # fmt: skip
        card = chat.card(archive, url, "zh")
        assert card is not None, url
        assert card.title == notice.title
        assert card.url == f"{BASE}/notices/{notice.id}"
    archive.handling.take(notice.id, "anna")
    taken = chat.card(archive, ACT_URL, "en")
    assert taken is not None
    assert "Anna Keller has it" in taken.lines


@pytest.mark.parametrize(
    "url",
    [
        f"{BASE}/notices/999", f"{BASE}/audit", f"{BASE}.evil.example/notices/1",
        "https://elsewhere.example/", f"{BASE}/compare?posting=x", f"{BASE}/notices/1/case.zip", "",
    ],
)  # fmt: skip
def test_other_addresses_stand_for_nothing(chat: ArchiveChat, archive: Archive, url: str) -> None:
    assert chat.card(archive, url, "en") is None


def test_what_is_ones_own_with_its_day(chat: ArchiveChat, archive: Archive) -> None:
    notice = archive.notices.by_url(ACT_URL)
    assert notice is not None
    assert chat.mine(archive, "anna", "en") == []
    day = datetime(2026, 12, 1, tzinfo=UTC).date()
    archive.handling.take(notice.id, "li", owner="anna", due=day)
    [line] = chat.mine(archive, "anna", "en")
    assert "by 1 Dec 2026 (8 days left)" in line.text
    assert line.url == f"{BASE}/notices/{notice.id}"
    assert chat.mine(archive, "li", "en") == []


def test_a_text_is_checked_and_views_are_left_out(chat: ArchiveChat, archive: Archive) -> None:
    lines = chat.check(archive, "In my opinion the market will grow.", "en")
    assert lines == []


def test_health_counts_sources_by_state(chat: ArchiveChat, archive: Archive) -> None:
    [line] = chat.health(archive, "en")
    counts = [source.state.value for source in archive.sources.all()]
    assert all(state.replace("_", " ") in line.lead for state in counts)
