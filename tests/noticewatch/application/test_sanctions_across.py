"""What one act punishes of another, bound where it names title, article and conduct."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.records.notice import Notice
from noticewatch.application.law.duty_list import DutyFilter, listed_duties
from tests.builders import make_duty, make_notice
from tests.classifier.duties.notices import duties_of

TITLE = "青川省废旧动力电池回收管理办法"
PUNISHES = (
    "违反《青川省废旧动力电池回收管理办法》第一条规定，未按时报送入库信息的，"
    "处二万元以上五万元以下罚款。"
)


def act(number: int, title: str, duties: tuple[Any, ...], **more: Any) -> Notice:
    return replace(make_notice(id=number), title=title, duties=duties, stage="final", **more)


def fines(*notices: Notice) -> list[list[tuple[int | None, float | None]]]:
    """Of the duties of act 1 the act and the upper end of each fine."""
    found = listed_duties(notices, DutyFilter(), date(2026, 9, 1))
    return [
        [(item.act_id, item.max) for item in listed.duty.sanctions]
        for listed in found if listed.notice.id == 1
    ]  # fmt: skip


def test_the_fine_of_another_act_stands_beside_the_duty_that_it_names() -> None:
    law = act(1, TITLE, (make_duty(),))
    rules = act(2, "青川省行政处罚规定", duties_of(PUNISHES))
    assert fines(law, rules) == [[(None, 30_000), (2, 50_000)]]


@pytest.mark.parametrize(
    ("law", "text"),
    [
        ({"title": "关于印发《青川省废旧动力电池回收管理办法》解读的通知"}, PUNISHES),
        ({"title": "白岭省废旧动力电池回收管理办法"}, PUNISHES),
        ({}, PUNISHES.replace("第一条", "第二条")),
        ({}, PUNISHES.replace("未按时报送入库信息", "擅自拆解废旧动力电池")),
        ({}, PUNISHES.replace("报送入库信息", "公布回收网点地址")),
        ({"status": "repealed"}, PUNISHES),
    ],
)
def test_another_title_article_or_conduct_binds_nothing(law: dict[str, Any], text: str) -> None:
    title = law.pop("title", TITLE)
    rules = act(2, "青川省行政处罚规定", duties_of(text))
    assert all(
        item[0] is None
        for duty in fines(act(1, title, (make_duty(),), **law), rules)
        for item in duty
    )


def test_what_is_no_longer_in_force_punishes_nothing() -> None:
    rules = act(2, "青川省行政处罚规定", duties_of(PUNISHES), status="repealed")
    assert fines(act(1, TITLE, (make_duty(),)), rules) == [[(None, 30_000)]]
