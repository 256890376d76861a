"""An archive with sites of different standing, a classifier of facts only, and what is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.store import Archive
from classifier.duties import read_duties
from classifier.scan_marks import sure_duties
from classifier.stated_versions import version_document, version_facts
from config.model import Settings
from domain.law.classify_task import Classification, ClassifyTask
from domain.records.fact import Fact, Label
from domain.records.message import OutboxItem
from domain.records.notice import Notice
from domain.records.observation import IngestResult
from domain.records.reason import reason
from notifier.messages.notification_context import NotificationContext
from notifier.selection.planner import plan_messages
from tests.builders import make_observation

SETTINGS = Settings.model_validate(
    {
        "channels": {"log": {"type": "file", "path": "messages"}},
        "subscriptions": [{"channel": "log", "language": "en", "burst": 1000}],
    }
)


@dataclass(frozen=True)
class Publisher:
    """A site: its key, who publishes there, and where."""

    key: str
    publisher: str
    jurisdiction: str

    def page(self, name: str) -> str:
        return f"https://{self.key}.gov.cn/{name}.html"


MINISTRY = Publisher("cn-mee", "生态环境部", "CN")
OTHER_MINISTRY = Publisher("cn-miit", "工业和信息化部", "CN")
LIBRARY = Publisher("cn-gov-library", "国务院", "CN")
PROVINCE = Publisher("cn-zj-sthjt", "浙江省生态环境厅", "CN-ZJ")
OTHER_PROVINCE = Publisher("cn-gd-gdee", "广东省生态环境厅", "CN-GD")
COUNTY = Publisher("cn-zj-x", "安吉县生态环境局", "CN-ZJ")

NUMBER = "环固体〔2026〕31号"
TITLE = "关于印发《废旧动力电池回收利用管理办法》的通知"
TEXT = "\n".join(
    [
        "各省、自治区、直辖市生态环境厅（局）：",
        "为规范废旧动力电池回收利用，防治环境污染，现就有关事项通知如下。",
        "第一条 综合利用企业应当自收到废旧动力电池之日起三十日内报送溯源信息。",
        "第二条 违反本办法第一条规定的，责令改正，处一万元以上三万元以下罚款。",
        "第三条 回收服务网点应当建立台账，如实记录来源、数量和去向，保存期限不少于三年。",
        "第四条 本办法自2027年1月1日起施行。",
        "生态环境部",
        "2026年11月20日",
    ]
)
TIGHTER = TEXT.replace("三十日内", "十日内").replace("一万元以上三万元", "五万元以上十万元")
FALSIFIED = TEXT.replace("三十日内", "九十日内").replace("一万元以上三万元", "一百元以上三百元")


class ToldWorld:
    """Pages seen, classified by their facts, and the alerts that follow."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
        self.archive = Archive.open(folder, clock=lambda: self.now)
        self._told = 0

    def see(
        self, site: Publisher, name: str = "a", title: str = TITLE, text: str = TEXT, **more: Any
    ) -> IngestResult:
        """A page as it stands now; one with a ``url`` elsewhere is only listed by the site."""
        self.now += timedelta(minutes=1)
        url = more.pop("url", site.page(name))
        seen = make_observation(
                url, title, text, source=site.key, column="tzgg",
                publisher=site.publisher, jurisdiction=site.jurisdiction, at=self.now,
                **{"published": date(2026, 11, 20), "issuers": (site.publisher,), **more},
        )  # fmt: skip
        capture = replace(seen.capture, url=site.page(name))
        return self.archive.ingest(replace(seen, capture=capture))

    def take_down(self, site: Publisher, name: str = "a") -> None:
        for confirmed in (False, True):
            self.now += timedelta(minutes=1)
            self.archive.withdrawals.gone(
                site.page(name), reason("source.message", text="HTTP 404"), self.now,
                confirmed=confirmed,
            )  # fmt: skip

    def put_back(self, site: Publisher, name: str = "a") -> None:
        self.now += timedelta(minutes=1)
        self.archive.withdrawals.seen_unchanged(site.page(name), self.now)

    def classify(self) -> None:
        while pending := self.archive.classification.pending():
            for task in pending:
                self.archive.classification.store(_classified(task))

    def told(self) -> list[OutboxItem]:
        """Classify, choose and queue what is to be told; the new alerts."""
        self.classify()
        context = NotificationContext(SETTINGS)
        chosen = plan_messages(self.archive, SETTINGS, context, self.now)
        self.archive.outbox.mark_selected(chosen.change_ids, chosen.items)
        found = self.archive.outbox.find(limit=100_000)[self._told :]
        self._told += len(found)
        return found

    def lines(self) -> list[str]:
        """Line one and the title of each new alert."""
        return [f"{one.payload['headline']} · {one.payload['title']}" for one in self.told()]

    def act_at(self, site: Publisher, name: str = "a") -> Notice:
        notice = self.archive.notices.by_url(site.page(name))
        assert notice is not None
        return notice


def _classified(task: ClassifyTask) -> Classification:
    facts = version_facts(task.version)
    duties = sure_duties(read_duties(version_document(task.version)), task.version)
    before = version_facts(task.before) if task.before else ()
    owed = read_duties(version_document(task.before)) if task.before else ()
    return Classification(
        change_id=task.change_id,
        labels=(Label(topic="traceability-format", score=0.9, evidence=(), model="test"),),
        facts=facts,
        stage="final",
        relevant_because="labels",
        model="test",
        change_topics=("traceability-format",),
        facts_before=_without(before, facts),
        facts_after=_without(facts, before) if task.before else (),
        duties=duties,
        duties_before=tuple(duty for duty in owed if duty not in duties),
        duties_after=tuple(duty for duty in duties if duty not in owed) if task.before else (),
    )


def _without(facts: tuple[Fact, ...], others: tuple[Fact, ...]) -> tuple[Fact, ...]:
    known = {repr(other.value) for other in others}
    return tuple(fact for fact in facts if repr(fact.value) not in known)
