"""Score the reading of duties on labelled notices (``noticewatch evaluate``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from classifier.duties import read_duties
from classifier.duties.duty_score import DutyScore
from classifier.facts.fact_document import Document, read_document
from domain.records.observation import Block


def score_duties(lines: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Precision, recall and support of each field of the duties of lines with ``duties``, and
    of ``all`` fields together; empty without such a line. Labels without a text (a second
    hand's, for :func:`agreement`) are left out."""
    total = DutyScore()
    for line in lines:
        if isinstance(line.get("duties"), list) and (line.get("text") or line.get("tables")):
            total.add(line["duties"], _found(line), str(line.get("id") or ""))
    return _scores(total)


def agreement(
    one: Iterable[Mapping[str, Any]], other: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, float]]:
    """How far two hands agree on the notices that both labelled, paired by id: ``other`` is
    scored as if it were read, ``one`` as what is right."""
    labels = {line["id"]: line["duties"] for line in other}
    total = DutyScore()
    for line in one:
        if line["id"] in labels:
            total.add(line["duties"], labels[line["id"]], line["id"])
    return _scores(total)


def _scores(total: DutyScore) -> dict[str, dict[str, float]]:
    found = total.to_json()
    if not found["all"]["right"] + found["all"]["missed"] + found["all"]["wrong"]:
        return {}
    return {
        name: {
            "precision": score["precision"], "recall": score["recall"],
            "support": score["right"] + score["missed"],
        }
        for name, score in found.items()
    }  # fmt: skip


def _found(line: Mapping[str, Any]) -> list[dict[str, Any]]:
    duties = read_duties(labelled_document(line), stage=line.get("stage"))
    return [duty.to_json() for duty in duties]


def labelled_document(line: Mapping[str, Any]) -> Document:
    """The document of a labelled line: a paragraph a line of its text, its tables last."""
    blocks = [
        Block(kind="paragraph", text=text)
        for text in (line.get("text") or "").split("\n")
        if text.strip()
    ]
    blocks += [
        Block(kind="table", rows=tuple(tuple(row) for row in table))
        for table in line.get("tables") or ()
    ]
    published = line.get("published")
    return read_document(
        line.get("title") or "", blocks, issuers=line.get("issuers") or [],
        published=date.fromisoformat(published) if published else None,
    )  # fmt: skip
