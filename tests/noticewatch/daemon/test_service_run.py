"""``noticewatch run`` in a process of its own: what the operators see, and how it ends."""

import resource
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
import yaml

from archive.store import Archive, ArchiveError
from noticewatch.demo.replica import Replica
from tests.fakes.command import command, run, surroundings, write_settings
from tests.fakes.slack import FakeSlack, goes_on

LIMIT = 60.0  # seconds until something is given up; nothing here is timed
pytestmark = pytest.mark.model


class Watch:
    """A replica site, a Slack, and the service between them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slack = FakeSlack()
        self.site = Replica("trs_static", name="cn-x").start()
        for day in range(1, 5):
            self.site.add(f"关于第{day}项工作的通知", date(2026, 11, day))
        source = self.site.source("cn-x", schedule={"every": "5s"}, publisher="某机关")
        (folder / "sources").mkdir()
        (folder / "sources" / "cn-x.yml").write_text(yaml.safe_dump(source), "utf-8")
        write_settings(folder, self.slack, web={"port": 0})
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *given: str) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                given or command("--sources-dir", "sources", "run"), stdout=log, stderr=log,
                **surroundings(self.folder),
            )  # fmt: skip

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run(self.folder, "--sources-dir", "sources", *arguments, timeout=LIMIT)

    def no_file_may_grow(self, limit: int = 0) -> None:
        size = (limit, resource.RLIM_INFINITY)
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, size)

    def said(self, channel: str) -> list[str]:
        told = [m for m in list(self.slack.messages) if m["channel"] == channel]
        return [message["text"] for message in told if not goes_on(message)]

    def polled(self) -> bool:
        try:
            with Archive.open(self.folder / "data", read_only=True) as archive:
                return bool(archive.sources.all())
        except ArchiveError:
            return False

    def until(self, what) -> None:
        deadline = time.monotonic() + LIMIT
        while not what():
            assert time.monotonic() < deadline, (self.folder / "log").read_text()
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)

    def close(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.site.close()
        self.slack.close()


@pytest.fixture
def watch(tmp_path):
    made = Watch(tmp_path)
    yield made
    made.close()


def test_a_clean_stop_and_nothing_lost_by_a_kill(watch):
    watch.start()
    watch.until(watch.polled)

    watch.process.send_signal(signal.SIGKILL)
    watch.process.wait()
    watch.site.add(
        "关于加强废旧动力电池溯源信息报送管理的通知",
        date(2026, 11, 26),
        [
            "一、应当在十五个工作日内报送溯源信息。",
            "二、逾期不改正的，处一万元以上三万元以下罚款。",
        ],
    )
    with Archive.open(watch.folder / "data", read_only=True) as archive:
        assert archive.integrity.verify() == []
    done = watch.call("poll")
    assert done.returncode == 0, done.stderr
    told = [text for text in watch.said("C1") if "溯源信息报送" in text]
    assert len(told) == 1

    watch.start()
    watch.until(lambda: (watch.folder / "log").read_text().count("web archive on") == 2)
    watch.process.send_signal(signal.SIGTERM)
    assert watch.process.wait(10) == 0
    assert (watch.folder / "log").read_text().endswith("stopped\n")
    assert [text for text in watch.said("C1") if "溯源信息报送" in text] == told
    assert watch.call("doctor", "--verify").returncode == 0


def test_operators_hear_that_nothing_can_be_written_and_that_it_is_over(watch):
    watch.start()
    watch.until(watch.polled)
    watch.no_file_may_grow()
    watch.site.add("关于另一项工作的通知", date(2026, 11, 27))
    watch.until(lambda: any("does not work" in text for text in watch.said("COPS")))
    watch.no_file_may_grow(resource.RLIM_INFINITY)
    watch.until(lambda: any("works again" in text for text in watch.said("COPS")))
    watch.process.send_signal(signal.SIGTERM)
    assert watch.process.wait(10) == 0
    with Archive.open(watch.folder / "data", read_only=True) as archive:
        assert archive.integrity.verify() == []


HANGS_ONCE = """
import time
from pathlib import Path
from noticewatch.daemon import service
from noticewatch.cli.main import main

if not Path("hung").exists():
    Path("hung").touch()
    watchdog = service.Watchdog
    service.Watchdog = lambda *given: watchdog(*given, beat_seconds=1.0)
    service.Service._start_jobs = lambda _: time.sleep(3600)
main()
"""


def test_a_service_that_hangs_starts_itself_anew_in_its_place_and_tells_why(watch):
    """The real watchdog, the real exec: the same process goes on with the same archive."""
    (watch.folder / "hangs_once.py").write_text(HANGS_ONCE, "utf-8")
    watch.start(sys.executable, "hangs_once.py", "--sources-dir", "sources", "run")
    watch.until(watch.polled)
    watch.until(lambda: any("runs again" in text for text in watch.said("COPS")))
    told = [text for text in watch.said("COPS") if "restarted itself" in text]
    assert len(told) == 1
    log = (watch.folder / "log").read_text()
    assert "restarting: the event loop did not answer" in log
    assert log.count("web archive on") == 2
    watch.process.send_signal(signal.SIGTERM)
    assert watch.process.wait(10) == 0
    with Archive.open(watch.folder / "data", read_only=True) as archive:
        assert archive.integrity.verify() == []
