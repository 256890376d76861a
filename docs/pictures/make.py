"""Make the pictures of the README from true outputs: ``python -m docs.pictures.make``.

Plays the demonstration against a loopback Slack server, renders the payload that Slack got,
writes the digest, serves the web archive, and photographs all of them in headless Chromium.
"""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from archive.store import Archive
from noticewatch.application.application import Application
from noticewatch.application.notice_import import import_notices
from noticewatch.demo import story
from noticewatch.web.server import make_server
from tests.fakes.slack import FakeSlack

HERE = Path(__file__).parent
SETTINGS = """channels:
  compliance: {type: slack, token_env: DEMO_TOKEN, channel: C1, api_base_url: "SLACK"}
  operators: {type: slack, token_env: DEMO_TOKEN, channel: C2, api_base_url: "SLACK", purpose: health}
  digest: {type: file, path: DIGEST}
subscriptions:
  - {channel: compliance, language: en}
  - {channel: digest, when: "weekly mon 08:00", language: both}
"""
MARKS = {"🔴": "#d72b2b", "🟠": "#e8912d", "⚪": "#bbb"}
STYLE = """body{font:15px/1.5 Lato,"Noto Sans","Noto Sans CJK SC",sans-serif;margin:0;padding:20px;
background:#fff;color:#1d1c1d;width:860px}.who{font-weight:900}.app{background:#e8e8e8;font-size:11px;
padding:0 4px;border-radius:3px;color:#616061}.context{color:#616061;font-size:13px;margin-top:8px;
white-space:pre-wrap}.section{margin:6px 0;white-space:pre-wrap}a{color:#1264a3;text-decoration:none}
del{color:#a33}"""


def _run(element: dict[str, Any]) -> str:
    """One element of a rich_text section as HTML."""
    text = html.escape(element.get("text", element.get("url", ""))).replace("\n", "<br>")
    for mark, colour in MARKS.items():  # Slack draws them; a machine may lack the font
        text = text.replace(mark, f'<span style="color:{colour}">●</span>')
    style = element.get("style", {})
    if element["type"] == "link":
        text = f"<a>{text}</a>"
    if style.get("bold"):
        text = f"<b>{text}</b>"
    return f"<del>{text}</del>" if style.get("strike") else text


def slack_html(message: dict[str, Any]) -> str:
    """A Slack message as Slack would show it, from its Block Kit payload."""
    out = ['<div><span class="who">noticewatch</span> <span class="app">APP</span></div>']
    for block in message["blocks"]:
        if block["type"] == "rich_text":
            for section in block["elements"]:
                runs = "".join(_run(element) for element in section["elements"])
                out.append(f'<div class="section">{runs}</div>')
        elif block["type"] == "context":
            for element in block["elements"]:
                out.append(f'<div class="context">{html.escape(element["text"])}</div>')
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{"".join(out)}'


def photograph(address: str, name: str, width: int, height: int) -> None:
    """A screenshot by headless Chromium."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("chromium is not installed")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                f"--user-data-dir={profile}", f"--window-size={width},{height}",
                f"--screenshot={HERE / name}", address,
            ],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip


@contextmanager
def served(app: Application) -> Iterator[str]:
    server = make_server(app, port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def provincial_notices() -> Iterator[str]:
    """Invented notices of some provinces, so that the map has something to show."""
    places = {
        "江苏省": 3,
        "广东省": 2,
        "上海市": 2,
        "浙江省": 1,
        "四川省": 1,
        "湖南省": 1,
        "安徽省": 1,
    }
    subjects = ("回收服务网点备案", "溯源信息报送", "综合利用企业名单申报")
    for place, count in places.items():
        for number, subject in enumerate(subjects[:count]):
            issuer = f"{place}工业和信息化厅"
            yield json.dumps(
                {
                    "url": f"https://demo.example/{place}/{number}.html",
                    "title": f"【演示】{issuer}关于做好废旧动力电池{subject}工作的通知",
                    "text": f"为做好废旧动力电池{subject}工作，现通知如下。\n"
                    f"{place}内废旧动力电池回收企业应当在三十日内完成{subject}。",
                    "published": date.today().isoformat(),
                    "issuers": [issuer],
                },
                ensure_ascii=False,
            )


def main() -> None:
    os.environ["DEMO_TOKEN"] = "xoxb-demonstration"
    slack = FakeSlack()
    with tempfile.TemporaryDirectory() as folder, story.replica_sites(date.today()) as sites:
        stage = story.StoryStage(Path(folder))
        stage.prepare(sites, SETTINGS.replace("SLACK", slack.url))
        story.play_story(sites, stage)
        alert = next(m for m in slack.messages if " · time changed" in m["text"])
        page = Path(folder) / "alert.html"
        page.write_text(slack_html(alert), encoding="utf-8")
        photograph(page.as_uri(), "alert.png", 900, 560)
        digest = next((Path(folder) / "digest").glob("*.html"))
        photograph(digest.as_uri(), "digest.png", 800, 1000)
        app = story.demo_app(Path(folder))
        import_notices(app, BytesIO("\n".join(provincial_notices()).encode()))
        with served(app) as address:
            with Archive.open(Path(folder) / "data") as archive:
                change = next(c for c in archive.changes.find() if c.kind == "revised")
            photograph(f"{address}/notices/{change.notice_id}", "notice.png", 1280, 720)
            pair = f"posting={change.posting_id}&a={change.from_version}&b={change.to_version}"
            photograph(f"{address}/compare?{pair}", "compare.png", 1280, 560)
            photograph(f"{address}/map", "map.png", 1280, 720)
            photograph(address, "inbox.png", 1280, 720)
    slack.close()


if __name__ == "__main__":
    main()
