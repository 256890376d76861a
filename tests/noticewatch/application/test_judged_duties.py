"""Which duties of an act are judged for a company: those that still bind, or will."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from config.companies.entities import Entity
from domain.law.applicability.act_scope import scope_of
from domain.law.duties import TimeRelation, When
from noticewatch.application.me.judged_duties import judged
from tests.builders import make_duty, make_notice

RECYCLER = Entity.model_validate(
    {"key": "js", "name": "江苏绿桐循环科技有限公司", "roles": ["recycler"], "places": ["CN-JS"]}
)
TODAY = date(2026, 11, 30)
PAST, AHEAD = "2026-10-31", "2026-12-31"


def until(day: str) -> When:
    return When(relation=TimeRelation.UNTIL, date=day)


@pytest.mark.parametrize(
    ("act", "duty", "verdict"),
    [
        ({}, {}, "applies"),
        ({"status": "repealed"}, {}, None),
        ({"status": "not_yet"}, {}, "applies"),
        ({"stage": "draft"}, {}, "may_apply"),
        ({}, {"when": until(PAST)}, None),
        ({}, {"when": until(AHEAD)}, "applies"),
        ({}, {"state": "suspended"}, "may_apply"),
    ],
    ids=["in-force", "repealed", "future", "draft", "past", "until", "suspended"],
)
def test_what_is_over_is_left_out(
    act: dict[str, Any], duty: dict[str, Any], verdict: str | None
) -> None:
    notice = make_notice(duties=(make_duty(**duty),), **act)
    found = judged(notice, scope_of(notice), RECYCLER, TODAY)
    assert [item.found.verdict.value for item in found] == ([verdict] if verdict else [])
