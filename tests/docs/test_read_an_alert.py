"""The alert that docs/read-an-alert.md explains is the one that Slack gets for such an act."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from noticewatch.cli.main import cli
from tests.docs.papers import ROOT, blocks
from tests.fakes.slack import FakeSlack, goes_on

pytestmark = pytest.mark.model
PAGE = ROOT / "docs" / "read-an-alert.md"
MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b")
ACT = {
    "url": "https://www.jiangsu.gov.cn/art/2026/11/20/art_1.html",
    "title": "江苏省新能源汽车废旧动力电池回收利用管理办法",
    "document_number": "江苏省人民政府令第201号",
    "issuers": ["江苏省人民政府"],
}


def act(published: date, effective: date, days: str, fine: str) -> dict[str, Any]:
    articles = [
        "第一条 为规范新能源汽车废旧动力电池回收利用，制定本办法。",
        f"第二十四条 综合利用企业应当自接收废旧动力电池之日起{days}内，通过平台报送溯源信息。",
        f"第四十一条 违反本办法第二十四条规定的，由主管部门责令改正，处{fine}罚款。",
        f"第四十五条 本办法自{effective.year}年{effective.month}月{effective.day}日起施行。",
    ]
    return {**ACT, "published": published.isoformat(), "text": "\n".join(articles)}


def imported(folder: Path, *acts: dict[str, Any]) -> None:
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in acts)
    (folder / "acts.jsonl").write_text(lines, "utf-8")
    options = ["--config", str(folder / "noticewatch.yml"), "--data-dir", str(folder / "data")]
    for command in (["import", str(folder / "acts.jsonl")], ["classify"], ["notify"]):
        result = CliRunner().invoke(cli, [*options, *command])
        assert result.exit_code == 0, result.output


def texts(value: Any) -> Iterator[str]:
    """What a reader sees of Slack's blocks, struck words between tildes."""
    if isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        if value.get("type") == "button":
            yield f"\n[{value['text']['text']}]"
        elif isinstance(value.get("text"), str):
            struck = value.get("style", {}).get("strike")
            yield f"~{value['text']}~" if struck else value["text"]
        else:
            parts = (value.get(key) for key in ("text", "elements", "fields"))
            yield from ("".join(texts(part)) for part in parts if part)
            yield "\n"


def shape(line: str) -> str:
    """A line without its blanks, numbers and months, which differ from day to day."""
    return re.sub(r"\s+", "", re.sub(r"\d+", "0", MONTH.sub("Mon", line)))


@pytest.fixture
def alert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    today = date.today()
    published, effective = today - timedelta(days=7), today + timedelta(days=35)
    slack = FakeSlack()
    channel = {
        "type": "slack", "channel": "C1", "api_base_url": slack.url,
        "app_token_env": "SLACK_APP_TOKEN",
    }  # fmt: skip
    settings = {
        "web": {"public_url": "https://noticewatch.example.com"},
        "channels": {"compliance": channel},
        "subscriptions": [{"channel": "compliance", "language": "en"}],
    }
    (tmp_path / "noticewatch.yml").write_text(yaml.safe_dump(settings), "utf-8")
    other = {**ACT, "url": "https://a.example/1.html", "title": "关于节能宣传活动的通知"}
    imported(tmp_path, {**other, "text": "请组织节能宣传。", "document_number": None})
    imported(tmp_path, act(published, effective, "三十日", "五千元以上二万元以下"))
    imported(tmp_path, act(published, effective, "十五个工作日", "一万元以上三万元以下"))
    posted = [call.body for call in slack.calls if call.method == "chat.postMessage"]
    last = max(n for n, message in enumerate(posted) if not goes_on(message))
    yield "".join("".join(texts(message["blocks"])) for message in posted[last:])
    slack.close()


def test_the_page_shows_what_slack_gets(alert: str) -> None:
    (shown,) = [block.text for block in blocks(PAGE) if block.language == "text"]
    seen = shape(alert)
    for line in shown.splitlines():
        pieces = [shape(piece) for piece in re.split("…|←.*", line)]
        assert [piece for piece in pieces if piece not in seen] == [], f"{line}\n\n{alert}"
