"""Single sentences of invented acts and whether they apply to a company, one of each kind."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from classifier.duties import read_duties
from classifier.facts.fact_document import read_document
from config.companies.entities import Entity
from domain.law.applicability.act_scope import scope_of
from domain.law.applicability.duty_verdicts import DutyVerdict
from domain.law.applicability.judge import judge_all
from domain.names.mention import entities_named
from domain.names.name_forms import name_forms
from domain.names.name_search import mentions_in
from domain.text.units import text_blocks
from tests.builders import make_notice

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "sentences.yml").read_text("utf-8"))
SENTENCES = CASES["sentences"]
STRONGEST_FIRST = (DutyVerdict.APPLIES, DutyVerdict.MAY_APPLY, DutyVerdict.DOES_NOT)


@cache
def company(key: str) -> Entity:
    return Entity.model_validate({"key": key, **CASES["companies"][key]})


def verdict_of(case: dict[str, Any]) -> DutyVerdict:
    """What the product says of a sentence: the strongest of the duties that it makes."""
    act, text, entity = case["act"], case["text"], company(case["to"])
    notice = make_notice(
        title=act["title"], jurisdiction=act["where"], issuers=tuple(act.get("issuers", ()))
    )
    duties = read_duties(read_document(notice.title, text_blocks(text), (), None, notice.issuers))
    named = entities_named(mentions_in(text, name_forms([entity]), "正文"))
    judged = judge_all(duties, scope_of(notice, text, named), entity)
    found = {
        one.verdict
        for duty, one in zip(duties, judged, strict=True)
        if case.get("at", "") in duty.quote
    }
    return next(verdict for verdict in STRONGEST_FIRST if verdict in found)


@pytest.mark.parametrize("number", range(len(SENTENCES)))
def test_a_sentence_applies_to_a_company_as_a_reader_says(number: int) -> None:
    case = SENTENCES[number]
    assert verdict_of(case).value == case["is"], case["text"]


def test_there_are_enough_sentences_of_each_verdict() -> None:
    counted = Counter(case["is"] for case in SENTENCES)
    assert min(counted.values()) >= 40
    assert len(counted) == 3
