"""Say how surely a text names the subject of the field."""

from __future__ import annotations

import pytest

from classifier.topics.subject import (
    SubjectMark,
    is_regulated_title,
    names_neighbour,
    subject_of,
    titles_neighbour,
)


@pytest.mark.parametrize(
    "text",
    [
        "废旧动力电池应当交给综合利用企业。",
        "车用动力蓄电池退役后由车企收回。",
        "报废新能源汽车应当车电一体交售。",
        "进口锂离子电池再生黑粉须逐批取样。",
        "停止受理梯次利用企业申报。",
        "登录全国新能源汽车动力电池溯源信息平台补报。",
        "年破碎一万吨废磷酸铁锂电池。",
        "磷酸铁锂废电池全组分回收。",
        "拆解退役锂电池的小作坊。",
        "电动公交车换下的旧电池定向移交。",
        "GB/T 34015.4修改单。",
    ],
)
def test_named(text: str) -> None:
    assert subject_of(text) is SubjectMark.NAMED


@pytest.mark.parametrize(
    "text",
    [
        "没有编码的旧电池由回收单位补充赋码。",
        "免费更换动力电池包。",
        "公司对所有资产电池承担回收责任。",
        "废极片交有能力的单位利用。",
        "查处以拆机电芯组装的产品。",
    ],
)
def test_possible(text: str) -> None:
    assert subject_of(text) is SubjectMark.POSSIBLE


@pytest.mark.parametrize(
    "text",
    [
        "药品追溯码由标识码和校验位构成，报废的在平台注销编码。",
        "企业应登录溯源信息平台上传出入库信息。",
        "报废机动车回收拆解企业应当打印回收证明。",
        "报废新能源乘用车并购买新车的，补贴两万元。",
        "废铅蓄电池收集网点应当公布回收价格。",
        "电动自行车锂电池回收点设在社区。",
        "储能电站电池退役方案。",
        "手机电池以旧换新。",
        "动力电池产量同比增长三成。",
        "再生钢铁原料不合格的退运。",
    ],
)
def test_none(text: str) -> None:
    assert subject_of(text) is SubjectMark.NONE


def test_a_neighbour_that_also_names_the_subject_is_none() -> None:
    assert names_neighbour("铅蓄电池生产企业的回收责任")
    assert not names_neighbour("铅蓄电池和退役动力电池的回收责任")
    assert not names_neighbour("动力电池的回收责任")


@pytest.mark.parametrize(
    ("title", "neighbour"),
    [
        ("某公司召回部分纯电动汽车", True),
        ("药品追溯码标识规范", True),
        ("汽车以旧换新补贴实施细则", True),
        ("纯电动乘用车出口许可证申领须知", True),
        ("关于规范退役动力电池以旧换新活动的通知", False),
        ("换电企业电池管理指引", False),
        ("市交通运输局2026年工作要点", False),
    ],
)
def test_titles_of_neighbours(title: str, neighbour: bool) -> None:
    assert titles_neighbour(title) is neighbour


@pytest.mark.parametrize(
    "title",
    [
        "《车用动力电池冷藏贮存技术规范》第1号修改单",
        "动力电池仓储企业冷库贮存要求公告",
        "新能源汽车动力电池专项检查任务分工表",
        "关于准予甲公司动力蓄电池收集经营许可的决定",
    ],
)
def test_a_title_of_the_battery_and_of_what_is_ruled_is_of_the_field(title: str) -> None:
    assert is_regulated_title(title)


@pytest.mark.parametrize(
    "title",
    [
        "年产15GWh动力电池项目环境影响报告书受理公示",
        "关于动力电池生产企业申请能耗补贴的通知",
        "召回公告：部分纯电动汽车动力电池存在安全隐患",
        "电动自行车动力电池收集管理办法",
        "关于举办动力电池仓储安全培训班的通知",
    ],
)
def test_a_title_of_making_cars_or_courses_is_not(title: str) -> None:
    assert not is_regulated_title(title)
