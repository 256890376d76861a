"""A cell of the matrix: the duties in force of all acts that bind, by rank and date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from config.loader import load_jurisdictions
from domain.law.duties import Destination, Duty, Sanction, TimeRelation, When
from domain.records.notice import Notice
from i18n.visitor_words import Words
from noticewatch.web.views.matrix import MatrixCell, matrix_rows
from notifier.selection.coverage import CoverageState
from tests.builders import make_act, make_duty

TODAY = date(2026, 11, 23)
STATES: dict[str, tuple[CoverageState, str]] = {
    "CN": ("rule", "rule found"),
    "CN-GD": ("nothing", "nothing found on 2 healthy sources"),
    "CN-HB": ("unwatched", "not watched: unknown"),
}
PLATFORM = Destination(name="国家溯源平台")


def cells(
    *notices: Notice, role: str | None = None, day: date | None = None
) -> dict[str, MatrixCell]:
    """The portal cell of each place."""
    words = Words(language="en", today=TODAY, topics={}, jurisdictions=load_jurisdictions())
    rows = matrix_rows(notices, STATES, words, role, day)
    return {row.jurisdiction: row.cells["portal"] for row in rows}


def told(thing: str, **differs: Any) -> Duty:
    return make_duty(where=PLATFORM, object=thing, **differs)


def test_all_acts_that_bind_stand_in_one_cell_higher_ones_first() -> None:
    notice = make_act([told("出库信息")], id=1, published=date(2026, 10, 1))
    rule = make_act([told("入库信息")], id=2, authority="部门规章", published=date(2024, 1, 1))
    cell = cells(notice, rule)["CN"]
    assert [duty.object for _, duty in cell.duties] == ["入库信息", "出库信息"]
    assert cell.notice_id == 2


def test_of_one_rank_the_newer_act_comes_first() -> None:
    old = make_act([told("出库信息")], id=1, published=date(2023, 1, 1))
    new = make_act([told("入库信息")], id=2, published=date(2026, 1, 1))
    assert [number[:1] for number, _ in cells(old, new)["CN"].duties] == ["2", "1"]


def test_duties_to_come_and_those_that_ended_are_not_in_force() -> None:
    later = When(relation=TimeRelation.FROM, date="2027-04-01")
    now = make_act([told("出库信息"), told("入库信息", when=later)], id=1)
    ended = make_act([told("库存")], id=2, status="repealed")
    assert [duty.object for _, duty in cells(now, ended)["CN"].duties] == ["出库信息"]
    assert [duty.object for _, duty in cells(replace(now, duties=now.duties[1:]))["CN"].duties] == [
        "入库信息"
    ]


def test_drafts_letters_and_other_roles_are_left_out() -> None:
    draft = make_act([told("出库信息")], id=1, stage="draft", status="draft")
    letter = make_act([told("库存")], id=2, authority="letter")
    act = make_act([told("入库信息")], id=3)
    assert [duty.object for _, duty in cells(draft, letter, act)["CN"].duties] == ["入库信息"]
    assert cells(act, role="carrier")["CN"].duties == ()


def test_a_province_without_its_own_shows_the_nation_s_duty_and_says_so() -> None:
    found = cells(make_act([told("入库信息")]))
    province = found["CN-GD"]
    assert (province.national, province.notice_id) == (True, None)
    assert province.duties == found["CN"].duties
    assert province.text.startswith(
        "nothing found on 2 healthy sources; national rule applies directly: Recyclers must report"
    )
    assert province.silence == "nothing found on 2 healthy sources; national rule applies directly"
    assert province.national_duties.startswith("Recyclers must report")


def test_what_is_not_watched_stays_unknown() -> None:
    cell = cells(make_act([told("入库信息")]))["CN-HB"]
    assert (cell.text, cell.duties, cell.national) == ("not watched: unknown", (), False)


def test_a_province_s_own_duty_stands_alone() -> None:
    nation = make_act([told("入库信息")], id=1)
    province = make_act([told("库存")], id=2, jurisdiction="CN-GD")
    cell = cells(nation, province)["CN-GD"]
    assert ([duty.object for _, duty in cell.duties], cell.national) == (["库存"], False)


def test_a_fine_is_the_range_over_its_tiers() -> None:
    fine = Sanction(kinds=("fine",), min=10000, max=50000, basis="fixed")
    cell = cells(make_act([told("入库信息", sanctions=(fine,))]))["CN"]
    assert "¥10,000–50,000" in cell.text


def test_on_another_day_other_duties_are_in_force() -> None:
    since = When(relation=TimeRelation.FROM, date="2027-04-01")
    act = make_act([told("出库信息"), told("入库信息", when=since)])
    found = cells(act, day=date(2027, 5, 1))["CN"].duties
    assert [duty.object for _, duty in found] == ["出库信息", "入库信息"]
