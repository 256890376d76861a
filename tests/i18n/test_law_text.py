"""The status of an act in words, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from config.registered_act import RegisteredAct
from domain.law.law_list import LawEntry, law_entries
from i18n.law_text import kind_line, status_line

DAY = date(2026, 11, 30)


def act(key: str, **parts: Any) -> RegisteredAct:
    given = {"title": f"某办法{key}", "title_en": f"Measures {key}", "status": "in_force", **parts}
    return RegisteredAct.model_validate({"key": key, **given})


def entry(*acts: RegisteredAct) -> LawEntry:
    """The first of the acts in the list."""
    return next(one for one in law_entries(acts, [], DAY) if one.key == acts[0].key)


@pytest.mark.parametrize(
    ("ender", "english"),
    [
        ({"document_number": "某令第9号", "aliases_en": ["Order 9"]}, "Order 9"),
        ({"document_number": "某令第9号"}, "Measures new"),  # nothing Chinese in English
        ({"document_number": "GB 9-2026"}, "GB 9-2026"),
        ({}, "Measures new"),
    ],
)
def test_who_ended_it_by_the_name_that_people_have(ender: dict[str, Any], english: str) -> None:
    new = act("new", effective="2026-04-01", **ender)
    name = ender.get("document_number", new.title)
    old = act("old", status="repealed", repealed_by=name)
    assert status_line(entry(old, new), "en") == f"Repealed on 1 Apr 2026 by {english}"
    assert status_line(entry(old, new), "zh") == f"2026年4月1日被{name}废止"
    edition = act("old", status="repealed", replaced_by=name)
    assert status_line(entry(edition, new), "en") == f"Replaced on 1 Apr 2026 by {english}"
    assert status_line(entry(edition, new), "zh") == f"2026年4月1日被{name}代替"


def test_an_end_without_a_day_and_a_standing_that_was_not_read() -> None:
    new = act("new")
    old = act("old", status="repealed", repealed_by=new.title)
    assert status_line(entry(old, new), "en") == "Repealed (day not known) by Measures new"
    assert status_line(entry(act("x", status="not_known")), "en") == "Not known on that day"


@pytest.mark.parametrize(
    ("parts", "english", "chinese"),
    [
        ({"kind": "law"}, "law", "法律"),
        ({"kind": "standard"}, "standard", "标准"),
        ({"kind": "standard", "mandatory": True}, "mandatory standard", "强制性标准"),
        ({"kind": "standard", "mandatory": False}, "recommended standard", "推荐性标准"),
        ({}, "", ""),
    ],
)
def test_what_an_act_is(parts: dict[str, Any], english: str, chinese: str) -> None:
    one = entry(act("x", **parts))
    assert (kind_line(one, "en"), kind_line(one, "zh")) == (english, chinese)
