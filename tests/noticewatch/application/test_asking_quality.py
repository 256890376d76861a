"""Own questions in English and Chinese over the evaluation's acts: the right act among the
first three, answers right or none. The floors are what words alone reach, without the encoder."""

from __future__ import annotations

import json

import pytest

from archive.store import Archive
from domain.records.search_hit import SearchResult
from noticewatch.application.notice_search import Question, find_notices
from tests.noticewatch.asked_world import NOW, QUESTIONS, fill

FLOORS = {"en": 0.95, "zh": 0.98}


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked")
    fill(folder)
    questions = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    with Archive.open(folder, clock=lambda: NOW) as archive:
        return [(one, _ask(archive, one["question"])) for one in questions]


def _ask(archive: Archive, question: str) -> SearchResult:
    asked = Question(query=question, mode="auto", order="rank")
    return find_notices(archive, asked, encoder="none at all")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_right_act_is_among_the_first_three(answered, language):
    asked = [(one, found) for one, found in answered if one["language"] == language and one["act"]]
    missed = [
        one["question"]
        for one, found in asked
        if one["act"] not in [hit.title for hit in found.hits[:3]]
    ]
    reached = 1 - len(missed) / len(asked)
    assert len(asked) >= 90
    assert reached >= FLOORS[language], missed


def test_answers_are_right_or_none(answered):
    asked = [(one, found) for one, found in answered if "answer" in one]
    given = [(one, found.answer) for one, found in asked if found.answer is not None]
    wrong = [
        one["question"]
        for one, answer in given
        if one["answer"] is None or one["answer"] not in answer.quote
    ]
    assert len(asked) >= 100
    assert len(given) >= 36
    assert wrong == []
