"""Mend moments that a clock which ran ahead has left."""

from datetime import timedelta

from archive.store import Archive
from domain.records.states import OutboxKind
from tests.noticewatch.daemon.operators import NOW


def test_a_clock_that_ran_ahead_holds_nothing_back(tmp_path):
    from domain.records.message import NewOutboxItem
    from domain.records.source_run import PageState

    later = NOW + timedelta(days=30)
    with Archive.open(tmp_path, clock=lambda: later) as archive:
        archive.outbox.enqueue(
            [NewOutboxItem(channel="a", dedupe_key="1", kind=OutboxKind.TEST, payload={})]
        )
        archive.notifier_state.set_channel("a", {"paused_until": later.isoformat(), "failures": 3})
        page = PageState(
            url="http://127.0.0.1/1", source_key="s", column_key="c", etag=None, last_modified=None,
            raw_sha256=None, checked_at=later, changed_at=None, next_check=later, gone_looks=0,
        )  # fmt: skip
        archive.pages.save_page(page)
    with Archive.open(tmp_path, clock=lambda: NOW) as archive:
        assert archive.outbox.find(due=NOW) == []
        assert archive.clock_repair.mend(NOW) == 3
        assert len(archive.outbox.find(due=NOW)) == 1
        assert archive.notifier_state.channel("a") == {}
        assert archive.pages.page(page.url).next_check == NOW
        assert archive.clock_repair.mend(NOW) == 0
