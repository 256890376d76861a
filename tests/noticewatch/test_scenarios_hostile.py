"""Run the real command line over a ministry's site and hostile ones: what stops, and who waits."""

from __future__ import annotations

import io
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.fakes.command import command, surroundings
from tests.fakes.site import Site
from tests.noticewatch import filled
from tests.noticewatch.test_scenarios_trust import ACT, NAME, NUMBER
from tests.noticewatch.test_scenarios_watch import Watch

pytestmark = [pytest.mark.model, pytest.mark.timeout(400)]
HEAVY = f"<html><body><div {' '.join(f'a{n}=1' for n in range(200_000))}>x</div></body></html>"
# Each of them once took hours at a megabyte: runs of tabs, of brackets, of sums, of bars.
SLOW = ["\t" * 40_000 + "《" * 60_000, "万元" * 40_000, "|" * 60_000 + "关于印发" * 20_000]


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    watch = Watch(tmp_path)
    for key, name, place in (
        ("cn-a", "生态环境部", "CN"),
        ("cn-b", "安吉县生态环境局", "CN-ZJ"),
        ("cn-c", "德清县生态环境局", "CN-ZJ"),
        ("cn-d", "长兴县生态环境局", "CN-ZJ"),
    ):
        site = watch.site(key, name, jurisdiction=place)
        site.add(f"{name}关于举办节能培训班的通知", "2026-11-03", ["请各单位参加。"])
    watch.poll()
    yield watch
    watch.slack.close()
    for site in watch.sites:
        site.close()


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"<a>" + b" " * 80_000_000 + b"</a>")
        file.writestr("[Content_Types].xml", b"<Types/>")
    return packed.getvalue()


def _of_no_charset(handler: BaseHTTPRequestHandler) -> None:
    body = "<html><body><h1>关于某事的通知</h1><p>正文。</p></body></html>".encode()
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html; charset=undefined")
    handler.send_header("Last-Modified", "Wed, 21 Oct 2026 07:28:00")  # without a zone
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _attack(site: Site) -> None:
    """Heavy pages, slow texts, an attachment that bursts, a page of no charset."""
    site.add("关于公布动力电池回收网点名单的通知", "2026-11-19", [], html="")
    for path, page in site.pages.items():
        if page.title.startswith("关于公布"):
            site.pages[path].body = HEAVY
    for number, text in enumerate(SLOW):
        site.add(f"动力电池回收第{number}号规定", "2026-11-18", [f"动力电池回收。{text}"])
    site.files["/bomb.docx"] = ("application/octet-stream", _bomb())
    site.add("动力电池回收网点附件", "2026-11-18", ["见附件。"], files=["/bomb.docx"])
    site.faults[site.add("动力电池回收无编码的页面", "2026-11-18", [])] = _of_no_charset


def _flood(watch: Watch, site: Site) -> None:
    """A site that has brought 5,000 rows today and lists more."""
    with sqlite3.connect(watch.folder / "data" / "archive.db") as db:
        db.execute("UPDATE source_runs SET fresh_rows = 5000 WHERE source_key = 'cn-d'")
    for number in range(30):
        site.add(f"动力电池回收网点第{number}号名单", "2026-11-19", [f"第{number}家网点。"])


def test_bad_sites_stop_nothing(watch: Watch) -> None:
    """An endless wait, pages and texts that cost minutes, a bomb, a flood: the ministry's act is
    told, and operators are."""
    ministry, hostile, waiting, flooding = watch.sites
    _attack(hostile)
    waiting.retry_after = "999999999999"
    waiting.faults["*"] = 503
    _flood(watch, flooding)
    ministry.add(NAME, "2026-11-20", ACT, number=NUMBER)
    started = time.monotonic()
    report = watch.poll()
    assert time.monotonic() - started < 90
    runs = {source["key"]: source for source in report["sources"]}
    assert {key: runs[key]["state"] for key in ("cn-a", "cn-c", "cn-d")} == {
        "cn-a": "ok", "cn-c": "failing", "cn-d": "failing",
    }  # fmt: skip
    assert (runs["cn-a"]["new"], runs["cn-d"]["new"]) == (1, 0)
    assert any(NAME in message["text"] for message in watch.said())
    assert "heavy" in {error["kind"] for error in runs["cn-b"]["errors"]}
    assert "Error" not in str(report["sources"])
    told = [message["text"] for message in watch.said("COPS")]
    assert sum("cn-d" in text for text in told) == 1


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _until_up(base: str) -> None:
    for _ in range(300):
        try:
            if _status(f"{base}/healthz") == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the web archive did not start")


def test_a_crowd_of_costly_searches_keeps_no_cheap_page_waiting(tmp_path: Path) -> None:
    filled.fill(tmp_path / "data")
    base = f"http://127.0.0.1:{(port := _free_port())}"
    wide = "%20OR%20".join(f"%E7%94%B5%E6%B1%A0{number}" for number in range(30))
    statuses: list[int] = []
    arguments = command("--data-dir", "data", "serve", "--port", str(port))
    with subprocess.Popen(arguments, **surroundings(tmp_path), stderr=subprocess.PIPE) as serving:
        _until_up(base)
        crowd = [
            threading.Thread(target=lambda: statuses.append(_status(f"{base}/search?q={wide}")))
            for _ in range(60)
        ]
        for one in crowd:
            one.start()
        started = time.monotonic()
        assert _status(f"{base}/healthz") == 200
        assert time.monotonic() - started < 5
        for one in crowd:
            one.join()
        assert _status(f"{base}/search?q={'%20OR%20'.join([wide] * 4)}") == 400
        serving.terminate()
    assert set(statuses) <= {200, 429}
    assert statuses.count(200) >= 10
