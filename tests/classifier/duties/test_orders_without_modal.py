"""Duties of sentences without modal verb: under headings, in articles, before 方可, in tables."""

from __future__ import annotations

import pytest

from tests.classifier.duties.notices import duties_of, lines_of, times_of

HEADED: list[tuple[str, list[str]]] = [
    (
        "一、仓储企业\n1.库存量控制在30吨以内；\n2.每日巡查库区一次。\n二、物流企业\n1.装车前检测绝缘。",
        [
            "warehouse must store [库存]",
            "warehouse must inspect [库区]",
            "carrier must test [绝缘]",
        ],
    ),
    ("（一）对换电站的要求\n1.建立充电台账。", ["swap_operator must keep_records [充电台账]"]),
    # a heading that asks somebody to apply, and one that names offices, order nothing
    ("一、申报主体\n1.建立充电台账。", []),
    ("各市商务主管部门：\n一、建立台账，加强管理。", []),
    # what an act or a role begins is no heading
    ("汽车生产企业应当设立收集点。", ["vehicle_maker must build [收集点]"]),
]
ORDERED: list[tuple[str, list[str]]] = [
    (
        "第三条 收集企业每月核对库存，每季度末报送出库数量。",
        ["collection_company must verify [库存]", "collection_company must report [出库数量]"],
    ),
    (
        "第四条 会员单位不收购来源不明的电池，不开展无证拆解。",
        [
            "any_company must_not take_back [来源不明的电池]",
            "any_company must_not dismantle [无证拆解]",
        ],
    ),
    ("第五条 回收信息填报由拆解企业负责。", ["vehicle_dismantler must report [回收信息]"]),
    (
        "第六条 交接单第一联由收集企业留存，第二联由物流企业保管。",
        [
            "collection_company must keep_records [交接单第一联]",
            "carrier must keep_records [第二联]",
        ],
    ),
    ("（一）漏液的电池装入专用箱；", ["None must pack [漏液的电池]"]),
    ("第七条 库区入口悬挂禁火标志。", ["None must label [禁火标志]"]),
    # told, not ordered
    ("第八条 综合利用企业是资源循环的重要主体。", []),
    ("第九条 综合利用企业已建成网点三百个。", []),
    ("近期综合利用企业报送数据量增长。", []),
    ("一、申报条件。在本市注册、经营满一年的收集企业。", []),
]
GATES: list[tuple[str, str, str]] = [
    (
        "第三条 电池经检测合格后，企业方可出库。",
        "any_company must test [电池]",
        "before dispatch",
    ),
    (
        "收集单位须经市商务局备案后方可经营。",
        "collection_company must file [经营]",
        "before other",
    ),
    (
        "发货人取得出口核准单后方可装船。",
        "consignor must obtain_permit [出口核准单]",
        "before other",
    ),
    ("新建库房经验收合格方可启用。", "None must verify [新建库房]", "before other"),
]


@pytest.mark.parametrize(("text", "expected"), HEADED)
def test_a_heading_says_whom_its_items_bind(text: str, expected: list[str]) -> None:
    assert lines_of(text) == expected


@pytest.mark.parametrize(("text", "expected"), ORDERED)
def test_an_article_orders_without_modal_verb(text: str, expected: list[str]) -> None:
    assert lines_of(text) == expected


@pytest.mark.parametrize(("text", "line", "time"), GATES)
def test_what_has_to_come_first_is_a_duty_before_it(text: str, line: str, time: str) -> None:
    assert lines_of(text) == [line]
    assert times_of(text) == [time]


def test_an_order_after_a_prohibition_is_no_prohibition() -> None:
    text = "第三条 企业不得挪用保证金；每季度末向市商务局报送专户余额。"
    assert lines_of(text)[1] == "any_company must report [专户余额]"
    text = "不合格的货物不得销售，由进口商在海关监督下退运。"
    assert lines_of(text)[1].startswith("importer must return_goods")


def test_an_undertaking_binds_who_gives_it() -> None:
    text = "本单位承诺：\n1.信息真实、准确、完整；\n2.未通过核查前，不开展收集活动；\n3.取得许可后30日内建成仓库。"
    assert lines_of(text) == [
        "any_company must_not take_back [活动]",
        "any_company must build [仓库]",
    ]


def test_a_limit_said_as_a_state_is_a_limit() -> None:
    limits = [
        duty.limit for duty in duties_of("仓储企业应当把库温控制在30℃以下，堆间距保持在1.5米以上。")
    ]
    assert [(item.comparator, item.value) for item in limits if item] == [("<=", 30), (">=", 1.5)]


def test_the_documents_that_are_listed_first_are_those_handed_in() -> None:
    text = (
        "二、报送的材料包括：\n（一）自查报告；\n（二）审计报告。\n"
        "三、企业应于2月10日前将上述材料一式两份报市商务局。"
    )
    found = duties_of(text)
    assert [duty.documents for duty in found] == [("自查报告", "审计报告")]


def test_the_company_that_asks_is_the_one_that_is_told() -> None:
    text = "问：我们是梯次利用企业，何时开户？\n答：贵公司应当在30日内开户。"
    assert lines_of(text)[0].startswith("cascade_user must register")


def test_a_long_clause_names_at_its_end_whom_it_means() -> None:
    text = "本公告发布前已从事退役电池出口的经营者，应当于2026年12月31日前登记。"
    assert lines_of(text)[0].startswith("exporter must register")
    text = "从事废动力电池回收经营活动的，应当自取得营业执照之日起7日内备案。"
    assert lines_of(text)[0].startswith("collection_company must file")


def test_a_task_of_a_table_may_hold_several_acts() -> None:
    table = [
        ["节点任务", "责任单位", "完成时间"],
        ["编制改造方案，报商务部门备案", "各网点建设企业", "2026年8月5日前"],
    ]
    found = duties_of("请对照下表落实。", table=table)
    assert [(duty.act, duty.when and duty.when.date) for duty in found] == [
        ("build", "2026-08-05"), ("file", "2026-08-05"),
    ]  # fmt: skip


def test_a_negative_list_forbids_what_it_calls_forbidden() -> None:
    table = [
        ["序号", "类别", "内容"], ["1", "禁止类", "露天焚烧废旧电池"],
        ["2", "限制类", "新建湿法冶炼项目"],
    ]  # fmt: skip
    found = duties_of("现公布清单。", title="产业准入负面清单", table=table)
    assert [(duty.modality, duty.act, duty.object) for duty in found] == [
        ("must_not", "dispose", "废旧电池")
    ]


def test_a_breach_that_only_a_sanction_names_has_its_time() -> None:
    text = "第五条 备案信息变化未在10日内报告的，由商务部门处一千元罚款。"
    assert times_of(text) == ["within P10D change"]
