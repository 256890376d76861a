"""Write and read the sign of life of a worker."""

import os
import time
from dataclasses import replace

from archive.store import Archive
from noticewatch.application.heartbeat import heartbeats, read_heartbeat, write_heartbeat
from tests.noticewatch.daemon.operators import make_app


def test_vitals_say_whether_the_service_is_alive(tmp_path, monkeypatch):
    app = make_app(tmp_path)
    with app.archive() as archive:
        assert heartbeats(archive) == []
        write_heartbeat(app, archive, started=time.time(), stages={"crawl": {"hung": False}})
        [(worker, vitals)] = heartbeats(archive)
        assert vitals.fresh
        assert vitals.pid == worker.pid == os.getpid()
        assert vitals.rss_bytes > 1_000_000
        assert vitals.open_files > 2
        assert worker.roles == ("crawl", "classify", "notify", "web")
        monkeypatch.setattr(time, "time", lambda: vitals.beat + 3600)
        assert not heartbeats(archive)[0][1].fresh
        assert read_heartbeat(replace(worker, vitals={"words": "of another release"})) is None


def test_a_worker_whose_process_is_dead_is_taken_off_the_list(tmp_path):
    app = make_app(tmp_path)
    with Archive.open(app.data_dir) as dead, app.archive() as archive:
        dead.seat.occupy()
        write_heartbeat(app, dead, started=time.time(), stages={})
        write_heartbeat(app, archive, started=time.time(), stages={})
        assert {worker.id for worker, _ in heartbeats(archive)} == {dead.seat.id, archive.seat.id}
        os.close(dead.seat._file)  # as the kernel does at its end
        dead.seat._file = None
        assert [worker.id for worker, _ in heartbeats(archive)] == [archive.seat.id]
        write_heartbeat(app, archive, started=time.time(), stages={})
        assert [worker.id for worker in archive.workers.all()] == [archive.seat.id]
