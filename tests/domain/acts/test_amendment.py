"""Read the orders of a decision to amend, and carry them out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.acts.amendment import Amended, amend
from domain.acts.amendment_parser import read_orders
from domain.acts.changing.amendment_clauses import Place
from tests.domain.acts.amended_act import BASE, TITLE


def amended(orders: str) -> Amended:
    return amend(BASE, read_orders(orders, TITLE))


def line(text: str, start: str) -> str:
    return next(line for line in text.replace("\u3000", " ").split("\n") if line.startswith(start))


@pytest.mark.parametrize(
    ("order", "start", "reads"),
    [
        ("将第四条中的“十五日”修改为“三十日”。", "第四条", "第四条 企业应当在三十日内备案。"),
        ("第四条修改为：“企业应当备案。”", "第四条", "第四条 企业应当备案。"),
        ("将第四条修改为：\n“第四条 企业应当备案。”", "第四条", "第四条 企业应当备案。"),
        ("第二条第二款修改为：“国家支持梯次利用。”", "国家", "国家支持梯次利用。"),
        ("删去第二条第一款中的“境内”。", "第二条", "第二条 本办法适用于回收活动。"),
        ("第三条第（二）项修改为：“保存五年。”", "（二）", "（二）保存五年。"),
        ("第三条增加一项，作为第三项：“（三）公开信息。”", "（三）", "（三）公开信息。"),
        ("第二条增加一款，作为第三款：“各地组织实施。”", "各地", "各地组织实施。"),
        ("在第四条“企业”后增加“和个人”。", "第四条", "第四条 企业和个人应当在十五日内备案。"),
        ("删去第四条。", "第四条", "第四条 违反规定的，处一万元以上三万元以下罚款。"),
        ("增加一条，作为第四条：“企业应当登记。”", "第五条", "第五条 企业应当在十五日内备案。"),
        ("在第四条后增加一条：“企业应当登记。”", "第五条", "第五条 企业应当登记。"),
        (
            "第五条改为第七条，并将其中的“三万元”修改为“五万元”。",
            "第五条",
            "第五条 违反规定的，处一万元以上五万元以下罚款。",
        ),
        ("将“企业”统一修改为“生产者”。", "第四条", "第四条 生产者应当在十五日内备案。"),
    ],
)
def test_orders_carried_out(order: str, start: str, reads: str) -> None:
    result = amended(f"一、{order}")
    assert (result.left, result.applied) == ((), 1 + ("改为第七条" in order))
    assert line(result.text, start) == reads


def test_articles_are_named_by_their_old_numbers() -> None:
    result = amended(
        "一、删去第二条。\n二、第五条中的“一万元”修改为“二万元”。\n"
        "三、增加一条，作为第二条：“企业应当登记。\n“登记应当真实。”\n条文序号作相应调整。"
    )
    assert line(result.text, "第二条") == "第二条 企业应当登记。"
    assert "登记应当真实。" in result.text.split("\n")
    assert "二万元" in line(result.text, "第五条")
    assert result.left == ()


@given(
    st.text(alphabet='将第一二条款项中的“”"修改为删去增加，作为：；。\n甲《》\ue000', max_size=80)
)
def test_no_text_is_too_odd(orders: str) -> None:
    result = amended(orders)
    assert result.applied or result.text == BASE


def test_what_does_not_fit_is_left_and_said() -> None:
    result = amended(
        "一、将第九条中的“甲”修改为“乙”。\n二、删去第四条中的“没有的话”。\n三、增加有关内容。"
    )
    assert result.text == BASE.replace("\n\n", "\n")
    assert result.applied == 0
    assert len(result.left) == 3


def test_only_what_is_meant_for_the_act() -> None:
    decision = f"一、将《别的办法》第四条中的“甲”修改为“乙”。\n二、将《{TITLE}》作如下修改：\n删去第三条、第五条。"
    orders = read_orders(decision, TITLE)
    assert [one.place for one in orders.instructions] == [Place("三条"), Place("五条")]
    assert read_orders(decision, "别的办法").instructions[0].old == "甲"
