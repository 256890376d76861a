"""Verdicts set down by hand for duties of whole acts, read as the product reads them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from classifier.duties import read_duties
from classifier.facts.fact_document import read_document
from config.companies.entities import Entity
from domain.law.applicability.act_scope import scope_of
from domain.law.applicability.judge import judge_all
from domain.law.duties import Duty
from domain.records.notice import Notice
from domain.text.units import text_blocks
from tests.builders import make_notice

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text("utf-8"))
NUMBERED = [
    (number, duty["at"], company, verdict)
    for number, act in enumerate(CASES["acts"])
    for duty in act["duties"]
    for company, verdict in duty["is"].items()
]


@cache
def company(name: str) -> Entity:
    given = CASES["companies"][name]
    return Entity.model_validate({"key": name.replace("_", "-"), "name": "某某公司", **given})


@cache
def act(number: int) -> tuple[Notice, str, tuple[Duty, ...]]:
    given = CASES["acts"][number]
    notice = make_notice(
        title=given["title"], jurisdiction=given["jurisdiction"], issuers=tuple(given["issuers"]),
        stage=given.get("stage", "final"),
    )  # fmt: skip
    text = given["text"]
    document = read_document(notice.title, text_blocks(text), (), None, notice.issuers)
    return notice, text, read_duties(document)


def verdicts(number: int, at: str, name: str) -> Iterator[str]:
    notice, text, duties = act(number)
    judged = judge_all(duties, scope_of(notice, text), company(name))
    for duty, found in zip(duties, judged, strict=True):
        if at in duty.quote:
            yield found.verdict.value


@pytest.mark.parametrize(("number", "at", "name", "verdict"), NUMBERED)
def test_a_duty_applies_to_a_company_as_a_reader_says(
    number: int, at: str, name: str, verdict: str
) -> None:
    found = list(verdicts(number, at, name))
    assert found, f"no duty is read of …{at}…"
    assert set(found) == {verdict}


def test_there_are_enough_cases_of_each_verdict() -> None:
    counted = Counter(verdict for *_, verdict in NUMBERED)
    assert counted["applies"] >= 25
    assert counted["may_apply"] >= 20
    assert counted["does_not"] >= 60


def test_definitions_are_read_in_time_linear_in_the_text() -> None:
    line = "进口商由境内代理人参照本办法所称的有关要求视同电池生产企业履行责任，"
    seconds = []
    for lines in (300, 3000):
        started = time.process_time()
        scope = scope_of(make_notice(), line * lines)
        seconds.append(time.process_time() - started)
        assert "importer" in scope.definitions.widened["battery_maker"]
    assert seconds[1] < 40 * max(seconds[0], 0.01)
