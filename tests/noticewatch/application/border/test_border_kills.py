"""``kill -9`` at any point of a collector or its hub loses nothing and doubles nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from archive.store import Archive
from crawler.border.collector_keys import make_key
from noticewatch.demo.replica import Replica
from tests.noticewatch.application.border.border_world import sightless
from tests.paths import ROOT

SPOOL = "archive.backends.spools.collector_spool:CollectorSpool"
INBOX = "archive.backends.spools.receiver_inbox:ReceiverInbox"
KILLED_COLLECTOR = ((f"{SPOOL}.add", 3), (f"{SPOOL}.add", 6), (f"{SPOOL}.bundled", 1))
KILLED_HUB = (
    (f"{INBOX}.take", 1),
    ("archive.services.ingest:Ingest.store", 3),
    (f"{INBOX}.replayed", 1),
)


class Machines:
    """A folder for each machine; the commands run in processes of their own."""

    def __init__(self, folder: Path, replica: Replica) -> None:
        self.folder = folder
        sources = folder / "sources"
        sources.mkdir()
        file = yaml.safe_dump(replica.source("office"), allow_unicode=True)
        (sources / "office.yml").write_text(file, encoding="utf-8")
        public = make_key(folder / "inside.key")
        settings = {"border": {"collectors": {"inside": {"public_key": public}}}}
        (folder / "hub.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")

    def run(self, machine: str, *words: str, kill: tuple[str, int] | None = None) -> int:
        given = ["--data-dir", machine, "--sources-dir", "sources", "--config", "hub.yml", *words]
        start = ["-m", "noticewatch.cli.main"]
        if kill is not None:
            start = ["-m", "tests.noticewatch.application.border.killed", kill[0], str(kill[1])]
        done = subprocess.run(
            [sys.executable, *start, *given],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=200,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return done.returncode

    def collect(self, kill: tuple[str, int] | None = None) -> int:
        words = ("collect", "--out", "out", "--name", "inside", "--key", "inside.key")
        return self.run("beyond", *words, kill=kill)


@pytest.mark.timeout(400)
def test_kills_of_collector_and_hub_lose_nothing(tmp_path: Path) -> None:
    with Replica("trs_static") as replica:
        machines = Machines(tmp_path, replica)
        for number in range(4):
            replica.add(f"关于第{number + 1}批退役动力电池检查的通知", replica_day(number))
        assert machines.run("direct", "crawl", "--source", "office") == 0
        for kill in KILLED_COLLECTOR:
            assert machines.collect(kill) == -9
        assert machines.collect() == 0
    for kill in KILLED_HUB:
        assert machines.run("hub", "receive", "out", kill=kill) == -9
    assert machines.run("hub", "receive", "out") == 0
    assert machines.run("hub", "receive", "out") == 0
    with Archive.open(tmp_path / "hub") as hub, Archive.open(tmp_path / "direct") as direct:
        assert len(sightless(hub)) == 4
        assert sightless(hub) == sightless(direct)
        assert hub.integrity.verify() == []


def replica_day(number: int) -> object:
    from datetime import date

    return date(2026, 9, 1 + number)
