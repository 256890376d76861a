"""Portals, codes, fields, thresholds, references, tables, places and hostile texts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.facts import extract_facts, extract_facts_from_text
from classifier.facts.citations import find_titles
from classifier.facts.sentences import fold_width
from domain.records.fact import Fact
from domain.records.observation import AttachmentLink, Block, FetchedAttachment
from domain.records.states import AttachmentStatus, FactKind


def values(text: str, kind: FactKind) -> list[Any]:
    return [fact.value.to_json() for fact in extract_facts_from_text(text) if fact.kind is kind]


def table(*rows: tuple[str, ...]) -> Block:
    return Block(kind="table", rows=rows)


# ------------------------------------------------------------------------ portals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "请登录全国新能源汽车动力电池溯源信息平台（网址：https://trace.example.gov.cn/login?a=1）完成注册。",
            [
                {
                    "name": "全国新能源汽车动力电池溯源信息平台",
                    "url": "https://trace.example.gov.cn/login?a=1",
                }
            ],
        ),
        (
            "企业应当通过省级溯源管理系统报送信息。",
            [{"name": "省级溯源管理系统", "url": None}],
        ),
        (
            "登录“江南省固体废物监管系统”（www.example.gov.cn）上传台账。",
            [{"name": "江南省固体废物监管系统", "url": "www.example.gov.cn"}],
        ),
        ("电池系统应当通过振动试验，控制系统不得失效。", []),
        ("意见请发送至 office@miit.gov.cn，并注明来源。", []),
    ],
)
def test_portals(text: str, expected: list[dict[str, str | None]]) -> None:
    assert values(text, FactKind.PORTAL) == expected


def test_a_portal_table_gives_names_and_addresses() -> None:
    facts = extract_facts(
        "关于平台的通知",
        [table(("序号", "平台名称", "网址"), ("1", "回收信息平台", "https://a.example.cn/x"))],
    )
    portals = [fact for fact in facts if fact.kind is FactKind.PORTAL]
    assert portals[0].value.to_json() == {"name": "回收信息平台", "url": "https://a.example.cn/x"}
    assert portals[0].where == "正文表1行2"


# ------------------------------------------------------------------------ articles


def test_each_fact_stands_in_the_article_that_prints_it() -> None:
    text = (
        "第一条 为规范登记，制定本办法。第二条 中华人民共和国境内的回收企业应当在四十日内登记。\n"
        "第三条　所有网点应当在十二日内报告。\n第 四 条 项目单位应当在二十五日内答复。\n"
        "第５条 及时报送是企业的义务，未报送的，处二万元罚款。\n第六条规定的期限为三十五日内。"
    )
    found = {
        str(fact.value.to_json().get("duration") or fact.value.to_json().get("min")): fact.where
        for fact in extract_facts_from_text(text)
    }
    assert found["P40D"] == "第二条"
    assert found["P12D"] == "第三条"
    assert found["P25D"] == "第四条"
    assert found["20000"] == "第5条"
    assert found.get("P35D", "第5条") == "第5条"


# ------------------------------------------------------------------------ raised marks


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("年处理能力不得低于10⁴吨。", 10_000, "吨"),
        ("年处理能力不得低于2×10⁴吨。", 20_000, "吨"),
        ("贮存场地面积不得少于5×10³平方米。", 5000, "平方米"),
        ("贮存场地面积不得少于10^3平方米。", 1000, "平方米"),
        ("粉尘浓度不得高于10⁻²毫克/升。", 0.01, "毫克/升"),
        ("锂回收率不得低于98①%。", 98, "%"),
        ("锂回收率不得低于90²%。", 90, "%"),
        ("锂回收率不得低于85[3]%。", 85, "%"),
    ],
)
def test_limits_with_exponents_and_note_marks(text: str, value: float, unit: str) -> None:
    (limit,) = values(text, FactKind.THRESHOLD)
    assert (limit["value"], limit["unit"]) == (value, unit)


# --------------------------------------------------------------- codes and fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "编码由24位数字和大写英文字母组成（不含字母I、O、Q），应符合GB/T 34014-2017的规定。",
            {"length": 24, "charset": "A-HJ-NPR-Z0-9", "standard": "GB/T 34014-2017"},
        ),
        (
            "电池包编码长度为二十四位字符。",
            {"length": 24, "charset": None, "standard": None},
        ),
        (
            "统一社会信用代码由18位数字或者大写英文字母组成。",
            {"length": 18, "charset": "A-Z0-9", "standard": None},
        ),
    ],
)
def test_code_formats(text: str, expected: dict[str, Any]) -> None:
    assert values(text, FactKind.CODE_FORMAT) == [expected]


def test_field_tables_in_body_and_attachment() -> None:
    body = table(
        ("序号", "数据项", "类型", "长度", "是否必填", "说明"),
        ("1", "电池编码", "字符", "24", "是", ""),
        ("2", "电池类型", "字符", "2", "是", "01-磷酸铁锂；02-三元；99-其他"),
        ("3", "备注", "字符", "200", "否", ""),
    )
    attachment = FetchedAttachment(
        link=AttachmentLink(name="接口规范.docx", url="https://a.example.cn/1.docx"),
        capture=None,
        status=AttachmentStatus.OK,
        tables=((("字段名称", "数据类型", "允许为空"), ("vin", "varchar(17)", "否")),),
    )
    facts = extract_facts("关于接口的通知", [body], attachments=[attachment])
    fields = [fact for fact in facts if fact.kind is FactKind.DATA_FIELD]
    assert [fact.value.to_json() for fact in fields] == [
        {"name": "电池编码", "type": "字符", "length": 24, "mandatory": True},
        {
            "name": "电池类型",
            "type": "字符",
            "length": 2,
            "mandatory": True,
            "codes": {"01": "磷酸铁锂", "02": "三元", "99": "其他"},
        },
        {"name": "备注", "type": "字符", "length": 200, "mandatory": False},
        {"name": "vin", "type": "varchar", "length": 17, "mandatory": True},
    ]
    assert fields[0].where == "正文表1行2"
    assert fields[-1].where == "附件《接口规范.docx》表1行2"


@pytest.mark.parametrize(
    "rows",
    [
        (("序号", "企业名称", "地址"), ("1", "某公司", "某市")),
        (("项目名称", "建设地点", "总投资"), ("拆解线", "某县", "2亿元")),
        (("名称", "数量"), ("叉车", "2")),
    ],
)
def test_other_tables_are_no_field_tables(rows: tuple[tuple[str, ...], ...]) -> None:
    facts = extract_facts("名单", [table(*rows)])
    assert not [fact for fact in facts if fact.kind is FactKind.DATA_FIELD]


# ------------------------------------------------------------- fines and dates in tables


def test_a_discretion_table_gives_fines_where_the_cell_names_only_amounts() -> None:
    facts = extract_facts(
        "行政处罚裁量基准",
        [
            table(
                ("违法情节", "处罚幅度（万元）"),
                ("首次违法", "1-3"),
                ("逾期不改正", "处3万元以上10万元以下罚款"),
            )
        ],
    )
    fines = [fact for fact in facts if fact.kind is FactKind.FINE]
    assert {(fact.value.to_json()["min"], fact.value.to_json()["max"]) for fact in fines} == {
        (10000, 30000),
        (30000, 100000),
    }


def test_a_standards_table_gives_the_day_each_takes_effect() -> None:
    facts = extract_facts(
        "标准公告",
        [
            table(
                ("标准编号", "标准名称", "发布日期", "实施日期"),
                ("GB/T 1-2026", "编码规则", "2026-04-25", "2026-11-01"),
                ("GB/T 2-2026", "拆解规范", "2026-04-25", "2027-01-01"),
            )
        ],
    )
    days = [fact.value.to_json() for fact in facts if fact.kind is FactKind.EFFECTIVE_DATE]
    assert days == ["2026-11-01", "2027-01-01"]


def test_a_column_of_time_limits_gives_deadlines() -> None:
    rows = (
        ("环节", "报送主体", "报送时限"),
        ("生产", "电池企业", "下线后7日内"),
        ("销售", "车企", "15个工作日"),
        ("总结", "各市", "2026年12月20日"),
    )
    facts = extract_facts("通知", [table(*rows)])
    deadlines = [fact for fact in facts if fact.kind is FactKind.DEADLINE]
    assert [
        (fact.value.to_json().get("duration"), fact.value.to_json().get("date"))
        for fact in deadlines
    ] == [
        ("P7D", None),
        ("P15D", None),
        (None, "2026-12-20"),
    ]
    assert [fact.where for fact in deadlines] == ["正文表1行2", "正文表1行3", "正文表1行4"]


# --------------------------------------------------------------------- thresholds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("锂回收率不低于90%。", ("锂回收率", ">=", 90, "%")),
        ("锂回收率应当不低于百分之九十。", ("锂回收率", ">=", 90, "%")),
        ("镍、钴、锰回收率≥98%。", ("镍、钴、锰回收率", ">=", 98, "%")),
        ("实缴资本不少于500万元。", ("实缴资本", ">=", 500, "万元")),
        ("铝含量小于1.5%。", ("铝含量", "<", 1.5, "%")),
        ("贮存时间不得超过一年。", ("贮存时间", "<=", 1, "年")),
        ("锂回收率90%以上。", ("锂回收率", ">=", 90, "%")),
    ],
)
def test_thresholds(text: str, expected: tuple[object, ...]) -> None:
    found = values(text, FactKind.THRESHOLD)
    assert [
        tuple(value[key] for key in ("parameter", "comparator", "value", "unit")) for value in found
    ] == [expected]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("有效期至2031年8月1日。\n请于8月20日前报送材料。\n2026年7月20日", "2026-08-20"),
        ("有效期至2031年8月1日。\n请于8月20日前报送材料。\n二〇二六年七月二十日", "2026-08-20"),
        ("工信部联节〔2026〕43号\n请于8月20日前报送材料。", "2026-08-20"),
        ("2026年3月31日旧系统关闭，历史数据应于5月15日前补录。", "2026-05-15"),
    ],
)
def test_the_year_of_a_date_without_one_comes_from_the_text(text: str, day: str) -> None:
    found = values(text, FactKind.DEADLINE)
    assert [value["date"] for value in found] == [day]


def test_a_date_whose_year_nothing_settles_is_no_fact() -> None:
    assert values("请于8月20日前报送材料。", FactKind.DEADLINE) == []


# --------------------------------------------------------------------- references


def references(text: str, title: str = "") -> dict[str, tuple[str, str | None]]:
    facts = extract_facts(title, [Block(kind="paragraph", text=text)])
    kinds = (FactKind.REPEALS, FactKind.CITES, FactKind.IMPLEMENTS)
    return {
        fact.value.to_json()["title"]: (fact.kind.value, fact.value.to_json()["document_number"])
        for fact in facts
        if fact.kind in kinds
    }


def test_a_list_of_repealed_acts_with_their_numbers() -> None:
    text = (
        "《暂行办法甲》（工信部联节〔2018〕43号）、《暂行规定乙》（工业和信息化部公告2018年第35号）"
        "和《管理办法丙》同时废止。"
    )
    assert references(text) == {
        "暂行办法甲": ("repeals", "工信部联节〔2018〕43号"),
        "暂行规定乙": ("repeals", "工业和信息化部公告2018年第35号"),
        "管理办法丙": ("repeals", None),
    }


def test_implementing_and_citing() -> None:
    text = (
        "为贯彻落实《回收管理暂行办法》（工业和信息化部令第73号），根据《中华人民共和国生态环境法典》"
        "《节约能源法》，制定本细则。"
    )
    assert references(text) == {
        "回收管理暂行办法": ("implements", "工业和信息化部令第73号"),
        "中华人民共和国生态环境法典": ("cites", None),
        "节约能源法": ("cites", None),
    }


def test_nested_titles_stay_whole_and_own_drafts_are_no_reference() -> None:
    assert [title.text for title in find_titles("按《关于印发《甲办法》的通知》执行")] == [
        "关于印发《甲办法》的通知"
    ]
    own = "我部起草了《甲管理办法（征求意见稿）》，现公开征求意见。"
    assert references(own, "关于公开征求《甲管理办法（征求意见稿）》意见的通知") == {}


def test_amending_one_article_is_no_repeal() -> None:
    assert references("《甲管理办法》第三条第二款同时废止。")["甲管理办法"][0] == "cites"


# ------------------------------------------------------------ places, quotes, hostile


def test_places_name_articles_paragraphs_and_attachments() -> None:
    facts = extract_facts(
        "通知",
        [
            Block(kind="paragraph", text="第十二条 企业应当在三十日内报送。"),
            Block(kind="paragraph", text="逾期的，处一万元罚款。"),
        ],
        attachments=[
            ("说明.pdf", "前言\n应当自收到申请材料并予以受理之日起二十个工作\n日内作出决定。")
        ],
    )
    assert [(fact.kind, fact.where) for fact in facts] == [
        (FactKind.DEADLINE, "第十二条"),
        (FactKind.DEADLINE, "附件《说明.pdf》第2段"),
        (FactKind.FINE, "第十二条"),
    ]
    assert facts[1].value.to_json()["duration"] == "P20D"
    assert facts[1].quote == "应当自收到申请材料并予以受理之日起二十个工作\n日内作出决定。"


def test_the_symbol_of_a_parameter_stands_between_it_and_its_limit() -> None:
    facts = extract_facts_from_text("锂的回收率η≥95%，镍的回收率η_Ni≥98%，钴的回收率≥97%。")
    values = [fact.value.to_json() for fact in facts]
    assert [(value["parameter"], value["value"]) for value in values] == [
        ("锂的回收率", 95),
        ("镍的回收率", 98),
        ("钴的回收率", 97),
    ]


def test_trigger_and_who_stand_beside_a_deadline() -> None:
    fact = extract_facts_from_text("综合利用企业应当自接收之日起三十日内填报信息。")[0]
    assert fact.value.to_json()["trigger"] == "自接收之日起"
    assert fact.value.to_json()["who"] == "综合利用企业"


@pytest.mark.parametrize("number", ["3．", "3. ", "三、", "（三）", "第三条 "])
def test_a_number_before_the_sentence_hides_nobody(number: str) -> None:
    (fact,) = extract_facts_from_text(f"{number}综合利用企业应当在十日内提交材料。")
    assert fact.value.to_json()["who"] == "综合利用企业"


def test_an_offence_stands_beside_a_fine() -> None:
    facts = extract_facts_from_text(
        "未按规定报送信息的，由主管部门责令改正；情节严重的，处一万元以上三万元以下罚款。"
    )
    assert facts[0].value.to_json()["offence"] == "未按规定报送信息的；情节严重"


@pytest.mark.parametrize(
    "text", ["", "A", "\x00", "\x00" * 50, "《" * 1000, "（" * 1000, "￥" * 99]
)
def test_degenerate_texts_give_nothing(text: str) -> None:
    assert extract_facts_from_text(text) == ()


ALPHABET = "一二三十百万零〇年月日内前后应当处罚款元以上下倍自起至施行0123456789-—%（）《》，。；、\n\t \x00第条每季度工作个违法所得"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=120))
def test_no_mixture_of_the_words_crashes(text: str) -> None:
    for fact in extract_facts_from_text(text, published=date(2026, 7, 20)):
        assert fact.quote in text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=5))
def test_no_text_or_table_crashes(text: str, rows: list[list[str]]) -> None:
    block = Block(kind="table", rows=tuple(tuple(row) for row in rows))
    facts = extract_facts(text, [Block(kind="paragraph", text=text), block])
    assert all(isinstance(fact, Fact) for fact in facts)


@pytest.mark.timeout(60)  # each takes a second; with the square of the length, minutes
@pytest.mark.parametrize("unit", ["处5万元以上", "2026年3月1日", "三十日内", "《", "每年", "9"])
def test_time_grows_with_the_text_only(unit: str) -> None:
    assert extract_facts_from_text((unit * 300_000)[:300_000]) == ()


@given(st.text(max_size=60))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded, positions = fold_width(text)
    assert positions is None or len(positions) == len(folded)
    assert positions is not None or len(folded) == len(text)


def test_a_firms_own_system_is_no_portal() -> None:
    facts = extract_facts_from_text(
        "请各企业据此调整信息系统，并于2027年2月28日前完成与溯源信息平台的对接。"
    )
    names = [fact.value.to_json()["name"] for fact in facts if fact.kind == FactKind.PORTAL]
    assert names == ["溯源信息平台"]


@pytest.mark.parametrize(
    "unit", ["罚5万元、", "三十日内", "¥1,000-", "有效期五年，自2026年9月1日起", "甲\t3日\n"]
)
def test_a_quote_stays_short_where_no_sentence_ends(unit: str) -> None:
    """A hostile text without a full stop must not be quoted whole, once a fact."""
    facts = extract_facts_from_text("企业应当" + unit * 2000)
    assert all(len(fact.quote) <= 600 for fact in facts)


# ------------------------------------------------------------------------- validity


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        (
            "《管理细则》（甲规〔2024〕1号）原定有效期至2026年9月30日，现决定延长至2028年9月30日。",
            [],
        ),
        ("《管理细则》原定有效期至2026年9月30日。本通知有效期至2029年12月31日。", ["2029-12-31"]),
    ],
)
def test_an_act_that_extends_another_does_not_end_with_it(sentence: str, days: list[str]) -> None:
    title = "关于延长《区域回收中心管理细则》有效期的通知"
    facts = extract_facts(title, [Block(kind="paragraph", text=sentence)])
    found = [fact.value.to_json() for fact in facts if fact.kind is FactKind.EXPIRY_DATE]
    assert found == days
