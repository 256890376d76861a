"""Tell operators of troubles, once each, and when they are over."""

import asyncio
from datetime import timedelta

from archive.errors import ArchiveError
from archive.repositories.outbox import Outbox
from domain.records.states import OutboxKind
from noticewatch.daemon import maintenance, weekly_selftest
from noticewatch.daemon.operator_alarms import Alarms
from tests.noticewatch.daemon.operators import NOW, messages, with_operators


def test_a_trouble_is_told_once_and_once_when_it_is_over(tmp_path, slack):
    app = with_operators(tmp_path, slack)
    for _ in range(2):  # a restart knows what was told
        alarms = Alarms(app, app.clock)
        alarms.raise_alarm("disk", "the disk is nearly full", "free some space", red=True)
        alarms.raise_alarm("disk", "the disk is nearly full", "free some space", red=True)
    alarms.resolve("disk", "there is room again")
    alarms.resolve("disk", "there is room again")
    alarms.resolve("model", "never rung")
    told = messages(app)
    assert len(told) == 2
    assert "nearly full" in told[0]
    assert "room again" in told[1]


def test_operators_hear_of_an_archive_that_cannot_be_written(tmp_path, slack, monkeypatch):
    app = with_operators(tmp_path, slack)
    alarms = Alarms(app, app.clock)

    def full(self, *_, **__):
        raise ArchiveError("the disk is full; nothing was changed")

    with app.archive():
        pass
    with monkeypatch.context() as broken:
        broken.setattr(Outbox, "enqueue", full)
        for _ in range(3):
            alarms.raise_alarm("stage-crawl", "the crawl stage does not work", "the disk is full")
        assert [m["channel"] for m in slack.messages] == ["COPS"]
        assert "crawl stage" in slack.messages[0]["text"]
    alarms.resolve("stage-crawl", "the crawl stage works again")
    assert "works again" in messages(app)[0]


def test_a_channel_that_delivers_nothing_and_dead_letters_are_told(tmp_path, slack):
    from domain.records.message import NewOutboxItem

    app = with_operators(tmp_path, slack)
    with app.archive() as archive:
        first, second = archive.outbox.enqueue(
            [
                NewOutboxItem(
                    channel="operators",
                    dedupe_key=str(n),
                    kind=OutboxKind.TEST,
                    payload={"text": "x"},
                )
                for n in range(2)
            ]
        )
        archive.outbox.mark_sending(first, NOW - timedelta(hours=2))
        archive.outbox.mark_retry(first, "down", NOW)
        archive.outbox.mark_dead(second, "refused")
    maintenance.check_deliveries(app, Alarms(app, app.clock))
    told = " ".join(messages(app))
    assert "channel operators delivers nothing since 2026-11-27 00:00" in told
    assert "1 message was refused for good" in told


def test_a_selftest_waits_for_its_hour_and_tells_a_failure(tmp_path, slack, monkeypatch):
    app = with_operators(tmp_path, slack)
    results = iter([{"ok": False, "problems": ["not crawled"]}, {"ok": True, "problems": []}])

    async def apart(_):
        return next(results)

    monkeypatch.setattr(weekly_selftest, "_selftest_apart", apart)
    alarms = Alarms(app, app.clock)
    with app.archive() as archive:
        for day in (0, 1, 7, 8, 14):  # a Friday; the test is due on Mondays
            app.clock = alarms.clock = lambda day=day: NOW + timedelta(days=day)
            asyncio.run(weekly_selftest.selftest_when_due(app, archive, alarms))
    told = messages(app)
    assert len(told) == 2
    assert "self-test failed" in told[0]
    assert "passes again" in told[1]
