"""What follows a breach is bound by article, by what stands before it, or by the conduct."""

from __future__ import annotations

import pytest

from tests.classifier.duties.notices import duties_of, fines_of

NONE: list[tuple[float | None, float | None]] = []


def test_an_article_s_sanction_punishes_that_article_only() -> None:
    text = (
        "第八条 企业应当报送入库信息。\n第九条 企业应当公开电池去向。\n"
        "第二十条 违反本办法第八条规定的，处一万元以上三万元以下罚款。"
    )
    assert fines_of(text) == {"report [入库信息]": [(10000, 30000)], "publish [电池去向]": NONE}


def test_items_are_named_one_by_one_and_after_their_article() -> None:
    text = (
        "第十二条 企业不得有下列行为：\n（一）改装动力电池；\n（二）伪造电池编码。\n"
        "第三十条 违反第十二条第一项规定的，处二万元罚款；违反第二项规定的，处五万元罚款。"
    )
    assert fines_of(text) == {
        "cascade [动力电池]": [(20000, 20000)],
        "code [电池编码]": [(50000, 50000)],
    }


def test_of_an_article_s_duties_the_conduct_chooses() -> None:
    text = (
        "第五条 企业应当建立回收网点，并向商务部门备案。\n"
        "第十九条 违反本办法第五条规定，未备案的，处五千元以上一万元以下罚款。"
    )
    assert list(fines_of(text).values()) == [NONE, [(5000, 10000)]]


def test_the_cases_of_an_article_are_kept_apart() -> None:
    text = (
        "第十一条 维修企业应当核验旧电池编码。维修企业不得将旧电池交付个人。\n"
        "第十八条 违反第十一条规定，有下列情形之一的，按照以下标准处罚：\n"
        "（一）未核验旧电池编码的，处五千元以下罚款；\n（二）将旧电池交付个人的，没收违法所得。"
    )
    kinds = {duty.act: [item.kinds for item in duty.sanctions] for duty in duties_of(text)}
    assert kinds == {"verify": [("fine",)], "hand_over": [("confiscation",)]}


def test_sections_of_a_decision_are_its_articles() -> None:
    text = (
        "一、企业应当公布网点地址。\n二、网点不得拒收旧电池。\n"
        "三、违反本决定第一条的，处二千元罚款；网点违反前条规定的，处一千元罚款。"
    )
    assert fines_of(text) == {
        "publish [网点地址]": [(2000, 2000)],
        "take_back [旧电池]": [(1000, 1000)],
    }


def test_the_paragraph_before_and_the_steps_after() -> None:
    text = (
        "第七条 企业应当每年1月31日前报送年度报告。\n"
        "违反前款规定的，给予警告；拒不改正的，处三千元以下罚款。"
    )
    [duty] = duties_of(text)
    assert [(item.kinds, item.max) for item in duty.sanctions] == [(("warning", "fine"), 3000)]


def test_a_breach_in_the_same_paragraph_goes_back_to_its_duty() -> None:
    text = "收货人应当在30日内将货物退运出境；逾期不退运的，处五十万元以上一百万元以下罚款。"
    assert fines_of(text) == {"return_goods [货物]": [(500000, 1000000)]}
    text = "单位不得承运危险电池，违者处三万元以上十万元以下罚款。"
    assert fines_of(text) == {"transport [危险电池]": [(30000, 100000)]}


def test_what_refers_back_punishes_the_sentence_before_it() -> None:
    text = "生产者应当建立回收体系。违反上述规定的，处五万元以上五十万元以下罚款。"
    assert fines_of(text) == {"build [回收体系]": [(50000, 500000)]}


def test_items_of_an_act_without_articles_are_named_by_number() -> None:
    text = "要求如下：\n（五）不得将电池转卖给个人。\n对违反第（五）项的单位，纳入失信名单。"
    [duty] = duties_of(text)
    assert [item.kinds for item in duty.sanctions] == [("credit_record",)]


def test_a_question_names_what_its_answer_punishes() -> None:
    text = (
        "问：何时上传编码？\n答：进口商应在销售后15日内上传编码信息。\n"
        "问：逾期未上传怎么处理？\n答：由市场监管部门责令改正，处五千元以上三万元以下罚款。"
    )
    assert fines_of(text) == {"report [编码信息]": [(5000, 30000)]}


def test_a_wording_put_into_an_article_is_punished_with_it() -> None:
    text = (
        "一、将第七条“企业应当在30日内报送信息”修改为“企业应当在10日内报送信息”。\n"
        "二、将第十六条修改为：“违反本细则第七条规定的，处一万元以上三万元以下罚款。”"
    )
    assert fines_of(text) == {"report [信息]": [(10000, 30000)]}


def test_a_fine_beside_a_duty_that_it_does_not_punish_is_not_bound() -> None:
    text = "企业应当建立回收体系。无排污许可证排放污染物的，处二十万元以上一百万元以下罚款。"
    assert fines_of(text)["build [回收体系]"] == NONE
    text = "第四条 企业不得向个人转让电池。违反规定未报送信息的，处一万元罚款。"
    assert fines_of(text) == {"hand_over [电池]": NONE, "report [信息]": [(10000, 10000)]}


def test_other_acts_and_officials_are_not_meant() -> None:
    text = (
        "第八条 企业应当报送入库信息。\n"
        "第二十条 违反《安全生产法》第八条规定的，处一万元罚款。\n"
        "第二十一条 工作人员滥用职权的，依法给予处分。"
    )
    assert fines_of(text) == {"report [入库信息]": NONE}


def test_a_discretion_table_gives_one_duty_with_its_tiers() -> None:
    table = [
        ["违法行为", "处罚依据", "裁量情形", "裁量幅度"],
        ["综合利用企业未按规定报送入库信息", "第三十一条", "逾期30日以内", "处1万元以上2万元以下罚款"],
        ["综合利用企业未按规定报送入库信息", "第三十一条", "逾期30日以上", "处2万元以上3万元以下罚款"],
    ]  # fmt: skip
    [duty] = duties_of("现印发裁量基准。", table=table)
    [sanction] = duty.sanctions
    assert (duty.who.role, duty.modality, duty.act, duty.object) == (
        "recycler", "must", "report", "入库信息",
    )  # fmt: skip
    assert (sanction.min, sanction.max, sanction.article) == (10000, 30000, "第三十一条")
    assert [(tier.condition, tier.max) for tier in sanction.tiers] == [
        ("逾期30日以内", 20000),
        ("逾期30日以上", 30000),
    ]


ARTICLE = (
    "第十条 承运人应当遵守下列规定：\n（一）携带运输单证；\n（二）投保责任险；\n"
    "（三）上传行车轨迹；\n（四）设置警示标志。\n"
)


@pytest.mark.parametrize(
    ("breach", "punished"),
    [
        ("第十条第（一）项、第（三）项", [0, 2]),
        ("第十条第一项至第三项", [0, 1, 2]),
        ("第十条", [0, 1, 2, 3]),
        ("第九条至第十一条", [0, 1, 2, 3]),
        ("第十条第一款第四项", [3]),
    ],
)
def test_items_several_and_ranges(breach: str, punished: list[int]) -> None:
    text = f"{ARTICLE}第三十条 承运人违反本办法{breach}规定的，处二百元罚款。"
    fined = [index for index, duty in enumerate(duties_of(text)) if duty.sanctions]
    assert fined == punished


def test_paragraphs_of_the_own_article_and_those_named_after_them() -> None:
    text = (
        "第八条 网点不得拒收旧电池。\n网点应当公示价格。\n"
        "违反本条第一款规定的，处一千元罚款；违反第二款规定的，处二千元罚款。"
    )
    assert fines_of(text) == {
        "take_back [旧电池]": [(1000, 1000)],
        "publish [价格]": [(2000, 2000)],
    }


def test_a_semicolon_goes_on_with_the_article_named_before_it() -> None:
    text = (
        "第六条 生产企业应当上传监测数据。发现故障的，应当在一小时内报告消防机构。\n"
        "第十五条 违反第六条规定，未上传监测数据的，处五千元罚款；未按规定报告的，处一万元罚款。"
    )
    assert list(fines_of(text).values()) == [[(5000, 5000)], [(10000, 10000)]]


def test_each_verb_of_a_conduct_is_a_breach_of_its_own() -> None:
    text = (
        "第六条 企业应当上传监测数据。企业应当保存监测数据。企业应当公开价格。\n"
        "第十五条 违反第六条规定，未按规定上传、保存监测数据的，处五千元罚款。"
    )
    assert list(fines_of(text).values()) == [[(5000, 5000)], [(5000, 5000)], NONE]


def test_an_omission_that_or_joins_stays_an_omission_for_each_verb() -> None:
    text = (
        "第六条 企业应当赋予溯源编码。企业应当报送溯源信息。企业应当公开价格。\n"
        "第十五条 违反第六条规定，未按规定赋码或者报送溯源信息的，处五千元罚款。"
    )
    assert list(fines_of(text).values()) == [[(5000, 5000)], [(5000, 5000)], NONE]
    alone = "四、法律责任。未按规定赋码或者报送溯源信息的，责令改正，处一万元罚款。"
    assert {duty.modality.value for duty in duties_of(alone)} <= {"must"}


def test_a_forgery_punishes_the_ban_and_not_the_order_beside_it() -> None:
    text = (
        "第七条 检测机构应当出具检测报告，不得出具虚假检测报告。\n"
        "第三十条 检测机构违反第七条规定出具虚假检测报告的，处三万元罚款。"
    )
    modalities = {duty.modality.value: bool(duty.sanctions) for duty in duties_of(text)}
    assert modalities == {"must": False, "must_not": True}


def test_late_and_false_reports_break_the_report_and_the_ban() -> None:
    text = (
        "第九条 发生火灾的，企业应当在一小时内报告，不得瞒报。企业应当配备灭火器。\n"
        "第十一条 违反第九条规定，迟报、瞒报的，处一万元罚款。"
    )
    assert [bool(duty.sanctions) for duty in duties_of(text)] == [True, True, False]


def test_lacking_the_conditions_of_an_article_breaks_all_of_them() -> None:
    text = (
        "第四条 综合利用企业应当具备下列条件：\n（一）有污染防治设施；\n（二）有专业技术人员。\n"
        "第九条 不具备本办法第四条规定条件从事综合利用的，处一万元罚款。"
    )
    assert [bool(duty.sanctions) for duty in duties_of(text)] == [True, True]


def test_the_cases_of_a_chapeau_with_a_further_step_are_punished_with_both() -> None:
    text = (
        "第十二条 企业应当安装监控设备。企业应当每日检查场地。\n"
        "第二十一条 违反第十二条规定，有下列行为之一的，处一万元罚款；情节严重的，责令停产整治：\n"
        "（一）未安装监控设备的。"
    )
    kinds = [[item.kinds for item in duty.sanctions] for duty in duties_of(text)]
    assert kinds == [[("fine", "suspension")], []]


def test_a_company_s_fine_is_not_that_of_persons() -> None:
    text = (
        "第三条 企业不得擅自拆解电池。\n违反前款规定的，对单位处一万元以上三万元以下罚款，"
        "对个人处二百元罚款。"
    )
    assert fines_of(text) == {"dismantle [电池]": [(10000, 30000)]}
    everybody = text.replace("企业不得", "任何单位和个人不得")
    assert fines_of(everybody) == {"dismantle [电池]": [(200, 30000)]}


def test_what_its_people_pay_is_no_fine_of_the_company() -> None:
    text = (
        "第三条 企业应当报送信息。\n第九条 违反第三条规定的，处一万元罚款，"
        "并对直接负责的主管人员处五万元罚款。"
    )
    assert fines_of(text) == {"report [信息]": [(10000, 10000)]}


def test_sums_are_kept_apart_from_multiples_and_from_old_sums() -> None:
    text = (
        "第三条 企业不得出售旧电池。\n第九条 违反第三条规定的，处违法所得一倍以上三倍以下罚款；"
        "没有违法所得的，处一万元以上三万元以下罚款。"
    )
    assert fines_of(text) == {"sell [旧电池]": [(10000, 30000)]}
    text = (
        "第三条 企业应当报送信息。\n第九条 违反第三条的，处二万元罚款，原“五千元”的规定不再适用。"
    )
    assert fines_of(text) == {"report [信息]": [(20000, 20000)]}


def test_decisions_to_amend_name_article_and_paragraph() -> None:
    text = (
        "一、将第五条中的“三十日内”修改为“十五日内”，修改后的第五条为：“企业应当在十五日内报送信息。”\n"
        "二、第七条增加一款作为第二款：“网点应当公示价格。”\n"
        "三、将第十二条修改为：“违反第七条第二款的，处二千元罚款。”"
    )
    assert fines_of(text) == {"report [信息]": NONE, "publish [价格]": [(2000, 2000)]}
    assert [duty.article for duty in duties_of(text)] == ["第五条", "第七条"]


def test_tasks_of_a_table_that_are_not_done_in_time() -> None:
    table = [["任务", "责任单位", "完成时限"], ["公开网点地址", "汽车生产企业", "2026年9月30日前"]]
    text = "列入任务分工表的任务，未按时限完成的，取消其绿色工厂推荐资格。"
    [duty] = duties_of(text, table=table)
    assert [item.kinds for item in duty.sanctions] == [("delisting",)]


def test_of_two_bound_alike_the_offender_says_who_is_punished() -> None:
    text = (
        "第六条 回收网点应当公示价格。综合利用企业应当公示价格。\n"
        "第二十一条 回收网点未公示价格的，处二千元罚款。"
    )
    punished = {duty.who.role: bool(duty.sanctions) for duty in duties_of(text)}
    assert punished == {"collection_outlet": True, "recycler": False}


def test_a_late_report_breaks_the_order_to_report() -> None:
    text = "企业应当每月5日前报送数据。逾期报送的，给予警告。"
    assert [item.kinds for duty in duties_of(text) for item in duty.sanctions] == [("warning",)]


def test_what_is_found_in_a_check_punishes_no_check() -> None:
    text = "企业应当每月自查。检查中发现伪造数据的，处一万元罚款。"
    assert fines_of(text)["verify []"] == NONE


def test_other_acts_and_their_articles_punish_nothing_here() -> None:
    text = (
        "第五条 企业应当报送信息。\n第六条 生产、销售不合格产品的，依照《产品质量法》的规定处罚。\n"
        "第七条 违反《安全生产法》第五条规定的，处五万元罚款。"
    )
    assert fines_of(text) == {"report [信息]": NONE}


@pytest.mark.parametrize(
    "case",
    [
        "其中，某公司未按规定报送信息，被处罚款3万元。",
        "全省查处未报送信息案件12起，罚款合计86万元。",
        "对云山循环公司处罚款3万元，因其未报送信息。",
    ],
)
def test_the_sum_of_a_case_is_no_fine_of_the_rule(case: str) -> None:
    assert fines_of(f"企业应当报送信息。\n{case}") == {"report [信息]": NONE}


def test_a_decision_s_own_order_is_read_beside_the_new_wording() -> None:
    text = "将第六条“提前5日”调整为“提前3日”。承运企业应当按新要求报备运输计划。"
    assert fines_of(text) == {"file [运输计划]": NONE}
