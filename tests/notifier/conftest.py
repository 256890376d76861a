"""An archive with acts in it, channels on the loopback, and a clock that can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from archive.store import Archive
from config.model import Settings
from domain.law.classify_task import (
    Classification,
)
from domain.records.fact import (
    Evidence,
    Fact,
    Label,
)
from domain.records.source_run import (
    SourceRun,
)
from domain.records.states import (
    FactKind,
    SourceState,
)
from tests.builders import make_observation
from tests.fakes.slack import FakeSlack
from tests.fakes.smtp import FakeSmtp

DEADLINE_30 = Fact.from_json(
    kind=FactKind.DEADLINE,
    value={"duration": "P30D", "working_days": False},
    quote="应当在三十日内报送溯源信息",
    where="第二十四条",
)
DEADLINE_15 = Fact.from_json(
    kind=FactKind.DEADLINE,
    value={"duration": "P15D", "working_days": True},
    quote="应当在十五个工作日内报送溯源信息",
    where="第二十四条",
)
FINE_LOW = Fact.from_json(
    kind=FactKind.FINE,
    value={"min": 5000, "max": 20000, "currency": "CNY", "basis": "fixed"},
    quote="处五千元以上二万元以下罚款",
    where="第四十一条",
)
FINE_HIGH = Fact.from_json(
    kind=FactKind.FINE,
    value={"min": 10000, "max": 30000, "currency": "CNY", "basis": "fixed"},
    quote="处一万元以上三万元以下罚款",
    where="第四十一条",
)


class Clock:
    """The real time plus what was skipped."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def skip(self, **step: float) -> None:
        self.offset += timedelta(**step)

    def go(self, moment: datetime) -> None:
        self.offset = moment - datetime.now(UTC)


class World:
    """Acts as the crawler and the classifier would have left them."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self.clock = clock
        self.archive = Archive.open(folder, clock=clock)
        self._number = 0

    def act(
        self,
        title: str = "关于报送废旧动力电池溯源信息的通知",
        *,
        url: str | None = None,
        text: str = "企业应当在三十日内报送溯源信息。",
        number: str | None = None,
        topics: tuple[str, ...] = ("traceability-format",),
        facts: tuple[Fact, ...] = (),
        before: tuple[Fact, ...] = (),
        after: tuple[Fact, ...] = (),
        stage: str = "final",
        jurisdiction: str = "CN-GD",
        source: str = "cn-gd-gdii",
        issuers: tuple[str, ...] = ("广东省工业和信息化厅",),
        baseline: bool = False,
        attachments: int = 0,
        classify: bool = True,
        relevant_because: str | None = "labels",
        published: date = date(2026, 11, 20),
    ) -> str:
        """See an act (or a changed one, with a known url) and classify it; its address."""
        self._number += 1
        url = url or f"https://gdii.gd.gov.cn/tzgg/post_{self._number}.html"
        files = range(1, attachments + 1)
        self.archive.ingest(
            make_observation(
                url,
                title,
                text,
                source=source,
                column="tzgg",
                publisher=issuers[0] if issuers else source,
                jurisdiction=jurisdiction,
                number=number,
                issuers=issuers,
                published=published,
                files={f"附件{n}.pdf": f"附件{n}的内容".encode() for n in files},
                baseline=baseline,
                at=self.clock(),
            )
        )
        if classify:
            self.classify(topics, facts, before, after, stage, relevant_because)
        return url

    def classify(
        self,
        topics: tuple[str, ...] = ("traceability-format",),
        facts: tuple[Fact, ...] = (),
        before: tuple[Fact, ...] = (),
        after: tuple[Fact, ...] = (),
        stage: str = "final",
        relevant_because: str | None = "labels",
        model: str = "test",
    ) -> None:
        for task in self.archive.classification.pending():
            self.archive.classification.store(
                Classification(
                    change_id=task.change_id,
                    labels=tuple(
                        Label(
                            topic=topic,
                            score=0.9,
                            evidence=(Evidence(text="报送溯源信息", where="第二十四条"),),
                            model=model,
                        )
                        for topic in topics
                    ),
                    facts=facts,
                    stage=stage,
                    relevant_because=relevant_because if topics else None,
                    model="test",
                    change_topics=topics,
                    facts_before=before,
                    facts_after=after,
                )
            )

    def source(self, key: str, state: SourceState, reason: str = "") -> None:
        now = self.clock()
        self.archive.sources.record_run(
            SourceRun(key=key, started=now, finished=now, state=state, reason=reason, rows=10)
        )

    def states(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for item in self.archive.outbox.find(limit=100_000):
            found[item.state.value] = found.get(item.state.value, 0) + 1
        return found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> Iterator[World]:
    made = World(tmp_path / "data", clock)
    yield made
    made.archive.close()


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSlack]:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-test")
    fake = FakeSlack()
    yield fake
    fake.close()


def settings_for(url: str, **subscription: object) -> Settings:
    """One Slack channel at an address with one immediate subscription."""
    return Settings.model_validate(
        {
            "channels": {"compliance": {"type": "slack", "channel": "C1", "api_base_url": url}},
            "subscriptions": [{"channel": "compliance", "language": "en", **subscription}],
        }
    )


def slack_settings(fake: FakeSlack, **subscription: object) -> Settings:
    return settings_for(fake.url, **subscription)


@pytest.fixture
def smtp() -> Iterator[FakeSmtp]:
    server = FakeSmtp()
    server.start()
    yield server
    server.stop()
