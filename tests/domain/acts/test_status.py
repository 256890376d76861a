"""The status of an act on a day, and which effects change it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.acts.status import (
    NO_LONGER_AHEAD,
    NO_LONGER_BINDING,
    SET_BY_OTHERS,
    StatedStatus,
    changes_status,
    status_today,
)

TODAY = date(2026, 3, 10)
BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        (StatedStatus(), None),
        (StatedStatus(status="in_force"), "in_force"),
        (StatedStatus(status="draft", effective=AFTER), "draft"),
        (StatedStatus(status="in_force", effective=AFTER), "not_yet"),
        (StatedStatus(effective=TODAY), None),
        (StatedStatus(status="amended", effective=AFTER), "amended"),
        (StatedStatus(status="amended", changed_from=TODAY), "amended"),
        (StatedStatus(status="amended", changed_from=AFTER), "in_force"),
        (StatedStatus(status="partly_repealed", effective=AFTER, changed_from=AFTER), "not_yet"),
        (StatedStatus(status="in_force", expires=TODAY), "in_force"),
        (StatedStatus(status="in_force", expires=BEFORE), "expired"),
        (StatedStatus(status="repealed"), "repealed"),
        (StatedStatus(status="repealed", repealed_from=TODAY), "repealed"),
        (StatedStatus(status="repealed", repealed_from=AFTER), "in_force"),
        (StatedStatus(status="in_force", every_page_withdrawn=True), "withdrawn_page"),
    ],
)
def test_the_status_follows_the_day(stated: StatedStatus, shown: str | None) -> None:
    assert status_today(stated, TODAY) == shown


def test_a_deleted_page_never_hides_a_repeal_or_an_end() -> None:
    gone = StatedStatus(status="repealed", every_page_withdrawn=True)
    over = StatedStatus(status="in_force", expires=BEFORE, every_page_withdrawn=True)
    assert status_today(gone, TODAY) == "repealed"
    assert status_today(over, TODAY) == "expired"


def test_a_weaker_effect_never_undoes_a_stronger_one() -> None:
    assert changes_status("amended", None)
    assert changes_status("repealed", "in_force")
    assert changes_status("repealed", "partly_repealed")
    assert not changes_status("amended", "amended")
    assert not changes_status("partly_repealed", "repealed")
    assert not changes_status("extended", None)


def test_the_lists_of_statuses_agree() -> None:
    assert NO_LONGER_BINDING < NO_LONGER_AHEAD
    assert "repealed" in NO_LONGER_BINDING & SET_BY_OTHERS
    assert "amended" not in NO_LONGER_BINDING
