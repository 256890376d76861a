"""Whom a duty binds: named, inherited from its list, sentence or addressee, never guessed."""

from __future__ import annotations

import pytest

from tests.classifier.duties.notices import duties_of, lines_of

ROLES = [
    ("电池生产企业应当核对编码清单。", "battery_maker"),
    ("进口新能源汽车的企业应在放行后15个工作日内上传车辆信息。", "vehicle_importer"),
    ("报废机动车回收拆解企业须核对电池编码。", "vehicle_dismantler"),
    ("托运人必须查验电池包装。", "consignor"),
    ("区县工业和信息化主管部门应当核对网点清单。", "authority"),
    ("任何单位和个人不得拆解动力电池。", "anyone"),
    ("换电运营企业终止经营的，应当书面告知用户。", "swap_operator"),
    ("请各综合利用企业于9月20日前核对编码清单。", "recycler"),
    ("电池核对工作由检测机构负责，检测机构应当核对编码清单。", "testing_lab"),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_the_named_role_is_bound(text: str, role: str) -> None:
    assert [line.split()[0] for line in lines_of(text)] == [role]


def test_items_inherit_the_subject_of_their_chapeau() -> None:
    text = (
        "第四条 网点经营者应当履行下列义务：\n（一）核对电池编码；\n（二）不得收购来源不明的电池。"
    )
    assert lines_of(text) == [
        "collection_outlet must verify [电池编码]",
        "collection_outlet must_not take_back [来源不明的电池]",
    ]


def test_a_paragraph_hands_on_its_subject_only_to_clauses_without_a_topic() -> None:
    text = "第六条 回收企业应当备案。备案事项变更的，应当自变更之日起十五个工作日内办理变更手续。"
    assert lines_of(text)[1].startswith("collection_company must")
    text = "第六条 回收企业应当备案。破损电池应当单独包装。"
    assert lines_of(text)[1] == "None must pack [破损电池]"


def test_the_only_addressee_is_meant_where_no_one_is_named() -> None:
    assert lines_of("各换电运营企业：\n请于9月20日前报送换电站清单。") == [
        "swap_operator must report [换电站清单]"
    ]


@pytest.mark.parametrize(
    "addressees", ["各市工业和信息化局、各有关企业：", "各综合利用企业、电池生产企业："]
)
def test_of_several_addressees_none_is_guessed(addressees: str) -> None:
    assert lines_of(f"{addressees}\n请于9月20日前报送电池清单。") == ["None must report [电池清单]"]


def test_a_company_role_beside_offices_is_meant() -> None:
    text = "各市应急管理局，各仓储企业：\n破损电池应当单独存放。"
    assert lines_of(text) == ["warehouse must store [破损电池]"]


def test_those_whom_an_office_gathers_are_bound() -> None:
    text = "请组织辖区内综合利用企业于9月20日前报送自查报告。"
    assert lines_of(text) == ["recycler must report [自查报告]"]


def test_an_office_hands_its_duty_on_to_no_one() -> None:
    text = "我中心自受理之日起5个工作日内办结。备案后不得出借编码。"
    assert [line.split()[0] for line in lines_of(text)] == ["authority", "None"]


def test_a_clause_with_its_own_subject_is_not_the_one_before_it() -> None:
    text = "移出人应当填写电子联单，运输单位凭联单运输，接收单位应当核对联单。"
    assert lines_of(text) == [
        "consignor must report [电子联单]",
        "any_company must verify [联单]",
    ]


def test_a_role_in_a_title_names_no_one() -> None:
    text = "现将《换电运营企业管理规定》要求的平台账户迁移，延期至2026年9月30日前完成。"
    assert lines_of(text) == ["None must connect [平台账户]"]


@pytest.mark.parametrize("stage", ["news", "case", "reply", "training"])
def test_a_text_that_obliges_nobody_has_no_duties(stage: str) -> None:
    text = "企业应当于8月底前补报全部逾期数据。"
    assert lines_of(text) == ["any_company must report [全部逾期数据]"]
    assert lines_of(text, stage=stage) == []


def test_who_is_called_you_is_who_is_addressed() -> None:
    text = "各汽车生产企业：\n请你公司做好以下工作：\n一、核查所属网点，9月25日前完成整改。"
    assert {duty.who.role for duty in duties_of(text)} == {"vehicle_maker"}


def test_by_whom_it_is_done_stands_behind_a_preposition() -> None:
    text = "进口电池的，由进口商在放行之日起15日内上传编码信息。"
    assert lines_of(text) == ["importer must report [编码信息]"]


def test_a_company_that_works_in_a_place_is_the_subject() -> None:
    text = "在本市从事电池运输的企业，应当在开业前15日备案。"
    assert lines_of(text) == ["any_company must file []"]


def test_specific_parties_are_not_dropped_beside_a_role() -> None:
    text = "移出单位、承运单位、接收单位应当填写电子联单。"
    assert {duty.who.role for duty in duties_of(text)} == {"consignor", "carrier", "any_company"}


def test_the_role_that_the_title_names_is_bound_where_nobody_is_named() -> None:
    found = duties_of("应当于9月30日前报送信息。", title="关于综合利用企业信息报送的通知")
    assert [duty.who.role for duty in found] == ["recycler"]
    found = duties_of("破损的旧电池应当单独存放。", title="关于综合利用企业信息报送的通知")
    assert [duty.who.role for duty in found] == [None]


def test_what_is_passed_on_by_an_office_names_the_office() -> None:
    [duty] = duties_of("企业应当通过省级主管部门报送执行情况。")
    assert (duty.who.role, duty.where and duty.where.name) == ("any_company", "省级主管部门")
