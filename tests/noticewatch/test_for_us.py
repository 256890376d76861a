"""What concerns our companies: in alerts, subscriptions, digests, severities."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.companies.entities import load_entities
from config.model import Settings
from domain.law.classify_task import Classification
from domain.names.name_forms import name_forms
from domain.records.message import NewOutboxItem
from notifier.messages.digest import plan_week
from notifier.messages.notification_context import NotificationContext
from notifier.messages.permit_reminders import permit_items
from notifier.selection.planner import plan_messages
from tests.noticewatch.told_world import MINISTRY, OTHER_PROVINCE, PROVINCE, ToldWorld

RECYCLER = {
    "key": "zj-recycler", "name": {"zh": "浙江青禾循环有限公司", "en": "Qinghe Recycling"},
    "roles": ["recycler"], "places": ["CN-ZJ"], "people": {"owner": "anna"},
    "suppliers": [{"name": "赣州星钴材料有限公司", "aliases": ["星钴"]}],
}  # fmt: skip
IMPORTER = {
    "key": "sh-import", "name": {"zh": "上海远澜进出口有限公司", "en": "Farwave Import"},
    "roles": ["importer"], "places": ["CN-SH"], "people": {"owner": "U0123456789"},
}  # fmt: skip
ELSEWHERE = "广东省废旧动力电池综合利用管理细则"
ELSEWHERE_TEXT = (
    "第一条 综合利用企业应当每季度清点库存动力电池，并于季度终了后十日内报送清单。\n"
    "第二条 综合利用企业应当在厂区显著位置公布收购种类。\n第三条 本细则自2026年12月20日起施行。"
)
DELISTING = "关于撤销部分废旧动力电池综合利用行业规范企业公告的公告"


def settings(folder: Path, *entities: dict[str, Any], **subscription: Any) -> Settings:
    file = folder / "entities.yml"
    file.write_text(yaml.safe_dump({"entities": entities}, allow_unicode=True), "utf-8")
    return Settings.model_validate(
        {
            "channels": {"log": {"type": "file", "path": "messages"}},
            "subscriptions": [{"channel": "log", "language": "en", "burst": 99, **subscription}],
            "entities_file": str(file),
        }
    )


@pytest.fixture
def world(tmp_path: Path) -> ToldWorld:
    return ToldWorld(tmp_path / "data")


def told(world: ToldWorld, given: Settings) -> list[NewOutboxItem]:
    world.archive.names.look_for(name_forms(load_entities(given.entities_file)))
    world.classify()
    return list(plan_messages(world.archive, given, NotificationContext(given), world.now).items)


def test_an_alert_says_to_whom_it_applies_and_who_answers(world: ToldWorld, tmp_path: Path) -> None:
    world.see(MINISTRY)
    (item,) = told(world, settings(tmp_path, RECYCLER, IMPORTER))
    lines = item.payload["text"].splitlines()
    assert lines[1:3] == ["applies to: Qinghe Recycling (recyclers)", "owner: anna"]
    assert item.payload["applies_to"] == [{"entity": "zj-recycler", "verdict": "applies"}]


def test_the_chinese_alert_says_the_same(world: ToldWorld, tmp_path: Path) -> None:
    world.see(MINISTRY)
    (item,) = told(world, settings(tmp_path, RECYCLER, language="zh"))
    assert "适用于：浙江青禾循环有限公司（综合利用企业）" in item.payload["text"].splitlines()[1]


def test_a_subscription_of_an_entity_hears_only_what_may_apply_to_it(
    world: ToldWorld, tmp_path: Path
) -> None:
    world.see(PROVINCE)
    world.see(OTHER_PROVINCE, "b", title=ELSEWHERE, text=ELSEWHERE_TEXT)
    given = settings(tmp_path, RECYCLER, IMPORTER, entity="zj-recycler")
    (item,) = told(world, given)
    assert item.payload["title"] == "关于印发《废旧动力电池回收利用管理办法》的通知"
    assert told(world, settings(tmp_path, RECYCLER, IMPORTER, entity="sh-import")) == []


def test_a_delisting_that_names_a_supplier_is_red(world: ToldWorld, tmp_path: Path) -> None:
    world.see(
        MINISTRY, title=DELISTING, text="撤销下列企业动力电池公告资格：\n赣州星钴材料有限公司"
    )
    (item,) = told(world, settings(tmp_path, RECYCLER))
    assert item.payload["severity"] == "red"
    assert item.payload["names"][0] == {
        "entity": "zj-recycler", "supplier": "赣州星钴材料有限公司", "kind": "full",
        "name": "赣州星钴材料有限公司", "quote": "赣州星钴材料有限公司", "where": "正文第2段",
    }  # fmt: skip
    assert "names 赣州星钴材料有限公司 (supplier of Qinghe Recycling)" in item.payload["text"]


def test_a_delisting_of_others_stays_amber(world: ToldWorld, tmp_path: Path) -> None:
    world.see(
        MINISTRY, title=DELISTING, text="撤销下列企业动力电池公告资格：\n衢州星钴新材料有限公司"
    )
    (item,) = told(world, settings(tmp_path, RECYCLER))
    assert item.payload["names"] == []
    assert item.payload["severity"] != "red"


def test_a_new_entity_also_finds_old_notices(world: ToldWorld, tmp_path: Path) -> None:
    world.see(
        MINISTRY, title=DELISTING, text="撤销下列企业动力电池公告资格：\n赣州星钴材料有限公司"
    )
    world.classify()
    assert world.act_at(MINISTRY).names == ()
    forms = name_forms(load_entities(settings(tmp_path, RECYCLER).entities_file))
    assert world.archive.names.look_for(forms) == 1
    assert [one.entity for one in world.act_at(MINISTRY).names] == ["zj-recycler"]
    assert world.act_at(MINISTRY).severity == "red"
    assert world.archive.names.look_for(forms) == 0
    assert world.archive.names.look_for(()) == 1
    assert world.act_at(MINISTRY).names == ()
    assert world.act_at(MINISTRY).severity != "red"


def test_the_digest_tells_first_what_is_for_us(world: ToldWorld, tmp_path: Path) -> None:
    given = settings(tmp_path, RECYCLER, when="weekly mon 08:00")
    world.see(OTHER_PROVINCE, "b", title=ELSEWHERE, text=ELSEWHERE_TEXT)
    world.see(PROVINCE)
    world.classify()
    world.now += timedelta(minutes=1)
    context = NotificationContext(given)
    (work,) = plan_week(world.archive, given, context, world.now, "2026-W48")
    text = work.items[0].payload["text"]
    assert text.index("── For you") < text.index("applies to: Qinghe") < text.index("广东省")


def test_a_permit_that_ends_is_told_once_for_each_of_its_reminders(
    world: ToldWorld, tmp_path: Path
) -> None:
    until = (world.now + timedelta(days=25)).date()
    permits = [{"kind": "hazardous-transport", "number": "7", "until": until.isoformat()}]
    given = settings(tmp_path, {**RECYCLER, "permits": permits}, IMPORTER)
    context = NotificationContext(given)
    (item,) = permit_items(given, context, world.now)
    assert item.payload["text"].splitlines() == [
        "Permit hazardous-transport 7 of Qinghe Recycling ends on 18 Dec 2026", "owner: anna",
    ]  # fmt: skip
    assert len(world.archive.outbox.enqueue([item])) == 1
    assert world.archive.outbox.enqueue(permit_items(given, context, world.now)) == []
    later = world.now + timedelta(days=19)
    assert len(world.archive.outbox.enqueue(permit_items(given, context, later))) == 1
    assert permit_items(given, context, world.now + timedelta(days=26)) == []
    other = settings(tmp_path, {**RECYCLER, "permits": permits}, IMPORTER, entity="sh-import")
    assert permit_items(other, NotificationContext(other), world.now) == []


@pytest.mark.parametrize(
    ("title", "text", "told_of"),
    [
        ("关于对某某公司的行政处罚决定", "对赣州星钴材料有限公司处罚款二万元。", 1),
        ("关于召开春季运动会的通知", "赣州星钴材料有限公司等单位参加了比赛。", 0),
        ("关于对某某公司的行政处罚决定", "对衢州星钴新材料有限公司处罚款二万元。", 0),
    ],
    ids=["punished", "only-named", "near-name"],
)
def test_what_harms_a_supplier_is_told_though_it_is_of_no_topic(
    world: ToldWorld, tmp_path: Path, title: str, text: str, told_of: int
) -> None:
    given = settings(tmp_path, RECYCLER)
    world.archive.names.look_for(name_forms(load_entities(given.entities_file)))
    world.see(MINISTRY, title=title, text=text)
    for task in world.archive.classification.pending():
        unlabelled = Classification(
            change_id=task.change_id, labels=(), facts=(), stage=None, relevant_because=None,
            model="test",
        )  # fmt: skip
        world.archive.classification.store(unlabelled)
    items = plan_messages(world.archive, given, NotificationContext(given), world.now).items
    assert [item.payload["severity"] for item in items] == ["red"] * told_of
