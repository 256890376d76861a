"""Remind of a notice on the day that was asked for."""

import io
from datetime import UTC, datetime

from starlette.testclient import TestClient

from archive.store import Archive
from config.model import Settings
from noticewatch.web.app import create_app
from notifier.run import run
from tests.noticewatch.web.site import csrf, make_site


def test_a_reminder_waits_for_its_day_and_is_dropped_once_closed(folder):
    with TestClient(create_app(make_site(folder))) as client:
        data = {"csrf": csrf(client), "channel": "terminal", "who": "李雷", "note": "核对流程"}
        for wrong in ({"on": "2026-11-01"}, {"on": ""}, {"on": "2026-12-01", "channel": "x"}):
            assert client.post("/notices/1/remind", data={**data, **wrong}).status_code == 400
        assert (
            client.post("/notices/99/remind", data={**data, "on": "2026-12-01"}).status_code == 404
        )
        for _ in range(2):
            client.post("/notices/1/remind", data={**data, "on": "2026-12-01"})
        client.post("/notices/1/remind", data={**data, "on": "2026-12-05"})
    silent, out = Settings(subscriptions=()), io.StringIO()
    with Archive.open(folder) as archive:
        assert len(archive.outbox.find(states=["pending"])) == 2
        archive.acknowledgements.move(1, "assigned", "韩梅梅")

        def at(day: int) -> None:
            clock = lambda: datetime(2026, 12, day, 1, 1, tzinfo=UTC)  # noqa: E731
            run(archive, silent, clock=clock, terminal=out)

        at(day=1)
        assert "Reminder for 李雷" in out.getvalue()
        assert "核对流程" in out.getvalue()
        archive.acknowledgements.move(1, "closed", "韩梅梅")
        at(day=5)
        assert out.getvalue().count("Reminder for") == 1
