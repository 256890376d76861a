"""Where a change was told, or why it was not: the answer to "why was I not alerted?"."""

from __future__ import annotations

from config.model import Settings
from notifier.delivery.delivery_status import fates
from notifier.run import run
from tests.fakes.slack import FakeSlack
from tests.notifier.conftest import Clock, World, slack_settings


def told(world: World, settings: Settings, url: str) -> list[tuple[str, ...]]:
    notice = world.archive.notices.by_url(url)
    assert notice is not None
    found = fates(world.archive, settings, notice)
    return [found[change.id] for change in notice.changes]


def test_every_way_a_change_can_go(world: World, slack: FakeSlack, clock: Clock) -> None:
    base = slack_settings(slack, topics=["traceability-format"]).model_dump(mode="json")
    channel = base["subscriptions"][0]["channel"]
    digest = {"channel": channel, "when": "weekly mon 08:00", "topics": ["penalty"]}
    settings = Settings.model_validate({**base, "subscriptions": [*base["subscriptions"], digest]})
    alerted = world.act("关于报送溯源信息的通知")
    first = world.act("关于第一批名单的通知", baseline=True, text="企业应当报送溯源信息和名单。")
    dull = world.act("关于办公用品采购的公告", topics=(), relevant_because=None, text="采购纸张。")
    penal = world.act("关于罚款的公告", topics=("penalty",), text="处一万元罚款。")
    trade = world.act("关于进口黑粉的公告", topics=("customs-trade",), text="进口黑粉应当申报。")
    run(world.archive, settings, clock=clock)
    later = world.act("关于换发编码的通知", text="企业应当换发电池编码。")
    fresh = world.act("关于收集网点的通知", classify=False)

    outside = f"{channel}: outside this subscription"
    assert told(world, settings, alerted) == [(f"{channel}: alert sent",)]
    assert told(world, settings, first) == [
        (f"{channel}: in the summary of the source's first pass (baseline)", outside)
    ]
    assert told(world, settings, dull) == [("not told: the act is not relevant",)]
    assert told(world, settings, penal) == [
        (outside, f"{channel}: in its digest (weekly mon 08:00)")
    ]
    assert told(world, settings, trade) == [(outside,)]
    assert told(world, settings, fresh) == [("waits for the next `classify`",)]
    assert told(world, settings, later) == [("waits for the next `notify`",)]


def test_copies_and_cosmetic_edits(world: World, slack: FakeSlack, clock: Clock) -> None:
    text = "第一条 为了加强管理。\n第二条 企业应当在三十日内报送溯源信息。\n第三条 本通知自印发之日起施行。"
    moved = "第一条 为了加强管理。\n第二条 本通知自印发之日起施行。\n第三条 企业应当在三十日内报送溯源信息。"
    url = world.act(text=text, number="粤工信〔2026〕9号")
    world.act(url=url, text=moved, number="粤工信〔2026〕9号")
    copy = "https://sthj.example.gov.cn/copy.html"
    world.act(url=copy, text=text, number="粤工信〔2026〕9号", source="cn-gd-sthj")
    phrases = told(world, slack_settings(slack), url)
    assert phrases[1] == ("not told: cosmetic, nothing that a reader must act on",)
    assert phrases[2] == ("not told: a copy of a known act",)
