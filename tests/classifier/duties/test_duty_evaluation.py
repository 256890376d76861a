"""Duties scored field by field, the floors of the labelled notices, and how far two hands agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from classifier.duties import read_duties
from classifier.duties.duty_evaluation import agreement, labelled_document, score_duties
from classifier.duties.duty_score import DutyScore
from config.paths import TRAINING_DATA
from tests.paths import ROOT

EVALUATION = ROOT / "tests" / "evaluation"
FLOORS = {"duties.jsonl": (0.935, 0.9), "duties_dev.jsonl": (0.965, 0.93)}
DUTY: dict[str, Any] = {
    "who": {"role": "recycler", "kind": "company", "text": "综合利用企业"},
    "modality": "must", "act": "report", "object": "入库信息", "when": None, "where": None,
    "documents": [], "limit": None, "sanctions": [], "article": None,
    "quote": "综合利用企业应当报送入库信息。",
}  # fmt: skip


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def compared(folder: Path, name: str) -> DutyScore:
    score = DutyScore()
    for line in lines(folder / name):
        found = read_duties(labelled_document(line), stage=line["stage"])
        score.add(line["duties"], [duty.to_json() for duty in found], line["id"])
    return score


@pytest.mark.parametrize(
    ("folder", "name"), [(EVALUATION, "duties.jsonl"), (TRAINING_DATA, "duties_dev.jsonl")]
)
def test_labelled_notices_stay_above_their_floor(folder: Path, name: str) -> None:
    """Written and labelled by two hands that saw none of the code."""
    scores = score_duties(lines(folder / name))
    precision, recall = FLOORS[name]
    assert scores["all"]["precision"] >= precision, scores
    assert scores["all"]["recall"] >= recall, scores


@pytest.mark.parametrize(
    ("folder", "name"), [(EVALUATION, "duties.jsonl"), (TRAINING_DATA, "duties_dev.jsonl")]
)
def test_no_sanction_is_bound_wrongly_and_before_is_never_after(folder: Path, name: str) -> None:
    faults = compared(folder, name).faults
    bound = [one["quote"] for _, part, one, _ in faults if part == "sanctions" and not one[part]]
    turned = [
        one["quote"]
        for _, part, one, other in faults
        if part == "when" and one[part] and other[part]
        and {one[part]["relation"], other[part]["relation"]} == {"before", "within"}
    ]  # fmt: skip
    assert (bound, turned) == ([], [])


def test_two_hands_agree_on_the_notices_that_both_labelled() -> None:
    first = lines(EVALUATION / "duties.jsonl") + lines(TRAINING_DATA / "duties_dev.jsonl")
    both = agreement(first, lines(EVALUATION / "duties_second_hand.jsonl"))
    assert both["all"]["precision"] == pytest.approx(0.97, abs=0.01)
    assert both["all"]["recall"] == pytest.approx(0.97, abs=0.01)


def scored(wanted: dict[str, Any], given: dict[str, Any], part: str) -> tuple[int, int, int]:
    score = DutyScore()
    score.add([wanted], [given])
    found = score.fields[part]
    return found.right, found.wrong, found.missed


def test_a_field_is_right_wrong_or_missed() -> None:
    by = {"relation": "by", "date": "2026-10-31"}
    assert scored(DUTY | {"when": by}, DUTY | {"when": by}, "when") == (1, 0, 0)
    assert scored(DUTY | {"when": by}, DUTY, "when") == (0, 0, 1)
    assert scored(DUTY, DUTY | {"when": by}, "when") == (0, 1, 0)
    before = {"relation": "before", "duration": "P5D"}
    within = {"relation": "within", "duration": "P5D"}
    assert scored(DUTY | {"when": before}, DUTY | {"when": within}, "when") == (0, 1, 1)


def test_a_duty_of_another_sentence_is_invented_and_the_one_not_read_missed() -> None:
    other = DUTY | {"quote": "电池生产企业须对动力电池编码。", "act": "code", "object": "动力电池"}
    assert scored(DUTY, other, "duty") == (0, 1, 1)


def test_what_labels_may_write_in_two_ways_is_one() -> None:
    limit = {"parameter": "贮存量", "comparator": "<=", "value": 5, "unit": "吨"}
    forbidden = DUTY | {"limit": limit, "modality": "must_not"}
    assert scored(forbidden, DUTY | {"limit": limit}, "modality") == (1, 0, 0)
    twice = DUTY | {"when": {"relation": "each", "duration": "P6M"}}
    half = DUTY | {"when": {"relation": "each", "recurs": "half-yearly"}}
    assert scored(twice, half, "when") == (1, 0, 0)
    received = DUTY | {"where": {"name": "综合利用企业", "url": None}}
    assert scored(DUTY, received, "where") == (0, 0, 0)
    assert scored(DUTY, DUTY | {"where": {"name": "省级平台"}}, "where") == (0, 1, 0)


def test_lines_without_duties_are_not_scored() -> None:
    assert score_duties([{"text": "企业应当报送信息。", "labels": []}]) == {}
    perfect = {"text": DUTY["quote"], "duties": [DUTY]}
    assert score_duties([perfect])["all"] == {"precision": 1.0, "recall": 1.0, "support": 5}
