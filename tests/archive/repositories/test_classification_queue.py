"""The classifier's queue and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from archive.store import Archive, ArchiveError
from domain.law.classify_task import Classification, ClassifyTask
from domain.records.fact import Evidence, Fact, Label
from domain.records.observation import Observation
from domain.records.reason import reason
from domain.records.states import FactKind
from tests.builders import message

Observe = Callable[..., Observation]
BODY = "第一条 为规范回收，制定本办法。\n第二条 违反规定的，处五千元以上二万元以下罚款。"


def verdict(task: ClassifyTask, **more: object) -> Classification:
    label = Label(
        topic="penalty", score=0.9, evidence=(Evidence(text="罚款", where="第二条"),), model="m"
    )
    fine = Fact.from_json(
        kind=FactKind.FINE,
        value={"min": 5000, "max": 20000, "currency": "CNY", "basis": "fixed"},
        quote="处五千元以上二万元以下罚款",
        where="第二条",
    )
    effective = Fact.from_json(
        kind=FactKind.EFFECTIVE_DATE, value="2026-12-01", quote="自2026年12月1日起施行", where=""
    )
    given: dict[str, object] = {
        "change_id": task.change_id,
        "labels": (label,),
        "facts": (fine, effective),
        "stage": "final",
        "relevant_because": "labels",
        "model": "m",
        "change_topics": ("penalty",),
    }
    return Classification(**(given | more))  # type: ignore[arg-type]


def test_a_change_passes_through_the_queues(archive: Archive, observe: Observe) -> None:
    result = archive.ingest(observe(text=BODY))
    assert archive.outbox.unselected_changes() == []
    (task,) = archive.classification.pending()
    assert task.before is None
    archive.classification.store(verdict(task, title_en="Notice", vectors={"title": b"\0\0\x80?"}))
    assert archive.classification.pending() == []
    notice = archive.notices.get(result.notice_id)
    assert notice is not None
    assert [label.topic for label in notice.labels] == ["penalty"]
    assert notice.facts[0].value.to_json()["max"] == 20000
    assert notice.effective == date(2026, 12, 1)
    assert notice.status == "not_yet"
    assert (notice.severity, notice.title_en) == ("red", "Notice")
    assert "takes effect in 8 days" in notice.severity_rule
    assert archive.embeddings.of_notice("m") == ([notice.id], b"\0\0\x80?")
    (change,) = archive.outbox.unselected_changes()
    assert change.labels == ("penalty",)
    item = message("k", "c", payload={})
    assert len(archive.outbox.mark_selected([change.id], [item])) == 1
    assert archive.outbox.unselected_changes() == []
    assert archive.outbox.mark_selected([change.id], [item]) == []


def test_a_revision_brings_the_version_before(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(text=BODY))
    archive.ingest(observe(text=BODY.replace("五千元", "一万元")))
    first, second = archive.classification.pending()
    assert second.before == first.version
    assert "一万元" in second.version.text
    archive.classification.store(verdict(first))
    archive.classification.store(verdict(second))
    assert [change.id for change in archive.outbox.unselected_changes()] == [1, 2]


def test_withdrawal_needs_no_classifier(archive: Archive, observe: Observe) -> None:
    observation = observe(text=BODY)
    archive.ingest(observation)
    at = observation.capture.fetched_at + timedelta(hours=1)
    for _ in range(2):
        archive.withdrawals.gone(
            observation.url, reason("source.message", text="404"), at, confirmed=True
        )
    (withdrawn,) = archive.outbox.unselected_changes()
    assert (withdrawn.kind, withdrawn.labels) == ("withdrawn", ())
    archive.classification.store(verdict(archive.classification.pending()[0]))
    kinds = {change.kind: change.labels for change in archive.outbox.unselected_changes()}
    assert kinds == {"new": ("penalty",), "withdrawn": ("penalty",)}


def test_unknown_change_is_refused(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe())
    (task,) = archive.classification.pending()
    with pytest.raises(ArchiveError, match="no change 999"):
        archive.classification.store(verdict(task, change_id=999))


def test_counts(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(text=BODY, files={"a.txt": b"x"}))
    archive.classification.store(verdict(archive.classification.pending()[0]))
    counts = archive.notices.counts()
    assert list(counts) == [
        "sources", "notices", "relevant", "postings", "versions", "changes", "attachments",
        "alerts", "dead",
    ]  # fmt: skip
    assert counts["notices"] == counts["relevant"] == counts["attachments"] == 1


def test_a_second_classification_tells_nothing_twice(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(text=BODY, files={"a.txt": None}))
    archive.classification.store(verdict(archive.classification.pending()[0]))
    archive.outbox.mark_selected([change.id for change in archive.outbox.unselected_changes()], [])
    archive.ingest(observe(text=BODY, files={"a.txt": b"text"}))
    (again,) = archive.classification.pending()
    archive.classification.store(verdict(again))
    assert archive.outbox.unselected_changes() == []


def test_what_becomes_relevant_later_is_told(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(text=BODY, files={"a.txt": None}))
    archive.classification.store(
        verdict(archive.classification.pending()[0], labels=(), relevant_because=None)
    )
    archive.outbox.mark_selected([change.id for change in archive.outbox.unselected_changes()], [])
    archive.ingest(observe(text=BODY, files={"a.txt": b"text"}))
    archive.classification.store(verdict(archive.classification.pending()[0]))
    assert len(archive.outbox.unselected_changes()) == 1


def test_severity_keeps_up_with_the_calendar(
    archive: Archive, observe: Observe, clock: Any
) -> None:
    archive.ingest(observe())
    (task,) = archive.classification.pending()
    near = (archive.severity.today() + timedelta(days=10)).isoformat()
    effective = Fact.from_json(kind=FactKind.EFFECTIVE_DATE, value=near, quote="", where="")
    archive.classification.store(verdict(task, facts=(effective,)))
    assert archive.severity.reassess_all() == 0
    clock.forward(days=11)
    assert archive.severity.reassess_all() == 1
    notice = archive.notices.get(task.notice_id)
    assert notice is not None
    assert (notice.severity, notice.severity_rule) == ("amber", "binding")


def test_what_matters_most_is_handed_out_first(archive: Archive, observe: Observe) -> None:
    def seen(number: int, jurisdiction: str, *, text: str = BODY, baseline: bool = False) -> int:
        url = f"https://{jurisdiction.lower()}.example/{number}.html"
        title = f"关于第{number}号事项的通知"
        one = observe(url, title, f"{text}{number}", jurisdiction=jurisdiction, baseline=baseline)
        return archive.ingest(one).notice_id

    quiet = seen(1, "CN", baseline=True)
    county = [seen(number, "CN-GD-4401") for number in (2, 3)]
    province = seen(4, "CN-GD")
    ministry = [seen(number, "CN") for number in (5, 6)]
    assert seen(5, "CN", text=BODY.replace("五千元", "一万元")) == ministry[0]
    tasks = archive.classification.pending()
    assert [task.notice_id for task in tasks] == [
        ministry[0], ministry[0], ministry[1], province, county[1], county[0], quiet,
    ]  # fmt: skip
    assert [task.before is None for task in tasks[:2]] == [True, False], "in order within an act"
    assert [task.notice_id for task in archive.classification.pending(limit=1)] == [ministry[0]]
