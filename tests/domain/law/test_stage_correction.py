"""The form of an act decides first, then what it orders."""

from __future__ import annotations

import pytest

from config.model import Stage
from domain.law.duties import TimeRelation, When
from domain.law.stage_correction import delists, invites, obliges_nobody, stage_by_duties
from domain.records.observation import Block
from tests.builders import make_duty

TABLE = (Block(kind="table", text="", rows=(("序号", "企业名称"), ("1", "甲公司"))),)


@pytest.mark.parametrize(
    ("title", "stage", "duties", "blocks", "expected"),
    [
        ("关于规范再生黑粉原料进口管理有关事项的公告", "list", True, TABLE, "final"),
        ("关于做好溯源信息报送工作的通知", "news", True, (), "final"),
        ("第七批符合规范条件企业名单公示", "list", False, TABLE, "list"),
        ("公告2026年第9号", "list", True, (), "final"),
        ("界山市动力电池全链条治理任务清单", "list", True, (), "final"),
        ("云溪市行政处罚裁量基准（动力电池部分）", "list", True, TABLE, "final"),
        ("平野市轻微违法行为不予处罚清单", "list", False, (), "final"),
        ("关于举办溯源信息报送培训班的通知", "final", True, (), "news"),
        ("省长调研动力电池回收产业园", "news", False, (), "news"),
        ("关于春节期间电池存放安全的温馨提示", "final", True, (), "news"),
        ("关于加强电池综合利用项目环境管理的通知", "eia", True, (), "final"),
        ("关于甲公司年处理1万吨废电池项目环境影响报告书的公示", "eia", True, (), "eia"),
        ("《办法》问答", "interpretation", True, (), "interpretation"),
    ],
)
def test_stage(
    title: str, stage: Stage, duties: bool, blocks: tuple[Block, ...], expected: Stage
) -> None:
    found = (make_duty(),) if duties else ()
    assert stage_by_duties(stage, title, found, blocks=blocks) == expected


def test_titles_that_invite_or_strike_off() -> None:
    assert invites("关于组织申报2026年动力电池回收利用专项资金的通知")
    assert invites("退役公交电池处置项目竞价公告")
    assert not invites("关于加强动力电池回收利用管理的通知")
    assert delists("关于撤销部分综合利用行业规范企业公告的公告")
    assert delists("关于拟注销部分动力电池厂商代码的公示")
    assert not delists("第七批符合规范条件企业名单公示")


def test_a_reply_that_applies_the_law_repeats_its_duties() -> None:
    assert not obliges_nobody("reply", "关于《回收办法》第十二条适用问题的复函")
    assert obliges_nobody("reply", "关于第0412号提案的复函")
    assert obliges_nobody("training", "关于举办培训班的通知")


def test_an_addressed_order_with_a_day_is_no_news() -> None:
    due = make_duty(sanctions=(), when=When(relation=TimeRelation.BY, date="2026-06-20"))
    addressed = (Block(kind="paragraph", text="各维修点、回收门店："),)
    assert stage_by_duties("news", "消防提示", (due,), blocks=addressed) == "final"
    assert stage_by_duties("news", "消防提示", (due,)) == "news"


def test_named_companies_that_must_act_by_a_day_are_ordered() -> None:
    due = make_duty(sanctions=(), when=When(relation=TimeRelation.BY, date="2026-12-15"))
    title = "关于5家企业信息报送异常情况的通报"
    assert stage_by_duties("list", title, (due,)) == "final"
    assert stage_by_duties("list", title, ()) == "list"
