"""Digests: when they are due, what they cover, that nobody gets one twice."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from config.model import Settings
from domain.records.fact import Fact
from domain.records.reason import reason
from domain.records.states import FactKind, SourceState
from notifier.messages.digest import send_digests
from notifier.messages.digest_files import write_digests
from notifier.messages.period import BadWeek, default_week, parse_week, week_of
from notifier.run import run
from notifier.selection.subscribers import last_occurrence, next_occurrence
from tests.fakes.slack import FakeSlack
from tests.fakes.smtp import FakeSmtp
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

BEIJING = ZoneInfo("Asia/Shanghai")
TUESDAY = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # 10:00 in Beijing, in W49


@pytest.fixture(autouse=True)
def _tuesday(clock: Clock) -> None:
    clock.go(TUESDAY)


def _settings(smtp: FakeSmtp, when: str = "weekly mon 08:00", **more: Any) -> Settings:
    mail = {
        "type": "email", "host": "127.0.0.1", "port": smtp.port, "security": "none",
        "sender": "nw@example.com", "to": ["a@example.com", "b@example.com"],
    }  # fmt: skip
    subscription = {"channel": "mail", "when": when, "language": "en", **more}
    return Settings.model_validate({"channels": {"mail": mail}, "subscriptions": [subscription]})


def _subjects(smtp: FakeSmtp, to: str = "a@example.com") -> list[str]:
    return [message["Subject"] for who, message in smtp.mailbox.received if who == to]


def _text(smtp: FakeSmtp) -> str:
    body = smtp.mailbox.received[-1][1].get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _section(text: str, name: str) -> str:
    """The lines below a heading, up to the next."""
    parts = re.split(r"── (.+)\n", text)
    known = {
        heading.split(" · ")[0]: body
        for heading, body in zip(parts[1::2], parts[2::2], strict=True)
    }
    return known.get(name, "")


# ------------------------------------------------------------------------------ weeks


def test_weeks() -> None:
    week = parse_week("2026-W47", BEIJING)
    assert week.start == datetime(2026, 11, 15, 16, 0, tzinfo=UTC)
    assert week.end - week.start == timedelta(days=7)
    assert week.name == "2026-W47"
    sunday = datetime(2026, 11, 22, 15, 59, tzinfo=UTC)
    assert default_week(sunday, BEIJING).name == "2026-W46"
    assert default_week(sunday + timedelta(minutes=1), BEIJING).name == "2026-W47"
    assert week_of(datetime(2027, 1, 1).date(), BEIJING).name == "2026-W53"
    for wrong in ("2026-W54", "47", "2026-13", ""):
        with pytest.raises(BadWeek):
            parse_week(wrong, BEIJING)


def test_due_instants() -> None:
    monday_8 = datetime(2026, 12, 7, 0, 0, tzinfo=UTC)
    assert next_occurrence("weekly mon 08:00", TUESDAY, BEIJING) == monday_8
    assert next_occurrence("weekly mon 08:00", monday_8, BEIJING) == monday_8 + timedelta(days=7)
    assert next_occurrence("daily 10:30", TUESDAY, BEIJING) == TUESDAY + timedelta(minutes=30)
    assert next_occurrence("daily 10:00", TUESDAY, BEIJING) == TUESDAY + timedelta(days=1)
    assert last_occurrence("weekly mon 08:00", TUESDAY, BEIJING) == monday_8 - timedelta(days=7)
    assert last_occurrence("daily 10:00", TUESDAY, BEIJING) == TUESDAY


# --------------------------------------------------------------------------- when due


def test_a_weekly_digest_waits_for_its_time_and_comes_once(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    url = world.act(facts=(DEADLINE_30,))
    settings = _settings(smtp)
    run(world.archive, settings, clock=clock)
    clock.go(datetime(2026, 12, 6, 23, 59, tzinfo=UTC))
    run(world.archive, settings, clock=clock)
    assert smtp.mailbox.received == []
    clock.go(datetime(2026, 12, 7, 0, 1, tzinfo=UTC))
    for _ in range(3):
        run(world.archive, settings, clock=clock)
    assert len(smtp.mailbox.received) == 2
    assert _subjects(smtp) == _subjects(smtp, "b@example.com")
    assert _subjects(smtp)[0].startswith("Used batteries, week 49: Guangdong: ")
    assert url in _text(smtp)
    ids = [message["Message-ID"] for _, message in smtp.mailbox.received]
    assert len(set(ids)) == 2


def test_a_digest_covers_what_was_learned_since_the_last_one(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    settings = _settings(smtp)
    first = world.act("第一个办法", number="粤工信〔2026〕1号", baseline=True)
    run(world.archive, settings, clock=clock)
    clock.go(datetime(2026, 12, 7, 0, 1, tzinfo=UTC))
    late = world.act("第二个办法", number="粤工信〔2026〕2号", classify=False)
    run(world.archive, settings, clock=clock)
    assert first in _text(smtp)
    assert late not in _text(smtp)
    world.classify()  # found before the digest, understood after it
    run(world.archive, settings, clock=clock)
    clock.skip(days=7)
    run(world.archive, settings, clock=clock)
    decide = _section(_text(smtp), "Changed, most urgent first")
    assert late in decide
    assert first not in decide


def test_an_empty_week_says_so_and_an_empty_day_is_silent(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    weekly, daily = _settings(smtp), _settings(smtp, "daily 08:00")
    run(world.archive, daily, clock=clock)
    run(world.archive, weekly, clock=clock)
    clock.go(datetime(2026, 12, 7, 0, 1, tzinfo=UTC))
    run(world.archive, daily, clock=clock)
    assert smtp.mailbox.received == []
    run(world.archive, weekly, clock=clock)
    [subject] = _subjects(smtp)
    assert re.fullmatch(
        r"Used batteries, week 49: nothing for you; 0 of \d+ sources healthy", subject
    )


def test_a_subscription_with_a_new_time_waits_for_the_next(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    world.act()
    run(world.archive, _settings(smtp, "daily 18:00"), clock=clock)
    run(world.archive, _settings(smtp, "daily 09:00"), clock=clock)  # it is 10:00
    clock.skip(hours=12)
    run(world.archive, _settings(smtp, "daily 09:00"), clock=clock)
    assert smtp.mailbox.received == []
    clock.go(datetime(2026, 12, 2, 1, 1, tzinfo=UTC))
    run(world.archive, _settings(smtp, "daily 09:00"), clock=clock)
    assert len(_subjects(smtp)) == 1
    assert _subjects(smtp)[0].startswith("Used batteries, 2 Dec: ")


def test_missed_due_instants_give_one_digest(world: World, smtp: FakeSmtp, clock: Clock) -> None:
    world.act()
    run(world.archive, _settings(smtp, "daily 18:00"), clock=clock)
    clock.skip(days=9)
    run(world.archive, _settings(smtp, "daily 18:00"), clock=clock)
    assert len(_subjects(smtp)) == 1


# ---------------------------------------------------------------------------- by hand


def test_sending_by_hand_serves_once_and_counts_for_the_due_instant(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    settings = _settings(smtp)
    url = world.act(baseline=True)  # imported, the notifier never ran
    report = send_digests(world.archive, settings, clock=clock)
    assert (report.queued, report.sent) == (2, 2)
    assert url in _text(smtp)
    assert _subjects(smtp)[0].startswith("Used batteries, week 48: ")
    assert send_digests(world.archive, settings, clock=clock).queued == 0
    run(world.archive, settings, clock=clock)
    clock.go(datetime(2026, 12, 7, 0, 1, tzinfo=UTC))
    run(world.archive, settings, clock=clock)
    assert _subjects(smtp)[-1].startswith("Used batteries, week 49: nothing for you")


def test_this_week_can_be_sent_before_it_is_over(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    settings = _settings(smtp)
    first = world.act("第一个办法", number="粤工信〔2026〕1号")
    assert send_digests(world.archive, settings, "2026-W49", clock=clock).sent == 2
    assert first in _text(smtp)
    assert send_digests(world.archive, settings, "2026-W49", clock=clock).queued == 0
    run(world.archive, settings, clock=clock)
    second = world.act("第二个办法", number="粤工信〔2026〕2号")
    run(world.archive, settings, clock=clock)
    clock.go(datetime(2026, 12, 7, 0, 1, tzinfo=UTC))
    run(world.archive, settings, clock=clock)
    assert len(_subjects(smtp)) == 1  # that due instant was served
    clock.skip(days=7)
    run(world.archive, settings, clock=clock)
    decide = _section(_text(smtp), "Changed, most urgent first")
    assert second in decide
    assert first not in decide


def test_digest_send_serves_weekly_subscriptions_only(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    world.act()
    report = send_digests(world.archive, _settings(smtp, "daily 08:00"), clock=clock)
    assert (report.queued, report.sent) == (0, 0)


def test_files_are_written_and_nothing_is_sent(
    world: World, smtp: FakeSmtp, clock: Clock, tmp_path: Path
) -> None:
    url = world.act("<script>alert(1)</script>办法 & 通知")
    paths = write_digests(world.archive, _settings(smtp), "2026-W49", tmp_path / "out", clock=clock)
    assert sorted(path.suffix for path in paths) == [".eml", ".eml", ".html", ".txt"]
    assert all(path.exists() for path in paths)
    html = next(path for path in paths if path.suffix == ".html").read_text()
    assert url in html
    assert "<script>" not in html
    assert "src=" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")
    eml = next(path for path in paths if path.suffix == ".eml")
    message = message_from_bytes(eml.read_bytes(), policy=policy.default)
    assert message["Subject"].startswith("Used batteries, week 49: Guangdong: ")
    assert message.get_content_type() == "multipart/alternative"
    assert (smtp.mailbox.received, world.archive.outbox.find()) == ([], [])


def test_without_a_subscription_there_is_a_digest_of_everything(
    world: World, clock: Clock, tmp_path: Path
) -> None:
    url = world.act()
    paths = write_digests(world.archive, Settings(), "2026-W49", tmp_path, clock=clock)
    assert {path.suffix for path in paths} == {".html", ".txt", ".eml"}
    assert url in next(path for path in paths if path.suffix == ".txt").read_text()
    older = write_digests(world.archive, Settings(), None, tmp_path, clock=clock)
    assert "nothing for you" in next(p for p in older if p.suffix == ".txt").read_text()


# ---------------------------------------------------------------------------- content


def test_the_sections_say_what_must_be_decided_and_what_is_not_known(
    world: World, clock: Clock, tmp_path: Path
) -> None:
    effective = Fact.from_json(
        kind=FactKind.EFFECTIVE_DATE, value="2027-01-01", quote="自2027年1月1日起", where="第九条"
    )
    text = "第一条 三十日内报送。\n第二条 五千元以上二万元以下罚款。"
    url = world.act("江苏办法", text=text, jurisdiction="CN-JS", number="苏工信〔2026〕1号",
                    facts=(DEADLINE_30, FINE_LOW, effective), baseline=True)  # fmt: skip
    new = text.replace("三十日", "十五个工作日").replace("五千元以上二万元", "一万元以上三万元")
    world.act("江苏办法", url=url, text=new, jurisdiction="CN-JS", number="苏工信〔2026〕1号",
              facts=(DEADLINE_15, FINE_HIGH, effective), before=(DEADLINE_30, FINE_LOW),
              after=(DEADLINE_15, FINE_HIGH))  # fmt: skip
    world.act("上海征求意见稿", jurisdiction="CN-SH", stage="draft", number="沪经信〔2026〕2号")
    news = world.act("工作动态", stage="news", number="粤工信〔2026〕3号")
    gone = world.act("湖南通知", jurisdiction="CN-HN", number="湘环发〔2026〕8号")
    world.archive.withdrawals.gone(
        gone, reason("source.message", text="HTTP 404"), clock(), confirmed=False
    )
    world.archive.withdrawals.gone(
        gone, reason("source.message", text="HTTP 404"), clock(), confirmed=True
    )
    clock.skip(days=-5)
    world.source("cn-fj-gxt", SourceState.FAILING, "timeout")
    clock.skip(days=5)
    [text_file] = [
        path
        for path in write_digests(world.archive, Settings(), "2026-W49", tmp_path, clock=clock)
        if path.suffix == ".txt"
    ]
    page = text_file.read_text()
    subject = page.splitlines()[0]
    assert subject.startswith("Used batteries, week 49: Jiangsu: ")
    assert "30 days → 15 working days" in subject
    changed = _section(page, "Changed, most urgent first")
    assert changed.count("Jiangsu") == 1
    assert "🔴 Jiangsu" in changed
    assert "→ 15 working days" in changed
    assert "上海征求意见稿" in changed
    assert url in _section(page, "Open dates, next 60 days")
    assert news in _section(page, "Changed, not urgent")
    assert gone in _section(page, "Withdrawn, repealed or expired")
    assert gone not in changed
    coverage = _section(page, "What the provinces have")
    assert "rule found: Jiangsu (1), Hunan (1)" in coverage
    assert "draft only: Shanghai (1)" in coverage
    assert "not watched yet: " in coverage
    assert "unreadable since 26 Nov 2026: Fujian" in coverage
    blind = _section(page, "Blind spots")
    assert "since 26 Nov 2026" in blind
    assert re.search(r"\d+ sources not read yet: nothing is known of them", blind)


def test_a_source_that_fails_today_is_a_blind_spot_today(
    world: World, clock: Clock, tmp_path: Path
) -> None:
    world.source("cn-fj-gxt", SourceState.BLOCKED, "HTTP 403")
    world.source("cn-miit", SourceState.OK, "")
    page = _written(world, clock, tmp_path)
    assert "unreadable since 1 Dec 2026" in _section(page, "Blind spots")
    assert re.search(r"nothing for you · 1 of \d+ sources healthy", page)


def test_what_is_closed_is_not_told_and_what_is_owned_names_its_owner(
    world: World, clock: Clock, tmp_path: Path
) -> None:
    closed = world.act("已办结的办法", number="粤工信〔2026〕1号")
    owned = world.act("有人负责的办法", number="粤工信〔2026〕2号")
    free = world.act("无人负责的办法", number="粤工信〔2026〕3号")
    numbers = {one.url: one.id for one in world.archive.notices.iterate(relevant=True)}
    clock.skip(hours=1)
    world.archive.acknowledgements.move(numbers[closed], "closed", "anna")
    world.archive.acknowledgements.move(numbers[owned], "assigned", "anna", assignee="bo")
    changed = _section(_written(world, clock, tmp_path), "Changed, most urgent first")
    assert closed not in changed
    assert re.search(r"有人负责的办法 · .*owner: bo\n", changed)
    assert free in changed
    assert changed.count("owner: ") == 1


def test_an_act_that_was_found_late_says_so(world: World, clock: Clock, tmp_path: Path) -> None:
    world.act("很久以前的办法", number="粤工信〔2026〕1号", published=date(2026, 6, 12))
    world.act("昨天的办法", number="粤工信〔2026〕2号", published=date(2026, 11, 30))
    changed = _section(_written(world, clock, tmp_path), "Changed, most urgent first")
    assert "很久以前的办法 · found 172 days after publication on 12 Jun" in changed
    assert changed.count("after publication") == 1


def test_a_long_digest_stays_below_100_kb(world: World, clock: Clock, tmp_path: Path) -> None:
    for number in range(90):
        title = f"关于第{number}批废旧动力电池综合利用企业名单和溯源管理要求的通知（试行）" * 2
        world.act(title, number=f"粤工信〔2026〕{number + 1}号")
    [page] = [
        path for path in write_digests(world.archive, Settings(), "2026-W49", tmp_path, clock=clock)
        if path.suffix == ".html"
    ]  # fmt: skip
    assert 40_000 < page.stat().st_size <= 100_000
    assert re.search(r"and \d+ more", page.read_text())


def _written(world: World, clock: Clock, folder: Path) -> str:
    paths = write_digests(world.archive, Settings(), "2026-W49", folder, clock=clock)
    return next(path for path in paths if path.suffix == ".txt").read_text()


def test_a_flood_of_one_source_stands_behind_the_others_acts(
    world: World, clock: Clock, tmp_path: Path
) -> None:
    """More of them than are told with their facts: the ministry's act is among those all the
    same, though it was found last."""
    for number in range(65):
        world.act(f"第{number}批回收网点通知", number=f"安环〔2026〕{number}号", source="cn-zj-x")
    world.act("动力电池回收办法", number="工信部节〔2026〕7号", source="cn-miit")
    [text_file] = [
        path
        for path in write_digests(world.archive, Settings(), "2026-W49", tmp_path, clock=clock)
        if path.suffix == ".txt"
    ]
    decide, _, rest = text_file.read_text().partition("Changed, not urgent")
    assert "动力电池回收办法" in decide
    assert "动力电池回收办法" not in rest
    assert rest.count("回收网点通知") == 6


def test_a_digest_to_slack_is_blocks_and_its_rest_a_thread(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    for number in range(60):
        world.act(
            f"关于第{number}批废旧动力电池综合利用的通知", number=f"粤工信〔2026〕{number + 1}号"
        )
    settings = slack_settings(slack, when="weekly mon 08:00")
    send_digests(world.archive, settings, clock=clock)
    for message in slack.messages:
        check(message)
    assert [message.get("thread_ts") is None for message in slack.messages].count(True) == 1
