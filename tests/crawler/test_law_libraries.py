"""The libraries of what is law, through the real spider: their validity is kept and shown, and
changes a status only where the library may speak for the act."""

from __future__ import annotations

from datetime import date
from typing import Any

NPC = "全国人民代表大会常务委员会"


def npc_source(stage: Any, replica: Any, **more: Any) -> Any:
    return stage.source(replica, publisher=NPC, **more)


def test_the_database_of_laws_is_asked_in_json_and_a_row_is_the_act(stage: Any) -> None:
    replica = stage.replica("npc_law", notices=0)
    replica.add("某类电池管理法", date(2020, 4, 29), number="3", issuer=NPC)
    replica.add("另一部法律", date(2020, 4, 29), number="3", issuer=NPC)
    (report,) = stage.crawl(npc_source(stage, replica)).values()
    assert (report.state, report.rows, report.new) == ("ok", 1, 1)
    asked = [hit for hit in replica.hits if hit.method == "POST"]
    assert asked[0].headers["content-type"] == "application/json"
    (notice,) = stage.notices()
    (posting,) = notice.postings
    (version,) = posting.versions
    assert (notice.title, notice.issuers, notice.published) == (
        "某类电池管理法", (NPC,), date(2020, 4, 29),
    )  # fmt: skip
    assert version.validity == "有效"
    assert "施行日期：2020-06-28" in version.text


def test_a_changed_validity_is_a_change_and_ends_the_act(stage: Any) -> None:
    replica = stage.replica("npc_law", notices=0)
    act = replica.add("某类电池管理法", date(2020, 4, 29), number="3", issuer=NPC)
    source = npc_source(stage, replica)
    stage.crawl(source)
    assert stage.crawl(source).popitem()[1].revised == 0
    replica.site.edit(act, number="1")
    (report,) = stage.crawl(source).values()
    assert report.revised == 1
    (notice,) = stage.notices()
    assert notice.postings[0].versions[-1].validity == "已废止"
    assert notice.status == "expired"
    assert stage.kinds() == ["new", "revised"]

    replica.site.edit(act, number="3")
    stage.crawl(source)
    (notice,) = stage.notices()
    assert notice.status != "expired"


def test_a_library_that_may_not_speak_for_an_act_changes_no_status(stage: Any) -> None:
    replica = stage.replica("npc_law", notices=0)
    replica.add("某类电池管理条例", date(2020, 4, 29), number="1", issuer="国务院")
    stage.crawl(stage.source(replica, publisher="某市工业和信息化局", jurisdiction="CN-GD"))
    (notice,) = stage.notices()
    assert notice.postings[0].versions[-1].validity == "已废止"  # kept and shown
    assert notice.status != "expired"


def test_administrative_regulations_are_read_with_their_texts(stage: Any) -> None:
    replica = stage.replica("moj_regulations", notices=0)
    added = replica.add(
        "某类电池回收条例",
        date(2026, 5, 15),
        [
            "(2001年11月16日中华人民共和国国务院令第321号公布)",
            "第一条 为了规范回收，制定本条例。",
            "第二条 违反本条例的，处一万元以上三万元以下罚款。",
        ],
    )
    replica.add("船舶登记条例", date(2026, 5, 16), ["第一条 为了登记。"])
    source = stage.source(replica, publisher="司法部", authority={"speaks_for": ["国务院"]})
    (report,) = stage.crawl(source).values()
    assert (report.state, report.rows, report.new) == ("ok", 1, 1)
    (notice,) = stage.notices()
    assert (notice.title, notice.published) == (added.title, added.day)
    assert notice.url == replica.detail_url(added)
    text = notice.postings[0].versions[0].text
    assert "第二条 违反本条例的" in text
    assert "历史沿革" not in text
    assert "司法部" not in notice.issuers
