"""Duties as other hands draft them: who, what and when stand elsewhere than behind a modal verb."""

from __future__ import annotations

import pytest

from tests.classifier.duties.notices import duties_of, lines_of, times_of

LINES: list[tuple[str, list[str]]] = [
    # the thing first, then by whom
    (
        "历史数据由企业在系统关闭前自行上传。",
        ["any_company must report [历史数据]"],
    ),
    (
        "进口新能源汽车的，由进口商在海关放行之日起15个工作日内上传编码。",
        ["importer must report [编码]"],
    ),
    # who stops without a modal verb
    (
        "自2026年12月1日起，梯次利用企业停止接收退役电池。",
        ["cascade_user must stop [接收退役电池]"],
    ),
    # a second company of the sentence
    (
        "各市要于8月底前开展检查，综合利用企业于9月30日前提交自查表。",
        ["authority must inspect [检查]", "recycler must provide [自查表]"],
    ),
    # what follows a comparison that names no value
    (
        "请你局于11月30日前完成核查，核查比例不低于总数的30%，于12月15日前将核查情况报我厅。",
        ["authority must inspect [核查]", "authority must report [核查情况]"],
    ),
    # what an authority does then is no duty of the company
    ("不合格的再生黑粉禁止进口，由海关责令退运。", ["None must_not import [不合格的再生黑粉]"]),
    # the form that is forbidden, not the thing of the clause before
    (
        "收货人应当申报一种原料，并不得以散装形式进口。",
        ["importer must apply [一种原料]", "importer must_not import [散装形式]"],
    ),
    ("编码标识不得涂改、遮盖。", ["None must_not other [编码标识]"]),
    # the thing of the event
    (
        "拆解企业应当自动力电池拆卸之日起15日内交售给综合利用企业。",
        ["vehicle_dismantler must hand_over [动力电池]"],
    ),
    # several roles share one noun
    (
        "回收、拆解企业应当每月8日前报送库存。",
        ["collection_company must report [库存]", "vehicle_dismantler must report [库存]"],
    ),
    ("销售、维修单位应当公示收费标准。", ["any_company must publish [收费标准]"]),
    # attributes and asides
    (
        "企业应当将试点期间未移交的电池移交至公告企业。",
        ["any_company must hand_over [试点期间未移交的电池]"],
    ),
    (
        "综合利用企业应当报送去向信息，鼓励报送工艺信息，这里的信息是指电子数据。",
        ["recycler must report [去向信息]"],
    ),
    ("库存企业应当于9月18日前报送存量，无存量的也须零报告。", ["any_company must report [存量]"]),
    ("请于10月8日前书面反馈意见，同时发送电子版至a@example.cn。", ["None may comment [意见]"]),
    ("有关要求另行通知。", []),
    ("公司将免费更换电池，并于每季度报告进展。", []),
    ("地面应做防渗处理。", []),
    # an order without a modal verb, behind its day
    (
        "9月15日前，各企业完成自查，填写自查表。",
        ["any_company must verify [自查]", "any_company must report [自查表]"],
    ),
    ("各拆解企业11月15日起停止向个人出售电池。", ["vehicle_dismantler must stop [出售电池]"]),
    ("申报截止日期为10月31日。", ["None must apply []"]),
    ("拒不改正的，按日连续处罚。", []),
    # who is charged behind the modal verb
    ("检测报告应当由检测机构出具。", ["testing_lab must provide [检测报告]"]),
    # what is to be done instead of what is forbidden
    (
        "旧电池不得私自转手，统一交到回收点。",
        ["None must_not sell [旧电池]", "None must hand_over [旧电池]"],
    ),
    # of a name, not of the goods
    (
        "企业不得再以“梯次利用”名义销售产品。",
        ["any_company must_not use [“梯次利用”名义]"],
    ),
    # the thing that was found, not what the act before it was about
    (
        "平台经营者应当核验商家，发现违规电池的，立即下架。",
        ["platform_operator must verify [商家]", "platform_operator must stop [违规电池]"],
    ),
    # half-width marks, captions, bullets
    (
        "企业应当报送库存,不得瞒报去向.",
        ["any_company must report [库存]", "any_company must_not other [去向]"],
    ),
    ("第八条【禁止】拆解企业不得拆解电池包。", ["vehicle_dismantler must_not dismantle [电池包]"]),
    ("货物由收货人签收，收货人应当在签收后上传回单。", ["any_company must report [回单]"]),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_sentence_of_another_hand(text: str, expected: list[str]) -> None:
    assert lines_of(text) == expected


TIMES: list[tuple[str, list[str]]] = [
    ("接口密钥应当每90日更换一次。", ["each P90D"]),
    ("企业应当每2小时巡查一次贮存区。", ["each PT2H"]),
    ("自2026年11月1日0时起，承运人须随车携带运单。", ["from 2026-11-01"]),
    ("企业应当在下线后上传编码，时限不超过15个工作日。", ["within P15D working"]),
    ("拆解企业未随车交付电池的，应当于三日内报告商务部门。", ["within P3D other"]),
    ("库房温度超过35℃时，企业应当立即停止作业。", ["at_once other"]),
    ("收货人须在海关申报前取得证书，并按批次留存检测报告。", ["before import_declaration", "-"]),
    ("备案时限：新产品上市前30个工作日提交备案申请。", ["before P30D other working"]),
]


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_a_time_of_another_hand(text: str, expected: list[str]) -> None:
    assert times_of(text) == expected


LIMITS: list[tuple[str, tuple[str, str, float | None, str | None]]] = [
    ("网点与明火点的距离应大于50米。", ("距离", ">", 50, "米")),
    ("网点应当配备1名以上持证电工。", ("持证电工", ">=", 1, "名")),
    ("企业应当指定2名溯源专员。", ("溯源专员", "=", 2, "名")),
    ("境内代理人应当保存技术文件10年。", ("保存", ">=", 10, "年")),
    ("网点应当定期开展安全培训，每年不少于2次。", ("培训次数", ">=", 2, "次")),
]


@pytest.mark.parametrize(("text", "limit"), LIMITS)
def test_a_limit_of_another_hand(
    text: str, limit: tuple[str, str, float | None, str | None]
) -> None:
    [duty] = duties_of(text)
    found = duty.limit
    assert found is not None
    assert (found.parameter, found.comparator, found.value, found.unit) == limit


def test_an_extension_takes_its_thing_from_the_title() -> None:
    [duty] = duties_of(
        "各新能源汽车生产企业：\n核对截止时间顺延至2026年11月15日。",
        title="关于延长回收网点信息核对期限的通知",
    )
    assert (duty.act, duty.object) == ("verify", "回收网点信息")
    assert duty.when is not None
    assert duty.when.date == "2026-11-15"


def test_a_table_names_its_portal() -> None:
    table = (
        ("企业类型", "上报内容", "上报时限", "上报平台"),
        ("拆解企业", "拆卸信息", "拆卸后15个工作日内", "国家溯源平台"),
    )
    [duty] = duties_of("按下表要求上报。", table=table)
    assert duty.where is not None
    assert duty.where.name == "国家溯源平台"


@pytest.mark.parametrize("title", ["绿色回收倡议书", "致广大车主的公开信", "回收合同（示范文本）"])
def test_what_only_asks_or_is_a_model_contract_obliges_nobody(title: str) -> None:
    assert duties_of("企业应当于9月30日前报送库存。", title=title) == ()
