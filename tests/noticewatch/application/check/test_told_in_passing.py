"""Articles that name hardly an act, in loose words: what each sentence says is found and judged.

Wrong days, sums, levels and bodies, drafts told as law, old editions told as law, cases, permissions
where the text forbids, and what no act speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from archive.store import Archive
from config.loader import load_register
from noticewatch.application.check.article_check import check_article
from noticewatch.application.check.law_book import HeldLaw
from tests.noticewatch.application.check.law_archives import take_in
from tests.noticewatch.application.check.told_in_passing import (
    ACTS,
    CHINESE,
    LABELS,
    RAIL_AND_PROVINCES,
)


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeldLaw]:
    folder = tmp_path_factory.mktemp("told-in-passing")
    take_in(folder, ACTS)
    with Archive.open(folder) as archive:
        yield HeldLaw.of(archive, load_register(), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("article", "joint"),
    [(LABELS, " "), (RAIL_AND_PROVINCES, " "), (CHINESE, "")],
    ids=["labels", "rail and provinces", "chinese"],
)
def test_each_sentence_has_its_verdict(
    law: HeldLaw, article: list[tuple[str, str | None]], joint: str
) -> None:
    checked = check_article(law, joint.join(text for text, _ in article)).claims
    assert [item.text for item in checked] == [text for text, _ in article]
    told = {item.text: item.verdict.value for item in checked}
    wanted = {text: verdict for text, verdict in article if verdict is not None}
    assert {text: told[text] for text in wanted} == wanted
    open_ones = Counter(told[text] for text, verdict in article if verdict is None)
    assert not open_ones["supported"]
    assert not open_ones["opinion"]


@pytest.mark.parametrize(
    "claim",
    [
        "In Anhui second-life companies must file 30 days before the product is put on the market.",
        "Second-life companies must file 30 days before the product is exported to Mars.",
        "梯次利用企业应当在产品上市前30日向海关备案。",
        "梯次利用企业应当在产品上市前30日备案，并缴纳保证金2万元。",
        "铁路运输企业应当于25月25日前开展应急演练。",
        "Consignors of used batteries apply to the station master 72 hours before loading.",
    ],
)
def test_what_goes_beyond_the_text_is_not_supported(law: HeldLaw, claim: str) -> None:
    (checked,) = check_article(law, claim).claims
    assert checked.verdict.value != "supported"
