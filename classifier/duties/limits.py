"""The limit that a clause states, and the act that it bounds."""

from __future__ import annotations

import re

from classifier.duties.subjects import find_roles
from classifier.facts.figures.numbers import POWER
from classifier.facts.thresholds import find_thresholds
from domain.law.duties import Limit
from domain.text.numerals import parse_chinese_number

_KEPT = re.compile(r"保存|保管|留存|存档|保留")
_MEASURED = re.compile(r"(?:距离?|间距|温度|湿度|面积)$")
_STORED = re.compile(
    r"(?:贮存|存放|储存|暂存|堆存|库存|停放)(?!面积|场所|设施|区|能力|型)|堆[高间垛]|单堆"
)
# 保存期限为3年, 保存5年以上
_KEPT_FOR = re.compile(
    r"(?P<parameter>(?:保存|保管|留存|存档|保留)(?:期限?|时间|年限)?)(?:为|不少于|不得少于|至少|应当?|自[^，。；]{2,20}起|期限|，){0,4}"
    r"(?P<n>\d{1,2}|[一二两三五十]{1,2})(?P<unit>年|个月)(?:以上)?"
)
# 保存技术文件10年
_KEPT_THING = re.compile(
    r"(?P<parameter>保存|保管|留存)(?P<thing>[^，。；\d自至不]{2,14}?)(?P<n>\d{1,2})(?P<unit>年|个月)(?:以上)?$"
)
# 原始记录(自报送之日起)留存
_SINCE_KEPT = re.compile(
    r"(?<=[录案账单证料据联])自[^，。；]{2,20}起(?:至少)?(?=保存|保管|留存|存档)"
)
# 1名溯源专员, 中心站1座(，覆盖全市)
_COUNTED_FIRST = re.compile(
    r"(?P<n>\d{1,3}|[一两二三四五六七八九十]{1,2})(?P<unit>[名个座台家套处辆支])(?:以上)?(?:的)?(?P<thing>[^，。；\d]{2,24})"
)
_COUNTED_LAST = re.compile(
    r"(?P<thing>[^，。；\d]{2,24}?)(?:至少|不少于)?(?P<n>\d{1,3})(?P<unit>[名个座台家套处辆支人])(?P<more>以上)?(?:，|$)"
)
# 不得超过90日, 不小于1.5米, 百分之三十
_IS_DAY = re.compile(r"\d{4}年(?:\d|底|末|度|同期|初)")  # 不得高于2026年5月31日的在库量
_AMOUNT = re.compile(
    rf"(?P<pct>百分之)?(?P<n>{POWER}|\d[\d,]*(?:\.\d+)?|[〇零一二两三四五六七八九十百千万]{{1,8}})\s?"
    r"(?P<unit>(?:(?:公里|千米)/小时|km/h)|(?:毫克|微克|克)/(?:立方米|升|千克)|分贝|%|‰|℃|[A-Za-z³²/]{1,8}\d?|个工作日|工作日|个月|小时|分钟|公里|千米|毫米|厘米|平方米|立方米|万元"
    r"|[一-鿿]{1,2}?(?=[，。；、）以的]|$)|[一-鿿])?(?:以上|以内|以下)?"
)
_MORE = re.compile(r"[、和及或/]\s?(?:百分之|\d|[一二三四五六七八九十])")
# 不得自行存放超过60日: what must not be exceeded
_EXCEEDED = re.compile(
    r"(?:时间|期限|数量)?(?P<words>超过|高于|大于|多于|低于|少于|小于)(?=\d|[一二三四五六七八九十])"
)
_UPPER = re.compile(r"超过|高于|多于|大于|≤")
# (对)剩余容量低于80%的(电池作退役处理): which ones, not how much is allowed.
_IN_CASE = re.compile(
    r"(?<![不应])(?:低于|高于|超过|大于|小于|少于|多于)\s?\d[\d.]{0,7}[^，。；\d]{0,6}?的(?=[一-鿿])"
)
_NOT_PARAMETER = re.compile(
    r"^.*(?:严格|有效|确保|保证|控制|使(?!用)|的|应当|应|须|要|将|每年|每月)(?=[一-鿿]{2})"
)


def read_limit(text: str) -> Limit | None:
    """The first limit of a clause: 保存期限不少于3年 is 保存期限 >= 3 年."""
    for _at, value in find_thresholds(text):
        if value.comparator in ("<", ">") and _IN_CASE.search(text):
            continue
        if value.comparator and value.value is not None:
            return Limit(
                parameter=value.parameter or "", comparator=value.comparator,
                value=value.value, unit=value.unit,
            )  # fmt: skip
    if match := _KEPT_FOR.search(text):
        number = parse_chinese_number(match["n"])
        return Limit(
            parameter=match["parameter"], comparator=">=", value=number, unit=match["unit"]
        )
    if match := _KEPT_THING.search(text):
        number = parse_chinese_number(match["n"])
        return Limit(parameter="保存", comparator=">=", value=number, unit=match["unit"])
    return None


def counted_thing(thing: str, *, at_least: bool) -> tuple[str, Limit | None]:
    """A thing without its number, and the limit where it is more than 一个: 1名溯源专员."""
    thing, few = re.subn(r"^(?:至少|不少于)", "", thing)
    at_least = at_least or bool(few)
    match = _COUNTED_FIRST.fullmatch(thing) or _COUNTED_LAST.match(thing)
    number = parse_chinese_number(match["n"]) if match else None
    if match is None or number is None:
        return thing, None
    name = match["thing"]
    if not at_least and match["n"] in ("一", "两"):
        return name, None
    sign = ">=" if at_least or "以上" in match[0] else "="
    value = int(number)
    return name, Limit(parameter=name, comparator=sign, value=value, unit=match["unit"])


def without_kept_time(text: str) -> str:
    """A clause without how long something is kept: 相关凭证保存三年以上 is 相关凭证保存."""
    if (thing := _KEPT_THING.search(text)) is not None:
        return text[: thing.end("thing")]
    match = _KEPT_FOR.search(text)
    if match is None:
        return text
    before = re.sub(r"自[^，。；]{2,20}起(?:至少|不少于)?$", "", text[: match.start()])
    return before + text[match.start() : match.start() + 2] + text[match.end() :]


def bounded_limit(parameter: str, words: str, rest: str) -> tuple[Limit | None, str]:
    """The limit of a comparison and what follows it: 贮存量 不得超过 5吨 is 贮存量 <= 5 吨."""
    text = rest.lstrip("过于为")
    amount = _AMOUNT.match(text)
    if amount is None or (parameter.endswith("分别") and _MORE.match(text, amount.end())):
        return None, rest  # 分别不低于98%、98%、95%: each has its own
    number = parse_chinese_number(amount["n"].replace(",", ""))
    if number is None or _IS_DAY.match(text, amount.start("n")):
        return None, rest
    limit = Limit(
        parameter=parameter, comparator=_comparator(words),
        unit="%" if amount["pct"] else amount["unit"],
        value=int(number) if number == int(number) else number,
    )  # fmt: skip
    return limit, text[amount.end() :]


def _comparator(words: str) -> str:
    """不得超过 is <=, 应大于 is >."""
    above = _UPPER.search(words) is not None
    if "不" in words or words in ("≤", "≥"):
        return "<=" if above else ">="
    sign = ">" if above else "<"
    return sign + "=" if "等于" in words else sign


def exceeded_limit(text: str) -> tuple[Limit, str] | None:
    """The limit of what is forbidden, and the words without it: (不得)自行存放超过60日."""
    match = _EXCEEDED.search(text)
    if match is None:
        return None
    words = "不" + match["words"]
    limit, rest = bounded_limit(text[: match.start()], words, text[match.end() :])
    return None if limit is None else (limit, text[: match.start()] + rest)


def limited_act(limit: Limit) -> str:
    """What a limit bounds: keeping records, storing, else complying with a value."""
    if _KEPT.search(limit.parameter):
        return "keep_records"
    if _MEASURED.search(limit.parameter):
        return "comply"
    return "store" if _STORED.search(limit.parameter) else "comply"


def parameter_clause(clause: str) -> str:
    """A clause without whom it binds and without its modal verb: 单个网点贮存量 is 贮存量."""
    for span in find_roles(clause):
        if span.end < len(clause) and span.start <= 4:
            clause = clause[span.end :]
            break
    clause = _SINCE_KEPT.sub("", clause)
    return re.sub(
        r"^(?:并且?|且|但是?|也|亦|还|同时|原则上|其|应当?|须|要|严格|有效|控制|确保|保证|保持)+",
        "",
        clause,
    )


def parameter_of(clause: str) -> str:
    """What is limited: 回收网点贮存电池的期限 is 期限."""
    bare = re.sub(r"(?:自[^，。；]{2,20}起|原则上)$", "", parameter_clause(clause))
    return _NOT_PARAMETER.sub("", bare).strip("，、： ")
