"""Write metrics of archive, sources, channels and service."""

from datetime import timedelta

from archive.store import Archive
from domain.records.lease import LeaseKind
from domain.records.states import OutboxKind
from noticewatch.application.heartbeat import write_heartbeat
from noticewatch.daemon.watchdog import StageStatuses
from tests.noticewatch.daemon.operators import NOW, make_app


def test_figures_of_archive_sources_channels_and_service(tmp_path):
    from domain.records.message import NewOutboxItem
    from domain.records.source_run import SourceRun
    from domain.records.states import SourceState
    from noticewatch.application.metrics import gauge, metrics_text

    hour_ago = NOW - timedelta(hours=1)
    with Archive.open(tmp_path, clock=lambda: NOW) as archive:
        archive.sources.record_run(
            SourceRun(
                key="cn-x", started=hour_ago, finished=hour_ago, state=SourceState.OK, reason="",
                rows=1, new=0, revised=0, withdrawn=0, requests=1, not_modified=0,
            )
        )  # fmt: skip
        (number,) = archive.outbox.enqueue(
            [NewOutboxItem(channel="a", dedupe_key="1", kind=OutboxKind.TEST, payload={})]
        )
        archive.outbox.mark_sending(number, hour_ago)
        stages = StageStatuses()
        stages.add("crawl", 1.0)
        app = make_app(tmp_path)
        write_heartbeat(app, archive, started=1.0, stages=stages.as_json(), refused_writes=2)
        archive.leases.take(LeaseKind.ROLE, ["upkeep"])
        worker = archive.seat.id
        told = metrics_text(archive, NOW).splitlines()
    for line in (
        'noticewatch_source_up{source="cn-x",state="ok"} 1',
        'noticewatch_source_last_success_seconds{source="cn-x"} 3600',
        'noticewatch_channel_undelivered_seconds{channel="a"} 3600',
        f'noticewatch_service_up{{worker="{worker}"}} 1',
        f'noticewatch_service_refused_writes{{worker="{worker}"}} 2',
        f'noticewatch_worker_leases{{worker="{worker}"}} 1',
        f'noticewatch_stage_failures{{worker="{worker}",stage="crawl"}} 0',
    ):
        assert line in told
    assert gauge("x", [({"a": 'b"\\\n'}, 1)])[-1] == 'noticewatch_x{a="b\\"\\\\\\n"} 1'
