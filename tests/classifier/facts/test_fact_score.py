"""Facts scored by exact value, and the floor of our own sentences."""

from __future__ import annotations

import json
from typing import Any

import pytest

from classifier.facts.fact_score import fact_key, found_keys, score_facts
from tests.paths import ROOT

SENTENCES = ROOT / "tests" / "evaluation" / "facts.jsonl"
FLOORS = {"deadline": (0.99, 0.98), "fine": (0.99, 0.99), "dates": (0.99, 0.99)}


def sentences() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]


def test_our_sentences_stay_above_their_floor() -> None:
    """Written in the manner of regulations; the gold was set before the readers saw them."""
    scores = score_facts(sentences())
    below = {
        name: scores[name]
        for name, (precision, recall) in FLOORS.items()
        if scores[name]["precision"] < precision or scores[name]["recall"] < recall
    }
    wrong = [
        line["text"]
        for line in sentences()
        if {fact_key(fact["kind"], fact["value"]) for fact in line["facts"]}
        != {key for key in found_keys(line) if key[0] in {"deadline", "fine"} or "date" in key[0]}
    ]
    assert below == {}, wrong


def test_a_value_is_right_or_wrong() -> None:
    fine = {"min": 5000, "max": 20000, "currency": "CNY", "basis": "fixed"}
    line = {
        "text": "未报送的，处五千元以上二万元以下罚款。",
        "facts": [{"kind": "fine", "value": fine}],
    }
    assert score_facts([line])["fine"] == {"precision": 1.0, "recall": 1.0, "support": 1}
    line["facts"] = [{"kind": "fine", "value": fine | {"max": 30000}}]
    assert score_facts([line])["fine"] == {"precision": 0.0, "recall": 0.0, "support": 1}


def test_a_made_up_deadline_costs_precision() -> None:
    lines = [
        {"text": "企业应当在三十日内报送。", "facts": []},
        {"text": "企业应当在十日内报送。", "facts": [{"kind": "deadline", "value": {"duration": "P10D", "working_days": False}}]},
    ]  # fmt: skip
    assert score_facts(lines)["deadline"] == {"precision": 0.5, "recall": 1.0, "support": 1}


@pytest.mark.parametrize("line", [{"text": "x"}, {"text": "x", "facts": None}])
def test_a_line_without_facts_is_not_scored(line: dict[str, Any]) -> None:
    assert score_facts([line]) == {}


def test_the_words_around_a_value_do_not_count() -> None:
    assert fact_key("deadline", {"duration": "P1D", "working_days": False, "who": "企业"}) == fact_key(
        "deadline", {"duration": "P1D", "working_days": False}
    )  # fmt: skip
