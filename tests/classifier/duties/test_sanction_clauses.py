"""Clauses on liability in many drafting styles: each punishes what it names, and nothing else."""

from __future__ import annotations

import pytest

from tests.classifier.duties.notices import duties_of

# three duties of an act that the clauses below punish one by one
ACT = (
    "第六条 回收企业应当自取得营业执照之日起20日内向县商务局备案。\n"
    "第七条 回收企业应当建立电子台账。电子台账保存不少于5年。\n"
    "第八条 综合利用企业不得接收来源不明的废旧动力电池。\n"
)
FILE, RECORDS, TAKE = "file []", "keep_records [电子台账]", "take_back [来源不明的废旧动力电池]"
Bound = dict[str, list[str]]


def bound(text: str) -> Bound:
    """The sanctions of each duty that has any: kinds, least and most."""
    return {
        f"{duty.act} [{duty.object}]": [
            " ".join([*one.kinds, *(str(v) for v in (one.min, one.max) if v is not None)])
            for one in duty.sanctions
        ]
        for duty in duties_of(text)
        if duty.sanctions
    }


CLAUSES: list[tuple[str, Bound]] = [
    (
        "第二十条 违反本办法第六条规定的，责令限期改正，处2000元以上1万元以下罚款；情节严重的，"
        "吊销营业执照。对直接负责的主管人员处500元以上2000元以下罚款。",
        {FILE: ["order_to_correct fine revocation 2000 10000"]},
    ),
    (
        "第二十条 违反第八条规定的，处5万元以上10万元以下罚款。\n"
        "第二十一条 违反第六条规定的，依照第二十条的规定处罚。",
        {FILE: ["fine 50000 100000"], TAKE: ["fine 50000 100000"]},
    ),
    (
        "第二十条 违反第七条规定的，给予警告，可以并处1万元以下罚款；两年内再次违反的，"
        "处1万元以上3万元以下罚款。",
        {RECORDS: ["warning fine 30000"]},
    ),
    (
        "第二十条 违反第七条规定的，处5000元以下罚款。违法行为轻微并及时改正，没有造成危害后果的，"
        "不予处罚。",
        {RECORDS: ["fine 5000"]},
    ),
    (
        "第二十条 商务主管部门工作人员违反第六条规定，不依法办理备案的，依法给予处分；"
        "回收企业违反第六条规定未备案的，处1000元罚款。",
        {FILE: ["fine 1000 1000"]},
    ),
    ("去年，某企业因未建立台账被罚款6万元。", {}),
    ("第二十条 违反《固体废物污染环境防治法》第八条规定的，处10万元以上100万元以下罚款。", {}),
    (
        "第二十条 有下列行为之一的，责令改正，处1万元以上3万元以下罚款：\n"
        "（一）违反第六条规定，未按期备案的；\n（二）违反第八条规定，接收来源不明的废旧动力电池的。",
        {FILE: ["order_to_correct fine 10000 30000"], TAKE: ["order_to_correct fine 10000 30000"]},
    ),
    (
        "第二十条 违反第八条规定的，没收违法所得，处2万元以上5万元以下罚款。\n"
        "有前款行为，造成环境污染的，处10万元以上20万元以下罚款。",
        {TAKE: ["fine confiscation 20000 50000", "fine 100000 200000"]},
    ),
    (
        "第二十条 违反第八条规定的，处2万元以上5万元以下罚款。\n"
        "第二十一条 有前条行为，拒不改正的，吊销许可证。",
        {TAKE: ["fine 20000 50000", "revocation"]},
    ),
    (
        "第二十条 违反第六条规定，逾期未备案的，每逾期一日处200元罚款，最高不超过1万元。",
        {FILE: ["fine 10000"]},
    ),
    (
        "第二十条 违反第八条规定的，没收违法所得，并处违法所得1倍以上5倍以下的罚款；"
        "没有违法所得或者违法所得不足1万元的，处1万元以上5万元以下罚款。",
        {TAKE: ["fine confiscation 10000 50000"]},
    ),
    (
        "第二十条 违反第八条规定接收来源不明电池的，由公安机关依照《治安管理处罚法》第六十条处罚；"
        "违反第六条规定的，由商务主管部门处1万元罚款。",
        {FILE: ["fine 10000 10000"]},
    ),
    ("第二十条 擅自倾倒电解液的，处5万元罚款。", {"dispose [电解液]": ["fine 50000 50000"]}),
    ("第二十条 法律、法规对第六条规定的行为另有处罚规定的，从其规定。", {}),
]


@pytest.mark.parametrize(("clause", "expected"), CLAUSES)
def test_a_clause_of_an_act_with_articles(clause: str, expected: Bound) -> None:
    assert bound(ACT + clause) == expected


TEXTS: list[tuple[str, Bound]] = [
    (
        "第五条 任何单位和个人不得擅自拆解动力电池。\n第九条 违反第五条规定的，"
        "对单位处1万元以上5万元以下罚款，对个人处500元以上1000元以下罚款。",
        {"dismantle [动力电池]": ["fine 500 50000"]},
    ),
    (
        "一、各维修企业应当于每月5日前报送更换信息，逾期未报送的，约谈负责人并记入信用档案。\n"
        "二、各维修企业应当公示收费标准。",
        {"report [更换信息]": ["credit_record"]},
    ),
    (
        "一、综合利用企业应当遵守《回收办法》（政发〔2026〕3号）第八条的规定，不得转让电池。\n"
        "二、违反《回收办法》（政发〔2026〕3号）第八条的，按照该办法第二十条处5万元罚款。",
        {},
    ),
    (
        "第十条 综合利用企业应当：\n（一）建立台账；\n（二）公开去向；\n（三）安装监控；\n"
        "（四）开展自查。\n第二十条 违反第十条第一项至第三项规定的，处1万元罚款；"
        "违反第十条第四项的，予以警告。",
        {
            "keep_records []": ["fine 10000 10000"], "publish [去向]": ["fine 10000 10000"],
            "equip [监控]": ["fine 10000 10000"], "verify [自查]": ["warning"],
        },
    ),
    (
        "第三条 承运人应当随车携带联单。\n承运人不得混装。\n"
        "第四条 违反第三条第二款的，处5000元罚款。",
        {"transport []": ["fine 5000 5000"]},
    ),
    (
        "第三条 承运人应当随车携带联单，并不得混装其他货物。\n"
        "第四条 承运人违反第三条规定，混装其他货物的，处5000元罚款。",
        {"transport [其他货物]": ["fine 5000 5000"]},
    ),
    (
        "一、回收网点应当公示收费标准。\n二、回收网点不得拒收个人交来的电池。\n"
        "三、对拒收电池的网点，处1000元罚款；对未公示收费标准的，责令改正。",
        {
            "publish [收费标准]": ["order_to_correct"],
            "take_back [个人交来的电池]": ["fine 1000 1000"],
        },
    ),
    (
        "一、回收网点应当公示收费标准。\n二、对非法处置电解液的，处10万元罚款。",
        {"dispose [电解液]": ["fine 100000 100000"]},
    ),
    (
        "一、禁止在居民区贮存废旧动力电池。\n二、禁止使用非专用车辆运输废旧动力电池。\n"
        "三、违反本通告规定的，责令改正，处1万元以上3万元以下罚款。",
        {
            "store [废旧动力电池]": ["order_to_correct fine 10000 30000"],
            "transport [废旧动力电池]": ["order_to_correct fine 10000 30000"],
        },
    ),
    (
        "一、企业应当报送库存。\n二、托运人应当做到：\n（一）托运前放电；\n（二）使用防爆箱包装。\n"
        "违反上述规定的，由交通运输部门处2000元以上1万元以下罚款。",
        {"other [放电]": ["fine 2000 10000"], "pack []": ["fine 2000 10000"]},
    ),
    (
        "第六条 网点应当公示价格。\n第十五条 违反第六条的，责令改正；逾期不改的，"
        "处500元以上2000元以下罚款；首次违法且及时改正的，可以不予处罚。",
        {"publish [价格]": ["order_to_correct fine 500 2000"]},
    ),
    ("网点应当公示收费标准。电解液泄漏造成污染的，依法处5万元罚款。", {}),
    ("某公司未备案被罚款3万元。各企业应当在开业前备案。", {}),
    (
        "问：不备案会怎样？\n答：企业应当在开业前备案。未备案的，责令改正，并处3000元罚款。",
        {"file []": ["order_to_correct fine 3000 3000"]},
    ),
    (
        "企业应当在15日内完成整改。逾期未整改的，暂停其平台账户，整改完成后恢复。",
        {"correct [整改]": ["suspension"]},
    ),
    (
        "第五条 承运人应当随车携带联单。\n托运人应当填写联单。\n"
        "第九条 违反第五条规定，托运人未填写联单的，处5000元罚款。",
        {"report [联单]": ["fine 5000 5000"]},
    ),
    (
        "第五条 承运人应当随车携带联单。\n第九条 承运人有下列情形之一的，处2000元罚款：\n"
        "（一）未随车携带联单；\n（二）擅自变更路线。",
        {"provide [联单]": ["fine 2000 2000"]},
    ),
    (
        "第五条 回收企业应当建立台账，并每月报送库存。\n"
        "第十二条 违反本办法规定，回收企业未建立台账的，处1万元以下罚款。",
        {"keep_records []": ["fine 10000"]},
    ),
    (
        "三、未经许可，任何单位和个人不得出口废电池。\n四、违反本公告规定出口的，"
        "处违法经营额五倍以上十倍以下罚款；没有违法经营额的，处五十万元以上三百万元以下罚款。",
        {"export [废电池]": ["fine 500000 3000000"]},
    ),
    (
        "第三条 从事收集的单位应当取得收集许可证。\n"
        "第十五条 无许可证从事收集的，处10万元以上100万元以下罚款。",
        {"obtain_permit [收集许可证]": ["fine 100000 1000000"]},
    ),
    (
        "各企业应当于9月30日前开展自查。对自查不认真的企业，暂停推荐其申报示范。",
        {"verify [自查]": ["suspension"]},
    ),
    (
        "第十条 综合利用企业应当于次月10日前通过省固废系统申报上月数据。\n"
        "第二十条 综合利用企业未按第十条规定申报数据的，处二万元以上五万元以下罚款。",
        {"report [上月数据]": ["fine 20000 50000"]},
    ),
    (
        "一、网点应当于11月15日前完成信息核对。\n二、期满仍未完成信息核对的网点，从公开目录中移除。",
        {"verify [信息核对]": ["delisting"]},
    ),
    (
        "自公告之日起，被撤销企业不得以规范企业名义开展宣传。违者移交市场监管部门处理。",
        {"use [规范企业名义]": ["referral"]},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_text_with_its_own_sanction(text: str, expected: Bound) -> None:
    assert bound(text) == expected


def test_the_steps_of_a_discretion_table_name_their_case_and_sum() -> None:
    heads = ("违法行为", "法律依据", "裁量阶次", "适用情形", "裁量标准")
    offence, basis = "汽车生产企业未设立回收服务网点", "《管理办法》第三十条"
    table = (
        heads,
        (offence, basis, "轻微", "首次且期限内改正", "不予处罚"),
        (offence, basis, "一般", "缺少1-3个", "1万元以上2万元以下"),
        (offence, basis, "严重", "缺少4个以上", "2万元以上3万元以下罚款"),
    )
    [duty] = duties_of("现予公布。", table=table)
    [sanction] = duty.sanctions
    assert (sanction.article, sanction.min, sanction.max) == ("第三十条", 10000, 30000)
    assert [(tier.condition, tier.min, tier.max) for tier in sanction.tiers] == [
        ("轻微：首次且期限内改正", None, None),
        ("一般：缺少1-3个", 10000, 20000),
        ("严重：缺少4个以上", 20000, 30000),
    ]
