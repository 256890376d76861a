"""What follows a breach is bound by article, by what stands before it, or by the conduct."""

from __future__ import annotations

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
