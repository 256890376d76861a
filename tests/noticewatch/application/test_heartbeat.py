"""Write and read the sign of life of the service."""

import os
import time

from noticewatch.application.heartbeat import read_heartbeat, write_heartbeat


def test_vitals_say_whether_the_service_is_alive(tmp_path, monkeypatch):
    assert read_heartbeat(tmp_path) is None
    write_heartbeat(tmp_path, started=time.time(), stages={"crawl": {"hung": False}})
    vitals = read_heartbeat(tmp_path)
    assert vitals.fresh
    assert vitals.pid == os.getpid()
    assert vitals.rss_bytes > 1_000_000
    assert vitals.open_files > 2
    monkeypatch.setattr(time, "time", lambda: vitals.beat + 3600)
    assert not read_heartbeat(tmp_path).fresh
    (tmp_path / "service.json").write_text("{broken")
    assert read_heartbeat(tmp_path) is None
