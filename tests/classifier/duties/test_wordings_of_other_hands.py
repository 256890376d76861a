"""Wordings that other hands' acts have: cited articles, offices in lists, days before an event."""

from __future__ import annotations

import pytest

from tests.classifier.duties.notices import duties_of, fines_of, lines_of, times_of


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("答：细则第六条规定：“维修企业应当将旧电池移交回收网点。”延误一天也不行。",
         ["repair_shop must hand_over [旧电池]"]),
        ("请各网点：\n一、支队自收到材料之日起5个工作日内答复。",
         ["authority must decide [材料]"]),
        ("贮存单位应当遵守下列规定：\n（一）每层至少设置2处应急出口；\n（二）配备不少于3名专职人员。",
         ["warehouse must equip [应急出口]", "warehouse must equip [专职人员]"]),
        ("任何单位不得有下列行为：\n（一）未经检测合格销售翻新电池；",
         ["anyone must_not sell [翻新电池]"]),
        ("网点不得向个人出售电池，已经出售的，15日内追回。",
         ["collection_outlet must_not sell [电池]", "collection_outlet must other [追回]"]),
        ("贮存单位发现电池鼓包的，应当在2小时内转移至隔离区。", ["warehouse must store [电池]"]),
        ("各回收、拆解企业对照要点全面自查，并于6月5日前将自查表报区商务局。",
         ["collection_company must verify []", "vehicle_dismantler must verify []",
          "collection_company must report [自查表]", "vehicle_dismantler must report [自查表]"]),
        ("维修企业应告知客户不得自行拆解、转卖。",
         ["repair_shop must notify [客户不得自行拆解、转卖]"]),
        ("许可证到期需要延续的，企业应当在期满20日前申请。", ["any_company must apply [延续许可证]"]),
    ],
)  # fmt: skip
def test_duties_in_wordings_of_other_hands(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "未绑定的，11月1日起无法报送。",
        "五、报送时限和报送内容均不变。",
        "A级企业减少检查频次，检查间隔不少于12个月。",
        "请将本通知转发到辖区所有仓库。",
        "意见反馈截止日期：2026年9月20日。",
        "逾期未填报的，当年不得评为守信。",
        "六、下列行为按附表处理。",
        "监督检查不得妨碍企业正常生产经营。",
        "贮存企业的在库量不得高于2026年5月31日的在库量。",
    ],
)
def test_what_orders_companies_nothing(text: str) -> None:
    assert lines_of(text) == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("收集单位应当在开业15日前备案。", ["before P15D other"]),
        ("托运人应在装车3个工作日前提交装载方案。", ["before P3D other working"]),
        ("收集单位应于每月5日前报送数据。", ["each monthly:5"]),
        ("企业应当在9月30日前报送数据。", ["by 2026-09-30"]),
        ("生产者应当自首次在本省销售之日起60日内公布网点。", ["within P60D sale"]),
        ("收货人应当在货物抵达口岸3个工作日前，上传装运前检测报告。",
         ["before P3D arrival working"]),
        ("一、原文件要求既有网点于2026年9月10日前完成注册，现延长至2026年10月31日。",
         ["by 2026-10-31"]),
        ("已经存放的，9月12日前自行移交回收网点。", ["by 2026-09-12"]),
    ],
)  # fmt: skip
def test_times_in_wordings_of_other_hands(text: str, times: list[str]) -> None:
    assert times_of(text) == times


def test_a_false_report_of_another_thing_leaves_the_report_unpunished() -> None:
    text = (
        "一、托运人应当在开航前48小时申报电池信息；迟报的，处一万元以下罚款。\n"
        "二、瞒报危险货物的，处五万元以上十万元以下罚款。"
    )
    assert fines_of(text)["apply [电池信息]"] == [(None, 10000)]


def test_named_companies_have_what_their_row_asks_for() -> None:
    [report, *_] = [
        duty
        for duty in duties_of(
            "请各企业按附表要求整改。\n逾期未整改的，移出公告名单。",
            table=[
                ["企业名称", "整改要求", "完成期限"],
                ["东川兴业汽车拆解有限公司", "补录80组电池拆卸信息", "10月10日前"],
            ],
        )
        if duty.act == "report"
    ]
    assert (report.who.role, report.who.text) == ("vehicle_dismantler", "东川兴业汽车拆解有限公司")
    assert [item.kinds for item in report.sanctions] == [("delisting",)]


def test_papers_that_are_attached_are_documents() -> None:
    [duty] = duties_of("托运人须在装车5日前提出试运申请，并附试验概要和荷电状态检测单。")
    assert duty.documents == ("试验概要", "荷电状态检测单")


def test_a_row_of_fines_punishes_the_duty_of_the_text() -> None:
    found = fines_of(
        "一、拆解企业发现渗漏的，应当在3小时内报告分局。\n二、下列行为按附表处理。",
        table=[
            ["行为", "处理"],
            ["渗漏未在3小时内报告，主动报告的", "处2万元以上3万元以下罚款"],
            ["渗漏未在3小时内报告，被动发现的", "处3万元以上6万元以下罚款"],
        ],
    )
    assert found == {"report [发现渗漏]": [(20000, 60000)]}


def test_going_on_after_a_failed_assessment_forbids_no_assessment() -> None:
    assert lines_of("评估不合格仍继续运行的，处十万元以下罚款。") == []


def test_a_body_that_certifies_stops_accepting() -> None:
    text = "五、认证机构自公告发布之日起停止受理认证申请，已颁发的证书继续有效。"
    assert lines_of(text) == ["certifier must stop [受理认证申请]"]


def test_records_are_kept_from_the_day_they_are_sent() -> None:
    [duty] = duties_of("填报单位应当设置原始记录，原始记录自报送之日起留存不少于3年。")
    assert (duty.object, duty.limit and (duty.limit.value, duty.limit.unit)) == (
        "原始记录",
        (3, "年"),
    )


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("第五条 车间粉尘浓度不得超过4毫克/立方米。", ("车间粉尘浓度", 4, "毫克/立方米")),
        ("第五条 排放废水中镍浓度不得超过0.5mg/L。", ("排放废水中镍浓度", 0.5, "mg/L")),
        ("第六条 厂界噪声不高于60分贝。", ("厂界噪声", 60, "分贝")),
    ],
)
def test_units_of_emissions(text: str, limit: tuple[str, float, str]) -> None:
    [duty] = duties_of(text)
    assert duty.limit is not None
    assert (duty.limit.parameter, duty.limit.value, duty.limit.unit) == limit


def test_what_a_place_must_not_be_used_for_is_kept_whole() -> None:
    [duty] = duties_of("第七条 企业不得将专用贮存场所用于其他用途。")
    assert (duty.modality, duty.object) == ("must_not", "专用贮存场所用于其他用途")


def test_which_things_are_meant_is_no_limit() -> None:
    which = duties_of("网点应当对剩余容量低于60%的电池作报废处理。")
    assert [duty.limit for duty in which if duty.limit is not None] == []
    (kept,) = duties_of("网点贮存的电池荷电状态应当低于60%。")
    assert kept.limit is not None
