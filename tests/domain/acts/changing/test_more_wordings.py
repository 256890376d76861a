"""Orders in wordings of newer decisions, each read whole."""

from __future__ import annotations

from datetime import date

import pytest

from domain.acts.amendment_parser import read_orders
from domain.acts.effect_statements import effects_in
from domain.acts.entry_into_force import first_day_of

TITLE = "青州市动力电池回收网点管理办法"


@pytest.mark.parametrize(
    ("order", "article", "old", "new"),
    [
        ("第四条“二吨”一语，签发原件作“三吨”。", "四条", "二吨", "三吨"),
        ("第六条的末日误排为“甲日”，审议通过的文本是“乙日”。", "六条", "甲日", "乙日"),
        ("第二条“五份”改按“三份”。", "二条", "五份", "三份"),
        ("第5条里的“反光”换用“电子”字样。", "5条", "反光", "电子"),
        ("第九条所定培训学时，由4学时提高到6学时。", "九条", "4学时", "6学时"),
        ("第三条“商务”之后，加上“、邮政”。", "三条", "商务", "商务、邮政"),
    ],
)
def test_words_become_others(order: str, article: str, old: str, new: str) -> None:
    (one,) = read_orders(f"《{TITLE}》{order}", TITLE).instructions
    assert (one.kind, one.place.article, one.old, one.text) == ("words", article, old, new)


def test_a_table_below_the_article_that_it_words_anew() -> None:
    text = f"《{TITLE}》\n一、第六条内容对照如下：\n现行内容 | 调整后内容\n不超二吨。 | 不超一吨。"
    (one,) = read_orders(text, TITLE).instructions
    assert (one.kind, one.place.article, one.text) == ("replace", "六条", "第六条\u3000不超一吨。")


@pytest.mark.parametrize(
    ("words", "effect", "scope"),
    [
        ("第6条用到2025年12月31日为止，过后不再据以要求。", "partly_repealed", ("第六条",)),
        ("自2025年11月10日起，第一条的环节先停下来。", "suspended", ("第一条",)),
        ("第一条自2026年2月9日起照原样办理。", "resumed", ("第一条",)),
        ("届满后接着行用一年，行至2026年8月31日。", "extended", ()),
    ],
)
def test_ends_pauses_and_further_terms(words: str, effect: str, scope: tuple[str, ...]) -> None:
    (one,) = effects_in(words, (TITLE, ""))
    assert (one.effect, one.terms.scope) == (effect, scope)


def test_from_when_what_is_new_is_followed() -> None:
    words = "决定再作调整，2026年1月1日起照新内容办理。"
    assert first_day_of(words, date(2025, 9, 8)) == date(2026, 1, 1)
