"""What is wrong in the record is put right at once, and stays right when the act is read anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import ArchiveError
from domain.records.fact import Fact
from domain.records.states import FactKind
from tests.notifier.conftest import DEADLINE_30, Clock, World

START = Fact.from_json(
    kind=FactKind.EFFECTIVE_DATE, value="2027-01-01", quote="自2027年1月1日起施行", where="第九条"
)
TOPICS = ("traceability-format", "portal")


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path / "data", Clock())
    made.act(topics=TOPICS, facts=(DEADLINE_30, START))
    return made


def facts(world: World) -> list[tuple[str, object]]:
    return [(f.kind.value, f.value.to_json()) for f in world.archive.labels_and_facts.facts_of(1)]


def topics(world: World) -> set[str]:
    notice = world.archive.notices.get(1)
    assert notice is not None
    return {label.topic for label in notice.labels}


def read_again(world: World) -> None:
    url = world.archive.notices.get(1).url  # type: ignore[union-attr] # it is there
    text = "企业应当在三十日内报送溯源信息。自2027年1月1日起施行。请各单位认真落实。"
    world.act(url=url, text=text, topics=TOPICS, facts=(DEADLINE_30, START))


def test_a_topic_that_is_wrong_goes_and_another_comes(world: World) -> None:
    world.archive.corrections.topic(1, "anna", was="portal", now="penalty", note="no portal in it")
    assert topics(world) == {"traceability-format", "penalty"}
    read_again(world)
    assert topics(world) == {"traceability-format", "penalty"}
    [verdict] = world.archive.feedback.find(1)
    assert (verdict.verdict, verdict.topic, verdict.confirmed_by) == (
        "wrong_topic",
        "portal",
        "anna",
    )
    [told] = world.archive.corrections.of_notice(1)
    assert (told.kind, told.was, told.now, told.who) == ("topic", "portal", "penalty", "anna")


def test_a_fact_gets_the_right_value_or_goes(world: World) -> None:
    right = {"duration": "P20D", "working_days": True}
    world.archive.corrections.fact(1, "anna", DEADLINE_30, now=right)
    assert ("deadline", right) in facts(world)
    world.archive.corrections.fact(1, "li", START, now=None)
    assert facts(world) == [("deadline", right)]
    notice = world.archive.notices.get(1)
    assert notice is not None
    assert notice.effective is None
    read_again(world)
    assert facts(world) == [("deadline", right)]


def test_the_day_of_the_act_is_corrected_with_its_fact(world: World) -> None:
    world.archive.corrections.fact(1, "anna", START, now="2027-03-01")
    notice = world.archive.notices.get(1)
    assert notice is not None
    assert str(notice.effective) == "2027-03-01"


def test_what_is_not_there_or_no_value_changes_nothing(world: World) -> None:
    with pytest.raises(ArchiveError, match="not on the topic"):
        world.archive.corrections.topic(1, "anna", was="penalty", now=None)
    with pytest.raises(ArchiveError, match="no value of deadline"):
        world.archive.corrections.fact(1, "anna", DEADLINE_30, now={"duration": 20})
    other = Fact.from_json(kind=FactKind.EXPIRY_DATE, value="2030-01-01", quote="x", where="")
    with pytest.raises(ArchiveError, match="any more"):
        world.archive.corrections.fact(1, "anna", other, now=None)
    assert world.archive.corrections.of_notice(1) == []
    assert world.archive.feedback.find(1) == []
