"""The list of the law: registered acts with their status on a day, also without any notice."""

from __future__ import annotations

from datetime import date

from config.loader import load_register
from domain.law.law_list import find_law, law_entries
from i18n.law_text import status_line


def test_a_repealed_act_on_two_days() -> None:
    old = "工信部联节〔2018〕43号"
    [before] = find_law(law_entries(load_register(), [], date(2026, 3, 31)), old)
    [after] = find_law(law_entries(load_register(), [], date(2026, 4, 1)), old)
    assert (before.status, after.status) == ("in_force", "repealed")
    assert after.ended == date(2026, 4, 1)
    assert status_line(after, "en") == "Repealed on 1 Apr 2026 by 工业和信息化部令第73号"


def test_it_is_found_by_number_and_by_english_words() -> None:
    acts = law_entries(load_register(), [], date(2026, 11, 30))
    assert [act.key for act in find_law(acts, "Ecological Code")] == ["eco-code"]
    assert [act.key for act in find_law(acts, "GB/T 34014")] == ["gbt-34014"]
    assert find_law(acts, "no such act") == []
    assert {act.held for act in acts} == {"articles", "reference"}


def test_an_act_that_is_still_to_come_and_one_that_has_run_out() -> None:
    day = date(2026, 8, 14)
    [code] = find_law(law_entries(load_register(), [], day), "eco-code")
    [campaign] = find_law(law_entries(load_register(), [], day), "joint-campaign-2026")
    assert status_line(code, "en") == "Takes effect on 15 Aug 2026"
    assert (campaign.status, campaign.ended) == ("expired", date(2026, 7, 1))
