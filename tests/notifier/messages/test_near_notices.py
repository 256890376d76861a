"""The weekly digest's section of notices that came near the line and were told to nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from archive.search.engine import SearchRequest
from archive.search.filters import Filters
from config.model import Settings
from domain.acts.near_line import near_line
from domain.law.classify_task import Classification
from domain.records.fact import Evidence
from notifier.messages.digest import send_digests
from notifier.run import run
from tests.fakes.smtp import FakeSmtp
from tests.notifier.conftest import Clock, World

TUESDAY = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
PASSAGE = Evidence(text="鼓励回收企业与车企共享旧电池检测设备。", where="正文第4段")


@pytest.fixture(autouse=True)
def _tuesday(clock: Clock) -> None:
    clock.go(TUESDAY)


def _settings(smtp: FakeSmtp, when: str = "weekly mon 08:00", **more: Any) -> Settings:
    mail = {
        "type": "email", "host": "127.0.0.1", "port": smtp.port, "security": "none",
        "sender": "nw@example.com", "to": ["a@example.com"],
    }  # fmt: skip
    subscription = {"channel": "mail", "when": when, "language": "en", **more}
    return Settings.model_validate({"channels": {"mail": mail}, "subscriptions": [subscription]})


def _near(world: World, title: str, score: float = 0.43, **more: Any) -> None:
    world.act(title, classify=False, **more)
    for task in world.archive.classification.pending():
        world.archive.classification.store(
            Classification(
                change_id=task.change_id, labels=(), facts=(), stage="final", model="test",
                relevant_because=None, near=near_line(score, (PASSAGE,)),
            )
        )  # fmt: skip


def _mail(world: World, clock: Clock, smtp: FakeSmtp, **more: Any) -> tuple[str, str]:
    """Text and HTML of the digest that is sent now."""
    send_digests(world.archive, _settings(smtp, **more), only_weekly=False, clock=clock)
    message = smtp.mailbox.received[-1][1]
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    return str(plain.get_content()), str(html.get_content())


def _last_text(smtp: FakeSmtp) -> str:
    plain = smtp.mailbox.received[-1][1].get_body(("plain",))
    assert plain is not None
    return str(plain.get_content())


def test_the_weekly_digest_lists_them_with_the_reason(
    world: World, clock: Clock, smtp: FakeSmtp
) -> None:
    _near(world, "关于促进汽车后市场发展的若干意见")
    _near(world, "关于支持检测机构共享设备的通知", 0.61)
    world.act("关于公布食品抽检结果的通告", topics=())
    text, html = _mail(world, clock, smtp)
    assert "May concern you, not told" in text
    assert "2 notices near the line of relevance; nothing was alerted" in text
    section = text[text.index("May concern you") :]
    assert section.index("关于支持检测机构共享设备的通知") < section.index(
        "关于促进汽车后市场发展的若干意见"
    )
    assert "Guangdong · notice 2 · 关于支持检测机构共享设备的通知" in section
    assert f"61 %: para. 4: “{PASSAGE.text}”" in section
    assert "食品抽检" not in text
    assert "关于促进汽车后市场发展的若干意见</a>" in html
    assert "43 %: para. 4" in html


def test_nothing_near_no_section(world: World, clock: Clock, smtp: FakeSmtp) -> None:
    world.act("关于公布食品抽检结果的通告", topics=())
    text, html = _mail(world, clock, smtp)
    assert "May concern you" not in text + html


def test_only_from_where_the_subscription_looks(world: World, clock: Clock, smtp: FakeSmtp) -> None:
    _near(world, "关于促进汽车后市场发展的若干意见")
    text, _ = _mail(world, clock, smtp, jurisdictions=["CN-SC"], topics=["portal"])
    assert "汽车后市场" not in text
    elsewhere, _ = _mail(world, clock, smtp, jurisdictions=["CN-GD"], topics=["portal"])
    assert "汽车后市场" in elsewhere


def test_neither_alert_nor_daily_digest_tells_them(
    world: World, clock: Clock, smtp: FakeSmtp
) -> None:
    _near(world, "关于促进汽车后市场发展的若干意见")
    _near(world, "首次读取时的旧通知", baseline=True)
    run(world.archive, _settings(smtp, "immediately"), clock=clock)
    assert smtp.mailbox.received == []
    world.act("关于报送废旧动力电池溯源信息的通知")
    daily = _settings(smtp, "daily 08:00")
    run(world.archive, daily, clock=clock)
    clock.go(TUESDAY + timedelta(days=1))
    run(world.archive, daily, clock=clock)
    assert "关于报送废旧动力电池溯源信息的通知" in _last_text(smtp)
    assert "汽车后市场" not in _last_text(smtp)
    weekly, _ = _mail(world, clock, smtp)
    assert "首次读取" not in weekly


def test_one_that_became_relevant_is_no_longer_listed(
    world: World, clock: Clock, smtp: FakeSmtp
) -> None:
    _near(world, "关于促进汽车后市场发展的若干意见", url="https://gdii.gd.gov.cn/a.html")
    world.act(
        "关于促进汽车后市场发展的若干意见", url="https://gdii.gd.gov.cn/a.html",
        text="退役动力电池应当交给回收服务网点。",
    )  # fmt: skip
    text, _ = _mail(world, clock, smtp)
    assert "May concern you" not in text


def test_search_finds_them_alone(world: World) -> None:
    _near(world, "关于促进汽车后市场发展的若干意见")
    world.act("关于公布食品抽检结果的通告", topics=())
    world.act("关于报送废旧动力电池溯源信息的通知")
    found = world.archive.search(SearchRequest(query="", filters=Filters(near_line=True)))
    assert [hit.title for hit in found.hits] == ["关于促进汽车后市场发展的若干意见"]


def test_the_reason_outlives_a_new_look_at_the_act(world: World) -> None:
    _near(world, "关于促进汽车后市场发展的若干意见", url="https://gdii.gd.gov.cn/a.html")
    [before] = world.archive.changes.find()
    assert before.severity_rule == "not relevant, but near the line (43 %)"
    world.act("关于促进汽车后市场发展的若干意见", url="https://gdii.gd.gov.cn/a.html", topics=(),
              text="通篇改写，与电池无关。")  # fmt: skip
    notice = world.archive.notices.get(before.notice_id)
    assert notice is not None
    assert notice.severity_rule == "not relevant"
