"""Buttons and forms: who has an act, why it is not for us, what was wrong; and who may say so."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import html
from starlette.testclient import TestClient

from config.loader import load_jurisdictions, load_topics
from noticewatch.web.app import create_app
from noticewatch.web.context import WebContext
from notifier.run import run
from tests.fakes.slack import Fault
from tests.notifier.conftest import DEADLINE_15, World
from tests.notifier.render.block_kit import check
from tests.notifier.slack.conftest import ANNA, LI, ROLF, STRANGER, Channel, blocks_of


def _day(channel: Channel, days: int) -> str:
    return (channel.world.clock() + timedelta(days=days)).date().isoformat()


def _state(channel: Channel) -> tuple[str, str | None]:
    known = channel.world.archive.handling.state(1)
    return known.state, known.owner


def test_take_it_asks_for_day_and_note_and_shows_who_has_it(channel: Channel) -> None:
    channel.click("nw_take")
    form = channel.slack.views[-1]
    assert [block.get("block_id") for block in form["blocks"]] == [None, "due", "note"]
    assert _state(channel) == ("open", None)  # the form alone changes nothing
    due = _day(channel, 20)
    assert channel.submit(due=due, note="<!channel> with *IT*").body is None
    assert _state(channel) == ("assigned", "anna")
    check(channel.alert)
    shown = blocks_of(channel.alert)
    assert "Anna Keller has it · by " in shown
    assert "https://archive.example/notices/1|archive" in shown
    assert "<!channel>" not in shown
    names = [
        e["action_id"]
        for b in channel.alert["blocks"]
        if b["type"] == "actions"
        for e in b["elements"]
    ]
    assert names == ["nw_take", "nw_assign", "nw_not_for_us", "nw_wrong", "nw_undo", "nw_open"]


def test_assign_gives_it_to_one_of_the_people(channel: Channel) -> None:
    channel.click("nw_assign", LI)
    form = channel.slack.views[-1]
    menu = next(b for b in form["blocks"] if b.get("block_id") == "owner")["element"]
    assert [option["value"] for option in menu["options"]] == ["anna", "li", "rolf"]
    channel.submit(LI, owner="rolf")
    assert _state(channel) == ("assigned", "rolf")
    assert "Rolf Berg has it" in blocks_of(channel.alert)
    assert channel.world.archive.audit_log.latest()[0].who == "li"


def test_the_last_click_never_hides_the_owner(channel: Channel) -> None:
    channel.click("nw_take")
    channel.submit()
    channel.click("nw_wrong")
    channel.submit(what="topic:portal", none=True)
    channel.click("nw_take", LI)
    channel.submit(LI)
    shown = blocks_of(channel.alert)
    assert "李雷 has it" in shown
    assert "Anna Keller has it" not in shown
    channel.click("nw_undo", LI)
    assert "Anna Keller has it" in blocks_of(channel.alert)
    channel.click("nw_undo", ANNA)
    assert _state(channel) == ("open", None)
    assert "Open again: Anna Keller has undone the last step" in blocks_of(channel.alert)
    channel.click("nw_undo")
    assert "nothing to undo" in channel.slack.told[-1]["text"]


def test_every_message_of_an_act_says_who_has_it(channel: Channel) -> None:
    notice = channel.world.archive.notices.get(1)
    assert notice is not None
    channel.world.act(url=notice.url, text="企业应当在十五个工作日内报送。", after=(DEADLINE_15,))
    run(channel.world.archive, channel.settings, clock=channel.world.clock)
    channel.click("nw_take")
    channel.submit()
    with_buttons = [m for m in channel.slack.messages if "nw_take" in blocks_of(m)]
    assert len(with_buttons) == 2
    assert all("Anna Keller has it" in blocks_of(message) for message in with_buttons)


def test_not_for_us_keeps_the_reason_and_may_hold_for_similar_acts(channel: Channel) -> None:
    channel.world.act("关于另一事项的通知", topics=("traceability-format", "portal"))
    channel.world.act("关于第三事项的通知", topics=("penalty",))
    run(channel.world.archive, channel.settings, clock=channel.world.clock)
    channel.click("nw_not_for_us")
    form = json.dumps(channel.slack.views[-1])
    assert "Close the 1 open acts of the same place and topics too" in form
    fault = channel.submit(why="other").body
    assert fault == {"response_action": "errors", "errors": {"note": "Say which reason"}}
    assert _state(channel) == ("open", None)
    channel.submit(why="entity", note="we recycle nothing", similar=True)
    states = {n: channel.world.archive.handling.state(n).state for n in (1, 2, 3)}
    assert states == {1: "closed", 2: "closed", 3: "open"}
    assert "Not for us, says Anna Keller · we recycle nothing" in blocks_of(channel.alert)


def test_a_wrong_topic_is_put_right_and_told_in_the_thread(channel: Channel) -> None:
    channel.click("nw_wrong")
    form = channel.slack.views[-1]
    menu = next(b for b in form["blocks"] if b.get("block_id") == "what")["element"]["options"]
    assert {o["value"] for o in menu} == {"topic:traceability-format", "topic:portal", "fact:0"}
    body = channel.submit(what="topic:portal").body
    assert body is not None
    assert list(body["errors"]) == ["topic"]
    channel.submit(what="topic:portal", topic="penalty")
    notice = channel.world.archive.notices.get(1)
    assert notice is not None
    assert {label.topic for label in notice.labels} == {"traceability-format", "penalty"}
    told = channel.slack.messages[-1]
    assert told["thread_ts"] == channel.alert["ts"]
    runs = told["blocks"][0]["elements"][0]["elements"]
    assert "Corrected by Anna Keller" in runs[0]["text"]
    assert runs[1]["style"] == {"strike": True}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("15 working days", {"duration": "P15D", "working_days": True}),
        ("15个工作日", {"duration": "P15D", "working_days": True}),
        ("20 days", {"duration": "P20D", "working_days": False}),
        ("3个月", {"duration": "P3M", "working_days": False}),
        ("2027-03-01", {"date": "2027-03-01"}),
    ],
)
def test_a_wrong_fact_gets_the_right_value(
    channel: Channel, written: str, value: dict[str, Any]
) -> None:
    channel.click("nw_wrong")
    for nonsense in ("soon", "", "15 parsecs", "2027-13-45"):
        fault = channel.submit(what="fact:0", value=nonsense).body
        assert fault is not None
        assert list(fault["errors"]) == ["value"]
    channel.submit(what="fact:0", value=written)
    [fact] = channel.world.archive.labels_and_facts.facts_of(1)
    assert fact.value.to_json() == value


def test_a_day_that_is_over_is_told_in_the_form(channel: Channel) -> None:
    channel.click("nw_take", LI)
    body = channel.submit(LI, due=_day(channel, -2)).body
    assert body == {"response_action": "errors", "errors": {"due": "请选择今天或以后的日期"}}
    assert _state(channel) == ("open", None)


@pytest.mark.parametrize(
    "action", ["nw_take", "nw_assign", "nw_not_for_us", "nw_wrong", "nw_undo", "nw_own"]
)
@pytest.mark.parametrize("user", [STRANGER, ROLF, ""])
def test_who_may_not_is_told_alone_and_changes_nothing(
    channel: Channel, action: str, user: str
) -> None:
    channel.click(action, user)
    assert _state(channel) == ("open", None)
    assert channel.world.archive.audit_log.latest() == []
    assert (channel.slack.views, channel.slack.count("chat.update")) == ([], 0)
    [told] = channel.slack.told
    assert told["response_type"] == "ephemeral"
    words = "your role is viewer" if user == ROLF else "you are not among the people"
    assert words in told["text"]


def test_an_analyst_does_not_close(channel: Channel) -> None:
    channel.click("nw_not_for_us", LI)
    assert channel.slack.views == []
    assert "approver" in channel.slack.told[-1]["text"]
    channel.click("nw_not_for_us", ANNA)
    body = channel.submit(LI, why="topic").body  # a form that somebody else has opened
    assert body is not None
    assert body["response_action"] == "errors"
    assert _state(channel) == ("open", None)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("error", "views.open", error="expired_trigger_id"), "Slack took too long"),
        (Fault("error", "views.open", error="internal_error"), "internal_error"),
        (Fault("status", "views.open", status=500), "500"),
        (Fault("refuse", "views.open"), "not reached"),
        (Fault("error", "views.open", error="missing_scope"), "missing_scope"),
    ],
)
def test_a_form_that_does_not_open_is_told_and_changes_nothing(
    channel: Channel, fault: Fault, words: str
) -> None:
    channel.slack.faults = [fault]
    channel.click("nw_take")
    [told] = channel.slack.told
    assert words in told["text"]
    assert "nothing was changed" in told["text"]
    assert _state(channel) == ("open", None)
    channel.click("nw_take")
    channel.submit()
    assert _state(channel) == ("assigned", "anna")


@pytest.mark.parametrize("method", ["views.open", "chat.update"])
def test_slack_is_asked_again_when_it_is_busy(channel: Channel, method: str) -> None:
    channel.slack.faults = [Fault("status", method, status=429, retry_after="0")]
    channel.click("nw_take")
    channel.submit()
    assert "Anna Keller has it" in blocks_of(channel.alert)
    assert channel.slack.count(method) == 2


def test_a_step_counts_though_the_message_cannot_be_updated(channel: Channel) -> None:
    channel.click("nw_take")
    channel.slack.faults = [Fault("error", "chat.update", error="message_not_found")]
    channel.submit()
    assert _state(channel) == ("assigned", "anna")


@pytest.mark.parametrize(
    "payload",
    [
        {
            "type": "view_submission",
            "view": {"callback_id": "other", "private_metadata": "[1,2,3]"},
        },
        {"type": "view_submission", "view": {"callback_id": "nw_take", "private_metadata": "x"}},
        {"type": "view_submission", "view": {"callback_id": "nw_take"}, "user": {"id": ANNA}},
        {
            "type": "block_actions",
            "actions": [{"action_id": "nw_take", "value": "999:1"}],
            "user": {"id": ANNA},
        },
        {
            "type": "block_actions",
            "actions": [{"action_id": "nw_take", "value": "1; drop"}],
            "user": {"id": ANNA},
        },
        {"type": "block_actions", "actions": []},
        {"type": "view_closed"},
        {},
    ],
)
def test_what_is_none_of_ours_changes_nothing(channel: Channel, payload: dict[str, Any]) -> None:
    assert channel.send(payload).body is None
    assert channel.world.archive.audit_log.latest() == []
    assert channel.slack.views == []


class TestWithoutPeople:
    @pytest.fixture
    def people(self) -> list[dict[str, Any]]:
        return []

    def test_everybody_in_the_channel_may_act_by_name(self, channel: Channel) -> None:
        channel.click("nw_assign", STRANGER)
        menu = next(b for b in channel.slack.views[-1]["blocks"] if b.get("block_id") == "owner")
        assert menu["element"]["type"] == "users_select"
        channel.submit(STRANGER, owner="U0OTHER")
        assert _state(channel) == ("assigned", "slack:U0OTHER")


def test_overdue_goes_to_the_owner_then_to_the_deputy_directly(
    channel: Channel, world: World
) -> None:
    channel.click("nw_take")
    channel.submit(due=_day(channel, 5))
    before = len(channel.slack.messages)

    def told(days: int) -> list[dict[str, Any]]:
        world.clock.skip(days=days)
        run(world.archive, channel.settings, clock=world.clock)
        return channel.slack.messages[before:]

    assert told(5) == []
    [owner] = told(2)
    assert (owner["channel"], "Overdue since" in owner["text"]) == (ANNA, True)
    assert "thread_ts" not in owner
    [_, deputy] = told(2)
    assert (deputy["channel"], "已于" in deputy["text"]) == (LI, True)


@pytest.mark.parametrize("step", ["undo", "another", "closed"])
def test_what_is_settled_is_not_overdue(channel: Channel, world: World, step: str) -> None:
    channel.click("nw_take")
    channel.submit(due=_day(channel, 5))
    if step == "undo":
        channel.click("nw_undo")
    elif step == "another":
        world.archive.handling.take(1, "li")
    else:
        world.archive.acknowledgements.move(1, "closed", "anna")
    before = len(channel.slack.messages)
    world.clock.skip(days=9)
    run(world.archive, channel.settings, clock=world.clock)
    assert len(channel.slack.messages) == before


def test_addresses_are_proved_and_repeated_events_taken_once(channel: Channel) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    reply = channel.post(body, **{"Content-Type": "application/json"})
    assert reply.body == {"challenge": "abc"}
    event = {"type": "event_callback", "event": {"type": "app_home_opened", "user": ANNA}}
    raw = json.dumps(event).encode()
    channel.post(raw, **{"Content-Type": "application/json"})
    channel.post(raw, **{"Content-Type": "application/json", "X-Slack-Retry-Num": "1"})
    assert channel.slack.count("views.publish") == 1
    form = urlencode(
        {
            "command": "/noticewatch",
            "text": "",
            "user_id": ANNA,
            "response_url": channel.slack.answer_url,
        }
    )
    channel.post(form.encode())
    assert "search" in channel.slack.told[-1]["text"]


def test_a_step_on_the_page_is_shown_in_the_chat(channel: Channel) -> None:
    site = WebContext(
        data_dir=channel.world.folder, settings=channel.settings, topics=load_topics(),
        sources={}, jurisdictions=load_jurisdictions(), clock=channel.world.clock,
    )  # fmt: skip
    with TestClient(create_app(site)) as client:
        page = html.fromstring(client.get("/notices/1").text)
        token = page.xpath("//input[@name='csrf']/@value")[0]
        day = (channel.world.clock() + timedelta(days=9)).date().isoformat()
        step = {"csrf": token, "state": "assigned", "assignee": "anna", "who": "anna", "due": day}
        assert client.post("/notices/1/acknowledge", data=step).status_code == 200
        assert "Anna Keller has it" in blocks_of(channel.alert)
        assert "nw_undo" in blocks_of(channel.alert)
        assert client.post("/notices/1/undo", data={"csrf": token}).status_code == 200
    assert "Anna Keller has it" not in blocks_of(channel.alert)
    overdue = [i for i in channel.world.archive.outbox.of_notice(1) if "overdue" in i.dedupe_key]
    assert [item.payload["metadata"]["event_payload"]["owner"] for item in overdue] == [
        "anna",
        "anna",
    ]  # told to anna, then to the deputy
