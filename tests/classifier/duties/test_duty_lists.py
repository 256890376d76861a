"""Lists: whose items are duties, which are documents, and which are only cases."""

from __future__ import annotations

from tests.classifier.duties.notices import duties_of, lines_of

SECTIONS = (
    "二、备案要求\n（一）新设网点应当向县商务局备案，备案时应当提交下列材料：\n1.备案表；\n"
    "2.营业执照复印件。\n（二）网点应当公示收购价格。\n三、其他要求\n（一）网点不得拆解旧电池。"
)


def test_a_list_of_documents_ends_where_the_numbers_of_its_section_go_on() -> None:
    found = {duty.act: duty.documents for duty in duties_of(SECTIONS)}
    assert found == {
        "file": (),
        "provide": ("备案表", "营业执照复印件"),
        "publish": (),
        "dismantle": (),
    }


def test_points_of_an_item_are_no_items_of_the_article() -> None:
    text = (
        "第三条 企业应当遵守下列规定：\n（一）建立台账，内容包括：\n1.来源；\n2.去向；\n"
        "（二）公开电池去向。\n第九条 违反第三条第二项规定的，处一万元罚款。"
    )
    fined = [duty.object for duty in duties_of(text) if duty.sanctions]
    assert fined == ["电池去向"]


def test_who_is_forbidden_something_may_stand_behind_the_verb() -> None:
    text = "第六条 禁止任何单位和个人实施下列行为：\n（一）擅自拆解旧电池；\n（二）倾倒电解液。"
    assert lines_of(text) == [
        "anyone must_not dismantle [旧电池]",
        "anyone must_not dispose [电解液]",
    ]


def test_a_paragraph_after_its_article_s_list_goes_on_with_it() -> None:
    text = (
        "第九条 汽车生产企业应当履行下列义务：\n（一）建立回收网点。\n"
        "网点信息发生变更的，应当在10日内重新公布。"
    )
    assert lines_of(text)[1] == "vehicle_maker must publish [网点信息]"


def test_cases_are_no_duties_the_sentence_that_opens_them_is() -> None:
    text = (
        "第八条 综合利用企业有下列情形之一的，应当自发生之日起30日内申请变更登记：\n"
        "（一）法定代表人变更的；\n（二）厂址迁移的。"
    )
    assert lines_of(text) == ["recycler must apply [变更登记]"]
    assert (
        lines_of("符合下列条件的企业，可以申请补助：\n（一）依法设立；\n（二）按期报送信息。") == []
    )


def test_a_preamble_that_allows_something_allows_not_what_follows() -> None:
    text = (
        "为方便企业，可以现场咨询，现将有关事项通知如下：\n一、附件：申请表。\n二、联系人：张某。"
    )
    assert lines_of(text) == []


def test_conditions_name_what_a_company_has_not_who_it_is() -> None:
    text = (
        "第五条 综合利用企业应当符合下列条件：\n（一）具有独立法人资格；\n（二）退役军人；\n"
        "（三）年处理能力不低于一万吨。"
    )
    assert [duty.object for duty in duties_of(text)] == ["具有独立法人资格", "年处理能力"]


def test_rows_of_a_table_bound_a_value_or_say_what_to_do() -> None:
    table = [
        ["项目", "要求"], ["室内温度", "不高于35℃"], ["堆垛间距", "≥1.5 m"],
        ["视频监控", "录像保存不少于90天"],
    ]  # fmt: skip
    found = duties_of("贮存单位应当符合附表所列指标。", table=table)
    limits = [(duty.act, duty.limit and (duty.limit.value, duty.limit.unit)) for duty in found]
    assert limits == [("comply", (35, "℃")), ("comply", (1.5, "m")), ("keep_records", (90, "天"))]
    assert {duty.who.role for duty in found} == {"warehouse"}
