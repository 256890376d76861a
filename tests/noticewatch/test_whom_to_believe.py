"""No page on a lower site changes what is told of a higher body's act, but by "also claimed by"."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.records.message import OutboxItem
from tests.noticewatch.told_world import (
    COUNTY,
    FALSIFIED,
    MINISTRY,
    NUMBER,
    OTHER_PROVINCE,
    PROVINCE,
    TEXT,
    TIGHTER,
    TITLE,
    Publisher,
    ToldWorld,
)

NAME = "废旧动力电池回收利用管理办法"
REPEAL = f"现决定废止《{NAME}》（{NUMBER}），自2026年1月1日起停止执行。"
REPEAL_BY_TITLE = f"《{NAME}》自本文发布之日起废止。"
AMEND = f"《{NAME}》（{NUMBER}）作如下修改：将第一条中的“三十日”修改为“三百日”。"
PARTLY = f"《{NAME}》第二条自2026年12月1日起废止。"
EXTENSIONS = [
    f"《{NAME}》有效期延长{term}。"
    for term in ("至2099年12月31日", "至0000年13月45日", "至9999年2月30日", "十十年", "二年")
]
# Lines that may differ: who else carries the act, and what others say of it.
OTHERS = (
    "and ",  # so many more
    "Also at",
    "https://cn-zj-",
    "https://cn-gd-",
    "Copies disagree",
    "first seen on the issuer's own site",
    "《",
)


@dataclass(frozen=True)
class Page:
    """What a hostile site shows at one of its addresses."""

    site: Publisher
    name: str
    title: str
    text: str
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Down:
    """A page that is taken down, or put back."""

    site: Publisher
    name: str
    back: bool


sites = st.sampled_from([COUNTY, PROVINCE, OTHER_PROVINCE])
names = st.sampled_from(["a", "b", "c"])
pages = st.builds(
    Page,
    site=sites,
    name=names,
    title=st.sampled_from(
        [
            TITLE,
            NAME,
            f"生态环境部{TITLE}",
            f"关于废止《{NAME}》的通知",
            f"关于延长《{NAME}》有效期的通知",
            f"关于修改《{NAME}》的决定",
            f"{NAME}（征求意见稿）",
            f"{NAME}（2026年修订）",
            "安吉县生态环境局关于转发有关文件的通知",
            "生态环境部关于废止部分文件的公告",
            f"转发生态环境部{TITLE}",
            f"《{NAME}》（生态环境部）",
            f"{NAME}（2025年修订）",
            f"关于《{NAME}》的更正",
            "动力电池新规全文",
        ]
    ),
    text=st.sampled_from(
        [
            *(TEXT, TIGHTER, FALSIFIED, REPEAL, REPEAL_BY_TITLE, AMEND, PARTLY, *EXTENSIONS),
            *(f"{TEXT}\n{REPEAL}", f"{REPEAL}\n{TEXT}"),
            *(TEXT.replace("生态环境部\n", signed) for signed in ("", "安吉县生态环境局\n")),
            FALSIFIED.replace("生态环境部\n", "中华人民共和国生态环境部固体司\n"),
        ]
    ),
    more=st.fixed_dictionaries(
        {
            "number": st.sampled_from([None, NUMBER, "安环〔2026〕3号", "环固体〔2026〕32号"]),
            "issuers": st.sampled_from(
                [("安吉县生态环境局",), ("生态环境部",), ("生态环境部", "安吉县生态环境局"), ()]
            ),
            "published": st.sampled_from([date(2020, 1, 1), date(2026, 11, 20), None]),
            "comment_deadline": st.sampled_from([None, date(2026, 12, 1)]),
        }
    ),
)
steps = st.one_of(pages, pages, st.builds(Down, site=sites, name=names, back=st.booleans()))
moments = st.lists(st.lists(steps, max_size=4), min_size=6, max_size=6)


def _hostile(world: ToldWorld, step: Page | Down) -> None:
    if isinstance(step, Page):
        world.see(step.site, step.name, step.title, step.text, **step.more)
    elif step.back:
        world.put_back(step.site, step.name)
    else:
        world.take_down(step.site, step.name)


def _ministry(world: ToldWorld, moment: int) -> None:
    """The act, its revision, its repeal, and pages that go and come back."""
    title = "生态环境部关于废止部分文件的公告"
    if moment == 0:
        world.see(MINISTRY, "act", number=NUMBER)
    elif moment == 1:
        world.see(MINISTRY, "act", text=TIGHTER, number=NUMBER)
    elif moment == 2:
        world.take_down(MINISTRY, "act")
    elif moment == 3:
        world.put_back(MINISTRY, "act")
    elif moment == 4:
        world.see(MINISTRY, "end", title, f"现决定废止《{NAME}》（{NUMBER}）。")


def _told_of(items: list[OutboxItem]) -> list[tuple[object, ...]]:
    """What a reader is told of the ministry's pages."""
    told = []
    for item in items:
        said = item.payload
        if not str(said["url"]).startswith("https://cn-mee."):
            continue
        lines = [line for line in str(said["text"]).split("\n") if not line.startswith(OTHERS)]
        fields = (said[name] for name in ("change", "title", "url", "severity", "headline"))
        told.append((item.kind.value, *fields, str(said["facts"]), *lines))
    return told


def _play(folder: Path, moments: list[list[Page | Down]]) -> list[list[tuple[object, ...]]]:
    world = ToldWorld(folder)
    told = []
    for moment, hostile in enumerate(moments):
        for step in hostile:
            _hostile(world, step)
        _ministry(world, moment)
        told.append(_told_of(world.told()))
    assert world.archive.integrity.verify() == []
    world.archive.close()
    return told


def _without_clock(told: list[list[tuple[object, ...]]]) -> list[list[str]]:
    return [[str(alert) for alert in moment] for moment in told]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moments)
def test_nothing_that_lower_sites_do_changes_what_is_told(
    moments: list[list[Page | Down]],
) -> None:
    with TemporaryDirectory() as folder:
        alone = _play(Path(folder) / "alone", [[] for _ in moments])
        among = _play(Path(folder) / "among", moments)
    assert [len(moment) for moment in alone] == [1, 1, 1, 1, 2, 0]
    assert _without_clock(among) == _without_clock(alone)
