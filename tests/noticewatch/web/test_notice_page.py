"""A notice's page: duties first, change columns only for changes, marks in the margin."""

from dataclasses import replace

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from domain.law.duties import Bound, Limit, Subject, TimeRelation, When
from domain.records.change import Change
from domain.records.fact import Evidence, Label
from domain.records.notice import Translation
from domain.records.observation import Block
from domain.records.states import ChangeKind
from noticewatch.application.duty_table import duty_groups
from noticewatch.web.app import create_app
from noticewatch.web.views.text_columns import Marginalia, text_rows
from tests.builders import make_act, make_duty
from tests.noticewatch.filled import NOW
from tests.noticewatch.web.site import csrf, make_site

DUTY = make_duty()
AUTHORITY = make_duty(
    who=Subject(role="authority", kind=Bound.AUTHORITY, text="主管部门"),
    sanctions=(),
    article="第八条",
)
RATE = Limit(parameter="锂回收率", comparator=">=", value=90, unit="%")
KEEP = make_duty(act="comply", limit=RATE, object="锂回收率", verb="", when=None, where=None)
NOBODY = make_duty(who=Subject(), object="出库信息")


@pytest.fixture
def client(folder):
    with TestClient(create_app(make_site(folder))) as client:
        yield client


def test_duties_stand_in_groups_and_columns():
    groups = duty_groups(make_act([AUTHORITY, NOBODY, KEEP, DUTY]), "en")
    assert [group.bound for group in groups] == [
        "Companies", "Anyone, or not named", "Limits", "Authorities",
    ]  # fmt: skip
    row = groups[0].rows[0]
    assert row.who == "Recyclers"
    assert row.must.startswith("must report")
    assert "30 days" not in row.must
    assert row.by == "within 30 days after receipt"
    assert "¥10,000–30,000" in row.otherwise
    assert row.article == "art. 1"
    assert (row.was, row.news) == ("", False)


def test_the_columns_are_the_texts_own_words_in_chinese():
    when = When(
        relation=TimeRelation.WITHIN, duration="P30D", event="receipt", event_text="接收之日"
    )
    (group,) = duty_groups(make_act([replace(DUTY, when=when)]), "zh")
    row = group.rows[0]
    assert (row.who, row.by) == ("综合利用企业", "自接收之日起30日内")
    assert "30日" not in row.must
    (limits,) = duty_groups(make_act([KEEP]), "zh")
    assert limits.rows[0].must == "锂回收率不低于90%"


def test_the_page_shows_who_must_what_by_when(client):
    page = html.fromstring(client.get("/notices/1").text)
    heads = [head.text_content() for head in page.cssselect("table.duties thead th")]
    assert heads == ["who", "Duty", "by when", "If not", "Article"]
    cells = [cell.text_content().strip() for cell in page.cssselect("table.duties tr[id] > *")]
    assert cells[0] == "Recyclers"
    assert cells[2] == "within 30 days after receipt"
    first = page.cssselect("main table")[0]
    assert "duties" in first.get("class")


def test_change_columns_stand_for_changes_only(client, folder):
    page = html.fromstring(client.get("/notices/1").text)
    changed = page.xpath("//table[@class='facts']")[0].text_content()
    assert "10,000" in changed
    assert "1 Jan 2027" not in changed
    dates = page.cssselect("table.stated")[0]
    assert "1 Jan 2027" in dates.text_content()
    assert "before" not in dates.cssselect("thead")[0].text_content()
    assert not html.fromstring(client.get("/notices/2").text).xpath("//table[@class='facts']")


def test_provenance_is_folded_and_one_button_stands_out(client):
    page = html.fromstring(client.get("/notices/1").text)
    for anchor in ("data", "versions", "copies", "feedback"):
        assert page.xpath(f"//details[not(@open)]/*[@id='{anchor}']"), anchor
    form = page.cssselect("form[action$='/acknowledge']")[0]
    primary = [
        button.text_content()
        for button in form.cssselect("button:not(.second)")
        if not list(button.iterancestors("details"))
    ]
    assert primary == ["Take it"]


def test_taking_it_with_a_day_asks_for_a_reminder(client, folder):
    token = csrf(client)
    data = {"csrf": token, "state": "assigned", "who": "anna", "due": "2026-12-18", "note": "ask"}
    assert client.post("/notices/1/acknowledge", data=data).status_code == 200
    with Archive.open(folder) as archive:
        handling = archive.acknowledgements.of_notice(1)
        (reminder,) = archive.outbox.find(states=["pending"])
    assert (handling.assignee, handling.history[-1].note) == ("anna", "ask")
    assert reminder.next_attempt.date().isoformat() == "2026-12-18"
    page = client.get("/notices/1").text
    assert "by 2026-12-18" in page
    assert "ask" in page
    assert "Hand over" in page


@pytest.mark.parametrize("due", ["18.12.2026", "2026-13-01", "soon"])
def test_a_day_that_is_none_is_refused(client, folder, due):
    data = {"csrf": csrf(client), "state": "assigned", "who": "anna", "due": due}
    assert client.post("/notices/1/acknowledge", data=data).status_code == 400
    with Archive.open(folder) as archive:
        assert archive.acknowledgements.of_notice(1).state == "open"


def test_a_day_that_is_over_is_noted_and_reminds_nobody(client, folder):
    data = {"csrf": csrf(client), "state": "assigned", "who": "anna", "due": "2026-01-01"}
    assert client.post("/notices/1/acknowledge", data=data).status_code == 200
    with Archive.open(folder) as archive:
        assert archive.outbox.find(states=["pending"]) == []


def block(text, kind="paragraph"):
    return Block(kind=kind, text=text)


def test_the_margin_names_what_a_paragraph_is_about():
    blocks = [block("总则", "heading"), block(f"第二条 {DUTY.quote}"), block("本办法由本厅解释。")]
    label = Label(
        topic="penalty", score=0.9, model="m",
        evidence=(Evidence(text=DUTY.quote, where="第二条"), Evidence(text="总则", where="x")),
    )  # fmt: skip
    beside = Marginalia(labels=[label], duties=[DUTY])
    rows, goes_on = text_rows(blocks, beside, "en", 10_000)
    assert [row.marked for row in rows] == [False, True, False]
    assert rows[1].topics == ("penalty",)
    assert rows[1].duties[0].startswith("Recyclers must report")
    assert not goes_on


def test_machine_english_stands_beside_its_paragraph_in_english_only():
    english = Translation(text="The department explains.", provider="m-1")
    beside = Marginalia(translations={"本办法由本厅负责解释。": english})
    blocks = [block("第九条 本办法由本厅负责解释。")]
    (row,), _ = text_rows(blocks, beside, "en", 100)
    assert row.translated == (english,)
    (row,), _ = text_rows(blocks, beside, "zh", 100)
    assert row.translated == ()


def test_a_long_text_is_cut_and_says_so():
    table = Block(kind="table", rows=(("甲" * 40,), ("乙" * 40,), ("丙" * 40,)))
    rows, goes_on = text_rows([block("字" * 50), table, block("末")], Marginalia(), "zh", 130)
    assert goes_on
    assert [row.kind for row in rows] == ["paragraph", "table"]
    assert len(rows[1].rows) == 2


def _revision(before, after):
    return Change(
        id=2, notice_id=1, posting_id=1, kind=ChangeKind.REVISED, at=NOW, posting_url="",
        from_version=1, to_version=2, substantive=True, reason="", baseline=False,
        duties_before=(before,) if before else (), duties_after=(after,),
    )  # fmt: skip


def test_a_new_time_shows_the_one_before():
    act = make_act([replace(DUTY, when=When(relation=TimeRelation.WITHIN, duration="P15D", event="receipt"))])  # fmt: skip
    changed = replace(act, changes=(_revision(DUTY, act.duties[0]),))
    row = duty_groups(changed, "en")[0].rows[0]
    assert (row.by, row.was) == ("within 15 days after receipt", "within 30 days after receipt")
    added = replace(act, changes=(_revision(None, act.duties[0]),))
    assert duty_groups(added, "en")[0].rows[0].news
