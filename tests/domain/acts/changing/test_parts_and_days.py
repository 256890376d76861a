"""Orders of parts, of later days and by nested words; texts that change nothing."""

from __future__ import annotations

import pytest

from domain.acts.amendment import amend
from domain.acts.amendment_parser import read_orders
from domain.acts.references import Reference, references

NAME = "电池网点办法"
ACT = (
    "第一条　为规范“电池通”平台，制定本办法。\n第二条　网点应当于每月10日前通过“电池通”平台向经信局报送。\n"
    "第三条　网点应当遵守下列规定：\n（一）面积不少于20平方米；\n（二）贮存不超过5吨；\n（三）配备防爆箱。\n"
    "第四条　记录保存三年。\n第五条　经信局每年检查一次。"
)
FULL = f"《{NAME}》（某经信规〔2024〕3号）"


def amended(order: str) -> tuple[str, tuple[str, ...]]:
    done = amend(ACT, read_orders(f"决定对《{NAME}》作如下修改：{order}", NAME))
    return done.text, (*done.doubtful, *(("any",) if done.unplaced else ()))


def of_act(text: str, title: str = "关于有关事项的通知") -> list[Reference]:
    return [one for one in references(title, text) if one.document_number or one.title == NAME]


@pytest.mark.parametrize(
    ("order", "reads"),
    [
        ("第二条中的“‘电池通’平台”改为“省电池平台”。", "通过省电池平台向经信局"),
        ("删去第三条第（二）项，原第（三）项改为第（二）项，并将其中的“防爆箱”改为“耐压箱”。", "（二）配备耐压箱。\n第四条"),
        ("第四条删除。其他条款序号不变。", "（三）配备防爆箱。\n第五条　经信局"),
        ("《办法》相应修改：将“经信局”改为“商务局”，将“每月”改为“每季”。", "第五条　商务局每年"),
    ],
)  # fmt: skip
def test_an_order_is_carried_out(order: str, reads: str) -> None:
    text, doubtful = amended(order.replace("《办法》", f"《{NAME}》"))
    assert reads in text
    assert doubtful == ()


def test_a_day_that_nobody_knows_yet_changes_no_text() -> None:
    text, doubtful = amended("自某电池新标准实施之日起，第二条中的“10日”改为“5日”。")
    assert (text, doubtful) == (ACT, ("第二条",))


def test_what_corresponds_has_the_day_of_what_it_follows() -> None:
    text = "自2025年5月1日起，职责划转至商务局。某文件相应修改：将“经信局”改为“商务局”。"
    (order,) = read_orders(text.replace("某文件", f"《{NAME}》"), NAME).instructions
    assert order.since is not None
    assert order.since.isoformat() == "2025-05-01"


def test_an_annex_that_ends_is_not_the_act() -> None:
    (found,) = of_act(f"{FULL}附件1废止。")
    assert (found.effect, found.terms.scope) == ("partly_repealed", ("附件1",))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("电池网点实施细则", f"为落实《{NAME}》（以下简称《办法》），制定本细则。\n《办法》第三条规定的防爆箱，应当经检测合格。"),
        ("关于举办培训班的通知", f"为帮助企业掌握{FULL}第二条的要求，举办培训班。"),
        ("关于延长整改期限的公告", f"{FULL}第四条所称记录，包括电子记录。在期限内整改的，不适用第五条的规定。"),
    ],
)  # fmt: skip
def test_what_explains_or_cites_leaves_no_doubt(title: str, text: str) -> None:
    assert [one for one in of_act(text, title) if one.terms.doubtful] == []


def test_an_implementing_act_that_sets_a_measure_anew_leaves_a_doubt() -> None:
    text = f"为落实《{NAME}》（以下简称《办法》），制定本细则。\n《办法》第四条规定的保存年限按五年执行。"
    assert [one.terms.doubtful for one in of_act(text, "电池网点实施细则") if one.terms.doubtful]


def test_a_reply_that_names_the_act_only_in_what_it_answers() -> None:
    text = f"你厅《关于适用〈{NAME}〉问题的请示》收悉。属于《办法》第二条规定的报送。"
    found = references("关于有关问题的复函", text, binding=False)
    assert [(one.kind, one.title) for one in found if one.terms.scope] == [("interprets", NAME)]


def test_a_standard_that_takes_the_place_of_another() -> None:
    text = "2026-01-30发布 2026-08-01实施\n本文件代替GB/T 44444—2020《电池规范》。"
    (found,) = (one for one in references("GB/T 44444—2026 电池规范", text) if one.effect)
    assert (found.effect, found.document_number) == ("repealed", "GB/T 44444-2020")


def test_who_holds_a_decision_back_does_nothing_to_the_act() -> None:
    title = f"关于暂缓施行《关于修改〈{NAME}〉的决定》的公告"
    found = references(title, f"《关于修改〈{NAME}〉的决定》（某经信规〔2024〕9号）暂缓施行。")
    assert [(one.title, one.effect) for one in found] == [
        (f"关于修改〈{NAME}〉的决定", "suspended")
    ]
