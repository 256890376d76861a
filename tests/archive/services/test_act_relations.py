"""Resolve what acts say of each other, and keep the status that follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from archive.store import Archive
from domain.law.classify_task import Classification
from domain.records.fact import Fact
from domain.records.observation import Observation
from domain.records.states import FactKind
from tests.domain.acts.repealing_act import NEW, NEW_TEXT, OLD

Observe = Callable[..., Observation]


def post(archive: Archive, observe: Observe, name: str, **given: Any) -> int:
    return archive.ingest(observe(url=f"https://a.gov.cn/{name}", **given)).notice_id


def test_the_own_number_is_no_reference(archive: Archive, observe: Observe) -> None:
    text = "工信部联节〔2026〕17号\n各有关单位：现将有关事项通知如下。"
    notice = archive.notices.get(
        post(archive, observe, "a", text=text, number="工信部联节〔2026〕17号")
    )
    assert notice is not None
    assert notice.relations == ()


def test_a_repeal_changes_the_old_act(archive: Archive, observe: Observe) -> None:
    old = post(archive, observe, "old", title=f"关于印发《{OLD}》的通知", text="第一条 旧。" * 20,
               number="工信部联节〔2018〕43号", published=date(2018, 2, 26))  # fmt: skip
    new = post(archive, observe, "new", title=NEW, text=NEW_TEXT, published=date(2026, 1, 16))
    notice = archive.notices.get(old)
    assert notice is not None
    assert notice.status == "repealed"
    assert [(item.kind, item.target_id) for item in notice.relations] == [("repealed_by", new)]
    status = [change for change in archive.changes.find() if change.kind == "status"]
    assert len(status) == 1
    assert "as of 2026-04-01" in status[0].reason
    assert status[0].notice_id == old
    archive.ingest(observe(url="https://a.gov.cn/new", title=NEW, text=NEW_TEXT + "补充。"))
    assert len([change for change in archive.changes.find() if change.kind == "status"]) == 1


def test_an_old_act_that_comes_later_is_known_repealed(archive: Archive, observe: Observe) -> None:
    new = post(archive, observe, "new", title=NEW, text=NEW_TEXT)
    old = post(archive, observe, "old", title=OLD, text="第一条 旧。" * 20,
               published=date(2018, 2, 26), baseline=True)  # fmt: skip
    notice, repealer = archive.notices.get(old), archive.notices.get(new)
    assert notice is not None
    assert repealer is not None
    assert notice.status == "repealed"
    assert old in {item.target_id for item in repealer.relations if item.kind == "repeals"}
    (status,) = [change for change in archive.changes.find() if change.kind == "status"]
    assert status.baseline


def test_a_repeal_in_the_future_is_not_yet_one(
    archive: Archive, observe: Observe, clock: Any
) -> None:
    old = post(archive, observe, "old", title=OLD, text="第一条 旧。" * 20,
               published=date(2018, 2, 26))  # fmt: skip
    text = NEW_TEXT.replace("2026年4月1日", "2027年1月1日")
    post(archive, observe, "new", title=NEW, text=text)
    before = archive.notices.get(old)
    assert before is not None
    assert before.status == "in_force"
    clock.forward(days=60)
    after = archive.notices.get(old)
    assert after is not None
    assert after.status == "repealed"


def test_a_draft_repeals_nothing(archive: Archive, observe: Observe) -> None:
    old = post(archive, observe, "old", title=OLD, text="第一条 旧。" * 20)
    draft = post(archive, observe, "d", title=f"{NEW}（征求意见稿）", text=NEW_TEXT)
    notice, proposed = archive.notices.get(old), archive.notices.get(draft)
    assert notice is not None
    assert proposed is not None
    assert notice.status != "repealed"
    assert proposed.status == "draft"
    assert [change.kind for change in archive.changes.find()] == ["new", "new"]


def test_final_after_draft(archive: Archive, observe: Observe) -> None:
    draft = post(archive, observe, "d", title="公开征求对《电池管理办法（征求意见稿）》的意见",
                 text="第一条 处一万元罚款。" * 12, published=date(2025, 8, 1))  # fmt: skip
    final = post(archive, observe, "f", title="关于印发《电池管理办法》的通知",
                 text="第一条 处二万元罚款。" * 12, published=date(2026, 2, 1))  # fmt: skip
    assert archive.editions.predecessor(final) == (draft, "finalises")
    notice = archive.notices.get(final)
    assert notice is not None
    (relation,) = notice.relations
    assert (relation.kind, relation.target_id, relation.probable) == ("finalises", draft, True)


def test_editions_and_their_order_of_arrival(archive: Archive, observe: Observe) -> None:
    title = "新能源汽车废旧动力蓄电池综合利用行业规范条件（{}年本）"
    new = post(archive, observe, "n", title=title.format(2024), text="回收率不低于98%。" * 12,
               published=date(2024, 12, 24))  # fmt: skip
    old = post(archive, observe, "o", title=title.format(2019), text="回收率不低于95%。" * 12,
               published=date(2019, 12, 16))  # fmt: skip
    assert archive.editions.predecessor(new) == (old, "edition_of")
    assert archive.editions.predecessor(old) is None
    assert archive.editions.act_pairs(old) == []


@pytest.mark.parametrize("verb", ["修改", "废止"])
def test_one_decision_is_no_edition_of_another(
    archive: Archive, observe: Observe, verb: str
) -> None:
    """Acts are changed again and again; each decision follows the act, not the decision before."""
    title = f"工业和信息化部关于{verb}《电池管理办法》的决定"
    post(archive, observe, "1", title=title, number="工业和信息化部令第50号",
         text="将《电池管理办法》第三条删去。" * 9, published=date(2020, 1, 1))  # fmt: skip
    draft = post(archive, observe, "d", title=f"{title}（征求意见稿）",
                 text="将《电池管理办法》第五条删去。" * 9, published=date(2025, 5, 1))  # fmt: skip
    new = post(archive, observe, "2", title=title, number="工业和信息化部令第80号",
               text="将《电池管理办法》第四条删去。" * 9, published=date(2025, 8, 1))  # fmt: skip
    assert archive.editions.predecessor(new) == (draft, "finalises")


def test_the_same_title_issued_anew(archive: Archive, observe: Observe) -> None:
    """The new act repeals its older namesake; the draft between them is finalised."""
    title = "动力电池管理办法"
    old = post(archive, observe, "o", title=title, text="第一条 备案。" * 20,
               number="工业和信息化部令第40号", published=date(2016, 1, 1))  # fmt: skip
    draft = post(archive, observe, "d", title=f"{title}（修订征求意见稿）",
                 text="第一条 登记。" * 20, published=date(2025, 1, 1))  # fmt: skip
    new = post(archive, observe, "n", title=title, number="工业和信息化部令第80号",
               text="第一条 报告。" * 20 + f"2016年1月1日公布的《{title}》同时废止。",
               published=date(2025, 6, 1))  # fmt: skip
    notice = archive.notices.get(new)
    assert notice is not None
    assert {(r.kind, r.target_id, r.probable) for r in notice.relations} == {
        ("repeals", old, False), ("edition_of", old, False), ("finalises", draft, True),
    }  # fmt: skip
    earlier = archive.notices.get(old)
    assert earlier is not None
    assert earlier.status == "repealed"
    assert [pair.predecessor_id for pair in archive.editions.act_pairs(new)] == [old]


@pytest.mark.parametrize("until", ["延长至2029年12月31日", "延长3年"])
def test_an_extended_term(archive: Archive, observe: Observe, until: str) -> None:
    title = "动力电池管理办法"
    old = post(archive, observe, "o", title=title, text="第一条 备案。有效期五年。" * 20)
    (task,) = archive.classification.pending()
    expiry = Fact.from_json(
        kind=FactKind.EXPIRY_DATE, value="2026-12-31", quote="有效期五年", where=""
    )
    result = Classification(
        change_id=task.change_id, labels=(), facts=(expiry,), stage="final", model="m",
        relevant_because=None,
    )  # fmt: skip
    archive.classification.store(result)
    post(archive, observe, "n", title=f"关于延长《{title}》有效期的通知",
         text=f"经评估，《{title}》有效期{until}。")  # fmt: skip
    archive.classification.store(result)  # looked at again, the longer term stays
    notice = archive.notices.get(old)
    assert notice is not None
    assert (notice.expires, notice.status) == (date(2029, 12, 31), "in_force")


@pytest.mark.parametrize(
    "clause",
    [
        "工业和信息化部令第38号同时废止。",
        "《甲办法》（工业和信息化部令第38号）不再适用。",
        "现就《甲办法》（以下简称《办法》）通知如下。《办法》同时废止。",
        "现决定废止下列规章：\n序号\t名称\t文号\n1\t甲办法\t工业和信息化部令第38号",
    ],
)
@pytest.mark.parametrize("old_first", [True, False])
def test_ways_to_name_what_is_repealed(
    archive: Archive, observe: Observe, clause: str, old_first: bool
) -> None:
    pages = [
        {"name": "o", "title": "甲办法", "number": "令第38号", "issuers": ["工业和信息化部"],
         "text": "第一条 备案。" * 20, "published": date(2016, 1, 1)},
        {"name": "x", "title": "关于运输的办法", "number": "令第38号", "issuers": ["交通运输部"],
         "publisher": "交通运输部", "text": "第一条 运输。" * 20},
        {"name": "n", "title": "乙规定", "number": "工业和信息化部令第80号", "text": clause},
    ]  # fmt: skip
    for page in pages if old_first else reversed(pages):
        post(archive, observe, **page)
    repealed = {n.title for n in archive.notices.iterate() if n.status == "repealed"}
    assert repealed == {"甲办法"}


def test_provinces_are_no_editions_of_each_other(archive: Archive, observe: Observe) -> None:
    for place, province in enumerate(("广东省", "江苏省")):
        post(archive, observe, province, title="电池回收管理办法", text=f"{province}规定。" * 30,
             issuers=(f"{province}工业和信息化厅",), jurisdiction=f"CN-{province}",
             number=f"{province[0]}工信〔2026〕{place + 1}号")  # fmt: skip
    assert all(not notice.relations for notice in archive.notices.iterate())


def test_classification_keeps_relations_and_status(archive: Archive, observe: Observe) -> None:
    new = post(archive, observe, "new", title=NEW, text=NEW_TEXT, number="令第73号")
    (task,) = archive.classification.pending()
    archive.classification.store(
        Classification(
            change_id=task.change_id, labels=(), facts=(), stage="final",
            relevant_because=None, model="m",
        )
    )  # fmt: skip
    notice = archive.notices.get(new)
    assert notice is not None
    assert (notice.status, notice.authority) == ("in_force", "部门规章")
    assert len(notice.relations) == 4
