"""Thresholds: a parameter, a comparator, a value and its unit (锂回收率不低于90%)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifier.facts.fact_document import Document, make_fact
from classifier.facts.figures.numbers import ARABIC, CHINESE, NOTE_MARK, POWER, plain
from classifier.facts.sentences import FactPassage
from domain.records.fact import Fact
from domain.records.fact_values import ThresholdValue
from domain.records.states import FactKind
from domain.text.numerals import parse_chinese_number

_UNITS = (
    r"%|‰|万吨(?:/年)?|吨(?:/年)?|千克标准煤/吨|kgce/t|千克|公斤|毫克/升|毫克/立方米|mg/L|mg/N?m3|mg/N?m³|mg/㎥|μg/L|mg/kg|万元|亿元|元|平方米|立方米|㎡|m²|m2|㎥|m³|m3|(?:公里|千米)/小时|km/h|公里|千米|米|毫米|"
    r"kWh|千瓦时|kW|千瓦|V|伏|A|mΩ|MΩ|℃|摄氏度|分贝|年|个月|个工作日|天|日|小时|分钟|倍|次|家|个|人|名|辆|台|套|位|dpi|mm|cm|km|kg|g|t"
)
# e.g. 不低于 (90%), 不超过 (5mg/L)
_COMPARATORS = (
    (
        ">=",
        r"不低于|不少于|不小于|不得低于|不得少于|不得小于|大于等于|大于或等于|应达到|要达到|须达到|达到|≥|>=|不应低于|不应少于|应不低于|应不小于|应不少于|至少为?|高于或等于",
    ),
    (
        "<=",
        r"不高于|不超过|不大于|不多于|不得超过|不得高于|不得大于|小于等于|小于或等于|≤|<=|不应超过|不应大于|应不超过|应不大于|应不高于|控制在|至多为?|低于或等于",
    ),
    (">", r"大于|高于|超过|多于|应大于|>"),
    ("<", r"小于|低于|少于|不足|应小于|<"),
)
_VALUE = (
    rf"(?P<pct>百分之)?(?P<n>{POWER}|{ARABIC}|{CHINESE}[万亿]?(?:点[〇零一二三四五六七八九]{{1,3}})?)"
    rf"(?:{NOTE_MARK}? ?(?P<unit>{_UNITS}))?"
)
# e.g. 不低于90%
_PREFIXED = tuple(
    (sign, re.compile(rf"(?P<cmp>{words})(?:为|是|到|（含）)?{_VALUE}(?P<after>以上|以下|以内)?"))
    for sign, words in _COMPARATORS
)
# e.g. 90%以上
_SUFFIXED = re.compile(rf"{_VALUE}(?P<side>以上|及以上|以下|及以下|以内)")
_WORDS_BEFORE = re.compile(r"[一-鿿A-Za-z]{1,12}$")
_PARAMETER = re.compile(r"[一-鿿A-Za-z0-9、（）（/]{1,30}$")
# e.g. 回收率η, 利用率η_Li
_SYMBOL = re.compile(r"[α-ωΑ-Ω](?:_?[A-Za-z0-9]{1,4})?$")
# e.g. 企业应当锂回收率
_STRIP = re.compile(
    r"^.*(?:其中|要求|规定|确保|保证|保持|使|的企业|企业的|电池的|应当|必须|应|须|需|是|对|并|且|以及|即|满足|具备|具有|均|分别|经评估|\d年|第[一二三四五六七八九十百\d]{1,6}条|企业)(?=[一-鿿])"
)
_FORBIDDEN = {">": "<=", "<": ">="}  # 不得中途停放超过四小时
_FINE_NEAR = re.compile(r"罚|违法所得|货值|没收")
_RESPECTIVELY = re.compile(r"分别(?:应|须|要|当|均)*$")
_MORE = re.compile(r"[、和及或/]\s?(?:百分之|\d|[一二三四五六七八九十])")
_KEEP = re.compile(r"保存|保管|留存|存档|保留|贮存|存放|储存|堆存|停放|静置|停留")
# e.g. 回收率
_MEASURE = re.compile(
    r"率|量|含量|浓度|温度|能力|面积|容量|规模|资本|比例|水平|消耗|能耗|距离|电压|电流|电阻|厚度|高度|宽度|长度|尺寸|纯度|品位|强度|噪声|湿度|寿命|"
    r"时间|期限|库容|容积|净资产|投入|占比|次数|人员|人数|车辆|吨|粉|锂|镍|钴|锰|铜|铝|铁|磷|氟|杂质|水分|等级|误差|重量|质量|功率|里程|年限|产能|实收|资金|经费|得分|荷电状态|SOC"
)


def read_thresholds(document: Document) -> Iterator[Fact]:
    for passage in document.passages:
        yield from _passage(passage)


def find_thresholds(text: str) -> list[tuple[int, ThresholdValue]]:
    """The limits that a text states, each with the position of its number."""
    passage = FactPassage(text, "")
    found = [(text.find(fact.quote), fact.value) for fact in _passage(passage)]
    return [(at, value) for at, value in found if isinstance(value, ThresholdValue)]


def _passage(passage: FactPassage) -> Iterator[Fact]:
    taken: set[int] = set()
    for sign, pattern in _PREFIXED:
        for match in pattern.finditer(passage.text):
            parameter = _stated_limit(passage, match)
            if parameter and taken.isdisjoint(range(*match.span("n"))):
                taken.update(range(*match.span("n")))
                yield _make(passage, match, parameter, sign)
    for match in _SUFFIXED.finditer(passage.text):
        if not (match["unit"] in ("%", "‰") or match["pct"]):
            continue
        words = _WORDS_BEFORE.search(passage.text[max(0, match.start() - 12) : match.start()])
        parameter = _clean(words[0]) if words else ""
        allowed = _MEASURE.search(parameter) and _fact_allowed(passage, match.start("n"), "%")
        if allowed and taken.isdisjoint(range(*match.span("n"))):
            taken.update(range(*match.span("n")))
            yield _make(passage, match, parameter, ">=" if "上" in match["side"] else "<=")


def _stated_limit(passage: FactPassage, match: re.Match[str]) -> str:
    """The parameter a comparison limits; empty where the words state no limit."""
    if _RESPECTIVELY.search(passage.preceding(match.start(), 4)) and _MORE.match(
        passage.text, match.end()
    ):
        return ""  # 镍、钴、锰回收率分别不低于98%、98%、95%: each has its own
    reached = match["cmp"] == "达到" and match["after"] != "以上"
    if reached and not re.search(r"应|须|要|当", passage.preceding(match.start(), 40)):
        return ""  # 产量达到5万吨: a report
    if not _fact_allowed(passage, match.start(), match["unit"] or match["pct"]):
        return ""
    parameter = _parameter(passage, match.start())
    limited = _MEASURE.search(parameter) or _KEEP.search(parameter)
    return parameter if limited else ""


def _fact_allowed(passage: FactPassage, position: int, unit: str | None) -> bool:
    if not unit:
        return False
    sentence = passage.sentence_at(position)
    near = passage.text[max(sentence.start, position - 30) : min(sentence.end, position + 24)]
    return not _FINE_NEAR.search(near)


def _parameter(passage: FactPassage, position: int) -> str:
    clause = passage.text[max(0, position - 40) : position]
    clause = clause[max(clause.rfind(mark) for mark in "，。；：\n") + 1 :]
    match = _PARAMETER.search(_SYMBOL.sub("", clause))
    return _clean(match[0]) if match else ""


def _clean(text: str) -> str:
    if "）" in text and "（" not in text:
        text = text.split("）")[-1]
    stripped = _STRIP.sub("", text)
    text = stripped if len(stripped) >= 2 else text
    return text.strip("的、（）应须需当要达为是在 ").removesuffix("原则上")


def _make(passage: FactPassage, match: re.Match[str], parameter: str, sign: str) -> Fact:
    number = parse_chinese_number(match["n"])
    if parameter.startswith("不得") and sign in _FORBIDDEN:
        parameter, sign = parameter.removeprefix("不得"), _FORBIDDEN[sign]
    unit = "%" if match["pct"] else match["unit"]
    value = ThresholdValue(
        parameter=parameter,
        comparator=sign,
        value=plain(number) if number is not None else None,
        unit=unit,
    )
    return make_fact(FactKind.THRESHOLD, value, passage, match.start(), match.end())
