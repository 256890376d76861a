"""English noun phrases, verbs, limits and events, composed from known words or not given."""

from __future__ import annotations

import re
from typing import Any

import pytest

from config.phrase_terms import load_phrase_words
from domain.law.duties import Limit, Modality, TimeRelation, When
from i18n.en.duty_sentences import duty_sentence, limit_text, when_text
from i18n.en.noun_phrases import noun_phrase
from i18n.en.verb_phrases import verb_phrase
from tests.builders import make_duty

BARE: dict[str, Any] = {"when": None, "where": None, "sanctions": ()}


def said(chinese: str) -> str | None:
    phrase = noun_phrase(chinese)
    return phrase.english if phrase else None


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("序列号、额定容量和生产日期", "serial number, rated capacity and date of production"),
        ("破损电池的重量、外观和流向",
         "weight, appearance and whereabouts of the damaged batteries"),
        ("拆下和换上电池的型号", "model of the removed and fitted batteries"),
        ("感温或者感烟探测器", "heat or smoke detectors"),
        ("湿度、烟雾监测装置", "humidity and smoke monitoring devices"),
        ("有变形、漏液的模组", "modules with deformation and leakage"),
        ("用于放电的专用容器", "dedicated containers for discharging"),
        ("由检测机构出具的鉴定报告", "appraisal report issued by test institutes"),
        ("接收的电池包", "battery packs received"),
        ("上一季度安全检查情况", "information on last quarter's safety checks"),
        ("两名专职电工", "two full-time electricians"),
        ("电池型号、重量等数据", "battery model, weight and other data"),
        ("前条所列材料", "the documents set out in the preceding article"),
        ("电池编码与箱号的对应关系", "the link between battery codes and container number"),
        ("本辖区内的回收网点", "collection outlets in the area"),
        ("B类电池", "class B batteries"),
    ],
)  # fmt: skip
def test_a_phrase_is_composed_of_its_words(chinese: str, english: str) -> None:
    assert said(chinese) == english


@pytest.mark.parametrize(
    "chinese",
    [
        "证件和电池的编码",  # whose codes: of both, or the identity document and the codes
        "品牌的电池",  # which brand stood before
        "使用标识",  # an act and its object, no kind of marks
        "变更地址",
        "贮存破损电池",
        "车辆缺失电池",
        "一个种类",
        "拆解利用",
        "某种未知之物",
        "换下电池的编码、去",  # cut off
        "",
    ],
)
def test_what_has_no_sure_reading_is_not_translated(chinese: str) -> None:
    assert said(chinese) is None


@pytest.mark.parametrize(
    ("verb", "thing", "english"),
    [
        ("断开", "断开高压电源", "disconnect the high-voltage supply"),
        ("先关", "先关闭电源", "close the power supply"),
        ("采取", "采取防雨措施", "take rain protection"),
        ("停车", "停车", "stop"),
        ("向车", "向车主退还押金", "return deposits to vehicle owner"),
        ("委托", "委托第三方检测机构", "engage third-party test institutes"),
        ("提离", "提离堆场", "remove the goods from container yard"),
        ("借机", "借机敛财", None),
        ("切断", "切断", None),
        ("装载", "装载货主", None),
    ],
)
def test_a_verb_is_given_only_with_its_object(verb: str, thing: str, english: str | None) -> None:
    assert verb_phrase(verb, thing) == english


def sentence_of(quote: str, *limit: object, **parts: Any) -> str:
    name, comparator, value, unit = limit
    bound = Limit(parameter=str(name), comparator=str(comparator), value=value, unit=unit)  # type: ignore[arg-type] # four plain values
    whole = {"act": "comply", "object": "", "verb": "", **BARE, **parts}
    return duty_sentence(make_duty(limit=bound, quote=quote, **whole)).removeprefix(
        "Recyclers must "
    )


@pytest.mark.parametrize(
    ("quote", "limit", "english"),
    [
        ("每箱净重不超过800千克。", ("每箱净重", "<=", 800, "千克"),
         "keep the net weight per container at or below 800 kg"),
        ("单辆车载重不超过3吨。", ("单车载重", "<=", 3, "吨"),
         "keep the payload per vehicle at or below 3 t"),
        ("称重记录保存不少于2年。", ("称重记录保存", ">=", 2, "年"),
         "keep the weighing records for at least 2 years"),
        ("静置不少于1小时。", ("静置", ">=", 1, "小时"),
         "leave the battery to stand for at least 1 hour"),
        ("与宿舍的距离不少于30米。", ("距离宿舍", ">=", 30, "米"),
         "stay at least 30 m away from dormitories"),
        ("配备不少于三台灭火器。", ("配备", ">=", 3, "台"), "have at least 3 fire extinguishers"),
        ("每班不少于3人。", ("每班", ">=", 3, "人"), "have at least 3 people per shift"),
        ("取样不少于5份。", ("取样", ">=", 5, "份"), "take at least 5 samples"),
        ("硫酸雾不高于10毫克/立方米。", ("硫酸雾", "<=", 10, "毫克/立方米"),
         "keep the sulphuric acid mist at or below 10 mg/m³"),
        ("噪声不超过60分贝。", ("噪声", "<=", 60, "分贝"),
         "keep the noise level at or below 60 dB"),
        ("暂存时间不宜超过15日。", ("暂存时间不宜", ">", 15, "日"),
         "keep the temporary storage time at or below 15 days"),
        ("注册资本不低于500万元。", ("注册资本", ">=", 500, "万元"),
         "keep the registered capital at or above ¥5,000,000"),
        ("镍、钴合计不低于20%。", ("镍、钴合计", ">=", 20, "%"),
         "keep the total of nickel and cobalt at or above 20%"),
    ],
)  # fmt: skip
def test_a_limit_says_what_is_measured(quote: str, limit: tuple[object, ...], english: str) -> None:
    assert sentence_of(quote, *limit) == english


@pytest.mark.parametrize(
    ("parameter", "comparator"), [("保有量", ">"), ("某种指数", "<="), ("电池", "<=")]
)
def test_a_case_or_an_unknown_parameter_is_no_level(parameter: str, comparator: str) -> None:
    text = sentence_of(f"{parameter}超过40的企业", parameter, comparator, 40, "吨")
    assert "at or" not in text
    assert "40 t" in text


def test_an_unknown_unit_is_not_left_out() -> None:
    limit = Limit(parameter="流量", comparator="<=", value=7, unit="斗")
    assert limit_text(limit) == "flow at most what the text names (see text)"


@pytest.mark.parametrize(
    ("event", "english"),
    [
        ("装车", "loading onto the vehicle"),
        ("仓库启用之日", "the start of use of the warehouses"),
        ("停业或者搬迁", "closing or moving premises"),
        ("卸船12小时", "unloading from the ship"),
        ("进入四川省境内", "entering the province"),
        ("完成放电之日", "completion of discharging"),
    ],
)
def test_a_time_says_what_it_is_counted_from(event: str, english: str) -> None:
    before = When(relation=TimeRelation.BEFORE, duration="P2D", event="other", event_text=event)
    assert when_text(before) == f"at least 2 days before {english}"


def test_an_event_that_is_not_known_whole_is_left_to_the_text() -> None:
    after = When(
        relation=TimeRelation.WITHIN, duration="P2D", event="other", event_text="甲方逾期不理之日"
    )
    assert when_text(after) == "within 2 days of the event (see text)"


def test_nothing_is_handed_over_that_is_a_person_or_an_act() -> None:
    owner = make_duty(act="hand_over", verb="交售", object="车主", **BARE)
    work = make_duty(act="pack", verb="装箱", object="装卸作业", **BARE)
    half = make_duty(act="test", verb="检测", object="报告", **BARE)
    for duty in (owner, work, half):
        assert duty_sentence(duty).endswith("(see text)")


def test_who_is_told_stands_behind_the_verb() -> None:
    told = make_duty(act="notify", verb="通知", object="货主", **BARE)
    body = make_duty(act="report", verb="报告", object="市应急管理局", **BARE)
    assert duty_sentence(told) == "Recyclers must notify cargo owner"
    assert duty_sentence(body) == "Recyclers must report to the authority"


def test_what_is_stopped_is_an_act() -> None:
    duty = make_duty(act="stop", verb="停止", object="接收破损电池", **BARE)
    assert duty_sentence(duty) == "Recyclers must stop accepting damaged batteries"
    ban = make_duty(
        act="other", verb="遮挡", object="遮挡二维码", modality=Modality.MUST_NOT, **BARE
    )
    assert duty_sentence(ban) == "Recyclers must not cover QR codes"


def test_the_words_are_english_for_chinese() -> None:
    words = load_phrase_words()
    sections = {**words.nouns, "verbs": words.verbs, "events": words.events}
    assert sum(map(len, sections.values())) > 1500
    for section in sections.values():
        assert all(re.search("[一-鿿]", key) for key in section)
        assert not any(re.search("[一-鿿]", text) for text in section.values())


@pytest.mark.parametrize(
    ("act", "verb", "thing", "quote", "english"),
    [
        ("pack", "包装", "防潮吨袋", "破碎料应当以防潮吨袋包装。", "pack in moisture-proof big bags"),
        ("transport", "运输", "密闭车辆", "托运人应当采用密闭车辆运输。",
         "transport by means of closed vehicles"),
        ("pack", "包装", "破损电池", "托运人应当包装破损电池。", "pack damaged batteries"),
    ],
)  # fmt: skip
def test_what_is_done_with_is_not_what_is_done_to(
    act: str, verb: str, thing: str, quote: str, english: str
) -> None:
    duty = make_duty(act=act, verb=verb, object=thing, quote=quote, **BARE)
    assert english in duty_sentence(duty)
