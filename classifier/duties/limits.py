"""The limit that a clause states, and the act that it bounds."""

from __future__ import annotations

import re

from classifier.facts.thresholds import find_thresholds
from domain.law.duties import Limit
from domain.text.numerals import parse_chinese_number

_KEPT = re.compile(r"保存|保管|留存|存档|保留")
_STORED = re.compile(r"贮存|存放|储存|暂存|堆存|库存")
# 保存期限为3年, 保存5年以上
_KEPT_FOR = re.compile(
    r"(?P<parameter>(?:保存|保管|留存|存档|保留)(?:期限?|时间|年限)?)(?:为|不少于|不得少于|至少|应当?|自[^，。；]{2,20}起|期限|，)*?(?P<n>\d{1,2}|[一二两三五十]{1,2})(?P<unit>年|个月)(?:以上)?"
)


def read_limit(text: str) -> Limit | None:
    """The first limit of a clause: 保存期限不少于3年 is 保存期限 >= 3 年."""
    for _at, value in find_thresholds(text):
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
    return None


# 不得超过90日, 不小于1.5米, ≤40℃
_AMOUNT = re.compile(
    r"(?P<pct>百分之)?(?P<n>\d[\d,]*(?:\.\d+)?|[〇零一二两三四五六七八九十百千万]{1,8})(?P<unit>%|‰|℃|[A-Za-z³²/]{1,8}|个工作日|工作日|个月|小时|分钟|公里|千米|毫米|厘米|平方米|立方米|[一-鿿]{1,2}?(?=[，。；、）以的]|$)|[一-鿿])?"
)


def bounded_limit(clause: str, words: str, rest: str) -> Limit | None:
    """The limit of a clause whose verb is a comparison: 单个网点贮存量 不得超过 5吨."""
    amount = _AMOUNT.match(rest.lstrip("过于为"))
    number = parse_chinese_number(amount["n"].replace(",", "")) if amount else None
    if amount is None or number is None:
        return None
    upper = re.search(r"超过|高于|多于|大于|≤", words)
    unit = "%" if amount["pct"] else amount["unit"]
    return Limit(
        parameter=clause, comparator="<=" if upper else ">=", unit=unit,
        value=int(number) if number == int(number) else number,
    )  # fmt: skip


def limited_act(limit: Limit) -> str:
    """What a limit bounds: keeping records, storing, else complying with a value."""
    if _KEPT.search(limit.parameter):
        return "keep_records"
    return "store" if _STORED.search(limit.parameter) else "comply"
