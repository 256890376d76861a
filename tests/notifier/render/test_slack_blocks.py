"""Block Kit within Slack's true limits, whatever is put in; scraped text stays text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from config.model import Settings
from domain.records.states import SourceState
from i18n.phrases import short_day
from notifier.render.slack_blocks import plain_fallback
from notifier.run import run
from tests.fakes.slack import FakeSlack, Fault
from tests.notifier.conftest import (
    DEADLINE_15,
    DEADLINE_30,
    FINE_HIGH,
    FINE_LOW,
    Clock,
    World,
    slack_settings,
)
from tests.notifier.render.block_kit import check

HOSTILE = "<!channel> <http://evil.example|click> ```rm``` *bold* _it_ ~x~ & <@U123> \u202eabc"


def every_text(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in every_text(item)]
    if isinstance(value, list):
        return [text for item in value for text in every_text(item)]
    return []


def _articles(count: int, extra: str = "") -> str:
    line = "企业应当按照国家有关规定建立台账并如实记录废旧动力电池的种类、数量、流向等信息"
    return "\n".join(f"第{n}条 {line}，保存期限不少于{n}年。{extra}" for n in range(1, count + 1))


def test_a_25000_character_diff_goes_on_in_the_thread_in_order(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    before, after = _articles(400), _articles(400, "并于每月十日前报送所在地主管部门备案。")
    assert len(before) > 20_000
    url = world.act(text=before)
    run(world.archive, slack_settings(slack), clock=clock)
    world.act(url=url, text=after, after=(DEADLINE_15,))
    run(world.archive, slack_settings(slack), clock=clock)
    for message in slack.messages:
        check(message)
    root, first, *rest = slack.messages
    assert len(rest) >= 1
    assert {message["thread_ts"] for message in [first, *rest]} == {root["ts"]}
    keys = slack.keys()[1:]
    assert keys[1:] == [f"{keys[0]}:{number}" for number in range(2, len(keys) + 1)]
    assert all(url in str(message["blocks"]) for message in slack.messages)
    told = "".join(str(message["blocks"]) for message in [first, *rest])
    assert all(f"第{number}条" in told for number in (1, 200, 400))


@pytest.mark.parametrize("lost", [False, True])
def test_a_long_diff_as_a_file_in_the_thread_once(
    world: World, slack: FakeSlack, clock: Clock, lost: bool
) -> None:
    settings = _with_files(slack)
    slack.uploads = {}
    url = world.act(text=_articles(60))
    run(world.archive, settings, clock=clock)
    world.act(url=url, text=_articles(60, "并报送主管部门备案。"))
    if lost:  # shared, but the answer never comes
        slack.faults = [Fault("drop", method="files.completeUploadExternal")]
    run(world.archive, settings, clock=clock)
    assert world.states() == {"sent": 4}
    root, reply, details, shared = slack.messages
    check(reply)
    threads = {message["thread_ts"] for message in (reply, details, shared)}
    assert threads == {root["ts"]}
    [(name, data)] = slack.uploads.values()
    assert shared["files"][0]["name"] == name == "diff-notice-1-change-2.txt"
    text = data.decode()
    assert url in text
    assert all(f"第{n}条" in text for n in (1, 30, 60))
    assert "{+并报送主管部门备案。+}" in text


def test_without_the_right_to_upload_the_diff_goes_on_in_words(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    settings = _with_files(slack)
    url = world.act(text=_articles(90))
    run(world.archive, settings, clock=clock)
    world.act(url=url, text=_articles(90, "并报送主管部门备案。"))
    run(world.archive, settings, clock=clock)
    assert world.states() == {"sent": 4}
    check(slack.messages[3])
    words = str(slack.messages[3]["blocks"])
    assert "第30条" in words
    assert "more changed parts are in the archive" in words


def _with_files(slack: FakeSlack) -> Settings:
    plain = slack_settings(slack).model_dump(mode="json")
    plain["channels"]["compliance"]["long_diff"] = "file"
    return Settings.model_validate(plain)


def test_a_500_character_title_40_attachments_and_200_facts_fit(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    title = "关于" + "废旧动力电池综合利用" * 50 + "的通知"
    world.act(title, text="\n".join(["正文"] * 3), attachments=40, facts=(DEADLINE_15,) * 200)
    run(world.archive, slack_settings(slack), clock=clock)
    [message] = slack.messages
    check(message)
    assert "附件1.pdf" in str(message)
    assert "and 32 more" in str(message)
    assert title[:400] in str(message["blocks"])


def test_a_hundred_and_fifty_acts_at_once_are_one_summary_with_a_thread(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    urls = [
        world.act(f"关于第{n}批废旧动力电池综合利用企业名单的公告", number=f"粤工信〔2026〕{n}号")
        for n in range(1, 151)
    ]
    run(world.archive, slack_settings(slack), clock=clock)
    for message in slack.messages:
        check(message)
    assert [m.get("thread_ts") is None for m in slack.messages].count(True) == 1
    words = "".join(str(message["blocks"]) for message in slack.messages)
    assert all(f"<{url}|" in words for url in urls)


def test_ninety_sources_that_change_their_state_at_once_fit_and_are_all_named(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    keys = [f"cn-x-{n}" for n in range(90)]
    for key in keys:
        world.source(key, SourceState.FAILING, "HTTP 503 " + "upstream is away " * 20)
    settings = slack_settings(slack).model_dump(mode="json")
    settings["channels"]["operators"] = {
        **settings["channels"]["compliance"], "channel": "C0OPS", "purpose": "health",
    }  # fmt: skip
    report = run(world.archive, Settings.model_validate(settings), clock=clock)
    assert report.failed == 0
    root, *rest = slack.messages
    assert {message["thread_ts"] for message in rest} == {root["ts"]}
    for message in slack.messages:
        check(message)
    words = "".join(str(message["blocks"]) for message in slack.messages)
    assert [key for key in keys if words.count(f"Source {key} (") != 1] == []


@pytest.mark.parametrize("many", [1, 60])
def test_hostile_text_cannot_mention_link_or_break_out(
    world: World, slack: FakeSlack, clock: Clock, many: int
) -> None:
    for n in range(many):
        world.act(f"{HOSTILE} 第{n}号", number=f"粤工信〔2026〕{n + 1}号", text=HOSTILE)
    run(world.archive, slack_settings(slack), clock=clock)
    for message in slack.messages:
        check(message)
        assert "```" not in message["text"]
        texts = [message["text"], *every_text(message["blocks"])]
        for text in texts:
            assert "<!channel>" not in text
            assert "<@U123>" not in text
            assert "<http://evil" not in text
            assert "\u202e" not in text
        fallback = plain_fallback(message)["text"]
        assert "<!channel>" not in fallback
        assert "<http://evil" not in fallback


def test_an_address_that_is_none_is_text_not_a_link(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    world.act(url="javascript:alert(1)")
    run(world.archive, slack_settings(slack), clock=clock)
    [message] = slack.messages
    check(message)
    assert '"type": "link"' not in json.dumps(message["blocks"])
    assert "javascript:alert(1)" in str(message["blocks"])


def test_buttons_are_absent_without_their_settings(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    world.act()
    run(world.archive, slack_settings(slack), clock=clock)
    assert all(block["type"] != "actions" for block in slack.messages[0]["blocks"])


def _lines(message: dict[str, Any]) -> list[str]:
    """The lines that a reader sees, buttons left out."""
    shown = []
    for block in message["blocks"]:
        if block["type"] == "rich_text":
            runs = (run for section in block["elements"] for run in section["elements"])
            shown.append("".join(run.get("text", "@") for run in runs))
        elif block["type"] == "context":
            shown.append("  ".join(element["text"] for element in block["elements"]))
    return "\n".join(shown).split("\n")


@pytest.mark.parametrize("language", ["en", "zh", "both"])
@pytest.mark.parametrize("articles", [1, 60])
def test_an_alert_has_nine_lines_at_most_and_the_rest_in_its_thread(
    world: World, slack: FakeSlack, clock: Clock, language: str, articles: int
) -> None:
    settings = slack_settings(slack, language=language)
    facts = (DEADLINE_30, FINE_LOW)
    url = world.act(text=_articles(articles), number="粤工信〔2026〕9号", facts=facts)
    run(world.archive, settings, clock=clock)
    world.act(
        url=url, text=_articles(articles, "并备案。"), before=facts, after=(DEADLINE_15, FINE_HIGH)
    )
    run(world.archive, settings, clock=clock)
    firsts = [
        m for m in slack.messages if m["metadata"]["event_payload"]["dedupe_key"].count(":") == 2
    ]
    assert len(firsts) == 2
    for message in firsts:
        check(message)
        assert 4 <= len(_lines(message)) <= 9
    root = firsts[0]["ts"]
    assert {message.get("thread_ts") for message in slack.messages[1:]} == {root}
    told = "\n".join(line for message in slack.messages for line in _lines(message))
    chinese = ("第二十四条", "2万元")
    english = ("art. 24", "20,000")
    for words in (*(chinese if language == "zh" else english), "粤工信〔2026〕9号"):
        assert words in told


def test_a_red_change_in_an_old_thread_is_shown_in_the_channel_and_on_its_parent(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act(text="企业应当在三十日内报送。", facts=(DEADLINE_30,))
    run(world.archive, slack_settings(slack), clock=clock)
    world.act(url=url, text="企业应当在三十日内报送。请认真落实。")
    run(world.archive, slack_settings(slack), clock=clock)
    assert not any(message.get("reply_broadcast") for message in slack.messages)
    world.act(
        url=url, text="企业应当在十五个工作日内报送。", before=(DEADLINE_30,), after=(DEADLINE_15,)
    )
    run(world.archive, slack_settings(slack), clock=clock)
    shown = [message for message in slack.messages if message.get("reply_broadcast")]
    assert len(shown) == 1
    assert shown[0]["text"].startswith("🔴")
    check(slack.messages[0])
    assert f"changed {short_day(clock().date(), 'en')} ↓" in str(slack.messages[0]["blocks"])
    assert world.states() == {"sent": len(slack.messages)}


def test_a_parent_that_cannot_be_updated_holds_no_message_up(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act(text="企业应当在三十日内报送。", facts=(DEADLINE_30,))
    run(world.archive, slack_settings(slack), clock=clock)
    slack.faults = [Fault("error", "conversations.replies", error="missing_scope")]
    world.act(
        url=url, text="企业应当在十五个工作日内报送。", before=(DEADLINE_30,), after=(DEADLINE_15,)
    )
    run(world.archive, slack_settings(slack), clock=clock)
    assert set(world.states()) == {"sent"}
    assert slack.count("chat.update") == 0
