"""Filters are read from whole words of a question, in both languages, and only where meant."""

from __future__ import annotations

from datetime import date

import pytest

from domain.questions.question_filters import RefusedFilter, parse_refused
from domain.questions.question_reading import read_question, split_own_syntax

TODAY = date(2026, 11, 30)


def read(question: str, *refused: RefusedFilter) -> list[tuple[str, str]]:
    """Kind and value of each filter."""
    found = read_question(question, TODAY, refused=refused)
    return [(one.kind, one.value) for one in found.filters]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("What must recyclers in Sichuan report?", "CN-SC"),
        ("Inner Mongolia's storage rules", "CN-NM"),
        ("discharge permits, Shaanxi", "CN-SN"),
        ("discharge permits, Shanxi", "CN-SX"),
        ("outlets in Guangdong province", "CN-GD"),
        ("fire safety in Suzhou warehouses", "CN-JS"),
        ("Xi'an swap stations", "CN-SN"),
        ("Xi’an swap stations", "CN-SN"),
        ("Tibet and black mass", "CN-XZ"),
        ("national rules on black mass", "CN"),
        ("EU battery regulation", "EU"),
        ("浙江省台账保存期限", "CN-ZJ"),
        ("广西壮族自治区跨省转移", "CN-GX"),
        ("绵阳市网点", "CN-SC"),
        ("深圳换电", "CN-GD"),
        ("全国范围的编码要求", "CN"),
    ],
)
def test_a_place_is_a_jurisdiction(question, code):
    assert [value for kind, value in read(question) if kind == "jurisdiction"] == [code]


@pytest.mark.parametrize(
    "question",
    [
        "Which national standard is mandatory?",
        "Where do I report on the national traceability platform?",
        "“上海市废旧电池管理办法” 罚款",
        "《上海市废旧电池管理办法》第三条",
        '"Shanghai measures" fine',
        "Shanghai Battery Recycling Co., Ltd",
        "Beijing University study",
        "全国新能源汽车动力电池溯源信息平台怎么注册",
        "北京时间8点",
        "上海某某循环科技有限公司 罚款",
        "大同小异的规定",
        "Yulin outlets",  # two cities in two provinces
        "动力电池 -上海",
        "title:上海 电池",
    ],
)
def test_what_only_looks_like_a_place_is_none(question):
    assert not [value for kind, value in read(question) if kind == "jurisdiction"]


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("How long do importers have to report?", "importer"),
        ("Must an importer register?", "importer"),
        ("importers' duties", "importer"),
        ("duties of carmakers", "vehicle_maker"),
        ("What must battery manufacturers label?", "battery_maker"),
        ("what do haulers need", "carrier"),
        ("车企要在多少天内上传", "vehicle_maker"),
        ("换电运营商的义务", "swap_operator"),
        ("收货人要提交什么", "importer"),
        ("回收服务网点台账", "collection_outlet"),
        ("境内代理人的职责", "domestic_agent"),
    ],
)
def test_who_is_asked_about_is_a_role(question, role):
    assert ("role", role) in read(question)


def test_a_word_inside_another_is_no_role():
    assert read("reimporters of carriages") == []


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("draft rules on storage", ("stage", "draft")),
        ("open consultations", ("stage", "draft")),
        ("贮存规定征求意见稿", ("stage", "draft")),
        ("官方解读", ("stage", "interpretation")),
        ("final rules on labels", ("stage", "final")),
        ("cascade use", ("topic", "cascade-use")),
        ("梯次利用怎么管", ("topic", "cascade-use")),
        ("enforcement campaign against workshops", ("topic", "enforcement-campaign")),
        ("What did MIIT announce?", ("publisher", "工业和信息化部")),
        ("notices of the Ministry of Transport", ("publisher", "交通运输部")),
        ("海关总署的公告", ("publisher", "海关总署")),
        ("江苏省生态环境厅发布", ("publisher", "江苏省生态环境厅")),
        ("Jiangsu Department of Ecology and Environment", ("publisher", "江苏省生态环境厅")),
    ],
)
def test_stage_topic_and_publisher(question, found):
    assert found in read(question)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("When does Order 73 take effect?", "工业和信息化部令第73号"),
        ("MIIT Order No. 73", "工业和信息化部令第73号"),
        ("73号令第二十四条", "工业和信息化部令第73号"),
        ("Announcement No. 31 of 2026", "公告2026年第31号"),
        ("MOFCOM Announcement No. 31 of 2026", "商务部公告2026年第31号"),
        ("工信部联节〔2018〕43号被谁废止", "工信部联节〔2018〕43号"),
        ("工信部联节[2018]43号", "工信部联节〔2018〕43号"),
        ("国务院令第715号", "国务院令第715号"),
    ],
)
def test_a_document_number_is_read_in_one_spelling(question, number):
    assert [value for kind, value in read(question) if kind == "document_number"] == [number]


@pytest.mark.parametrize(
    ("question", "standard"),
    [
        ("GB/T 34015 requirements", "GB/T 34015"),
        ("gbt34015.3-2021", "GB/T 34015.3-2021"),
        ("GB 38031—2025 有哪些变化", "GB 38031-2025"),
        ("QC/T 1156", "QC/T 1156"),
        ("HJ 1186-21", "HJ 1186-2021"),
    ],
)
def test_a_standard_is_read_in_one_spelling(question, standard):
    assert read(question) == [("standard", standard)]


@pytest.mark.parametrize("question", ["order 5 tons of batteries", "GBP 500", "Articles 12 and 13"])
def test_what_only_looks_like_a_number_is_none(question):
    assert read(question) == []


def test_a_filter_leaves_the_words_but_a_role_or_topic_stays():
    reading = read_question("When must importers in Hainan report since July?", TODAY)
    assert reading.words == "When must importers in report ?"
    assert [one.words for one in reading.filters] == ["importers", "Hainan", "since July"]


def test_each_value_is_read_once():
    assert read("Hunan, 湖南, Changsha") == [("jurisdiction", "CN-HN")]


def test_filters_can_be_refused_by_kind_and_by_value():
    assert read("importers in Hainan", RefusedFilter("jurisdiction")) == [("role", "importer")]
    assert read("Hunan and Hubei", RefusedFilter("jurisdiction", "CN-HN")) == [
        ("jurisdiction", "CN-HB")
    ]
    assert parse_refused(["role", "jurisdiction=CN-SH"]) == (
        RefusedFilter("role"), RefusedFilter("jurisdiction", "CN-SH"),
    )  # fmt: skip
    with pytest.raises(ValueError, match="place"):
        parse_refused(["place=CN"])


def test_what_the_search_language_means_by_itself_is_kept_apart():
    assert split_own_syntax('"black mass" import -waste') == ('"black mass" -waste', "import")
    assert split_own_syntax("《办法》 罚款") == ("", "《办法》 罚款")
    assert split_own_syntax("锂 OR 钴")[0] == "锂 OR 钴"


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "-", '"', "《", "?" * 5000, "İ" * 40 + " Hunan", "—" * 99]
)
def test_odd_input_is_read_too(text):
    assert read_question(text, TODAY).text == text[:1000].replace("\u00a0", " ")
