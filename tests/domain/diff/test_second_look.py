"""What two looks at a page say against the text that is stored of it."""

from __future__ import annotations

import pytest

from domain.diff.second_look import differing_lines, second_look
from domain.text.duty_lines import carries_duty
from domain.text.volatile_lines import line_shape, without_volatile

STORED = (
    "关于报送的通知如下。\n网点应当在十日内报送。\n精彩推荐\n甲地开展走访\n乙地召开例会\n特此通知"
)


def edit(old: str, new: str) -> str:
    assert old in STORED
    return STORED.replace(old, new)


@pytest.mark.parametrize(
    ("first", "second", "changed"),
    [
        (STORED, STORED, False),
        (edit("十日", "三十日"), edit("十日", "三十日"), True),
        (edit("特此通知", "特此函告"), edit("特此通知", "特此函告"), True),
        (edit("\n特此通知", ""), edit("\n特此通知", ""), True),
        (edit("十日", "三十日"), STORED, False),
        (edit("十日", "三十日"), edit("十日", "二十日"), False),
        (edit("甲地开展走访", "丙地组织培训"), edit("甲地开展走访", "丁地发布简报"), False),
        (edit("甲地开展走访\n乙地召开例会", "丙地\n丁地"), edit("甲地开展走访\n乙地召开例会", "戊地\n己地"), False),
        (edit("甲地开展走访\n", ""), edit("甲地", "丁地"), False),
    ],
)  # fmt: skip
def test_an_edit_is_what_both_looks_show(first: str, second: str, changed: bool) -> None:
    assert second_look(STORED, first, second).changed is changed


def test_an_edit_beside_a_block_that_moves_is_seen() -> None:
    first, second = (
        edit("十日", "三十日").replace("甲地开展走访", other) for other in ("丙地", "丁地")
    )
    look = second_look(STORED, first, second)
    assert look.changed
    assert look.moving == {"丙地", "丁地", "甲地开展走访"}


def test_more_lines_gone_than_moved_are_an_edit() -> None:
    gone = "\n甲地开展走访\n乙地召开例会\n特此通知"
    first, second = edit(gone, "\n丙地"), edit(gone, "\n丁地")
    assert second_look(STORED, first, second).changed


def test_lines_that_are_known_to_move_count_for_nothing() -> None:
    before, after = f"此刻 10:05:33\n{STORED}", f"此刻 11:07:01\n{STORED}"
    shape = line_shape("此刻 09:00:00")
    assert differing_lines(before, after) == ["此刻 10:05:33", "此刻 11:07:01"]
    assert differing_lines(before, after, {shape}) == []
    assert without_volatile(before, {shape}) == STORED


@pytest.mark.parametrize(
    "line",
    [
        "处二万元以下罚款", "网点应当报送", "不得拒收", "自2027年1月1日起施行", "报名截止到月底", "第五条 目的",
        "一、总则", "2026年11月12日", "电话：010-55512345", "回收率不低于90%", "甲\t乙", "本通知废止", "补贴300元",
    ],
)  # fmt: skip
def test_a_line_with_a_duty_is_never_volatile(line: str) -> None:
    assert carries_duty(line)
    assert without_volatile(f"{line}\n甲", {line_shape(line), "甲"}) == line


@pytest.mark.parametrize(
    ("one", "other"),
    [("点阅 505", "点阅 1,526"), ("会话 a91f07", "会话 77bc01"), ("10:05:33", "9:41:02")],
)
def test_lines_that_differ_in_their_numbers_have_one_shape(one: str, other: str) -> None:
    assert line_shape(one) == line_shape(other)
