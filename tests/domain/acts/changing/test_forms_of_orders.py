"""Forms in which a decision joins, splits, strikes and sets wordings side by side."""

from __future__ import annotations

from datetime import date

import pytest

from domain.acts.references import references
from domain.law.act_history import ActEvent, act_history
from domain.law.provisions import Wording

ACT = (
    "第一条　网点应当备案。\n第二条　贮存不超过五吨。\n时间不超过三十日。\n"
    "第三条　登记下列事项：\n（一）编码；\n（二）重量。\n第四条　台账保存三年。\n第五条　按季报送。"
)
TITLE, DAY = "青州市回收网点管理办法", date(2025, 6, 1)


def after(orders: str) -> list[str]:
    issued = Wording(text=ACT, since=date(2024, 1, 1), basis="published", source_id=1)
    event = ActEvent(kind="amended", since=DAY, source_id=2, text=orders)
    reads = act_history(TITLE, issued, [event]).reads_on(DAY)
    return ["".join(item.text.split()) if item.certain else item.article + "?" for item in reads]


FIRST = "第一条网点应当备案。"
SECOND = "第二条贮存不超过五吨。时间不超过三十日。"
THIRD = "第三条登记下列事项：（一）编码；（二）重量。"


@pytest.mark.parametrize(
    ("orders", "wanted"),
    [
        (
            "将第二条拆分为两条，作为第二条、第三条：“第二条　贮存不超过六吨。”"
            "“第三条　时间不超过十日。”条文顺序作相应调整。",
            [
                FIRST, "第二条贮存不超过六吨。", "第三条时间不超过十日。", "第四" + THIRD[2:],
                "第五条台账保存三年。", "第六条按季报送。",
            ],
        ),
        (
            "第二条第二款单列为一条，作为第三条，其后各条依次顺延。",
            [
                FIRST, "第二条贮存不超过五吨。", "第三条时间不超过三十日。", "第四" + THIRD[2:],
                "第五条台账保存三年。", "第六条按季报送。",
            ],
        ),
        (
            "第四条、第五条合并为一条：“台账保存三年并按季报送。”条文顺序相应调整。",
            [FIRST, SECOND, THIRD, "第四条台账保存三年并按季报送。"],
        ),
        (
            "删去第四条，其后条文序号不变。",
            [FIRST, SECOND, THIRD, "第五条按季报送。"],
        ),
        (
            "第4条的保存期限由三年调整为五年。",
            [FIRST, SECOND, THIRD, "第四条台账保存五年。", "第五条按季报送。"],
        ),
        (
            "第四条取消后，第五条依次前移。\n原条文\t修改后\n（通篇）“网点”\t“站点”\n"
            "第三条（二）重量。\t（二）重量和数量。\n（无）\t第三条（三）去向。\n第四条　台账\t（取消）",
            [
                "第一条站点应当备案。", SECOND,
                "第三条登记下列事项：（一）编码；（二）重量和数量。（三）去向。", "第四条按季报送。",
            ],
        ),
        (
            "原条文：第五条　按季报送。\n修改后：第五条　按年报送。",
            [FIRST, SECOND, THIRD, "第四条台账保存三年。", "第五条按年报送。"],
        ),
        (
            "在第四条后增加一条，作为第四条之一：“遗失台账的，应当报告。”",
            [
                FIRST, SECOND, THIRD, "第四条台账保存三年。", "第四条之一遗失台账的，应当报告。",
                "第五条按季报送。",
            ],
        ),
        (
            "条款\t修改前\t修改后\n第四条\t三年\t五年",
            [FIRST, SECOND, THIRD, "第四条台账保存五年。", "第五条按季报送。"],
        ),
    ],
)  # fmt: skip
def test_the_act_reads_as_the_decision_orders(orders: str, wanted: list[str]) -> None:
    assert after(orders) == wanted


def test_words_that_do_not_stand_where_they_should_leave_all_their_places_in_doubt() -> None:
    reads = after("第五条中的“三年”修改为“五年”。")
    assert reads[3:] == ["第四条?", "第五条?"]


def test_a_standard_is_amended_by_its_number() -> None:
    (found,) = references(
        "GB/T 46111—2024第1号修改单", "4.3改为：“4.3 温度不应高于35 ℃。”\n自2025年6月1日起实施。"
    )
    assert (found.effect, found.document_number) == ("amended", "GB/T 46111-2024")
    cited = references("通知", "企业应当按照GB/T 46111—2024第4.2条调整贮存量。")
    assert not any(item.effect for item in cited)
