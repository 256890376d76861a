"""noticewatch and three page watchers behind one face: watch these pages, poll once.

Each runs as its own process from its own environment, configured as its manual says, with its
alerts going to a JSON endpoint. ``selector`` is the hand-written CSS selector of the body for
those who need one; noticewatch gets none.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

VERSIONS = {"urlwatch": "2.29", "webchanges": "3.37.0", "changedetection.io": "0.60.10"}
_WAIT = 600.0  # seconds for one poll, at most


@dataclass(frozen=True, slots=True)
class Spent:
    """What one poll cost: CPU seconds of all its processes, peak resident MiB."""

    cpu: float
    rss_mib: float
    exit_code: int


class Watcher(Protocol):
    name: str

    def start(self, urls: Sequence[str], column: str, hook: str, selector: str | None) -> None: ...
    def poll(self) -> Spent: ...
    def stop(self) -> None: ...
    def marked(self, text: str) -> int:
        """Characters that the diff in an alert marks as changed."""


def run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Spent:
    """Run a command to its end; its output goes to ``log`` in the folder."""
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, env={**os.environ, **(environment or {})}
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(_seconds(used), used.ru_maxrss / 1024, process.returncode)


def _seconds(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def _line_diff(text: str) -> int:
    """Characters on the removed and added lines of a unified diff."""
    lines = re.findall(r"^[-+](?![-+]{2} )(.*)$", text, re.M)
    return sum(len(line) for line in lines)


class Noticewatch:
    name = "noticewatch"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self, urls: Sequence[str], column: str, hook: str, selector: str | None) -> None:
        sources = self.folder / "sources"
        sources.mkdir(parents=True)
        source = {
            "key": "peers", "name": {"zh": "测试"}, "publisher": "测试", "jurisdiction": "CN",
            "platform": "auto", "columns": [{"key": "list", "url": column}],
            "http": {"min_gap_seconds": 0},
            "expect": {"min_rows": 1, "max_silence_days": 36500},
        }  # fmt: skip
        (sources / "peers.yml").write_text(json.dumps(source, ensure_ascii=False))
        settings = {
            "channels": {"hook": {"type": "webhook", "url_env": "PEERS_HOOK"}},
            "subscriptions": [{"channel": "hook", "when": "immediately"}],
        }
        (self.folder / "noticewatch.yml").write_text(json.dumps(settings))
        self._environment = {"PEERS_HOOK": hook}

    def poll(self) -> Spent:
        program = str(Path(sys.executable).parent / "noticewatch")
        options = ["--data-dir", "data", "--sources-dir", "sources"]
        return run([program, *options, "poll", "--recheck", "all"], self.folder, self._environment)

    def stop(self) -> None:
        """Nothing runs between two polls."""

    def marked(self, text: str) -> int:
        changed = re.search(
            r"^第三条.*(?:\[-|\{\+).*$", text, re.M
        )  # not its facts, before → after
        pieces = re.findall(r"\[-(.*?)-\]|\{\+(.*?)\+\}", changed.group() if changed else "")
        return sum(len(gone) + len(come) for gone, come in pieces)


class _JobFile:
    """urlwatch and webchanges: jobs and settings as YAML, one process a poll."""

    name = ""
    reporter = ""

    def __init__(self, folder: Path, environments: Path) -> None:
        self.folder = folder
        self.program = environments / self.name / "bin" / self.name

    def start(self, urls: Sequence[str], column: str, hook: str, selector: str | None) -> None:
        self.folder.mkdir(parents=True)
        filters: list[Any] = [{"css": selector}] if selector else []
        jobs = [self.job(url, [*filters, "html2text"]) for url in urls]
        separator = "\n---\n"
        (self.folder / "jobs.yaml").write_text(separator.join(json.dumps(job) for job in jobs))
        report = {
            self.reporter: {"enabled": True, "webhook_url": hook},
            "text": {"details": True, "line_length": 0, "footer": False},
            "stdout": {"enabled": False},
        }
        (self.folder / "settings.yaml").write_text(json.dumps(self.settings(report)))

    def job(self, url: str, filters: list[Any]) -> dict[str, Any]:
        return {"name": url, "url": url, "filter": filters}

    def settings(self, report: dict[str, Any]) -> dict[str, Any]:
        return {"display": {"new": False, "error": True, "unchanged": False}, "report": report}

    def command(self) -> list[str]:
        raise AssertionError("each of the two names its options")

    def poll(self) -> Spent:
        return run([str(self.program), *self.command()], self.folder)

    def stop(self) -> None:
        """Nothing runs between two polls."""

    def marked(self, text: str) -> int:
        return _line_diff(text)


class Urlwatch(_JobFile):
    name = "urlwatch"
    reporter = "mattermost"

    def command(self) -> list[str]:
        return ["--urls", "jobs.yaml", "--config", "settings.yaml", "--cache", "cache.db"]


class Webchanges(_JobFile):
    name = "webchanges"
    reporter = "webhook"

    def command(self) -> list[str]:
        return ["--jobs", "jobs.yaml", "--config", "settings.yaml", "--database", "cache.db"]


class Changedetection:
    """changedetection.io as a service, driven through its own API."""

    name = "changedetection.io"

    def __init__(self, folder: Path, environments: Path) -> None:
        self.folder = folder
        self.program = environments / self.name / "bin" / self.name
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, urls: Sequence[str], column: str, hook: str, selector: str | None) -> None:
        self.folder.mkdir(parents=True)
        self.base = f"http://127.0.0.1:{_free_port()}"
        port = self.base.rsplit(":", 1)[1]
        environment = {**os.environ, "ALLOW_IANA_RESTRICTED_ADDRESSES": "true"}
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.program), "-d", "data", "-C", "-h", "127.0.0.1", "-p", port],
                cwd=self.folder, stdout=log, stderr=log, env=environment,
            )  # fmt: skip
        self._token = self._wait_for_token()
        for uuid in self._call("GET", "/api/v1/watch"):
            self._call("DELETE", f"/api/v1/watch/{uuid}")
        for url in urls:
            watch: dict[str, Any] = {
                "url": url,
                "notification_urls": [hook.replace("http://", "json://")],
                "notification_body": "{{watch_url}}\n{{diff}}",
                "notification_format": "text",
                "time_between_check": {"weeks": 4},
            }
            if selector:
                watch["include_filters"] = [selector]
            self._call("POST", "/api/v1/watch", watch)
        self._settle(time.time() - 3600)

    def poll(self) -> Spent:
        before, began = self._used(), time.time()
        self._call("GET", "/api/v1/watch?recheck_all=1")
        self._settle(began)
        after = self._used()
        return Spent(after[0] - before[0], after[1], 0)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)

    def marked(self, text: str) -> int:
        lines = re.findall(r"^\((?:changed|into|added|removed)\) ?(.*)$", text, re.M)
        return sum(len(line) for line in lines)

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            self.base + path, method=method, data=json.dumps(body).encode() if body else None,
            headers={"x-api-key": self._token, "Content-Type": "application/json"},
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read().decode()
        return json.loads(text) if text.strip() else None

    def _wait_for_token(self) -> str:
        kept, until = self.folder / "data" / "changedetection.json", time.monotonic() + 120
        while time.monotonic() < until:
            try:
                token = json.loads(kept.read_text())["settings"]["application"]["api_access_token"]
                self._token = str(token)
                self._call("GET", "/api/v1/systeminfo")
                return self._token
            except (OSError, ValueError, KeyError):
                time.sleep(0.5)
        raise RuntimeError("changedetection.io did not start within two minutes")

    def _settle(self, began: float) -> None:
        """Until every page was looked at since ``began`` and the queue has stood empty a while."""
        until, quiet = time.monotonic() + _WAIT, 0
        while time.monotonic() < until:
            looked = self._call("GET", "/api/v1/watch")
            waiting = self._call("GET", "/api/v1/systeminfo")["queue_size"]
            done = all(int(watch["last_checked"] or 0) >= int(began) for watch in looked.values())
            quiet = quiet + 1 if done and not waiting else 0
            if quiet >= 4:  # its notifications have a thread and a queue of their own
                return
            time.sleep(1)
        raise RuntimeError("changedetection.io did not finish a poll within ten minutes")

    def _used(self) -> tuple[float, float]:
        import psutil

        assert self.process is not None
        family = psutil.Process(self.process.pid)
        members = [family, *family.children(recursive=True)]
        times = [member.cpu_times() for member in members]
        resident = sum(member.memory_info().rss for member in members) / 2**20
        return sum(t.user + t.system for t in times), resident


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
