"""Fill a small archive with a labelled act, its revision and a hostile notice.

It is made by the real archive code, for tests of pages and commands.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.store import Archive
from domain.law.classify_task import Classification
from domain.records.fact import Evidence, Fact, Label
from domain.records.obligation import OwedDuty
from domain.records.observation import Observation
from domain.records.source_run import SourceRun
from domain.records.states import FactKind, SourceState
from tests.builders import make_duty, make_observation

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
ACT_URL = "https://a.example/art/1.html"
HOSTILE_TITLE = '<script>alert(1)</script>通知"><img src=x onerror=alert(2)>\u202e'


def observation(
    url: str, title: str, paragraphs: list[str], at: datetime, **more: Any
) -> Observation:
    """Build an observation of a page of a province."""
    return make_observation(
        url,
        title,
        paragraphs,
        source="cn-a",
        column="tz",
        publisher="江苏省工业和信息化厅",
        jurisdiction="CN-JS",
        published=date(2026, 11, 18),
        at=at,
        **more,
    )


def _fine(low: int, high: int, quote: str) -> Fact:
    value = {"min": low, "max": high, "currency": "CNY", "basis": "fixed"}
    return Fact.from_json(kind=FactKind.FINE, value=value, quote=quote, where="第二条")


def _classify(archive: Archive, facts: tuple[Fact, ...], before: tuple[Fact, ...] = ()) -> None:
    for task in archive.classification.pending():
        battery = "动力电池" in task.version.text
        revised = task.kind == "revised"
        archive.classification.store(
            Classification(
                change_id=task.change_id,
                labels=(
                    Label(
                        topic="penalty",
                        score=0.93,
                        evidence=(Evidence(text=task.version.blocks[1].text, where="第二条"),),
                        model="test",
                    ),
                )
                if battery
                else (),
                facts=facts if battery else (),
                duties=(make_duty(),) if battery else (),
                stage="final",
                relevant_because="labels" if battery else None,
                model="test",
                change_topics=("penalty",) if battery else (),
                facts_before=before if revised else (),
                facts_after=facts[:1] if revised else (),
            )
        )


def fill(folder: Path) -> int:
    """Fill ``folder`` and answer the id of the act that was revised."""
    title = "江苏省废旧动力电池回收利用管理办法"
    first = "第一条 为规范废旧动力电池回收利用，制定本办法。"
    old = "第二条 未按规定移交废旧动力电池的，处五千元以上二万元以下罚款。"
    new = "第二条 未按规定移交废旧动力电池的，处一万元以上三万元以下罚款。"
    last = "第三条 本办法自2027年1月1日起施行。"
    effective = Fact.from_json(
        kind=FactKind.EFFECTIVE_DATE,
        value="2027-01-01",
        quote="自2027年1月1日起施行",
        where="第三条",
    )
    with Archive.open(folder, clock=lambda: NOW) as archive:
        act = archive.ingest(observation(ACT_URL, title, [first, old, last], NOW))
        archive.ingest(
            observation("https://a.example/art/2.html", HOSTILE_TITLE, ["<b>正文</b>\u2028x"], NOW)
        )
        before = _fine(5000, 20000, "处五千元以上二万元以下罚款")
        _classify(archive, (before, effective))
        archive.ingest(observation(ACT_URL, title, [first, new, last], NOW + timedelta(hours=1)))
        after = _fine(10000, 30000, "处一万元以上三万元以下罚款")
        _classify(archive, (after, effective), (before,))
        archive.sources.record_run(
            SourceRun(
                key="cn-miit",
                started=NOW,
                finished=NOW,
                state=SourceState.BLOCKED,
                reason="403 from the site",
            )
        )
    return act.notice_id


def owe(folder: Path) -> None:
    """Make the duty of the filled act an obligation of a company."""
    duty = make_duty()
    owed = OwedDuty(entity="js", duty_id=f"1-{duty.key}", notice_id=1, duty=duty, due=None)
    with Archive.open(folder) as archive:
        archive.obligation_upkeep.keep([owed], date(2026, 11, 23))
