"""The list of the law: registered acts with their status on a day, also without any notice."""

from __future__ import annotations

from datetime import date

import pytest

from config.loader import load_register
from config.registered_act import RegisteredAct
from domain.law.known_end import KnownEnd
from domain.law.law_list import law_entries
from domain.law.law_lookup import find_law
from domain.records.notice import Notice
from i18n.law_text import status_line


def test_a_repealed_act_on_two_days() -> None:
    old = "工信部联节〔2018〕43号"
    [before] = find_law(law_entries(load_register(), [], date(2026, 3, 31)), old)
    [after] = find_law(law_entries(load_register(), [], date(2026, 4, 1)), old)
    assert (before.status, after.status) == ("in_force", "repealed")
    assert after.ended == date(2026, 4, 1)
    assert status_line(after, "en") == "Repealed on 1 Apr 2026 by Order 73"


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


def registered(key: str, **parts: object) -> RegisteredAct:
    given = {
        "status": "in_force",
        "evidence": {"level": "reported", "since": "2026-11-01"},
        **parts,
    }
    return RegisteredAct.model_validate(
        {"key": key, "title": f"关于{key}回收管理的办法", "title_en": key, **given}
    )


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2015, 1, 1), "not_known"),  # its own days were not seen
        (date(2026, 3, 1), "in_force"),  # the act that ends it is published, and not in force
        (date(2026, 3, 31), "in_force"),
        (date(2026, 4, 1), "repealed"),
    ],
)
def test_an_act_without_days_stood_when_another_was_published_to_end_it(
    day: date, status: str
) -> None:
    old = registered("old", status="repealed", replaced_by="某令第9号")
    new = registered(
        "new", document_number="某令第9号", published="2026-02-01", effective="2026-04-01"
    )
    [entry] = find_law(law_entries([old, new], [], day), "old")
    assert (entry.status, entry.replaced_by) == (status, ("某令第9号",))


@pytest.mark.parametrize("status", ["in_force", "repealed", "amended"])
def test_what_was_seen_without_days_is_said_of_no_day_before(status: str) -> None:
    [act] = law_entries([registered("plain", status=status)], [], date(2026, 10, 31))
    assert act.status == "not_known"
    [act] = law_entries([registered("plain", status=status)], [], date(2026, 11, 1))
    assert act.status == status


def test_a_standing_that_was_not_read_since_a_day_is_not_known_from_it_on() -> None:
    act = registered("plain", effective="2020-01-01", unknown_from="2026-07-30")
    states = {
        day: law_entries([act], [], day)[0].status
        for day in (date(2019, 12, 31), date(2020, 1, 1), date(2026, 7, 29), date(2026, 7, 30))
    }
    assert list(states.values()) == ["not_yet", "in_force", "in_force", "not_known"]


def notice(number: int, **parts: object) -> Notice:
    given: dict[str, object] = {
        "title": "关于plain回收管理的办法", "title_en": None, "document_number": None,
        "issuers": (), "jurisdiction": "CN", "published": date(2026, 1, 5), "effective": None,
        "expires": None, "status": "in_force", "stage": "final", "authority": None,
        "severity": "grey", "severity_rule": "", "relevant_because": "labels",
        "first_seen": None, "url": "https://example.org/1",
    }  # fmt: skip
    return Notice(id=number, **(given | parts))  # type: ignore[arg-type]  # a made-up row


def test_a_text_of_the_archive_makes_an_act_held_in_full_and_a_row_of_a_list_does_not() -> None:
    plain, day = registered("plain"), date(2026, 11, 30)
    row = KnownEnd(validity="有效", official=True, listed_only=True)
    [entry] = law_entries([plain], [notice(1), notice(2)], day, {1: row})
    assert (entry.id, entry.held, entry.evidence) == (2, "full", "archive")
    assert entry.validity == "有效"  # the library's word stands beside the text
    older = notice(3, published=date(2020, 1, 1), status="expired")
    over = KnownEnd(validity="已废止", official=True, listed_only=True)
    [entry] = law_entries([plain], [older, notice(1)], day, {1: row, 3: over})
    assert (entry.id, entry.validity, entry.status) == (1, "有效", "in_force")
    [entry] = law_entries([plain], [notice(1)], day, {1: row})
    assert (entry.id, entry.held, entry.evidence) == (1, "reference", "reported")
    assert (entry.validity, entry.handle) == ("有效", "law plain")


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (KnownEnd(), "not_known"),  # a text alone does not say whether it still stands
        (KnownEnd(validity="现行", official=True, listed_only=True), "in_force"),
        (KnownEnd(validity="现行", official=False, listed_only=True), "not_known"),
    ],
)
def test_a_doubt_is_settled_by_those_who_may_say_it(end: KnownEnd, status: str) -> None:
    act = registered("plain", effective="2020-01-01", unknown_from="2026-07-30")
    [entry] = law_entries([act], [notice(1)], date(2026, 11, 30), {1: end})
    assert entry.status == status


def test_another_act_of_the_archive_is_listed_beside_the_register() -> None:
    other = notice(7, title="某市电池回收实施细则", document_number="某发〔2026〕7号")
    draft = notice(8, stage="draft")
    news = notice(9, title="电池回收座谈会召开", stage="news")
    acts = law_entries([registered("plain")], [other, draft, news], date(2026, 11, 30))
    assert [(act.handle, act.status) for act in acts if act.key is None] == [
        ("show 8", "draft"), ("show 7", "in_force"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("end", "day", "status"),
    [
        (KnownEnd(), date(2026, 11, 30), "repealed"),
        (KnownEnd(), date(2026, 6, 1), "not_known"),
        (KnownEnd(repealed_from=date(2026, 7, 1)), date(2026, 6, 30), "in_force"),
        (KnownEnd(repealed_from=date(2026, 7, 1)), date(2026, 7, 1), "repealed"),
    ],
)
def test_the_end_of_an_act_of_the_archive_is_said_from_its_day_on(
    end: KnownEnd, day: date, status: str
) -> None:
    over = notice(3, status="repealed")
    today = date(2026, 11, 30)
    [entry] = law_entries([], [over], day, {3: end}, today)
    assert entry.status == status
    [entry] = law_entries([registered("plain")], [over], day, {3: end}, today)
    assert entry.status == status
