"""An article's text by day: as issued, as amended, until the act ends."""

from __future__ import annotations

from datetime import date

from domain.law.provisions import Wording, consolidated_text, provisions, provisions_on

FIRST = "第一条 企业应当在三十日内报送。\n第二条 处五千元罚款。\n第三条 本办法自公布之日起施行。"
SECOND = FIRST.replace("三十日", "十日") + "\n第四条 本办法由省厅解释。"
ISSUED = Wording(
    text=FIRST, since=date(2025, 1, 1), basis="published", source_id=1, source_number="甲1号"
)
AMENDED = Wording(
    text=SECOND, since=date(2026, 3, 1), basis="amended", source_id=2, source_number="乙2号"
)


def test_each_article_has_one_text_a_day() -> None:
    known = provisions([ISSUED, AMENDED])
    before = {item.article: item for item in provisions_on(known, date(2026, 2, 28))}
    after = {item.article: item for item in provisions_on(known, date(2026, 3, 1))}
    assert "三十日" in before["第一条"].text
    assert before["第一条"].until == date(2026, 2, 28)
    assert "第四条" not in before
    assert "十日内" in after["第一条"].text
    assert (after["第一条"].source_id, after["第一条"].basis) == (2, "amended")
    assert (after["第二条"].source_id, after["第二条"].since) == (1, date(2025, 1, 1))


def test_nothing_reads_before_the_first_day_or_after_the_last() -> None:
    known = provisions([ISSUED], ends=date(2026, 12, 31))
    assert provisions_on(known, date(2024, 12, 31)) == []
    assert provisions_on(known, date(2027, 1, 1)) == []
    assert len(provisions_on(known, date(2026, 12, 31))) == 3


def test_an_order_that_did_not_fit_makes_the_text_uncertain() -> None:
    left = Wording(
        text=SECOND, since=date(2026, 3, 1), basis="amended", source_id=2,
        left=("将第九条删去",), unplaced=True,
    )  # fmt: skip
    [*_, last] = provisions_on(provisions([ISSUED, left]), date(2026, 4, 1))
    assert not last.certain


def test_the_text_of_a_day_is_its_articles() -> None:
    on_day = provisions_on(provisions([ISSUED]), date(2025, 6, 1))
    assert consolidated_text(on_day) == FIRST
