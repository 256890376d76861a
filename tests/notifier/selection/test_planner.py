"""Who is told what: filters, copies, bursts, baselines, threads, quiet hours, health."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest

from config.model import Settings
from domain.records.fact import Fact
from domain.records.reason import reason
from domain.records.states import FactKind, SourceState
from notifier.run import dry_run, run
from notifier.selection.planner import quiet_until
from notifier.selection.requested_reminders import RequestedReminder, queue_requested_reminder
from tests.fakes.slack import FakeSlack, goes_on
from tests.notifier.conftest import (
    DEADLINE_15,
    DEADLINE_30,
    FINE_HIGH,
    FINE_LOW,
    Clock,
    World,
    slack_settings,
)

FIRST = (
    "第一条 为了加强管理。\n第二条 企业应当在三十日内报送溯源信息。\n"
    "第三条 本通知自印发之日起施行。"
)


def _notify(world: World, slack: FakeSlack, clock: Clock, **subscription: object) -> list[str]:
    """Run once; the fallback texts of the messages that came, but for what follows in threads."""
    before = len(slack.messages)
    run(world.archive, slack_settings(slack, **subscription), clock=clock)
    return [message["text"] for message in slack.messages[before:] if not goes_on(message)]


def test_an_irrelevant_act_is_not_told(world: World, slack: FakeSlack, clock: Clock) -> None:
    world.act("关于办公用品采购的公告", topics=())
    assert _notify(world, slack, clock) == []
    assert world.archive.outbox.unselected_changes() == []


def test_a_cosmetic_edit_and_a_copy_are_not_told(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act(text=FIRST, number="粤工信〔2026〕9号")
    assert len(_notify(world, slack, clock)) == 1
    moved = "\n".join(FIRST.split("\n")[number] for number in (0, 2, 1))
    moved = moved.replace("第三条 本", "第二条 本").replace("第二条 企", "第三条 企")
    world.act(url=url, text=moved, number="粤工信〔2026〕9号")
    copy = "https://sthj.example.gov.cn/copy.html"
    world.act(url=copy, text=FIRST, number="粤工信〔2026〕9号", source="cn-gd-sthj")
    kinds = [(change.kind.value, change.substantive) for change in world.archive.changes.find()]
    assert ("revised", False) in kinds
    assert "copied" in [kind for kind, _ in kinds]
    assert _notify(world, slack, clock) == []


def test_a_revision_is_a_reply_with_facts_and_words(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act(text=FIRST, facts=(DEADLINE_30, FINE_LOW))
    _notify(world, slack, clock)
    world.act(
        url=url,
        text=FIRST.replace("三十日", "十五个工作日"),
        facts=(DEADLINE_15, FINE_HIGH),
        before=(DEADLINE_30, FINE_LOW),
        after=(DEADLINE_15, FINE_HIGH),
    )
    [line] = _notify(world, slack, clock)
    assert line.startswith("🔴 Guangdong · revised — deadline shortened 30 days → 15 working days")
    root, *replies = slack.messages
    assert {reply["thread_ts"] for reply in replies} == {root["ts"]}
    runs = [
        run
        for reply in replies
        for block in reply["blocks"]
        if block["type"] == "rich_text"
        for section in block["elements"]
        for run in section["elements"]
    ]
    struck = [run["text"] for run in runs if run.get("style", {}).get("strike")]
    bold = [run["text"] for run in runs if run.get("style", {}).get("bold")]
    assert {"30 days", "¥5,000–20,000", "三十日"} <= set(struck)
    assert {"15 working days", "TIGHTER", "HIGHER", "十五个工作日"} <= {b.strip() for b in bold}
    addresses = [run["url"] for run in runs if run["type"] == "link"]
    assert addresses[0] == url


def test_links_to_the_archive_only_where_it_is_public(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act(text=FIRST)
    _notify(world, slack, clock)
    assert "/notices/" not in str(slack.messages[-1]["blocks"])
    plain = slack_settings(slack).model_dump(mode="json")
    plain["web"]["public_url"] = "https://nw.example.com/"
    world.act(url=url, text=FIRST.replace("三十日", "十日"))
    run(world.archive, Settings.model_validate(plain), clock=clock)
    words = str(slack.messages[-1]["blocks"])
    assert "https://nw.example.com/compare?posting=1&a=1&b=2" in words
    assert words.index(url) < words.index("https://nw.example.com/")


def test_withdrawn_and_restored_are_told_once_in_the_thread(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act(text=FIRST)
    _notify(world, slack, clock)
    world.archive.withdrawals.gone(
        url, reason("source.message", text="HTTP 404"), clock(), confirmed=False
    )
    assert _notify(world, slack, clock) == []
    world.archive.withdrawals.gone(
        url, reason("source.message", text="HTTP 404"), clock(), confirmed=True
    )
    [gone] = _notify(world, slack, clock)
    assert "page withdrawn" in gone
    world.archive.withdrawals.seen_unchanged(url, clock())
    world.classify()
    [back] = _notify(world, slack, clock)
    assert "page restored" in back
    assert {m.get("thread_ts") for m in slack.messages[1:]} == {slack.messages[0]["ts"]}


def test_a_baseline_is_one_summary_with_red_on_top(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    urls = [world.act(f"第{n}号动力电池回收办法", baseline=True, number=f"粤工信〔2026〕{n}号")
            for n in range(1, 6)]  # fmt: skip
    soon = (clock() + timedelta(days=5)).date().isoformat()
    effective = Fact.from_json(
        kind=FactKind.EFFECTIVE_DATE, value=soon, quote="施行", where="第九条"
    )
    urgent = world.act(
        "第6号动力电池回收办法", baseline=True, number="粤工信〔2026〕6号", facts=(effective,)
    )
    world.act("关于办公用品采购的公告", topics=(), baseline=True)
    [line] = _notify(world, slack, clock)
    assert line.startswith("Baseline: 6 relevant acts among 7 notices read · 🔴1 🟠5")
    text = str(slack.messages[0]["blocks"])
    assert all(text.count(url) == 1 for url in [*urls, urgent])
    assert text.index(urgent) < min(text.index(url) for url in urls)


def test_a_coming_repeal_is_said_in_line_one(world: World, slack: FakeSlack, clock: Clock) -> None:
    old = "关于加强废旧动力电池回收利用管理的通知"
    world.act(old, text="第一条 三十日内报送。", number="粤工信〔2026〕1号")
    _notify(world, slack, clock)
    day = (clock() + timedelta(days=60)).date()
    world.act(
        "废旧动力电池回收利用管理规定",
        text=f"第一条 十日内报送。\n第二条 本规定自{day.year}年{day.month}月{day.day}日起施行。"
        f"《{old}》（粤工信〔2026〕1号）同时废止。",
        number="粤工信〔2026〕2号",
    )
    new, reply = _notify(world, slack, clock)
    assert " · new: Provisions" in new
    assert f"to be repealed on {day.day} " in reply
    assert "by 《废旧动力电池回收利用管理规定》" in reply
    assert slack.messages[2]["thread_ts"] == slack.messages[0]["ts"]


def test_a_reminder_that_was_asked_for_starts_no_thread(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act(text=FIRST, baseline=True)
    _notify(world, slack, clock)
    notice = world.archive.notices.get(1)
    assert notice is not None
    wish = RequestedReminder(channel="compliance", on=clock().date(), who="ann")
    queue_requested_reminder(
        world.archive, slack_settings(slack), notice, wish, now=clock(), lang="en"
    )
    clock.skip(days=1)
    _notify(world, slack, clock)
    world.act(url=url, text=FIRST.replace("三十日", "十日"))
    _notify(world, slack, clock)
    _, asked, alert = slack.messages
    assert "thread_ts" not in alert
    assert "ann" in asked["text"]


def test_a_merged_act_goes_on_in_the_thread_it_had(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    first = world.act("关于动力电池溯源的通知", number="粤工信〔2026〕1号")
    world.act("关于另一事项的通知", text="做好检查。", number="粤工信〔2026〕2号", topics=())
    _notify(world, slack, clock)
    told, other = sorted(notice.id for notice in world.archive.notices.iterate())
    world.archive.merging.merge(other, told)
    world.act("关于动力电池溯源的通知", url=first, text="企业应当在十日内报送溯源信息。")
    _notify(world, slack, clock)
    root, *replies = slack.messages
    assert replies[0]["thread_ts"] == root["ts"]


def test_an_act_known_from_the_baseline_gets_a_message_of_its_own(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act(text=FIRST, baseline=True)
    _notify(world, slack, clock)
    world.act(url=url, text=FIRST.replace("三十日", "十日"))
    assert len(_notify(world, slack, clock)) == 1
    assert "thread_ts" not in slack.messages[-1]
    world.act(url=url, text=FIRST.replace("三十日", "五日"))
    _notify(world, slack, clock)
    assert slack.messages[-1]["thread_ts"] == slack.messages[-2]["ts"]


def test_sixty_at_once_are_one_summary_and_red_passes(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act(text=FIRST, number="粤工信〔2026〕500号", title="先前的办法")
    _notify(world, slack, clock)
    urls = [
        world.act(f"关于第{n}批动力电池综合利用管理的通知", number=f"粤工信〔2026〕{n}号")
        for n in range(1, 61)
    ]
    world.act(
        "先前的办法", url=url, number="粤工信〔2026〕500号",
        text=FIRST.replace("三十日", "十日"), before=(DEADLINE_30,), after=(DEADLINE_15,),
    )  # fmt: skip
    texts = _notify(world, slack, clock)
    assert len(texts) == 2
    assert texts[0].startswith("🔴")
    assert texts[1].startswith("61 changes of 61 acts at once · 🔴1 🟠60")
    words = str(slack.messages[-1]["blocks"])
    assert all(f"<{one}|" in words for one in [*urls, url])


def test_a_flood_of_one_source_drowns_no_other_sources_alert(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    for number in range(1, 61):
        world.act(
            f"第{number}批动力电池回收网点名单", number=f"安环〔2026〕{number}号", source="cn-zj-x"
        )
    world.act("动力电池回收办法", number="工信部节〔2026〕7号", source="cn-miit")
    texts = _notify(world, slack, clock)
    assert len(texts) == 2
    assert "动力电池回收办法" in texts[0]
    assert texts[1].startswith("60 changes of 60 acts at once")


def test_many_sources_with_little_each_are_one_summary(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    for number in range(1, 61):
        world.act(
            f"第{number}批动力电池回收网点名单", number=f"川环〔2026〕{number}号",
            source=f"cn-x-{number % 12}",
        )  # fmt: skip
    (text,) = _notify(world, slack, clock)
    assert text.startswith("60 changes of 60 acts at once")


def test_joint_notices_are_told_once(world: World, slack: FakeSlack, clock: Clock) -> None:
    for number, source in enumerate(("cn-miit", "cn-mee", "cn-mofcom")):
        world.act(
            "新能源汽车废旧动力电池回收和综合利用管理暂行办法",
            url=f"https://www{number}.gov.cn/art_{number}.html",
            text=FIRST,
            number="工信部联节〔2026〕17号",
            source=source,
            jurisdiction="CN",
            issuers=("工业和信息化部", "生态环境部", "商务部"),
        )
    assert len(_notify(world, slack, clock)) == 1


@pytest.mark.parametrize(
    ("subscription", "told"),
    [
        ({"topics": ["penalty"]}, 0),
        ({"topics": ["traceability-format", "penalty"]}, 1),
        ({"jurisdictions": ["CN", "CN-JS"]}, 0),
        ({"jurisdictions": ["CN-GD"]}, 1),
        ({"publishers": ["cn-gd-gdii"]}, 1),
        ({"publishers": ["广东省工业和信息化厅"]}, 1),
        ({"publishers": ["cn-miit"]}, 0),
        ({"stages": ["draft"]}, 0),
        ({"stages": ["final"]}, 1),
        ({"kinds": ["revised"]}, 0),
        ({"severities": ["red"]}, 0),
        ({"severities": ["amber"]}, 1),
        ({"min_score": 0.95}, 0),
        ({"min_score": 0.5}, 1),
    ],
)
def test_filters(
    world: World, slack: FakeSlack, clock: Clock, subscription: dict[str, object], told: int
) -> None:
    world.act()
    assert len(_notify(world, slack, clock, **subscription)) == told


def test_an_act_relevant_by_the_register_is_told_whatever_the_topics(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    world.act("行政处罚裁量基准", topics=(), classify=False)
    for task in world.archive.classification.pending():
        from domain.law.classify_task import Classification

        world.archive.classification.store(
            Classification(
                change_id=task.change_id, labels=(), facts=(), stage="final",
                relevant_because="register", model="test",
            )
        )  # fmt: skip
    assert len(_notify(world, slack, clock, topics=["penalty"])) == 1
    assert "registered act" in str(slack.messages[0]["blocks"])


def test_two_subscriptions_of_a_channel_give_one_alert(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    world.act()
    plain = slack_settings(slack).model_dump(mode="json")
    plain["subscriptions"] *= 2
    plain["subscriptions"][1]["jurisdictions"] = ["CN-GD"]
    run(world.archive, Settings.model_validate(plain), clock=clock)
    assert len(slack.messages) == 1


def test_weekly_subscribers_get_red_at_once_and_nothing_else(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    world.act()
    world.act("征求意见", stage="news", number="粤工信〔2026〕2号")
    assert _notify(world, slack, clock, when="weekly mon 08:00") == []
    url = world.act("第三个办法", text=FIRST, number="粤工信〔2026〕3号")
    world.act("第三个办法", url=url, text=FIRST.replace("三十日", "十日"),
              number="粤工信〔2026〕3号", before=(DEADLINE_30,), after=(DEADLINE_15,))  # fmt: skip
    [line] = _notify(world, slack, clock, when="weekly mon 08:00")
    assert line.startswith("🔴")


def test_quiet_hours_hold_amber_and_let_red_pass(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    tomorrow = clock() + timedelta(days=1)
    clock.go(tomorrow.replace(hour=18, minute=0))  # 02:00 in Beijing
    world.act()
    assert _notify(world, slack, clock, quiet_hours="22:00-07:00") == []
    clock.skip(hours=5, minutes=5)
    assert len(_notify(world, slack, clock, quiet_hours="22:00-07:00")) == 1


def test_a_red_change_at_night_brings_its_amber_act_along(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    clock.go((clock() + timedelta(days=1)).replace(hour=18, minute=0))  # 02:00 in Beijing
    url = world.act(text=FIRST, facts=(DEADLINE_30,))
    other = world.act("另一办法", number="粤工信〔2026〕2号")
    assert _notify(world, slack, clock, quiet_hours="22:00-07:00") == []
    world.act(url=url, text=FIRST.replace("三十日", "十日"),
              before=(DEADLINE_30,), after=(DEADLINE_15,))  # fmt: skip
    first, second = _notify(world, slack, clock, quiet_hours="22:00-07:00")
    assert (first[0], second[0]) == ("🟠", "🔴")
    assert slack.messages[1]["thread_ts"] == slack.messages[0]["ts"]
    assert other not in str(slack.messages)


def test_quiet_hours_across_midnight_end_in_the_morning() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert quiet_until("22:00-07:00", late) == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    early = datetime(2026, 11, 24, 6, 59, tzinfo=UTC)
    assert quiet_until("22:00-07:00", early) == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    assert quiet_until("22:00-07:00", datetime(2026, 11, 24, 7, 0, tzinfo=UTC)) is None
    assert quiet_until("12:00-13:00", datetime(2026, 11, 24, 13, 0, tzinfo=UTC)) is None


def test_an_unowned_alert_is_repeated_to_the_deputy(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    world.act()
    world.act("另一个办法", number="粤工信〔2026〕2号")
    options = {"repeat_unowned_hours": 4, "deputy": "U0DEPUTY1"}
    assert len(_notify(world, slack, clock, **options)) == 2
    [first, second] = [item for item in world.archive.outbox.find() if item.kind == "alert"]
    assert first.notice_id is not None
    world.archive.acknowledgements.move(first.notice_id, "acknowledged", "ann")
    clock.skip(hours=4, minutes=1)
    [line] = _notify(world, slack, clock, **options)
    assert line.startswith("Not owned after 4 h")
    reminder = slack.messages[-1]
    assert reminder["thread_ts"] == second.receipt.get("ts", slack.messages[1]["ts"])
    assert {"type": "user", "user_id": "U0DEPUTY1"} in reminder["blocks"][0]["elements"][0][
        "elements"
    ]
    clock.skip(hours=9)
    assert _notify(world, slack, clock, **options) == []


def test_an_unowned_act_is_told_again_before_its_date(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    day = (clock() + timedelta(days=20)).date()
    comments = Fact.from_json(
        kind=FactKind.COMMENT_DEADLINE, value=day.isoformat(), quote="", where=""
    )
    world.act(facts=(comments,), stage="draft")
    options = {"repeat_unowned_hours": 4}
    _notify(world, slack, clock, **options)
    clock.skip(days=5)
    [repeated] = _notify(world, slack, clock, **options)
    assert repeated.startswith("Not owned after 4 h")
    clock.skip(days=13)
    [near] = _notify(world, slack, clock, **options)
    assert near.startswith("Still not owned")
    assert str(day.day) in near


def test_a_moved_date_moves_its_reminder(world: World, slack: FakeSlack, clock: Clock) -> None:
    def until(days: int) -> tuple[Fact, ...]:
        moment = (clock() + timedelta(days=days)).date().isoformat()
        return (Fact.from_json(kind=FactKind.COMMENT_DEADLINE, value=moment, quote="", where=""),)

    options = {"repeat_unowned_hours": 4}
    url = world.act(text="第一条 征求意见。", facts=until(20), stage="draft")
    _notify(world, slack, clock, **options)
    clock.skip(days=1)
    _notify(world, slack, clock, **options)
    later = until(39)
    world.act(url=url, text="第一条 延期征求意见。", facts=later, stage="draft", after=later)
    _notify(world, slack, clock, **options)
    clock.skip(days=18)
    assert _notify(world, slack, clock, **options) == []  # the old date says nothing any more
    clock.skip(days=19)
    [near] = _notify(world, slack, clock, **options)
    assert near.startswith("Still not owned")


def test_health_goes_to_the_operators_once_and_names_key_and_publisher(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    plain = slack_settings(slack).model_dump(mode="json")
    plain["channels"]["operators"] = {**plain["channels"]["compliance"], "purpose": "health"}
    plain["channels"]["operators"]["channel"] = "C0OPS"
    settings = Settings.model_validate(plain)
    world.source("cn-unknown-key", SourceState.OK)
    assert run(world.archive, settings, clock=clock).queued == 0
    world.source("cn-unknown-key", SourceState.BLOCKED, "HTTP 412")
    world.source("cn-unknown-key", SourceState.BLOCKED, "HTTP 412")
    run(world.archive, settings, clock=clock)
    run(world.archive, settings, clock=clock)
    [message] = slack.messages
    assert message["channel"] == "C0OPS"
    assert "cn-unknown-key" in message["text"]
    assert "blocked" in message["text"]
    assert "HTTP 412" in str(message["blocks"])
    world.source("cn-unknown-key", SourceState.OK)
    run(world.archive, settings, clock=clock)
    assert "recovered" in slack.messages[-1]["text"]
    assert len(slack.messages) == 2


def test_without_operators_the_terminal_shows_health(world: World, clock: Clock) -> None:
    world.source("cn-x", SourceState.FAILING, "timeout")
    stream = io.StringIO()
    run(world.archive, Settings(), clock=clock, terminal=stream)
    run(world.archive, Settings(), clock=clock, terminal=stream)
    assert stream.getvalue().count("cn-x") == 1


def test_compliance_gets_a_blind_spot_after_72_hours_only(
    world: World, slack: FakeSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config.loader import load_sources
    from notifier.messages.notification_context import NotificationContext

    shipped = load_sources()
    source = next(iter(shipped.values())).model_copy(update={"jurisdiction": "CN-GD"})
    monkeypatch.setattr(NotificationContext, "sources", {source.key: source})
    world.source(source.key, SourceState.FAILING, "timeout")
    world.act(number="粤工信〔2026〕1号")
    _notify(world, slack, clock)
    assert "Blind spot" not in str(slack.messages)
    clock.skip(hours=73)
    world.act("第二个办法", number="粤工信〔2026〕2号")
    _notify(world, slack, clock)
    assert "Blind spot" in str(slack.messages[-1])
    assert "timeout" not in str(slack.messages[-1])


def test_dry_run_shows_where_it_would_go_and_changes_nothing(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act()
    report = dry_run(world.archive, slack_settings(slack), clock=clock)
    assert (report.queued, report.sent) == (1, 0)
    assert "compliance (slack)" in report.messages[0]
    assert url in report.messages[0]
    assert world.archive.outbox.find() == []
    assert len(world.archive.outbox.unselected_changes()) == 1
    assert slack.calls == []


def test_what_leaves_a_sources_state_as_it_is_is_told_to_the_operators_too(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    plain = slack_settings(slack).model_dump(mode="json")
    plain["channels"]["operators"] = {**plain["channels"]["compliance"], "purpose": "health"}
    settings = Settings.model_validate(plain)
    world.source("cn-unknown-key", SourceState.OK)
    why = reason("source.row_leads_inside", title="关于网点的通知", url="http://10.0.0.9/a.html")
    world.archive.sources.tell("cn-unknown-key", why)
    run(world.archive, settings, clock=clock)
    run(world.archive, settings, clock=clock)
    [message] = slack.messages
    assert "cn-unknown-key" in message["text"]
    assert "recovered" not in message["text"]
    assert "inner address" in str(message["blocks"])
