"""A shipment counted from its day: what comes before, what after, and who is asked."""

from datetime import date

import pytest

from domain.law.duties import Bound, Modality, Subject, TimeRelation, When
from noticewatch.web.views.desks.shipment_plan import shipment_steps
from tests.builders import make_act, make_duty

DAY = date(2026, 9, 15)
IMPORTER = Subject(role="importer", kind=Bound.COMPANY, text="进口企业")


def hangs_on(event, relation=TimeRelation.WITHIN, length="P10D", **more):
    when = When(relation=relation, duration=length, event=event)
    return make_duty(who=IMPORTER, when=when, object=f"{event}信息", **more)


def test_days_are_counted_back_and_on():
    act = make_act([
        hangs_on("customs_release"),
        hangs_on("dispatch", TimeRelation.BEFORE, "P5D"),
        hangs_on("arrival", TimeRelation.AT_ONCE, None),
    ])  # fmt: skip
    steps = shipment_steps([act], DAY)
    assert [step.on for step in steps] == [date(2026, 9, 10), DAY, date(2026, 9, 25)]
    assert all(step.duty_id.startswith("1-") for step in steps)


@pytest.mark.parametrize(
    "duty",
    [
        hangs_on("publication"),
        hangs_on("contract"),
        hangs_on("customs_release", modality=Modality.MAY),
        hangs_on("customs_release", length=None),
        make_duty(
            who=Subject(role="authority", kind=Bound.AUTHORITY), when=hangs_on("arrival").when
        ),
        make_duty(when=When(relation=TimeRelation.BY, date="2026-09-30")),
        make_duty(when=None),
    ],
    ids=["publication", "contract", "permission", "no length", "authority", "a date", "no time"],
)
def test_what_hangs_on_no_shipment_is_left_out(duty):
    assert shipment_steps([make_act([duty])], DAY) == []


@pytest.mark.parametrize(
    ("differs", "found"),
    [
        ({}, 1),
        ({"stage": "draft", "status": "draft"}, 0),
        ({"status": "repealed"}, 0),
        ({"status": "not_yet", "effective": date(2026, 9, 1)}, 1),
        ({"status": "not_yet", "effective": date(2026, 10, 1)}, 0),
        ({"expires": date(2026, 9, 14)}, 0),
    ],
    ids=["in force", "draft", "repealed", "begun by then", "later", "over by then"],
)
def test_only_what_binds_on_the_day_counts(differs, found):
    act = make_act([hangs_on("customs_release")], **differs)
    assert len(shipment_steps([act], DAY)) == found


def test_a_role_keeps_its_own_and_everybodys_duties():
    general = make_duty(who=Subject(role="any_company", kind=Bound.COMPANY), object="一")
    other = make_duty(object="二")  # recyclers'
    act = make_act([hangs_on("customs_release"), general, other])
    told = {step.duty.object for step in shipment_steps([act], DAY, "importer")}
    assert told == {"customs_release信息", "一"}
