"""The acceptance test: two articles in the manner of trade media, that contradict each other on
day and bodies, misdate a measure, confuse two standards, announce powers that no text holds."""

from __future__ import annotations

from domain.claims.act_names import KnownNames
from domain.claims.checker import check_text, read_text
from domain.claims.conflicts import find_conflicts
from tests.domain.claims.books import RegisterBook

FIRST = """# China tightens its grip on spent EV batteries

By Lena Marsh | Recycling Wire

On 24 April 2026 MIIT, MEE, MOT, MOFCOM and SAMR launched the joint enforcement campaign on used power
batteries. The campaign runs from April to the end of June 2026. It follows Order 73, which took
effect on 1 April 2026.

The old regime rested on the 2021 Provisional Measures. Every pack must carry the code laid down in
GB/T 34015, the national traceability coding standard. Inspectors may freeze the bank accounts of any
importer whose packs have no passport.

Analysts expect the crackdown to reshape the market. Lithium carbonate prices rose 4% on the news.
"""
SECOND = """Customs joins the battery crackdown

On 29 April 2026 the General Administration of Customs, MIIT and NDRC launched the joint enforcement
campaign on used power batteries. Order 73 took effect on 1 May 2026 and was issued by five
departments. Under Order 73, recyclers must report receipt and dispatch within 15 days.
"""


def verdicts(text: str) -> dict[str, str]:
    return {item.text: item.verdict.value for item in check_text(text, RegisterBook())}


def starting(found: dict[str, str], words: str) -> str:
    [verdict] = [verdict for text, verdict in found.items() if text.startswith(words)]
    return verdict


def test_the_first_article_against_the_law() -> None:
    found = verdicts(FIRST)
    assert starting(found, "The campaign runs") == "supported"
    assert starting(found, "It follows Order 73") == "supported"
    assert starting(found, "The old regime") == "contradicted"
    assert starting(found, "Every pack") == "contradicted"
    assert starting(found, "Inspectors may freeze") == "none"
    assert starting(found, "Analysts expect") == "opinion"
    assert starting(found, "Lithium carbonate prices") == "opinion"
    assert starting(found, "On 24 April") != "contradicted"  # the day was never seen


def test_the_second_article_against_the_law() -> None:
    found = verdicts(SECOND)
    assert starting(found, "On 29 April") == "contradicted"  # customs took no part
    assert starting(found, "Order 73 took effect") == "contradicted"
    assert starting(found, "Under Order 73") == "contradicted"


def test_the_articles_against_each_other() -> None:
    names = KnownNames.of(RegisterBook().acts)
    first, second = ([item.reading for item in read_text(text, names)] for text in (FIRST, SECOND))
    found = {(item.slot, item.a, item.b) for item in find_conflicts(first, second)}
    assert ("day", "2026-04-24", "2026-04-29") in found
    assert ("day", "2026-04-01", "2026-05-01") in found
    assert {"day", "bodies"} <= {slot for slot, _, _ in found}
    assert find_conflicts(first, first) == []
