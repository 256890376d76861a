"""Orders for rows of tables, which are no orders for articles."""

from __future__ import annotations

from domain.acts.amendment import amend
from domain.acts.amendment_parser import read_orders

ACT = (
    "第一条　指标见附件1。\n第二条　期限为15日。\n附件1　指标\n"
    "序号\t项目\t限值\n1\t镍\t≥20%\n2\t锂\t≥3%\n3\t钴\t≥3%"
)


def ordered(text: str) -> tuple[str, tuple[str, ...], bool]:
    done = amend(ACT, read_orders(f"对《电池粉料公告》作如下调整：{text}", "电池粉料公告"))
    return done.text, done.doubtful, done.unplaced


def test_a_cell_of_the_row_that_is_named() -> None:
    text, doubtful, unplaced = ordered("附件1中，序号2的限值由“≥3%”调整为“≥4%”。")
    assert "2\t锂\t≥4%\n3\t钴\t≥3%" in text
    assert (doubtful, unplaced) == ((), False)


def test_a_row_that_is_not_found_leaves_the_articles_known() -> None:
    _, doubtful, unplaced = ordered("附件1中，序号9的限值由“≥3%”调整为“≥4%”。")
    assert (doubtful, unplaced) == (("附件1",), False)


def test_a_new_row_leaves_the_annex_not_known() -> None:
    _, doubtful, unplaced = ordered("增加序号4，项目为“水分”。")
    assert (doubtful, unplaced) == (("附件1",), False)


def test_words_of_an_article_are_of_no_table() -> None:
    text, doubtful, _ = ordered("第二条中的“15日”改为“10日”。")
    assert "第二条　期限为10日。" in text
    assert doubtful == ()
