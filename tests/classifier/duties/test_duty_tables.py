"""Duties of tables: a row each, with the portal and the sanction that the text gives them."""

from __future__ import annotations

from tests.classifier.duties.notices import duties_of

REPORTS = [
    ["责任主体", "报送内容", "报送时限"],
    ["电池生产企业", "电池编码信息", "电池下线后30日内"],
    ["综合利用企业", "接收、移交信息", "每月10日前"],
]


def test_rows_are_reported_through_the_portal_of_the_text() -> None:
    text = "请通过国家溯源平台按附表报送。未按时报送的，处一万元以上三万元以下罚款。"
    duties = duties_of(text, table=REPORTS)
    assert [(duty.who.role, duty.act, duty.object) for duty in duties] == [
        ("battery_maker", "report", "电池编码信息"),
        ("recycler", "report", "接收、移交信息"),
    ]
    assert {duty.where.name for duty in duties if duty.where} == {"国家溯源平台"}
    assert [[(item.min, item.max) for item in duty.sanctions] for duty in duties] == [
        [(10000, 30000)],
        [(10000, 30000)],
    ]
    assert [duty.when.recurs for duty in duties if duty.when] == [None, "monthly:10"]


def test_tasks_have_their_owner_and_their_day() -> None:
    table = [
        ["工作任务", "责任单位", "完成时限"],
        ["公布回收网点信息", "汽车生产企业", "2026年9月30日前"],
    ]
    [duty] = duties_of("现将任务分工印发给你们。", table=table)
    assert (duty.who.role, duty.act) == ("vehicle_maker", "publish")
    assert duty.when is not None
    assert duty.when.date == "2026-09-30"


def test_a_table_of_limits_gives_a_duty_a_row() -> None:
    table = [["项目", "控制要求"], ["电池存放总量", "≤30吨"], ["堆垛间距", "不小于1.5米"]]
    duties = duties_of("仓储企业贮存电池应当符合下表控制要求。", table=table)
    found = [
        (duty.object, duty.limit.comparator, duty.limit.value, duty.limit.unit)
        for duty in duties
        if duty.limit is not None
    ]
    assert found == [("电池存放总量", "<=", 30, "吨"), ("堆垛间距", ">=", 1.5, "米")]


def test_a_list_of_companies_is_no_table_of_duties() -> None:
    table = [["序号", "企业名称", "报送率"], ["1", "海岳循环公司", "71%"]]
    assert duties_of("现将名单公布。", table=table) == ()
