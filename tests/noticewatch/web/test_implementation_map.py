"""The map of implementation: green only for acts that implement by duties of their own."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from domain.law.duties import Bound, Subject
from i18n.visitor_words import Words
from noticewatch.web.app import create_app
from noticewatch.web.views.implementation import implementations
from tests.builders import make_act, make_duty
from tests.noticewatch.web.site import make_site

WORDS = Words(language="en", today=date(2026, 11, 23), topics={}, jurisdictions={})
PLACE = "CN-JS"
AUTHORITY = make_duty(who=Subject(role="authority", kind=Bound.AUTHORITY, text="主管部门"))


def shown(*acts, state=("rule", "rule found"), implementing=(1, 2)):
    return implementations({PLACE: state}, acts, implementing, WORDS)[PLACE]


def act(number=1, duties=(make_duty(),), **differs):
    return make_act(duties, **{"id": number, "jurisdiction": PLACE, **differs})


def test_an_act_with_own_duties_is_green_and_leads_to_it():
    found = shown(act(title_en="Jiangsu Measures"))
    assert (found.level, found.notice_id) == ("rule", 1)
    assert found.text == "in force from 2026-07-01 · Jiangsu Measures"
    assert shown(act(effective=None)).text.startswith("day not stated")


@pytest.mark.parametrize(
    "other",
    [
        act(3),
        act(duties=()),
        act(duties=(AUTHORITY,)),
        act(stage="interpretation"),
        act(stage="news"),
        act(status="repealed"),
        act(status="expired"),
    ],
    ids=[
        "implements nothing",
        "no duty",
        "authorities'",
        "explains",
        "news",
        "repealed",
        "expired",
    ],
)
def test_what_is_no_implementation_is_not_green(other):
    found = shown(other)
    assert (found.level, found.notice_id) == ("other", None)


def test_a_draft_is_a_draft_and_the_final_act_comes_first():
    draft = act(2, stage="draft", published=date(2026, 11, 1))
    assert shown(draft).level == "draft"
    assert shown(draft, act(1)).notice_id == 1


def test_silence_stays_what_it_is():
    found = shown(state=("unwatched", "not watched: unknown"))
    assert (found.level, found.text) == ("unwatched", "not watched: unknown")


def test_the_map_remembers_the_act(folder):
    with TestClient(create_app(make_site(folder))) as client:
        assert client.get("/map?by=implementation&act=7").status_code == 200
        assert client.cookies["nw_map_act"] == "7"
        assert client.get("/map?by=implementation").status_code == 200
        assert client.cookies["nw_map_act"] == "7"
        client.get("/map?by=implementation&act=")
        assert client.cookies["nw_map_act"] == "0"
        assert client.get("/map?by=implementation&act=x").status_code == 400
