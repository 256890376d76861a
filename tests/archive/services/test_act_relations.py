"""Acts and each other: what the text says, what it resolves to, what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from archive.store import Archive
from domain.acts.authority import authority
from domain.acts.references import references
from domain.acts.titles import title_marks
from domain.records.classify_task import Classification
from domain.records.fact import Fact
from domain.records.observation import Observation
from domain.records.states import FactKind

Observe = Callable[..., Observation]

OLD = "新能源汽车动力蓄电池回收利用管理暂行办法"
NEW = "新能源汽车废旧动力电池回收和综合利用管理暂行办法"
NEW_TEXT = (
    "第一条 为加强管理，根据《中华人民共和国固体废物污染环境防治法》，制定本办法。\n"
    "第四十条 违反规定的，按照《报废机动车回收管理办法》处理。\n"
    f"第四十五条 本办法自2026年4月1日起施行。《{OLD}》（工信部联节〔2018〕43号）、"
    "《新能源汽车动力蓄电池梯次利用管理办法》（工信部联节〔2021〕114号）同时废止。"
)


def post(archive: Archive, observe: Observe, name: str, **given: Any) -> int:
    return archive.ingest(observe(url=f"https://a.gov.cn/{name}", **given)).notice_id


def named(title: str, text: str, **more: Any) -> dict[str, tuple[str, str | None]]:
    return {
        item.title: (item.kind, item.document_number) for item in references(title, text, **more)
    }


def test_kinds_of_reference() -> None:
    found = named(NEW, NEW_TEXT)
    assert found == {
        OLD: ("repeals", "工信部联节〔2018〕43号"),
        "新能源汽车动力蓄电池梯次利用管理办法": ("repeals", "工信部联节〔2021〕114号"),
        "中华人民共和国固体废物污染环境防治法": ("implements", None),
        "报废机动车回收管理办法": ("cites", None),
    }


@pytest.mark.parametrize(
    ("title", "text", "kind", "effect"),
    [
        ("关于废止《甲管理办法》的决定", "", "repeals", "repealed"),
        ("关于修改《甲管理办法》的决定", "", "amends", "amended"),
        ("决定", "《甲管理办法》第三条废止。", "amends", "partly_repealed"),
        ("决定", "《甲管理办法》中有关梯次利用的条款予以废止。", "amends", "partly_repealed"),
        ("决定", "对《甲管理办法》作如下修改：", "amends", "amended"),
        ("公告", "自即日起停止执行，《甲管理办法》尚未废止。", "cites", None),
        ("广东省关于贯彻落实《甲管理办法》的通知", "", "implements", None),
        ("转发《甲管理办法》的通知", "", "implements", None),
    ],
)
def test_effects(title: str, text: str, kind: str, effect: str | None) -> None:
    (found,) = references(title, text)
    assert (found.title, found.kind, found.effect) == ("甲管理办法", kind, effect)


def test_a_decision_to_repeal_and_its_list() -> None:
    text = (
        "根据《中华人民共和国立法法》，经研究，决定废止《甲管理办法》和《乙管理规定》。\n"
        "现将下列文件予以废止：\n1.《丙实施细则》（环办〔2010〕3号）\n2. 《丁技术规范》\n"
        "《戊管理办法》的规定与本决定不一致的，以本决定为准，《己管理办法》同时废止。\n"
        "《庚管理办法》（公告2024年第42号）中有关梯次利用的内容废止。"
    )
    found = {item.title[0]: item.effect or item.kind for item in references("决定", text)}
    assert found == {
        "中": "implements", "甲": "repealed", "乙": "repealed", "丙": "repealed",
        "丁": "repealed", "戊": "cites", "己": "repealed", "庚": "partly_repealed",
    }  # fmt: skip


def test_the_rest_of_a_partly_repealed_act_stays() -> None:
    (part,) = references("公告", "《甲管理办法》第五条自即日起废止，其余条款继续有效。")
    assert (part.kind, part.effect) == ("amends", "partly_repealed")
    (rest,) = references("公告", "按照《甲管理办法》执行，《甲管理办法》未废止的条款继续有效。")
    assert (rest.kind, rest.effect) == ("cites", None)


def test_amendments() -> None:
    text = (
        "国务院决定对《甲条例》作出修改：将第三条修改为……。\n"
        "将《乙条例》第十二条修改为：处一万元罚款。\n本通知与修订后的《丙标准》一并执行。"
    )
    found = {item.title[0]: item.effect for item in references("决定", text)}
    assert found == {"甲": "amended", "乙": "amended", "丙": None}


def test_a_number_alone_is_repealed_too() -> None:
    (found,) = references("通知", "原工信部联节〔2018〕43号文件同时废止。")
    assert (found.kind, found.document_number) == ("repeals", "工信部联节〔2018〕43号")


def test_a_number_without_a_title_is_a_reference() -> None:
    text = "根据工信部联节〔2026〕17号文件要求，现通知如下。\n参照环办〔2020〕1号。"
    found = {item.document_number: item.kind for item in references("通知", text)}
    assert found == {"工信部联节〔2026〕17号": "implements", "环办〔2020〕1号": "cites"}


def test_the_own_number_is_no_reference(archive: Archive, observe: Observe) -> None:
    text = "工信部联节〔2026〕17号\n各有关单位：现将有关事项通知如下。"
    notice = archive.notices.get(
        post(archive, observe, "a", text=text, number="工信部联节〔2026〕17号")
    )
    assert notice is not None
    assert notice.relations == ()


def test_drafts_and_news_repeal_nothing() -> None:
    found = references("办法", NEW_TEXT, binding=False)
    assert {item.kind for item in found} == {"cites", "implements"}
    assert not any(item.effect for item in found)


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


def test_a_list_in_an_attachment() -> None:
    rows = "宣布失效的文件目录\n1.《甲办法》（工信部节〔2016〕67号）\n2.关于印发《乙办法》的通知"
    found = references("关于宣布失效部分文件的决定", "附件所列文件失效。", attached=[rows])
    assert {item.title for item in found if item.effect == "repealed"} == {"甲办法", "乙办法"}
    kept = references("关于废止和继续有效文件的决定", "", attached=["继续有效的文件\n" + rows])
    assert kept == []


def test_a_report_repeals_nothing() -> None:
    title = "新规出台！电池管理迎来变化"
    text = "记者获悉，《甲管理办法》同时废止。"
    assert "news" in title_marks(title, text)
    assert "news" not in title_marks("关于电池管理的通知", text)


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


@pytest.mark.parametrize(
    ("title", "issuers", "number", "local", "expected"),
    [
        ("中华人民共和国生态环境法典", ("全国人民代表大会",), None, False, "law"),
        ("报废机动车回收管理办法", ("国务院",), "国务院令第715号", False, "行政法规"),
        ("固体废物污染环境防治条例", ("国务院",), None, False, "行政法规"),
        (NEW, ("工业和信息化部",), "令第73号", False, "部门规章"),
        ("广东省固体废物污染环境防治条例", (), None, True, "地方性法规"),
        ("江苏省电池管理办法", ("江苏省人民政府",), "省政府令第20号", True, "政府规章"),
        ("生态环境行政处罚裁量基准", (), None, True, "裁量基准"),
        ("关于某事的通知", (), "粤工信函〔2026〕9号", True, "规范性文件"),
        ("关于某事的复函", (), "环办函〔2026〕1号", False, "letter"),
        ("关于开展工作的通知", (), "工信部联节〔2026〕17号", False, "规范性文件"),
        ("《办法》解读", (), None, False, None),
    ],
)
def test_authority(
    title: str, issuers: tuple[str, ...], number: str | None, local: bool, expected: str | None
) -> None:
    assert authority(title, issuers, number, local=local) == expected
