"""What follows from the facts: the days of a changed deadline, and what of the old stock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.states import AttachmentStatus
from notifier.messages.alert import RenderContext, fact_rows
from notifier.messages.inference import examples, transition
from tests.notifier.conftest import DEADLINE_15, DEADLINE_30, Clock, World

TEXT = "第一条 企业应当在{}内报送溯源信息。\n第二条 本办法自2027年1月1日起施行。{}"
Made = Callable[..., tuple[Notice, Change]]


@pytest.fixture
def revised(world: World, clock: Clock) -> Made:
    """An act to come whose deadline was shortened, with words of its own at the end."""

    def make(words: str = "", attachments: int = 0) -> tuple[Notice, Change]:
        clock.go(datetime(2026, 11, 23, 4, 0, tzinfo=UTC))
        url = world.act(text=TEXT.format("三十日", words), facts=(DEADLINE_30,))
        world.act(
            url=url,
            text=TEXT.format("十五个工作日", words),
            before=(DEADLINE_30,),
            after=(DEADLINE_15,),
            facts=(DEADLINE_15,),
            attachments=attachments,
        )
        notice = world.archive.notices.get(1)
        assert notice is not None
        return replace(notice, effective=date(2027, 1, 1)), notice.changes[-1]

    return make


def _transition(notice: Notice, change: Change) -> str:
    return transition(notice, change, fact_rows(notice, change), "en")


def test_a_changed_deadline_counts_from_the_first_working_day_of_the_act(revised: Made) -> None:
    notice, change = revised()
    rows = fact_rows(notice, change)
    [example] = examples(notice, rows, RenderContext(now=change.at).today, "en")
    assert example.of is rows[0]
    assert example.lead == "e.g. from 4 Jan 2027: due "
    assert (example.before, example.after) == ("3 Feb 2027", "25 Jan 2027")
    assert example.doubt


def test_silence_on_transition_is_said(revised: Made) -> None:
    assert _transition(*revised()) == ("Transition for what happened before 1 Jan 2027: NOT STATED")


@pytest.mark.parametrize(
    "words",
    [
        "本办法施行前已接收的废旧动力电池，按照原规定执行。",
        "设六个月过渡期。",
        "企业应当自本办法施行之日起三个月内完成补报。",
    ],
)
def test_the_sentence_on_transition_is_quoted(revised: Made, words: str) -> None:
    assert _transition(*revised(words)) == f"Transition: “{words.rstrip('。')}”"


def test_what_could_not_be_read_is_no_silence(revised: Made) -> None:
    notice, change = revised(attachments=1)
    assert "NOT STATED" in _transition(notice, change)
    [posting] = notice.postings
    last = posting.versions[-1]
    shut = tuple(replace(file, status=AttachmentStatus.ENCRYPTED) for file in last.attachments)
    versions = (*posting.versions[:-1], replace(last, attachments=shut))
    unread = replace(notice, postings=(replace(posting, versions=versions),))
    assert _transition(unread, change) == ""


def test_an_act_long_in_force_has_no_transition(revised: Made) -> None:
    notice, change = revised()
    assert _transition(replace(notice, effective=date(2020, 1, 1)), change) == ""
    assert _transition(replace(notice, effective=None), change) == ""
    assert _transition(replace(notice, stage="draft"), change) == ""
