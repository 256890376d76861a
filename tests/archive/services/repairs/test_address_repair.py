"""Acts that were split because a page was listed under changing addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from archive.store import Archive
from domain.records.observation import Observation

Observe = Callable[..., Observation]
TEXT = "回收企业应当在{}日内登记{}，逾期不登记的，处一万元罚款。"
DAY = date(2026, 11, 20)


def post(archive: Archive, observe: Observe, path: str, title: str, text: str) -> int:
    seen = observe(url=f"http://a.gov.cn{path}", title=title, text=text, published=DAY)
    return archive.ingest(seen).notice_id


def test_split_pages_are_one_act_again(archive: Archive, observe: Observe) -> None:
    first = post(
        archive, observe, "/n/1.html;jsessionid=0A", "关于登记的通知", TEXT.format(3, "甲")
    )
    second = post(
        archive,
        observe,
        "/n/1.html;jsessionid=0B",
        "关于登记的通知",
        TEXT.format(90, "乙及其去向" * 9),
    )
    other = post(
        archive, observe, "/n/2.html?id=7", "关于回收的通知", TEXT.format(5, "丙的名录" * 9)
    )
    assert len({first, second, other}) == 3
    plan = archive.address_repair.rejoin(dry_run=True)
    assert (plan.copies, plan.acts) == (1, 1)
    assert archive.notices.get(second) is not None
    done = archive.address_repair.rejoin()
    assert (done.copies, done.acts) == (1, 1)
    assert archive.notices.get(second) is None
    act = archive.notices.get(first)
    assert act is not None
    assert sorted((posting.url[-2:], posting.state) for posting in act.postings) == [
        ("0A", "live"),
        ("0B", "unlisted"),
    ]
    assert archive.notices.get(other) is not None


def test_pages_of_several_notices_stay_apart(archive: Archive, observe: Observe) -> None:
    one = post(archive, observe, "/show?id=7", "关于公示的通知", TEXT.format(3, "甲"))
    two = post(archive, observe, "/show?id=8", "关于公示的通知", TEXT.format(90, "乙及其去向" * 9))
    three = post(archive, observe, "/show?t=1764468001", "关于登记的通知", TEXT.format(5, "丙"))
    four = post(
        archive, observe, "/show?t=1764468002", "关于贮存的通知", TEXT.format(6, "丁的名录" * 9)
    )
    found = archive.address_repair.rejoin()
    assert (found.copies, found.acts) == (0, 0)
    assert all(archive.notices.get(notice) for notice in (one, two, three, four))
