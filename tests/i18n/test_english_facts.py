"""Write English sentences from the values of facts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.records.fact import Fact
from domain.records.states import FactKind
from i18n.en import fact_sentences


def fact(kind: FactKind, value: Any, quote: str = "q") -> Fact:
    return Fact.from_json(kind=kind, value=value, quote=quote, where="第一条")


def fine(low: float | None, high: float | None, basis: str = "fixed", **more: Any) -> Fact:
    value = {"min": low, "max": high, "currency": "CNY", "basis": basis, **more}
    return fact(FactKind.FINE, value)


def deadline(quote: str = "三十日内报送", **value: Any) -> Fact:
    return fact(FactKind.DEADLINE, value, quote)


@pytest.mark.parametrize(
    ("given_fact", "sentence"),
    [
        (fine(10000, 30000), "Fine: CNY 10,000–30,000"),
        (fine(0, 30000), "Fine: up to CNY 30,000"),
        (fine(50000, 50000), "Fine: CNY 50,000"),
        (fine(100000, None), "Fine: at least CNY 100,000"),
        (fine(1, 3, "multiple", on="违法所得"), "Fine: 1–3 times the illegal gains"),
        (fine(0.01, 0.05, "multiple", on="总投资额"), "Fine: 1–5 % of the total investment"),
        (fine(500, 1000, "per_unit", on="吨"), "Fine: CNY 500–1,000 per tonne"),
        (fine(1000, 1000, "per_day"), "Fine: CNY 1,000 per day"),
        (
            fine(1, 2, offence="未报送；情节严重"),
            "Fine: CNY 1–2 (failure to report, serious cases)",
        ),
        (
            deadline(
                "应当自收到之日起15个工作日内报送",
                duration="P15D",
                working_days=True,
                trigger="自收到之日起",
            ),
            "Report within 15 working days after receipt",
        ),
        (
            deadline(
                "网点应当在24小时内移交", duration="PT24H", working_days=False, who="回收服务网点"
            ),
            "Collection outlets: hand over within 24 hours",
        ),
        (
            deadline("每年3月31日前报送", date="--03-31", yearly=True),
            "Report by 31 March each year",
        ),
        (
            deadline("2026年8月20日前备案", date="2026-08-20", yearly=False),
            "File (备案 filing) by 20 August 2026",
        ),
        (deadline("当日登记", duration="P0D", working_days=False), "Register on the same day"),
        (fact(FactKind.EFFECTIVE_DATE, "2026-04-01"), "Takes effect on 1 April 2026"),
        (fact(FactKind.EXPIRY_DATE, "2031-03-31"), "Valid until 31 March 2031"),
        (fact(FactKind.COMMENT_DEADLINE, "2026-08-13"), "Comments by 13 August 2026"),
        (
            fact(FactKind.PORTAL, {"name": "溯源信息平台", "url": "https://a.cn"}),
            "Portal: 溯源信息平台 https://a.cn",
        ),
        (
            fact(FactKind.CODE_FORMAT, {"length": 24, "charset": "A-Z0-9", "standard": None}),
            "Code: 24 characters, A-Z0-9",
        ),
        (
            fact(
                FactKind.DATA_FIELD, {"name": "编码", "type": "C", "length": 24, "mandatory": True}
            ),
            "Field 编码: C, length 24, mandatory",
        ),
        (
            fact(
                FactKind.THRESHOLD,
                {"parameter": "锂回收率", "comparator": ">=", "value": 90, "unit": "%"},
            ),
            "Threshold: lithium recovery rate at least 90 %",
        ),
        (
            fact(FactKind.REPEALS, {"title": "甲办法", "document_number": "工信部〔2018〕1号"}),
            "Repeals 《甲办法》 (工信部〔2018〕1号)",
        ),
    ],
)
def test_sentences(given_fact: Fact, sentence: str) -> None:
    assert fact_sentences.fact_sentence(given_fact) == sentence


def test_changes_say_which_way() -> None:
    assert (
        fact_sentences.fact_change_sentence(fine(5000, 20000), fine(10000, 30000))
        == "fine ¥5,000–20,000 → ¥10,000–30,000, HIGHER"
    )
    before = deadline(duration="P30D", working_days=False)
    after = deadline(duration="P15D", working_days=True)
    assert fact_sentences.fact_change_sentence(before, after) == (
        "deadline 30 days → 15 working days, TIGHTER"
    )
    assert fact_sentences.fact_change_sentence(before, after, start=date(2026, 9, 20)) == (
        "deadline 30 days → 15 working days, TIGHTER; "
        "from 20 September 2026: 20 October 2026 → 16 October 2026"
    )
    close = deadline(duration="P20D", working_days=False)
    assert "depends on the holidays" in fact_sentences.fact_change_sentence(close, after)
    assert fact_sentences.fact_change_sentence(None, fine(1, 2)) == "NEW: fine: CNY 1–2"
    assert fact_sentences.fact_change_sentence(fine(1, 2), None) == "REMOVED: fine: CNY 1–2"
