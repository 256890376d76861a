"""Evaluate topics against labelled notices."""

from __future__ import annotations

import json
from typing import Any

import pytest

from classifier.encoder.encoders import LightEncoder
from classifier.topics.evaluate import BadEvaluationLine, confusion, evaluate, score_labels
from classifier.topics.evaluate import _Case as Case
from config.model import Topic
from config.paths import TRAINING_DATA


def _case(*labels: str, relevant: bool | None = None) -> Case:
    wanted = frozenset(labels)
    return Case("", "x", wanted, bool(wanted) if relevant is None else relevant)


def test_scores_are_counted_right() -> None:
    cases = [_case("a"), _case("a", "b"), _case(), _case("b")]
    found = [frozenset("a"), frozenset("a"), frozenset("b"), frozenset[str]()]
    result = score_labels(cases, found, ["a", "b", "c"])
    assert result["relevance"] == {"precision": 0.6667, "recall": 0.6667, "f1": 0.6667}
    assert result["topics"]["a"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 2}
    assert result["topics"]["b"]["f1"] == 0.0
    assert result["macro_f1"] == 0.5, "a topic without support counts nothing"


def test_confusion_names_near_topics() -> None:
    cases = [_case("a"), _case("a"), _case()]
    found = [frozenset("b"), frozenset("b"), frozenset("a")]
    assert confusion(cases, found, ["a", "b"]) == [
        {"due": "a", "given": "b", "count": 2},
        {"due": "none", "given": "a", "count": 1},
    ]


def test_report_has_its_fields_and_baselines(
    light: LightEncoder, topics: tuple[Topic, ...]
) -> None:
    lines = [
        {"text": "企业应当在三十日内登录溯源平台填报废旧动力电池入库信息。", "labels": ["portal"]},
        {"title": "关于加强食堂食品安全的通知", "labels": []},
        {"title": "废旧动力电池综合利用行业规范条件企业名单公示", "labels": [], "relevant": True},
    ]
    few = [topic for topic in topics if topic.id in ("portal", "recycler-qualification")]
    result = evaluate(lines, few, encoder=light, baselines=True)
    assert result["n"] == 3
    assert result["relevance"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert result["topics"]["portal"]["f1"] == 1.0
    assert result["docs_per_second"] > 0
    assert set(result["baselines"]) == {"rules", "embedding"}
    assert result["model"].startswith(light.id)


@pytest.mark.parametrize("line", [{}, {"text": "a"}, {"labels": []}, {"text": 3, "labels": []}])
def test_a_bad_line_is_named(light: LightEncoder, topics: tuple[Topic, ...], line: Any) -> None:
    with pytest.raises(BadEvaluationLine, match="line 1"):
        evaluate([line], topics, encoder=light)


def test_no_lines(light: LightEncoder, topics: tuple[Topic, ...]) -> None:
    assert evaluate([], topics, encoder=light)["n"] == 0


@pytest.mark.model
def test_whole_notices_of_neighbouring_fields_and_of_one_clause(topics: tuple[Topic, ...]) -> None:
    """No head is fitted on these notices: what decides about whole notices is set by them."""
    text = (TRAINING_DATA / "notices.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.split("\n") if line]
    result = evaluate(lines, topics)["relevance"]
    assert result["precision"] >= 0.96
    assert result["recall"] >= 0.98
