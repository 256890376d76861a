"""The world of the soak: replica sites, what they publish, what breaks and when."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import yaml

from benchmarks.soak_service import Clock
from noticewatch.demo.replica import Replica
from noticewatch.demo.replica_site import Article, ReplicaFile
from tests.fakes.files import zipped
from tests.fakes.slack import FakeSlack, goes_on

PLATFORMS = (
    "trs_static", "nfcms_static", "hanweb_jpaas", "miit_search", "gkmlpt", "hanweb_jpage",
    "ucap_static", "eportal",
)  # fmt: skip
# Platform, fault, its options, the state that it must show: the list of the crawler's tests.
FAULTS: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("trs_static", "forbidden", {}, "blocked"),
    ("trs_static", "challenge", {}, "blocked"),
    ("trs_static", "challenge", {"value": "521"}, "blocked"),
    ("trs_static", "challenge", {"value": "200"}, "blocked"),
    ("trs_static", "rate_limited", {"value": "3600"}, "blocked"),
    ("trs_static", "server_error", {}, "failing"),
    ("trs_static", "unavailable", {"value": "3600"}, "failing"),
    ("trs_static", "timeout", {}, "failing"),
    ("trs_static", "drip", {}, "failing"),
    ("trs_static", "truncated", {}, "failing"),
    ("trs_static", "bomb", {"value": "40000000"}, "failing"),
    ("trs_static", "off_host", {}, "failing"),
    ("trs_static", "redirect_loop", {}, "failing"),
    ("trs_static", "not_found", {}, "failing"),
    ("trs_static", "commented", {}, "layout_changed"),
    ("nfcms_static", "undated", {}, "layout_changed"),
    ("trs_static", "stale", {}, "layout_changed"),
    ("hanweb_jpaas", "html_for_json", {"kind": "list"}, "blocked"),
    ("hanweb_jpaas", "broken_json", {"kind": "list"}, "failing"),
    ("hanweb_jpaas", "empty_unit", {"kind": "list"}, "layout_changed"),
    ("miit_search", "html_for_json", {}, "blocked"),
    ("miit_search", "broken_json", {}, "failing"),
    ("gkmlpt", "html_for_json", {"kind": "list"}, "blocked"),
    ("hanweb_jpage", "malformed_unit", {"kind": "list"}, "layout_changed"),
)
SUBJECTS = ("溯源编码", "梯次利用产品", "拆解企业", "退役电池贮存", "再生利用率", "回收服务网点")
TEMPLATES = (
    "一、综合利用企业应当自收到废旧动力电池之日起{days}个工作日内，通过溯源管理平台报送{what}信息。",
    "二、{what}的登记项目包括电池编码、重量和去向，由企业负责人在{place}确认。",
    "三、未按规定报送{what}信息的，责令限期改正；逾期不改正的，处{low}万元以上{high}万元以下罚款。",
    "四、本通知自2027年{month}月1日起施行，{place}同类文件同时停止执行。",
)


class Slack(FakeSlack):
    """Time-stamps by the simulated clock; ``down`` answers 503, or takes messages and hangs up."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(page_size=200)
        self.clock = clock
        self.down = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        if self.down == "refuse":
            handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
            self._reply(handler, 503, {"ok": False})
        else:
            super().answer(handler)

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        answer = super()._post(body)
        if answer["ok"]:
            kept = self.messages[-1]
            kept["ts"] = answer["ts"] = f"{self.clock().timestamp():.0f}.{self._number:06d}"
        return answer

    def said(self, channel: str) -> list[dict[str, Any]]:
        """The messages of a channel, but for what goes on with an alert in its thread."""
        told = [message for message in list(self.messages) if message["channel"] == channel]
        return [message for message in told if not goes_on(message)]


@dataclass
class Expected:
    """What must be told: tokens that stand in titles."""

    new: dict[str, datetime] = field(default_factory=dict)
    revised: dict[str, datetime] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)  # irrelevant: must not be told
    sites: dict[str, str] = field(default_factory=dict)  # where each was published


@dataclass
class World:
    """The sites and a script of timed events, the same for every run with one seed."""

    clock: Clock
    sites: list[Replica]
    chance: random.Random
    expected: Expected = field(default_factory=Expected)
    numbers: int = 0

    def publish(self, *, relevant: bool, attachment: bytes | None = None) -> tuple[str, Article]:
        self.numbers += 1
        token = f"第{self.numbers:04d}号事项"
        pick = self.chance.choice
        what, place = pick(SUBJECTS), f"第{self.numbers}工作区"
        day = self.clock().date()
        files = [] if attachment is None else [ReplicaFile(f"附件{self.numbers}.docx", attachment)]
        site = pick(self.sites)
        self.expected.sites[token] = site.name
        if relevant:
            title = f"关于规范废旧动力电池{what}{token}的通知"
            article = site.add(title, day, self.body(what, place), files=files)
            self.expected.new[token] = self.clock()
        else:
            paragraphs = [f"{place}将举办节能宣传培训，请第{self.numbers}组于下周到场。"]
            article = site.add(f"关于举办节能宣传培训{token}的通知", day, paragraphs, files=files)
            self.expected.silent.add(token)
        return token, article

    def body(self, what: str, place: str) -> list[str]:
        low = self.chance.randint(1, 9)
        words = {
            "what": what, "place": place, "days": self.chance.randint(5, 30), "low": low,
            "high": low + self.chance.randint(1, 20), "month": self.chance.randint(1, 12),
        }  # fmt: skip
        return [line.format(**words) for line in TEMPLATES]

    def revise(self, token: str, article: Article) -> None:
        """A fine changed in place; the site that has the article knows it."""
        site = next(site for site in self.sites if article in site.site.articles)
        paragraphs = list(article.paragraphs)
        paragraphs[2] = (
            f"三、逾期不改正的，处{self.numbers + 21}万元以上{self.numbers + 60}万元以下罚款。"
        )
        site.site.edit(article, paragraphs=paragraphs)
        self.expected.revised[token] = self.clock()


@contextmanager
def world(folder: Path, clock: Clock, sources: int, every: str, seed: int) -> Iterator[World]:
    """``sources`` replica sites with a baseline each, and their source files in ``folder``."""
    with ExitStack() as stack:
        sites = []
        (folder / "sources").mkdir()
        for number in range(sources):
            fault = FAULTS[number % len(FAULTS)][0]
            platform = fault if number < 2 * len(FAULTS) else PLATFORMS[number % len(PLATFORMS)]
            key = f"cn-soak-{number:03d}"
            site = stack.enter_context(Replica(platform, name=key, noise=number % 2 == 0))
            site.slow_seconds = 25.0
            for old in range(4):
                site.add(
                    f"关于开展{key}第{old}项日常工作的通知",
                    (clock() - timedelta(days=20 + old)).date(), [f"{key}第{old}项工作照常进行。"],
                )  # fmt: skip
            record = site.source(
                key, schedule={"every": every}, publisher=f"演示机关{number}",
                name={"zh": f"演示机关{number}"},
            )  # fmt: skip
            (folder / "sources" / f"{key}.yml").write_text(
                yaml.safe_dump(record, allow_unicode=True), encoding="utf-8"
            )
            sites.append(site)
        yield World(clock, sites, random.Random(seed))


def bad_files() -> list[bytes]:
    """Attachments that break parsers: cut, bombs, lies about their kind."""
    bomb = zipped({"word/document.xml": b"<w:p>" + b"A" * 60_000_000})
    good = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"})
    return [good[: len(good) // 2], bomb, b"%PDF-1.4\n%%EOF", b"\xd0\xcf\x11\xe0" + bytes(5000)]


def wait_until(clock: Clock, moment: datetime, step: float = 0.05) -> None:
    while clock() < moment:
        time.sleep(step)
