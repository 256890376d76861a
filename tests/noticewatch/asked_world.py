"""An archive of the evaluation's acts, read by the real readers without the encoder."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from archive.store import Archive
from archive.transfer.importer import import_lines
from classifier.duties import read_duties
from classifier.facts import read_facts
from classifier.stated_versions import version_document
from classifier.topics.act_stage import stage_of
from domain.law.classify_task import Classification
from domain.law.stage_correction import STAGES_WITHOUT_DUTIES, stage_by_duties
from i18n.en.english_titles import title_en
from tests.paths import ROOT

NOW = datetime(2026, 12, 10, 4, 0, tzinfo=UTC)
ACTS = ROOT / "tests" / "evaluation" / "duties.jsonl"
QUESTIONS = ROOT / "tests" / "evaluation" / "search_questions.jsonl"


def fill(folder: Path) -> None:
    """Import and read the acts; every one of them counts as relevant."""
    with Archive.open(folder, clock=lambda: NOW) as archive:
        import_lines(
            archive, [_line(number, act) for number, act in enumerate(_acts(), 1)], now=NOW
        )
        classify(archive)


def classify(archive: Archive) -> None:
    """Store what the readers read of every act that waits, and no topics."""
    for task in archive.classification.pending(1000):
        version = task.version
        duties = read_duties(version_document(version))
        stage = stage_by_duties(
            stage_of(version.title, version.text), version.title, duties, blocks=version.blocks
        )
        archive.classification.store(
            Classification(
                change_id=task.change_id,
                labels=(),
                facts=read_facts(version_document(version)),
                duties=() if stage in STAGES_WITHOUT_DUTIES else duties,
                stage=stage,
                title_en=title_en(version.title, version.issuers, stage),
                relevant_because="register",
                model="none",
            )
        )


def _acts() -> list[dict[str, object]]:
    return [json.loads(line) for line in ACTS.read_text("utf-8").splitlines()]


def _line(number: int, act: dict[str, object]) -> bytes:
    rows = [" ".join(row) for table in act["tables"] for row in table]  # type: ignore[attr-defined]
    record = {
        "url": f"https://a.example/{number}.html", "title": act["title"],
        "text": "\n".join([str(act["text"]), *rows]), "issuers": act["issuers"],
        "published": act["published"],
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=False).encode()
