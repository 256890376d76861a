"""Sentences that list whom they bind, and what goes on behind a responsibility."""

from __future__ import annotations

from classifier.duties import read_duties
from classifier.facts.fact_document import read_document
from domain.law.duties import Duty
from domain.text.units import text_blocks


def duties_of(text: str) -> tuple[Duty, ...]:
    return read_duties(read_document("关于报送库存的通知", text_blocks(text), (), None))


def test_a_sentence_above_a_list_of_companies_is_the_duty() -> None:
    found = duties_of("下列企业应当每季度报送库存：（一）动力电池生产企业；（二）综合利用企业。")
    assert [(one.act, one.object) for one in found] == [("report", "库存")]


def test_duties_under_a_sentence_stay_duties() -> None:
    found = duties_of("下列单位应当按照要求做好管理：（一）建立台账；（二）每月报送库存。")
    assert "report" in [one.act for one in found]


def test_what_follows_a_responsibility_is_read() -> None:
    found = duties_of("梯次利用企业应当承担梯次产品的回收责任，并公布回收电话。")
    assert [one.object for one in found] == ["回收电话"]
