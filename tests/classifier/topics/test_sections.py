"""Find the passages under a heading of the field."""

from __future__ import annotations

from classifier.topics.passages import notice_passages
from classifier.topics.sections import under_headings


def _under(text: str) -> list[str]:
    passages = notice_passages("循环经济实施方案", text)
    return [p.text for p, under in zip(passages, under_headings(passages), strict=True) if under]


def test_a_part_ends_at_the_next_heading_of_its_level() -> None:
    text = (
        "三、重点任务\n（一）建筑垃圾\n1. 推广再生骨料。\n（二）动力电池回收利用\n1. 建设网点三十个。\n"
        "网点应当公示。\n2. 逾期不交的，处一万元罚款。\n（三）废钢\n1. 建设加工基地。"
    )
    assert _under(text) == [
        "1. 建设网点三十个。",
        "网点应当公示。",
        "2. 逾期不交的，处一万元罚款。",
    ]


def test_a_higher_heading_ends_it_too() -> None:
    text = "（一）退役动力电池管理\n1. 登记去向。\n四、保障措施\n1. 加强领导。"
    assert _under(text) == ["1. 登记去向。"]


def test_chapters_hold_their_articles() -> None:
    text = (
        "第四章 废旧动力电池\n第十条 企业应当登记流向。\n第十一条 违反前款的，处罚款。\n"
        "第五章 附则\n第十二条 本办法自发布之日起施行。"
    )
    assert _under(text) == ["第十条 企业应当登记流向。", "第十一条 违反前款的，处罚款。"]


def test_a_sentence_that_names_the_field_is_no_heading() -> None:
    assert _under("一、完善退役动力电池回收网络，支持企业共建。\n加强财政保障。") == []
    assert _under("动力电池回收\n加强财政保障。") == []
    assert _under("一、铅蓄电池回收\n公示价格。") == []
