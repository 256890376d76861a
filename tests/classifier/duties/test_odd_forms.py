"""Short and odd forms: one paragraph, items inside it, notes on papers, rows between bars."""

from __future__ import annotations

import pytest

from tests.classifier.duties.notices import duties_of, fines_of, lines_of, times_of


@pytest.mark.parametrize(
    ("text", "line"),
    [
        # whom a relative clause before the comma binds
        (
            "自2027年3月1日起，从事旧车出口的企业，应当在报关前上传电池检测报告。",
            "exporter must report [电池检测报告]",
        ),
        (
            "第三条 年回收量超过50吨的单位，应当投保环境污染责任保险。",
            "any_company must equip [环境污染责任保险]",
        ),
        ("港口海事机构应当自收到申报之日起2日内作出决定。", "authority must decide [申报]"),
        ("请市内维修企业于6月30日前报送网点台账。", "repair_shop must report [网点台账]"),
        (
            "进口黑粉的，收货人应当在洋浦港申报。",
            "importer must declare [黑粉]",
        ),
        (
            "网点收到废旧动力电池后，应当在20日内移交符合国家规定条件的综合利用企业。",
            "collection_outlet must hand_over [废旧动力电池]",
        ),
        (
            "车主申请退还押金的，回收服务网点应当在15日内退还。",
            "collection_outlet must pay [押金]",
        ),
        ("承运人应当将荷电状态降至40%以下。", "carrier must comply [荷电状态]"),
        ("托运人应当向承运人提交安全评估意见。", "consignor must provide [安全评估意见]"),
        ("检测机构应当将报告上传云岭检测云。", "testing_lab must report [报告]"),
    ],
)
def test_who_must_do_what(text: str, line: str) -> None:
    assert lines_of(text) == [line]


@pytest.mark.parametrize(
    "text",
    [
        "《云岭省回收办法》的施行日期由2027年1月1日推迟至2027年3月1日。",
        "仓储企业宜在包装件上加贴标签。",
        "1.云岭某某循环科技有限公司（第二批）；",
        "检查发现，部分企业存在信息长期不报的情况，现予通报。",
        "两年内不予认证。",
    ],
)
def test_what_orders_nothing(text: str) -> None:
    assert lines_of(text) == []


def test_who_may_take_part_must_not() -> None:
    (duty,) = duties_of("有意参加的单位请于5月9日前登录门户网站报名。")
    assert (duty.modality, duty.act) == ("may", "register")


def test_the_old_system_that_stops_is_no_duty() -> None:
    text = (
        "一、自2027年1月11日起，进口企业应当通过新系统报送电池编码，原系统（old.example）停止受理。"
    )
    assert lines_of(text) == ["importer must report [电池编码]"]


def test_a_note_on_a_paper_is_no_limit_of_the_duty() -> None:
    (declared,) = duties_of("托运人应当提交检测报告（出具日期距申报之日不超过20日）、装箱证明书。")
    assert declared.documents == ("检测报告", "装箱证明书")
    assert declared.limit is None


def test_items_numbered_inside_a_paragraph_are_the_papers_of_its_duty() -> None:
    text = (
        "第四条 维修企业应当遵守下列规定：\n"
        "（一）向网点移交时，提供下列材料：1.移交单；2.检查记录；3.维修工单。"
    )
    (handed,) = duties_of(text)
    assert (handed.act, handed.documents) == ("provide", ("移交单", "检查记录", "维修工单"))


def test_items_under_addressees_leave_their_doers_out() -> None:
    text = (
        "各有关单位：\n一、综合利用企业于每月10日前报送台账。\n"
        "二、各县区工信局每季度末月25日前报送汇总表。"
    )
    assert lines_of(text) == ["recycler must report [台账]", "authority must report [汇总表]"]
    assert times_of(text) == ["each monthly:10", "each quarterly"]


def test_a_false_form_breaks_the_duty_to_hand_it_in() -> None:
    text = "网点应当于12月20日前填报自查表。\n自查表弄虚作假的，处2万元以下罚款。"
    assert fines_of(text) == {"report [自查表]": [(None, 20000)]}


def test_the_two_items_before_are_named() -> None:
    text = (
        "一、网点应当建立电池台账。\n二、网点应当公示回收价格。\n"
        "三、违反前两项规定的，处1万元以下罚款。"
    )
    assert fines_of(text) == {
        "keep_records [电池台账]": [(None, 10000)],
        "publish [回收价格]": [(None, 10000)],
    }


def test_an_empty_cell_goes_on_with_the_offence_above() -> None:
    table = (
        ("违法行为", "情节", "处罚档次"),
        ("收集企业未按期移交废旧动力电池（第九条）", "超期30日内", "处1000元以上3000元以下罚款"),
        ("", "超期30日以上", "处3000元以上2万元以下罚款"),
    )
    (duty,) = duties_of("", table=table)
    assert (duty.who.role, duty.act) == ("collection_company", "hand_over")
    assert [(one.min, one.max) for one in duty.sanctions] == [(1000, 20000)]


def test_a_day_without_a_year_takes_that_of_its_row() -> None:
    table = (("责任主体", "任务", "完成时限"), ("各区经信局", "12月10日前报送情况", "2028年12月"))
    (duty,) = duties_of("", table=table)
    assert duty.when is not None
    assert duty.when.date == "2028-12-10"


def test_rows_between_bars_are_a_table() -> None:
    text = "责任主体 | 任务 | 完成时限\n综合利用企业 | 报送自查报告 | 2027年1月31日前"
    (duty,) = duties_of(text)
    assert (duty.who.role, duty.act, duty.object) == ("recycler", "report", "自查报告")
