"""What a duty asks for: act, object, place, documents and limit."""

from __future__ import annotations

import pytest

from tests.classifier.duties.notices import duties_of, lines_of

ACTS = [
    ("企业应当将自查报告报送市工业和信息化局。", "must report [自查报告]"),
    ("企业应当对电池逐一编码。", "must code [电池]"),
    ("企业应当完成历史数据核对。", "must verify [历史数据]"),
    ("企业应当编制退役方案。", "must build [退役方案]"),
    ("企业应当委托有资质单位处置废电解液。", "must hand_over [废电解液]"),
    ("企业应当委托检测机构对电池进行安全评估。", "must test [电池]"),
    ("企业应当使用防爆容器单独包装破损电池。", "must pack [破损电池]"),
    ("企业不得将电池交由个人处理。", "must_not hand_over [电池]"),
    ("企业应当将货物退运出境。", "must return_goods [货物]"),
    ("企业应当拒绝承运破损电池。", "must_not transport [破损电池]"),
    ("网点不得拒收车主交售的电池。", "must take_back [车主交售的电池]"),
    ("企业不得伪造、变造电池编码。", "must_not code [电池编码]"),
    ("应急演练记录应当存档备查。", "must keep_records [应急演练记录]"),
    ("破损电池应当单独存放。", "must store [破损电池]"),
    ("企业应当与回收企业签订移交协议。", "must sign [移交协议]"),
    ("企业确需延期的，应报市商务局批准。", "must apply []"),
    ("有关单位可于11月11日前反馈意见。", "may comment [意见]"),
]


@pytest.mark.parametrize(("text", "line"), ACTS)
def test_act_and_object_are_read(text: str, line: str) -> None:
    assert [found.split(" ", 1)[1] for found in lines_of(text)] == [line]


def test_an_object_left_out_is_that_of_the_act_before_it() -> None:
    text = "电池生产企业应当建立回收体系，并向社会公开。"
    assert [line.split("[")[1] for line in lines_of(text)] == ["回收体系]", "回收体系]"]


def test_an_object_left_out_is_what_has_happened() -> None:
    assert lines_of("换电企业终止经营的，应当书面告知用户。") == [
        "swap_operator must notify [终止经营]"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "各单位要提高政治站位，高度重视，加强组织领导。",
        "鼓励企业采用先进工艺。",
        "应当说，信息报送不及时、不准确的问题比较突出。",
        "原文件中梯次利用企业应当每季度报送流向的要求不再适用。",
        "《办法》明确了贮存单位应当履行的安全义务。",
        "旧平台不再接收新增数据。",
        "（三）法律、法规规定的其他情形。",
        "企业有关所有权的约定依照合同。",
        "我厅曾要求企业于2026年6月30日前完成补报。",
    ],
)
def test_what_asks_for_nothing_is_no_duty(text: str) -> None:
    assert duties_of(text) == ()


def test_what_follows_a_prohibition_with_a_time_of_its_own_is_asked_for() -> None:
    text = "承运人发现单货不符的，不得承运，并于24小时内向主管部门报告。"
    assert [line.split()[1:3] for line in lines_of(text)] == [
        ["must_not", "transport"],
        ["must", "report"],
    ]


WHERE = [
    ("企业应当通过国家溯源平台报送入库信息。", "国家溯源平台"),
    ("企业应当将编码录入全国汽车流通信息管理系统。", "全国汽车流通信息管理系统"),
    ("企业应当向应急管理部门、生态环境部门报告。", "应急管理部门、生态环境部门"),
    ("企业应当编制方案，并报所在地能源主管部门备案。", "所在地能源主管部门"),
    ("企业应将清单报送县工信局节能股。", "县工信局节能股"),
    ("企业应当完成视频监控与省级监管平台的联网。", "省级监管平台"),
    ("企业应当向社会公开回收价格。", None),
]


@pytest.mark.parametrize(("text", "where"), WHERE)
def test_the_portal_or_the_addressee_is_read(text: str, where: str | None) -> None:
    found = duties_of(text)[-1].where
    assert (found.name if found else None) == where


LIMITS = [
    ("贮存量不得超过5吨。", ("store", "<=", 5, "吨")),
    ("企业应当控制堆垛高度不超过2米。", ("store", "<=", 2, "米")),
    ("锂回收率不低于90%。", ("comply", ">=", 90, "%")),
    ("企业不得自行存放超过60日。", ("store", "<=", 60, "日")),
    ("企业应当将运输台账保存不少于2年。", ("keep_records", ">=", 2, "年")),
    ("企业应当记录电池来源，记录保存期限自交易完成之日起不得少于三年。", ("keep_records", ">=", 3, "年")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "limit"), LIMITS)
def test_a_limit_is_read_with_its_act(text: str, limit: tuple[str, str, float, str]) -> None:
    [duty] = duties_of(text)
    assert duty.limit is not None
    assert (duty.act, duty.limit.comparator, duty.limit.value, duty.limit.unit) == limit


def test_items_that_say_when_or_how_much_are_duties_without_a_verb_of_duty() -> None:
    text = (
        "各储能电站运营单位：\n要求如下：\n（一）加强领导。\n（二）自退役之日起60日内移交电池。\n"
        "（三）交接资料保存3年以上。"
    )
    assert lines_of(text) == [
        "storage_operator must hand_over [电池]",
        "storage_operator must keep_records [交接资料]",
    ]


def test_a_portal_that_is_entered_first_is_where_it_is_done() -> None:
    [duty] = duties_of("企业应当登录“单一窗口”，填报电池编码。")
    assert duty.where is not None
    assert (duty.act, duty.where.name) == ("report", "单一窗口")


def test_a_share_bounds_the_act_before_it() -> None:
    [duty] = duties_of("市生态环境局应当开展现场检查，检查比例不低于50%。")
    assert duty.limit is not None
    assert (duty.act, duty.limit.comparator, duty.limit.value) == ("inspect", ">=", 50)


def test_documents_are_those_listed_or_named() -> None:
    text = "第五条 托运人应当提供下列材料：\n（一）检测报告；\n（二）营业执照复印件。"
    assert duties_of(text)[0].documents == ("检测报告", "营业执照复印件")
    assert duties_of("企业应当提交申请表和承诺书。")[0].documents == ("申请表", "承诺书")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("企业应当建立并执行检查验收制度。", ["any_company must build [检查验收制度]"]),
        ("荷电状态高于30%的电池不得入库。", ["None must_not store [荷电状态高于30%的电池]"]),
        ("贮存单位每日巡查不少于两次。", ["warehouse must inspect []"]),
        ("各市工业和信息化局按不低于30%的比例开展抽查。", ["authority must inspect [抽查]"]),
        ("企业应当配备安全人员不少于2名。", ["any_company must equip [安全人员]"]),
        ("各综合利用企业应当完成安全生产标准化评审。",
         ["recycler must test [安全生产标准化]"]),
        ("企业不得再使用旧平台报送信息。", ["any_company must_not use [旧平台]"]),
        ("监测数据应当上传监测平台。", ["None must report [监测数据]"]),
        ("维修企业换下的旧电池，应当移交回收网点。", ["repair_shop must hand_over [换下的旧电池]"]),
        ("企业应当如实填写《登记表》。", ["any_company must report [《登记表》]"]),
        ("企业不得伪造溯源编码或者数据。", ["any_company must_not code [溯源编码或者数据]"]),
        ("未标注的产品，一律不得销售。", ["None must_not sell [未标注的产品]"]),
        ("企业不得拒绝、阻碍监督检查。", ["any_company must_not other [监督检查]"]),
        ("请企业于9月12日前将电子版发送至a@example.cn。", ["any_company must provide [电子版]"]),
        ("请你单位将运行情况形成书面材料，于10月15日前反馈我委。",
         ["any_company must report [运行情况]"]),
        ("平台企业发现违规商品的，应当下架。", ["platform_operator must stop [违规商品]"]),
        ("大型仓库应当办理消防验收。", ["None must apply [消防验收]"]),
        ("任何企业不得涂改、遮盖编码标识。", ["anyone must_not code [编码标识]"]),
        ("锂回收率应当不低于91%。", ["None must comply [锂回收率]"]),
        ("企业应当提供下列资料：营业执照、台账。", ["any_company must provide [营业执照、台账]"]),
        ("整改情况于12月20日前报送市局。", ["None must report [整改情况]"]),
    ],
)  # fmt: skip
def test_acts_in_more_words(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "已完成核对的企业，无需重复提交。",
        "本办法由省工业和信息化厅负责解释，自2026年10月1日起施行。",
        "用于科研的样品不超过5千克的除外。",
        "企业可以自公告之日起60日内申请行政复议。",
        "一要全面排查。二要严格管控。",
        "补贴总额最高不超过3万元。",
        "豁免管理适用于单体能量不超过20Wh的电池。",
        "申请材料应包括：营业执照、编码规则说明。",
    ],
)
def test_what_sounds_like_a_duty_and_is_none(text: str) -> None:
    assert lines_of(text) == []


def test_an_order_to_the_addressees_needs_no_subject_and_no_modal_verb() -> None:
    text = "各仓储企业：\n落实值班制度，遇突发情况立即报告。9月29日17时前将排查情况报区应急管理局。"
    assert lines_of(text)[-1] == "warehouse must report [排查情况]"


def test_the_documents_of_a_list_are_all_told() -> None:
    [duty] = duties_of("企业应当提交许可证复印件、车辆清单和应急预案。")
    assert duty.documents == ("许可证复印件", "车辆清单", "应急预案")
