"""Clauses that state a fact of a kind: each value with its own words, and no other numbers."""

from __future__ import annotations

import pytest

from domain.questions.answering_clauses import clauses_of
from domain.questions.fact_questions import AskedFact, AskedTime


def told(text: str, fact: AskedFact, time: AskedTime = AskedTime.DAY) -> list[str]:
    return [clause.text for clause in clauses_of([("第一条", text)], fact, time)]


def test_each_period_of_a_sentence_stands_with_its_own_words():
    text = "网点应当在入库之日起4日内报送入库信息，在出库之日起9日内报送出库去向。"
    assert told(text, AskedFact.PERIOD, AskedTime.LONG) == [
        "网点应当在入库之日起4日内报送入库信息，", "在出库之日起9日内报送出库去向",
    ]  # fmt: skip


def test_an_item_of_a_list_takes_over_the_words_before_it():
    text = "逾期不报的，按照下列标准处罚：\n（一）不足10包的，处3000元以下罚款；"
    [clause] = clauses_of([("第四条", text)], AskedFact.FINE, AskedTime.DAY)
    assert (clause.text, clause.opening) == (
        "（一）不足10包的，处3000元以下罚款",
        "逾期不报的，按照下列标准处罚",
    )


@pytest.mark.parametrize(
    ("text", "fact", "time"),
    [
        ("企业应当每季度报送一次库存。", AskedFact.PERIOD, AskedTime.OFTEN),
        ("企业应当于12月15日前报送评估报告。", AskedFact.PERIOD, AskedTime.DAY),
        ("堆放高度不得超过2米。", AskedFact.LIMIT, AskedTime.DAY),
        ("平台网址为https://a.example/in。", AskedFact.PORTAL, AskedTime.DAY),
        ("登记应当提交营业执照和授权文件。", AskedFact.DOCUMENTS, AskedTime.DAY),
        ("本办法自2026年5月1日起施行。", AskedFact.EFFECT, AskedTime.DAY),
        ("有效期五年。", AskedFact.VALIDITY, AskedTime.DAY),
        ("意见请于2026年9月1日前反馈。", AskedFact.COMMENTS, AskedTime.DAY),
    ],
)  # fmt: skip
def test_a_value_of_the_kind_is_found(text, fact, time):
    assert len(told(text, fact, time)) == 1


@pytest.mark.parametrize(
    ("text", "fact", "time"),
    [
        ("企业应当在2026年建立台账。", AskedFact.PERIOD, AskedTime.LONG),
        ("违反第八条规定的单位列入名单。", AskedFact.LIMIT, AskedTime.DAY),
        ("企业应当在30日内报送。", AskedFact.PERIOD, AskedTime.OFTEN),
        ("补助最高200万元。", AskedFact.FINE, AskedTime.DAY),
        ("企业应当报送信息。", AskedFact.COMMENTS, AskedTime.DAY),
    ],
)  # fmt: skip
def test_another_number_is_none(text, fact, time):
    assert told(text, fact, time) == []
