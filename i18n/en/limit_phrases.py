"""Write a limit as what to do: keep the net weight per bag at or below 1,500 kg."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from domain.law.duties import Limit
from i18n.en.noun_phrases import noun_phrase
from i18n.en.storage_limits import stored_within
from i18n.en.value_text import number
from i18n.en.word_forms import plural, singular, with_article
from i18n.glossary_terms import glossary, phrase_words

_LEVELS = {">=": "at or above", "<=": "at or below", ">": "above", "<": "below", "=": "at"}
_SIGNS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than", "=": ""}
_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_UNITS = {
    "毫克/立方米": "mg/m³", "毫克每立方米": "mg/m³", "毫克/升": "mg/L", "毫克每升": "mg/L",
    "微克/立方米": "µg/m³", "分贝": "dB", "公里": "km", "千米": "km", "厘米": "cm", "秒": "seconds",
    "千瓦时": "kWh", "伏": "V", "兆帕": "MPa", "千帕": "kPa", "摄": "°C", "℃": "°C", "周": "weeks",
    "月": "months", "季度": "quarters", "学时": "class hours", "课时": "class hours",
    "字": "characters", "层": "layers", "名": "people", "人次": "attendances", "辆": "vehicles",
    "公里/小时": "km/h", "千米/小时": "km/h", "个小时": "hours", "日历天": "calendar days",
    "千克/平方米": "kg/m²", "吨/平方米": "t/m²", "升": "L", "克": "g", "公顷": "ha", "兆欧": "MΩ",
}  # fmt: skip
_COUNTS = frozenset("份具条张只块组件处座间个台套箱袋")
_DURATIONS = frozenset(
    {"年", "个月", "月", "日", "天", "小时", "个小时", "分钟", "个工作日", "周", "秒"}
)
# 每袋净重, 单车停放时间, 每只容器净重, 单个防火分区面积
_EACH = re.compile(r"(?:每一?|单)[只个台辆块件]?(?P<each>[一-鿿]{1,6}?)(?P<what>[一-鿿]{2,8})")
_EACH_WORDS = {"袋": "bag", "车": "vehicle", "箱": "container", "件": "package", "堆": "stack",
               "层": "layer", "库": "warehouse", "次": "time", "包": "pack", "托": "pallet",
               "个": "item"}  # fmt: skip
# 移交单保存期限, 核查底稿保存, 保存换电记录
_KEPT = re.compile(
    r"(?P<verb>保存|留存|保管|保留)?(?P<what>[一-鿿]{0,20}?)"
    r"(?:的?(?:保存|留存|保管)(?:期限|期|时间|年限)?)?"
)
# 集装箱在港堆存, 电池存放时间, 拆卸下的电池暂存
_STAYS = re.compile(
    r"(?P<what>[一-鿿]{2,16}?)(?:在[港站库场])?(?:堆存|存放|贮存|暂存|停留|停放)(?:时间|期限|时长)?"
)
# 距离学校、医院; 与居民区的距离
_AWAY = re.compile(r"(?:[应须]?与|距离?)(?P<what>[一-鿿、]{2,20}?)(?:的?距离)?")
# 铜、铝合计
_TOGETHER = re.compile(r"(?P<what>[一-鿿、和]{2,20}?)(?:合计|总和|之和)(?:含量)?")
_ACTS = {"静置": "leave the battery to stand", "停车休息": "stop and rest", "隔离": "isolate it",
         "静置隔离": "leave it isolated"}  # fmt: skip
_AFTERWARDS = re.compile(r"(?P<act>[一-鿿]{2,8})后的?(?P<what>[一-鿿]{2,8})")  # 放电后单体电压
# 但单车净重, 对锂综合回收率, 荷电状态降至
_JUNK = re.compile(
    r"^(?:但是?|且|则|将|对|其中|其|应当?|并|设置(?=容))|(?:应当?|不?宜|均|为|达到?|降至|控制在)$"
)


def amount_text(limit: Limit) -> str | None:
    """ "10 t", "¥600,000", "90 days"; None where the unit has no English."""
    unit = (limit.unit or "").rstrip("且，,")
    value = limit.value
    if value is None:
        return None
    if unit in _MONEY:
        return f"¥{number(round(value * _MONEY[unit], 2))}"
    if unit == "级":  # 耐火等级不低于二级
        return f"grade {number(value)}"
    english = _UNITS.get(unit) or glossary().units.get(unit, unit)
    if unit in _COUNTS:
        english = ""
    if re.search(r"[一-鿿]", english) or english == "companies":
        return None
    if value == 1 and unit in (*_DURATIONS, "人", "名", "次", "层", "字", "辆"):
        english = {"people": "person"}.get(english, english.removesuffix("s"))
    joint = "" if english in ("%", "‰", "°C") else " "
    return f"{number(value)}{joint}{english}".strip()


def bound_text(limit: Limit) -> str | None:
    """ "at least 2 people" """
    amount = amount_text(limit)
    return f"{_SIGNS.get(limit.comparator, '')} {amount}".strip() if amount else None


_NEGATED = re.compile(r"不(?:宜|得|应|可|准)?$")  # 存放时间不宜 > 90 日 is at most 90 days
_TURNED = {">": "<=", "<": ">="}


@lru_cache(maxsize=4096)
def keep_within(limit: Limit, quote: str = "", thing: str = "") -> str | None:
    """What a limit asks for as a predicate, "keep the voltage at or below 1 V"; None where its
    parameter or its unit is not known. ``thing`` is what the duty is about."""
    if limit.comparator in _TURNED:  # 销售量超过1000辆的城市 is a case, no limit
        if not _NEGATED.search(limit.parameter):
            return None
        limit = replace(limit, comparator=_TURNED[limit.comparator])
    bound = bound_text(limit)
    if bound is None:
        return None
    name = _JUNK.sub("", _NEGATED.sub("", re.sub(r"\s", "", limit.parameter)))
    lasting = (limit.unit or "") in _DURATIONS
    found = stored_within(name, bound, thing, lasting=lasting)
    if lasting and found is None:
        found = _kept(name, bound, thing) or _stays(name, bound) or _acted(name, bound)
    found = found or _counted(name, limit, quote) or _away(name, bound)
    return found or _level(name, limit, quote) or _elliptic(name, bound)


def _kept(name: str, bound: str, thing: str) -> str | None:
    match = _KEPT.fullmatch(name)
    if not match or match[0] == match["what"]:
        return None
    if not match["what"] and not thing:
        return f"keep records for {bound}" if name in ("保存", "留存", "保管") else None
    what = noun_phrase(match["what"] or thing)
    if what is None or what.has_person or not set(what.kinds) <= {"documents", "things", "known"}:
        return None
    return f"keep {with_article(what.english)} for {bound}"


def _stays(name: str, bound: str) -> str | None:
    if name in ("存放", "贮存", "暂存", "堆存"):
        return f"store for {bound}"
    match = _STAYS.fullmatch(name)
    what = noun_phrase(match["what"]) if match else None
    if what is None or not set(what.kinds) <= {"things", "materials"}:
        return None
    return f"store {what.english} for {bound}"


def _acted(name: str, bound: str) -> str | None:
    act = _ACTS.get(name)
    return f"{act} for {bound}" if act else None


def _counted(name: str, limit: Limit, quote: str) -> str | None:
    """配备不少于两具热成像仪: have at least 2 thermal imagers; 检查人员不少于2人."""
    bound = bound_text(limit)
    if name == "每班" and limit.unit in ("人", "名"):
        return f"have {bound} per shift"
    if limit.unit in ("人", "名"):
        who = noun_phrase(name)
        if who is None or not who.is_person:
            return _equipped(name, limit, quote)
        count = number(limit.value)
        return f"have {_SIGNS.get(limit.comparator, '')} {count} {plural(who.english)}"
    if name == "取样":
        return f"take {bound} {'sample' if limit.value == 1 else 'samples'}"
    return _uploaded(name, limit) or _packed(name, limit, quote) or _equipped(name, limit, quote)


def _uploaded(name: str, limit: Limit) -> str | None:
    """上传照片不少于2张: a verb and what is counted."""
    known = next((word for word in phrase_words().verbs if name.startswith(word)), None)
    what = noun_phrase(name[len(known) :]) if known and limit.unit in _COUNTS else None
    if known is None or what is None or not what.plain or limit.value == 1:
        return None
    sign, count = _SIGNS.get(limit.comparator, ""), number(limit.value)
    return f"{phrase_words().verbs[known]} {sign} {count} {plural(what.english)}"


def _packed(name: str, limit: Limit, quote: str) -> str | None:
    """每箱不得超过一个电池包: at most 1 battery pack per container."""
    match = re.fullmatch("[每单](?P<each>[一-鿿])", name)
    each = _EACH_WORDS.get(match["each"]) if match else None
    found = re.search(
        rf"{re.escape(name)}[^，。；]{{0,4}}(?:超过|多于|少于)[一二两三四五六七八九十\d]{{1,4}}"
        rf"{re.escape(limit.unit or '')}(?P<what>[^，。；]{{2,12}})[，。；]", quote
    )  # fmt: skip
    what = noun_phrase(found["what"]) if found and each and limit.unit in _COUNTS else None
    if what is None or not what.plain:
        return None
    said = singular(what.english) if limit.value == 1 else plural(what.english)
    sign = _SIGNS.get(limit.comparator, "")
    return f"keep to {sign} {number(limit.value)} {said} per {each}"


def _equipped(name: str, limit: Limit, quote: str) -> str | None:
    """The thing counted, from the words after the number: 不少于2名经过…培训的船员."""
    if name not in ("配备", "设置", "安装", "接受", "上传", "提供") or not limit.unit:
        return None
    found = re.search(
        rf"{name}(?:不少于|至少|不低于)[一二两三四五六七八九十\d]{{1,4}}\s?{re.escape(limit.unit)}的?"
        r"(?P<what>[^，。；]{2,24})[，。；]", quote
    )  # fmt: skip
    what = noun_phrase(found["what"]) if found else None
    if what is None:
        return None
    verb = {"接受": "receive", "上传": "upload", "提供": "provide"}.get(name, "have")
    if limit.unit in ("学时", "课时"):
        return f"{verb} {bound_text(limit)} of {what.english}"
    sign, count = _SIGNS.get(limit.comparator, ""), number(limit.value)
    return f"{verb} {sign} {count} {what.english}" if limit.value != 1 else None


def _away(name: str, bound: str) -> str | None:
    match = _AWAY.fullmatch(name)
    what = noun_phrase(match["what"]) if match else None
    if what is None or not set(what.kinds) <= {"places", "things", "devices"}:
        return None
    return f"stay {bound} away from {what.english}"


def _level(name: str, limit: Limit, quote: str) -> str | None:
    measured = measured_thing(_widened(name, quote))
    amount = amount_text(limit)
    if measured is None or (limit.unit or "") in ("人", "名", *_COUNTS):
        return None
    return f"keep {with_article(measured)} {_LEVELS.get(limit.comparator, 'at')} {amount}"


# Names that say too little alone: 时间 of 存放时间.
_BARE = frozenset({"时间", "期限", "距离", "比例", "周期", "面积", "高度"})


def _widened(name: str, quote: str) -> str:
    """A bare name with the words that stand before it in the text, where they make a term."""
    if not name and re.search("摄氏?度?|[°℃]", quote) and quote.count("温度") == 1:
        return "温度"
    at = quote.find(name) if name in _BARE else -1
    known = phrase_words().attributes
    longer = (quote[start : at + len(name)] for start in range(max(0, at - 6), max(0, at)))
    return next((term for term in longer if term in known), name)


def _elliptic(name: str, bound: str) -> str | None:
    """集中贮存型网点不得超过30吨: what is measured stands before, the bound is sure."""
    what = noun_phrase(name)
    if what is None or not set(what.kinds) <= {"places", "things"}:
        return None
    return f"keep to {bound} for {what.english} (see text)"


@lru_cache(maxsize=4096)
def measured_thing(name: str) -> str | None:
    """The parameter of a limit in English: 每袋净重 is "net weight per bag"."""
    name = _JUNK.sub("", re.sub(r"\s", "", name))
    if match := _TOGETHER.fullmatch(name):
        both = noun_phrase(match["what"])
        return f"total of {both.english}" if both and len(both.kinds) > 1 else None
    if after := _AFTERWARDS.fullmatch(name):
        act, what = noun_phrase(after["act"]), noun_phrase(after["what"])
        if act and what and act.kinds == ("processes",) and what.kinds == ("attributes",):
            return f"{what.english} after {act.english}"
        return None
    match = _EACH.fullmatch(name)
    if match and name not in phrase_words().attributes and (each := _per(match)):
        return each
    phrase = noun_phrase(name)
    if phrase is None or not set(phrase.kinds) <= {"attributes", "materials", "known"}:
        return None
    return phrase.english


def _per(match: re.Match[str]) -> str | None:
    """Net weight per bag: the shortest thing after 每 that leaves a measured thing."""
    text = match["each"] + match["what"]
    for cut in range(1, len(text) - 1):
        each = _EACH_WORDS.get(text[:cut])
        if each is None and (thing := noun_phrase(text[:cut])) and thing.plain:
            each = singular(thing.english) if set(thing.kinds) <= {"things", "places"} else None
        what = noun_phrase(text[cut:])
        if each and what and what.kinds == ("attributes",):
            return f"{what.english} per {each}"
    return None
