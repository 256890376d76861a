"""The place in which the papers' commands run: sites, Slack and mail on loopback, an archive."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

from noticewatch.demo import texts
from noticewatch.demo.replica import Replica
from noticewatch.demo.replica_site import ReplicaFile
from noticewatch.demo.story import SPREADSHEET, field_table
from tests.docs.papers import ROOT
from tests.fakes.bureau import bureau_site
from tests.fakes.slack import FakeSlack
from tests.fakes.smtp import FakeSmtp

SOURCE = "cn-js-gxt"
TITLES = [f"关于废旧动力电池综合利用第{number}批检查的通知" for number in range(1, 8)]
NEW_TITLE = "关于印发《江苏省废旧动力电池回收利用管理办法》的通知"
NEW_BODY = (
    "各有关单位：现将《江苏省废旧动力电池回收利用管理办法》印发给你们，请遵照执行。",
    "第一条 综合利用企业应当自接收废旧动力电池之日起十五个工作日内，报送溯源信息。",
    "第二条 本办法自2027年1月1日起施行。《江苏省废旧动力电池回收利用管理暂行办法》"
    "（苏工信规〔2020〕3号）同时废止。",
)
OLD_TITLE = NEW_TITLE.replace("管理办法", "管理暂行办法")
OLD_BODY = [
    text.replace("管理办法", "管理暂行办法").replace("十五个工作日", "三十日")
    for text in NEW_BODY[:2]
]
BIN = Path(sys.executable).parent
SECRETS = {"SLACK_BOT_TOKEN": "xoxb-1", "SMTP_USER": "", "SMTP_PASSWORD": ""}


@dataclass
class House:
    """A folder to work in, and what the names in the papers stand for here."""

    folder: Path
    names: Mapping[str, str]  # as written in a paper -> here

    def here(self, text: str) -> str:
        for written, meant in self.names.items():
            text = text.replace(written, meant)
        return text

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """One line of shell, as a person would type it after opening the environment."""
        return subprocess.run(
            ["bash", "-c", f"set -eo pipefail; {self.here(command)}"],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            timeout=100,
            stdin=subprocess.DEVNULL,
            env=self.surroundings,
        )

    @property
    def surroundings(self) -> dict[str, str]:
        return {
            **os.environ,
            **SECRETS,
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
        }

    def moved_to(self, folder: Path) -> House:
        """The same with a copy of the folder, for a paper that changes things."""
        shutil.copytree(self.folder, folder)
        return House(folder=folder, names=self.names)


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    """Builds it: a source was polled, one of its acts revised, an attachment replaced."""
    with ExitStack() as stack:
        jiangsu = stack.enter_context(Replica("trs_static"))
        copies = stack.enter_context(Replica("trs_static", name="copies"))
        sichuan = stack.enter_context(Replica("ucap_static"))
        bureau = stack.enter_context(bureau_site())
        slack, smtp = FakeSlack(), FakeSmtp()
        smtp.start()
        stack.callback(smtp.stop)
        stack.callback(slack.close)
        today = date.today()
        for number, title in enumerate(TITLES):
            sichuan.add(title, today - timedelta(days=number), [*texts.FINE_BODY_BEFORE])
        copies.add(texts.FINE_TITLE, today - timedelta(days=9), [*texts.FINE_BODY_BEFORE])
        copies.add(OLD_TITLE, date(2020, 3, 2), [*OLD_BODY], number="苏工信规〔2020〕3号")
        copies.add(NEW_TITLE, today - timedelta(days=8), [*NEW_BODY])
        _settings(folder, slack, smtp, {SOURCE: jiangsu, "cn-js-sthjt": copies})
        house = House(folder=folder, names={})
        _fill(house, jiangsu, today)
        act, fields = _known(house, texts.FINE_TITLE), _known(house, texts.FIELDS_TITLE)
        (folder / "examples.jsonl").write_text(
            json.dumps({"text": texts.FINE_BODY_BEFORE[1], "labels": ["penalty"]}), "utf-8"
        )
        house.names = {
            "https://jxt.sc.gov.cn": sichuan.base,
            "https://gxj.example.gov.cn": bureau,
            "fields 12": f"fields {fields['id']}",
            "fields ID": f"fields {fields['id']}",
            "show ID --diff acts": f"show {_known(house, NEW_TITLE)['id']} --diff acts",
            "show ID": f"show {act['id']}",
            "feedback ID": f"feedback {act['id']}",
            "POSTING_URL": act["url"],
            "QUERY": "溯源",
            "KEY": SOURCE,
            "URL": sichuan.column_url,
            "FILE.jsonl": "examples.jsonl",
            "DEST": "copies/today",
            "COPY": "copies/today",
            "NAME": "anna",
            "tests/evaluation/duties.jsonl": str(ROOT / "tests" / "evaluation" / "duties.jsonl"),
            "tests/evaluation/facts.jsonl": str(ROOT / "tests" / "evaluation" / "facts.jsonl"),
            "/etc/noticewatch/": "etc/",
            "/var/lib/noticewatch/": "var/",
        }
        yield house


def _settings(folder: Path, slack: FakeSlack, smtp: FakeSmtp, sites: Mapping[str, Replica]) -> None:
    sources = folder / "config" / "sources"
    sources.mkdir(parents=True)
    for key, site in sites.items():
        source = site.source(key, jurisdiction="CN-JS", publisher="江苏省工业和信息化厅")
        (sources / f"{key}.yml").write_text(yaml.safe_dump(source), "utf-8")
    settings = {
        "sources_dir": "config/sources",
        "channels": {
            "compliance": {"type": "slack", "channel": "C0123456789", "api_base_url": slack.url},
            "digest": {
                "type": "email", "host": "127.0.0.1", "port": smtp.port, "security": "none",
                "sender": "nw@example.com", "to": ["head@example.com"],
            },
            "operators": {"type": "file", "path": "operators.jsonl", "purpose": "health"},
        },
        "subscriptions": [
            {"channel": "compliance"}, {"channel": "digest", "when": "weekly mon 08:00"},
        ],
    }  # fmt: skip
    (folder / "noticewatch.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")


def _fill(house: House, site: Replica, today: date) -> None:
    """Two passes; between them a fine is raised in place and a field table is replaced."""
    name = "溯源数据接口字段表.xlsx"

    def table(rows: tuple[tuple[str, ...], ...]) -> list[ReplicaFile]:
        return [ReplicaFile(name, field_table(rows), SPREADSHEET)]

    fine = site.add(texts.FINE_TITLE, today - timedelta(days=9), [*texts.FINE_BODY_BEFORE])
    fields = site.add(
        texts.FIELDS_TITLE,
        today - timedelta(days=7),
        [*texts.FIELDS_BODY],
        files=table(texts.FIELDS_BEFORE),
    )
    _poll(house)
    site.site.edit(fine, paragraphs=[*texts.FINE_BODY_AFTER])
    site.site.edit(fields, files=table(texts.FIELDS_AFTER))
    _poll(house)


def _poll(house: House) -> None:
    done = house.run("noticewatch --json poll --recheck all")
    assert done.returncode == 0, done.stderr


def _known(house: House, title: str) -> dict[str, str]:
    found = house.run(f"noticewatch --json search '{title}'")
    hit: dict[str, str] = json.loads(found.stdout)["hits"][0]
    return hit
