"""The issuer's own page leads and is told whenever it arrives; others only claim and copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.acts.issuers import PROVINCES
from tests.noticewatch.told_world import (
    COUNTY,
    FALSIFIED,
    LIBRARY,
    MINISTRY,
    NUMBER,
    OTHER_MINISTRY,
    OTHER_PROVINCE,
    PROVINCE,
    TEXT,
    TIGHTER,
    TITLE,
    Publisher,
    ToldWorld,
)

NAME = "废旧动力电池回收利用管理办法"
TIGHTENED = (
    "🔴 China · time changed — Recyclers must report traceability data within 10 days after receipt"
)
OUTCRY = "关于废止部分文件的通知"
REPEAL = f"经研究，现决定废止《{NAME}》（{NUMBER}）。"
LOCAL = "\n".join(
    f"第{n}条 本县{what}应当于每月五日前向县局报告{what}的台账和去向。"
    for n, what in enumerate(("拆解企业", "贮存场所", "运输单位", "回收网点"), 1)
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ToldWorld]:
    made = ToldWorld(tmp_path / "data")
    yield made
    assert made.archive.integrity.verify() == []
    made.archive.close()


# ------------------------------------------------------------------ a page in another's name


@pytest.mark.parametrize(
    "fake",
    [
        {"number": NUMBER},
        {"number": NUMBER, "text": TEXT},
        {"number": NUMBER, "title": "关于印发《废旧动力电池回收利用管理办法》的通知（全文）"},
        {"number": None, "issuers": ("生态环境部",)},
        {"number": NUMBER, "issuers": ("生态环境部", "安吉县生态环境局")},
        {"number": None, "title": f"生态环境部{TITLE}", "text": TEXT},
        {"number": None},
    ],
)
@pytest.mark.parametrize("site", [COUNTY, PROVINCE])
def test_the_ministrys_act_is_told_whatever_came_before(
    world: ToldWorld, fake: dict[str, object], site: Publisher
) -> None:
    world.see(site, **{"text": FALSIFIED, **fake})  # type: ignore[arg-type]  # free fields
    (first,) = world.lines()
    assert f"UNCONFIRMED: only at {site.publisher}, not seen on the issuer's own site" in first
    world.see(MINISTRY, number=NUMBER)
    (alert,) = world.told()
    assert alert.kind == "alert"
    assert alert.payload["headline"] == (
        "🟠 China · new rule, in force 1 Jan 2027 — Recyclers must report traceability data within"
        " 30 days after receipt, or else an order to correct, a fine of ¥10,000–30,000"
    )
    assert alert.payload["url"] == MINISTRY.page("a")
    act = world.act_at(MINISTRY)
    assert (act.title, act.url, act.published) == (TITLE, MINISTRY.page("a"), date(2026, 11, 20))
    assert act.unconfirmed_at is None
    world.see(MINISTRY, text=TIGHTER, number=NUMBER)
    (line,) = world.lines()
    assert line.startswith(TIGHTENED)


def test_before_anybody_was_told_only_the_ministrys_page_is(world: ToldWorld) -> None:
    world.see(COUNTY, text=FALSIFIED, number=NUMBER, comment_deadline=date(2026, 11, 25))
    world.see(MINISTRY, number=NUMBER)
    (alert,) = world.told()
    assert "30 days" in alert.payload["headline"]
    assert "Copies disagree: 安吉县生态环境局" in alert.payload["text"]
    assert world.act_at(MINISTRY).severity == "amber"


def test_what_was_settled_about_another_page_settles_nothing(world: ToldWorld) -> None:
    fake = world.see(COUNTY, text=FALSIFIED, number=NUMBER)
    world.told()
    world.archive.acknowledgements.move(fake.notice_id, "closed", "ann")
    act = world.see(MINISTRY, number=NUMBER)
    assert act.notice_id == fake.notice_id
    assert world.archive.acknowledgements.of_notice(act.notice_id).state == "open"


def test_a_higher_site_that_says_otherwise_is_told_unconfirmed_too(world: ToldWorld) -> None:
    world.see(COUNTY, text=FALSIFIED, number=NUMBER)
    world.told()
    world.see(PROVINCE, number=NUMBER)
    (line,) = world.lines()
    assert "UNCONFIRMED: only at 浙江省生态环境厅" in line
    assert "within 30 days" in line
    world.see(OTHER_PROVINCE, number=NUMBER)
    assert world.lines() == []


def test_a_superiors_library_confirms(world: ToldWorld) -> None:
    world.see(LIBRARY, number=NUMBER, issuers=("生态环境部",))
    (line,) = world.lines()
    assert "UNCONFIRMED" not in line
    world.see(MINISTRY, number=NUMBER)
    assert world.lines() == []
    assert world.act_at(MINISTRY).url == MINISTRY.page("a")


def test_a_peers_page_with_the_number_of_another_ministry_is_a_copy(world: ToldWorld) -> None:
    world.see(MINISTRY, number=NUMBER)
    world.see(OTHER_MINISTRY, number=NUMBER, text=FALSIFIED)
    assert len(world.lines()) == 1
    standings = [one.standing.value for one in world.act_at(MINISTRY).postings]
    assert standings == ["official", "copy"]


def test_a_county_speaks_for_itself(world: ToldWorld) -> None:
    world.see(COUNTY, title="安吉县回收管理办法", text=LOCAL, number="安环〔2026〕3号")
    (line,) = world.lines()
    assert line.startswith("🟠 Zhejiang · new")


def test_a_row_that_leads_to_the_ministrys_page_says_nothing_for_it(world: ToldWorld) -> None:
    """A list of another site may hold any address; the page there is its own site's."""
    page = MINISTRY.page("a")
    world.see(COUNTY, url=page, text=FALSIFIED, number=NUMBER)
    assert "UNCONFIRMED" in world.lines()[0]
    world.see(MINISTRY, number=NUMBER)
    (alert,) = world.told()
    assert (alert.kind, alert.payload["change"]) == ("alert", "new")
    assert "30 days" in alert.payload["headline"]
    world.see(COUNTY, url=page, text=FALSIFIED, number=NUMBER)
    assert world.lines() == []
    (posting,) = world.act_at(MINISTRY).postings
    assert (posting.source_key, posting.versions[-1].text) == (MINISTRY.key, TEXT)


def test_two_counties_that_publish_as_their_own_are_both_told(world: ToldWorld) -> None:
    other = Publisher("cn-zj-y", "德清县生态环境局", "CN-ZJ")
    text = LOCAL.replace("本县", "全县")
    world.see(other, title="回收网点管理规定", text=text.replace("每月五日", "每月九日"))
    world.see(COUNTY, title="回收网点管理规定", text=text)
    assert len([line for line in world.lines() if " · new" in line]) == 2
    third = Publisher("cn-zj-z", "长兴县生态环境局", "CN-ZJ")
    world.see(third, title="回收网点管理规定", text=text)
    assert world.lines() == []


def test_the_county_whose_number_it_is_leads(world: ToldWorld) -> None:
    other = Publisher("cn-zj-y", "德清县生态环境局", "CN-ZJ")
    world.see(other, title="网点管理规定", text=LOCAL, number="安环〔2026〕3号")
    world.see(COUNTY, title="网点管理规定", text=LOCAL, number="安环〔2026〕3号")
    assert len(world.lines()) == 1
    assert world.act_at(COUNTY).url == COUNTY.page("a")


# ------------------------------------------------------------------ copies


@pytest.mark.parametrize("text", [TIGHTER, FALSIFIED, TEXT + "\n另行规定。"])
def test_a_copy_that_changes_is_a_flag_and_no_change(world: ToldWorld, text: str) -> None:
    world.see(MINISTRY, number=NUMBER)
    world.see(COUNTY, number=NUMBER)
    assert len(world.lines()) == 1
    world.see(COUNTY, number=NUMBER, text=text)
    assert world.lines() == []
    act = world.act_at(COUNTY)
    assert act.url == MINISTRY.page("a")
    assert [one.disagrees for one in act.postings] == [False, "另行" not in text]
    world.see(MINISTRY, text=TIGHTER, number=NUMBER)
    (line,) = world.lines()
    assert TIGHTENED in line


def test_a_copy_comes_and_goes_in_silence(world: ToldWorld) -> None:
    world.see(MINISTRY, number=NUMBER)
    world.see(COUNTY, number=NUMBER, published=date(2026, 1, 1))
    world.told()
    world.take_down(COUNTY)
    world.put_back(COUNTY)
    assert world.lines() == []
    act = world.act_at(COUNTY)
    assert (act.url, act.published) == (MINISTRY.page("a"), date(2026, 11, 20))


def test_a_copy_does_not_keep_up_what_the_ministry_took_down(world: ToldWorld) -> None:
    world.see(MINISTRY, number=NUMBER)
    world.see(COUNTY, number=NUMBER, text=FALSIFIED)
    world.told()
    world.take_down(MINISTRY)
    (line,) = world.lines()
    assert "page withdrawn" in line
    act = world.act_at(MINISTRY)
    assert (act.status, act.url) == ("withdrawn_page", MINISTRY.page("a"))


# ------------------------------------------------------------------ who changes an act


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (OUTCRY, REPEAL),
        (OUTCRY, f"《{NAME}》自本文发布之日起废止。"),
        (f"关于废止《{NAME}》的通知", "特此通知。"),
        (f"关于修改《{NAME}》的决定", f"《{NAME}》作如下修改：将“三十日”修改为“三百日”。"),
        (OUTCRY, f"《{NAME}》第二条自2026年12月1日起废止。"),
        (f"关于延长《{NAME}》有效期的通知", f"《{NAME}》有效期延长至2099年12月31日。"),
        (f"生态环境部{OUTCRY}", REPEAL),
    ],
)
@pytest.mark.parametrize("site", [COUNTY, PROVINCE, OTHER_MINISTRY])
@pytest.mark.parametrize("first", [True, False])
def test_anyone_elses_word_is_a_claim(
    world: ToldWorld, title: str, text: str, site: Publisher, first: bool
) -> None:
    if first:
        world.see(site, "r", title, text)
    world.see(MINISTRY, number=NUMBER)
    if not first:
        world.see(site, "r", title, text)
    assert not any("status changed" in line for line in world.lines())
    act = world.act_at(MINISTRY)
    assert (act.status, act.severity, act.expires) == ("not_yet", "amber", None)
    assert [claim.url for claim in act.claims] == [site.page("r")]
    assert all(relation.kind != "repealed_by" for relation in act.relations)
    claimed = world.archive.outbox.of_notice(world.act_at(site, "r").id)[0].payload["text"]
    assert "it is not the issuer's word" in claimed
    assert "\nRepeals" not in claimed
    world.see(MINISTRY, text=TIGHTER, number=NUMBER)
    (alert,) = world.told()
    assert str(alert.payload["headline"]).startswith(TIGHTENED)
    assert f"claims to change it, without being its issuer's word: {site.page('r')}" in str(
        alert.payload["text"]
    )


@pytest.mark.parametrize(
    "actor", [MINISTRY, LIBRARY, Publisher("cn-npc", "全国人民代表大会常务委员会", "CN")]
)
def test_issuer_superior_and_legislature_repeal_and_a_repeal_that_goes_is_undone(
    world: ToldWorld, actor: Publisher
) -> None:
    world.see(MINISTRY, number=NUMBER)
    world.told()
    world.see(actor, "r", OUTCRY, REPEAL)
    assert "⚪ China · status changed: repealed" in world.lines()[1]
    assert world.act_at(MINISTRY).status == "repealed"
    world.take_down(actor, "r")
    assert "status changed: not yet in force" in world.lines()[1]
    world.put_back(actor, "r")
    assert "status changed: repealed" in world.lines()[1]
    world.see(actor, "r", OUTCRY, "经研究，现对有关文件作出说明。")
    assert any("status changed: not yet in force" in line for line in world.lines())
    assert world.act_at(MINISTRY).relations == ()


def test_a_repeal_of_the_issuers_own_counts_once_it_is_seen_there(world: ToldWorld) -> None:
    world.see(MINISTRY, number=NUMBER)
    repeal = {"title": f"生态环境部{OUTCRY}", "text": REPEAL + "请各地遵照执行。" * 9}
    world.see(PROVINCE, "r", number="环固体〔2026〕40号", **repeal)
    assert not any("status changed" in line for line in world.lines())
    world.see(MINISTRY, "r", number="环固体〔2026〕40号", **repeal)
    assert any("status changed: repealed" in line for line in world.lines())


def test_a_borrowed_name_does_not_catch_a_repeal(world: ToldWorld) -> None:
    world.see(MINISTRY, "old", f"《{NAME}》", TEXT, published=date(2018, 1, 1))
    fake = f"{NAME}\n" + "第九条 本县另有规定的，从其规定，并报县局备案存查。\n" * 6
    world.see(
        COUNTY, "x", f"《{NAME}》", fake, issuers=("生态环境部",), published=date(2026, 11, 1)
    )
    world.told()
    world.see(MINISTRY, "r", OUTCRY, f"《{NAME}》同时废止。")
    assert any("status changed: repealed" in line for line in world.lines())
    assert world.act_at(MINISTRY, "old").status == "repealed"


@pytest.mark.parametrize("actor", [MINISTRY, LIBRARY])
def test_a_forward_with_the_acts_number_does_not_catch_its_repeal(
    world: ToldWorld, actor: Publisher
) -> None:
    """Neither before the repeal nor after it."""
    forward = "浙江省生态环境厅转发有关文件的通知"
    world.see(PROVINCE, "f", forward, TEXT, number=NUMBER)
    world.see(MINISTRY, number=NUMBER)
    world.see(actor, "r", OUTCRY, f"现决定废止下列文件：{NUMBER}。")
    world.see(PROVINCE, "g", forward, LOCAL, number=NUMBER)
    assert world.act_at(MINISTRY).status == "repealed"
    assert world.act_at(PROVINCE, "f").status is None


def _as_an_earlier_release_left_it(world: ToldWorld) -> None:
    with world.archive.transaction():
        database = world.archive._backend.database
        database.run("UPDATE notices SET issued_by = NULL, confirmed = NULL")
        database.run("UPDATE postings SET standing = NULL")
        database.run("UPDATE relations SET claimed = 0")


def test_a_repeal_that_an_earlier_release_stored_stays(world: ToldWorld) -> None:
    world.see(MINISTRY, number=NUMBER)
    world.see(MINISTRY, "r", OUTCRY, REPEAL)
    world.told()
    _as_an_earlier_release_left_it(world)
    world.see(MINISTRY, text=TIGHTER, number=NUMBER)
    assert world.act_at(MINISTRY).status == "repealed"
    assert world.archive.relations.judge_earlier(10) == 0
    assert not any("status" in line for line in world.lines())


def test_a_false_repeal_that_an_earlier_release_believed_is_undone(world: ToldWorld) -> None:
    act = world.see(MINISTRY, number=NUMBER)
    world.see(COUNTY, "r", OUTCRY, REPEAL)
    world.told()
    _as_an_earlier_release_left_it(world)
    with world.archive.transaction():
        database = world.archive._backend.database
        database.run("UPDATE notices SET status = 'repealed' WHERE id = ?", (act.notice_id,))
    assert world.archive.relations.judge_earlier(10) == 2
    assert world.archive.relations.judge_earlier(10) == 0
    (line,) = world.lines()
    assert "status changed: not yet in force" in line


def test_a_flood_of_copies_hides_no_official_page(world: ToldWorld) -> None:
    world.see(MINISTRY, number=NUMBER)
    for number in range(70):
        world.see(COUNTY, f"c{number}", number=NUMBER)
    world.see(MINISTRY, "b", number=NUMBER)
    assert len(world.lines()) == 1


def _flood(world: ToldWorld, site: Publisher, more: int = 0, **fields: object) -> None:
    """More pages of a name or number than are looked at, each with words of its own."""
    for number in range(65):
        words = f"{chr(0x4E00 + number * 7) * 60}应当{chr(0x5E00 + number * 5) * 50}。"
        named = {"number": f"安环〔2026〕{number + 100}号", **fields}
        world.see(site, f"f{number + more}", text=words, **named)  # type: ignore[arg-type]  # free


@pytest.mark.parametrize("site", [COUNTY, PROVINCE])
def test_a_flood_of_the_acts_name_does_not_catch_its_repeal(
    world: ToldWorld, site: Publisher
) -> None:
    """Nor its amendment, nor keep its next edition from being compared with it."""
    world.see(MINISTRY, number=NUMBER)
    _flood(world, site, title=NAME, published=date(2026, 11, 22))
    world.see(
        MINISTRY, "next", f"关于印发《{NAME}（2026年修订）》的通知", TIGHTER,
        number="环固体〔2026〕40号", published=date(2026, 11, 23),
    )  # fmt: skip
    world.see(MINISTRY, "r", OUTCRY, f"现决定废止《{NAME}》。", published=date(2026, 11, 23))
    assert world.act_at(MINISTRY).status == "repealed"
    (edition,) = [
        relation for relation in world.act_at(MINISTRY, "next").relations
        if relation.kind == "edition_of"
    ]  # fmt: skip
    assert edition.target_id == world.act_at(MINISTRY).id


@pytest.mark.parametrize("fields", [{"title": NAME}, {"number": NUMBER, "title": "回收通知"}])
def test_a_flood_of_lower_pages_hides_no_official_page(
    world: ToldWorld, fields: dict[str, str]
) -> None:
    act = world.see(MINISTRY, number=NUMBER)
    _flood(world, COUNTY, **fields)
    assert world.see(LIBRARY, number=NUMBER, issuers=("生态环境部",)).notice_id == act.notice_id


def test_pages_of_one_site_beyond_so_many_are_copies(world: ToldWorld) -> None:
    """They cost nothing more, and what they change is none of the act's."""
    for number in range(25):
        world.see(COUNTY, f"c{number}", title="安吉县回收管理办法", text=LOCAL)
    act = world.act_at(COUNTY, "c0")
    assert [one.standing.value for one in act.postings] == ["official"] * 20 + ["copy"] * 5
    assert len(world.lines()) == 1
    world.see(COUNTY, "c24", title="安吉县回收管理办法", text=LOCAL.replace("五日", "九日"))
    assert world.lines() == []


def test_what_was_not_told_before_the_issuer_published_it_is_told_once(world: ToldWorld) -> None:
    """A county's list named the ministry's page before the ministry's own list did."""
    world.see(COUNTY, url=MINISTRY.page("a"), text=FALSIFIED, number=NUMBER)
    world.see(MINISTRY, number=NUMBER)
    (line,) = world.lines()
    assert "30 days" in line


# ------------------------------------------------------------------ what was wrongly merged


def test_a_copy_that_becomes_something_else_is_told_as_what_it_is(world: ToldWorld) -> None:
    world.see(MINISTRY, number=NUMBER)
    world.see(COUNTY, number=NUMBER)
    assert len(world.lines()) == 1
    world.see(COUNTY, title="安吉县回收网点管理规定", text=LOCAL, number="安环〔2026〕3号")
    told = world.lines()
    assert any("🟠 Zhejiang · new" in line and "安吉县回收网点管理规定" in line for line in told)
    assert all("Zhejiang" in line for line in told)
    assert world.act_at(COUNTY).id != world.act_at(MINISTRY).id


def test_a_number_that_is_corrected_undoes_its_merge(world: ToldWorld) -> None:
    """The ministry's page first bore the number of a province's act by mistake."""
    wrong = "浙环发〔2026〕9号"
    world.see(MINISTRY, number=wrong)
    local = TEXT.replace("生态环境部\n", "浙江省生态环境厅\n").replace("三十日", "二十日")
    world.see(PROVINCE, title="关于印发《回收利用管理办法》的通知", text=local, number=wrong)
    assert len(world.lines()) == 1
    world.see(MINISTRY, number=NUMBER)
    assert world.act_at(PROVINCE).id != world.act_at(MINISTRY).id
    told = world.lines()
    assert any(line.startswith("🟠 Zhejiang · new rule") for line in told)


def test_split_tells_what_the_merge_kept_silent_on_either_side(world: ToldWorld) -> None:
    world.see(MINISTRY, "a", number=NUMBER)
    world.see(MINISTRY, "b", number=NUMBER, text=TIGHTER)
    assert len(world.lines()) == 1
    posting = world.archive.postings.by_url(MINISTRY.page("a"))
    assert posting is not None
    world.archive.merging.split(posting.id)
    (line,) = world.lines()
    assert "within 10 days" in line
    world.see(MINISTRY, "b", number=NUMBER, text=TIGHTER + "\n补充说明。")
    assert world.act_at(MINISTRY, "a").id != world.act_at(MINISTRY, "b").id


def test_a_bridge_between_two_acts_silences_neither(world: ToldWorld) -> None:
    other = "\n".join(f"第{n}条 {place}电池运输车辆应当安装定位装置并保持在线。"
                      for n, place in enumerate(PROVINCES, 1))  # fmt: skip
    world.see(MINISTRY, number=NUMBER)
    bridge = f"{TEXT}\n{other}"
    world.see(COUNTY, title="关于动力电池运输安全的通知", text=bridge, number=NUMBER)
    world.told()
    world.see(OTHER_MINISTRY, title="关于动力电池运输安全的通知", text=other)
    (line,) = world.lines()
    assert line.startswith("🟠 China · new")
    assert line.endswith("关于动力电池运输安全的通知")


# ------------------------------------------------------------------ impossible terms


@pytest.mark.parametrize(
    "term",
    [
        "有效期延长至0000年13月45日",
        "有效期延长至9999年2月30日",
        "有效期延长十十年",
        "有效期延长至2027年00月00日",
        "有效期延长九百九年",
        "有效期延长999999999年",
        "有效期延长至20270年12月1日",
        "有效期再延长999年",
        "有效期限顺延至0001年1月32日",
    ],
)
@pytest.mark.parametrize("site", [COUNTY, MINISTRY])
def test_an_impossible_term_keeps_no_act_from_being_stored(
    world: ToldWorld, term: str, site: Publisher
) -> None:
    world.see(site, "e", f"关于延长《{NAME}》有效期的通知", f"《{NAME}》{term}。")
    world.see(MINISTRY, number=NUMBER)
    assert any(line.endswith(TITLE) for line in world.lines())
    (relation,) = world.act_at(site, "e").relations
    assert relation.unread == term
    text = str(world.archive.outbox.find(limit=9)[0].payload["text"])
    assert f"[not understood: {term}]" in text
    assert world.act_at(MINISTRY).expires is None
