"""Cut Chinese legal text into words; numbers stay whole with their unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from domain.text.normalization import normalise
from domain.text.numerals import parse_chinese_number

_D = r"[0-9０-９]"
_C = r"[〇零○一二三四五六七八九十百千万亿两]"
_UNITS = (
    "个工作日|工作日|个自然日|自然日|个月|个季度|季度|小时|分钟|周岁|年度|周|年|月份|月|日|天|时|分|秒|"
    "亿元|万元|千元|百元|元|角|美元|欧元|港元|万吨|千克|公斤|吨|克|公里|千米|平方米|立方米|毫米|厘米|米|"
    "千瓦时|兆瓦时|千瓦|兆瓦|瓦|伏|安时|GWh|MWh|kWh|Wh|Ah|kW|MW|GW|kg|km|mg|MB|GB|KB|m|t|V|℃|%|％|‰|"
    "倍|次|家|个|人|名|项|条|款|目|章|节|批|台|套|辆|位|字符|字节|级|类|期|份|页|户|件|起|种|号|组|块|只|折"
)
_NUMBER = rf"(?:{_D}+(?:[,，]{_D}{{3}}(?!{_D}))*(?:[.．]{_D}+)?[十百千万亿]*|{_C}+(?:点{_C}+)?)"
# For example 第十二条, 百分之三十, 2026-11-28, 30日 or GB/T.
SPECIAL = re.compile(
    r"(?P<url>https?://[!-~]+)"
    rf"|(?P<reference>第[ \u3000]*(?:{_D}+|{_C}+)[ \u3000]*(?:条(?:之{_C})?|款|项|章|节|目|编))"
    rf"|(?P<share>[百千万]分之{_C}+(?:点{_C}+)?)"
    rf"|(?P<chain>{_D}+(?:[-/:：．.]{_D}+){{2,}}|{_D}+-{_D}+(?:{_UNITS})?)"
    rf"|(?P<number>{_NUMBER}[ \u3000]?(?:{_UNITS})|{_D}+(?:[,，]{_D}{{3}}(?!{_D}))*(?:[.．]{_D}+)?"
    rf"[十百千万亿]*|{_C}{{2,}})"
    r"|(?P<code>[A-Za-zＡ-Ｚａ-ｚ](?:[A-Za-z0-9]|[-./_](?=[A-Za-z0-9]))*)"
)
_NUMERIC = {"reference", "share", "chain", "number"}
_QUANTITY = re.compile(rf"^(?P<value>{_NUMBER})(?P<unit>.*)$", re.S)
_SAME_UNIT = {
    "天": "日",
    "％": "%",
    "月份": "月",
    "公斤": "千克",
    "kg": "千克",
    "t": "吨",
    "公里": "千米",
}
_TIMES = {"千元": ("元", 1000), "百元": ("元", 100), "万元": ("元", 10**4), "亿元": ("元", 10**8)}

# Words that the rules below and the plain fallback must see whole.
MODALS = {
    "应当": "must", "应该": "must", "应": "must", "必须": "must", "须": "must", "应予": "must",
    "可以": "may", "可": "may", "不得": "must not", "禁止": "must not", "严禁": "must not",
    "不应": "must not", "不准": "must not", "不能": "cannot", "不可": "must not",
}  # fmt: skip
BOUNDS = {
    "不", "未", "无", "非", "免", "免于", "不予", "除外", "以上", "以下", "以内", "以外", "不足",
    "超过", "低于", "高于", "少于", "多于", "大于", "小于", "不超过", "不低于", "不少于", "不高于",
    "至少", "至多", "最高", "最低", "或者", "或", "并", "且", "并处", "单处", "均", "全部", "暂停",
    "每", "之前", "之后", "以前", "以后", "前", "后", "内", "鼓励", "暂不", "方可", "有权", "免除",
    "从轻", "从重", "减轻", "情节严重", "逾期", "立即", "及时",
}  # fmt: skip
SAME_BOUND = {
    "以内": "内", "或者": "或", "之前": "前", "以前": "前", "之后": "后", "以后": "后",
}  # fmt: skip
_GLOSSARY = {
    *MODALS, *BOUNDS, "应用", "供应", "相应", "反应", "对应", "适应", "响应", "许可", "认可",
    "可行", "可靠", "可能", "取得", "获得", "所得", "不断", "不同", "未来", "无害", "非常", "内容",
    "国内", "前款", "后果", "并且", "全国", "生产", "企业", "回收", "利用", "综合利用", "动力电池",
    "蓄电池", "新能源", "汽车", "废旧", "溯源", "编码", "备案", "主管部门", "罚款", "责令", "改正",
    "办法", "规定", "管理", "信息", "平台", "报告", "处罚", "违法", "责任", "义务", "国家", "部门",
    "人民政府", "工业", "信息化", "生态环境", "市场监管", "拆解", "梯次", "再生", "单位", "个人",
}  # fmt: skip
_LONGEST = max(map(len, _GLOSSARY))
_HAN = re.compile(r"[\u3400-\u9fff]+|\s+|.", re.S)


@dataclass(frozen=True, slots=True)
class WordToken:
    """A word as it stands (with the blanks after it) and what it is compared by."""

    raw: str
    key: str
    numeric: bool = False


@lru_cache(maxsize=1)
def _jieba() -> Any | None:
    """The word cutter of the ``words`` extra, if it is installed."""
    try:
        import rjieba
    except ImportError:
        return None
    return rjieba


_key = lru_cache(maxsize=50_000)(normalise)


def cut_words(text: str) -> list[WordToken]:
    """The words of a text; their ``raw`` joined give the text exactly."""
    words: list[WordToken] = []
    lead = ""
    for raw, numeric in _pieces(text):
        key = _key(raw)
        if key:
            words.append(WordToken(lead + raw, key, numeric))
            lead = ""
        elif words:
            last = words[-1]
            words[-1] = WordToken(last.raw + raw, last.key, last.numeric)
        else:
            lead += raw
    if lead:
        words.append(WordToken(lead, "", False))
    return words


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    position = 0
    for match in SPECIAL.finditer(text):
        if match.start() > position:
            yield from _plain(text[position : match.start()])
        yield match.group(), match.lastgroup in _NUMERIC
        position = match.end()
    if position < len(text):
        yield from _plain(text[position:])


def _plain(text: str) -> Iterator[tuple[str, bool]]:
    jieba = _jieba()
    for piece in _HAN.findall(text):
        if len(piece) < 2 or piece.isspace():
            yield piece, False
        elif jieba is not None:
            for word in jieba.cut(piece):
                yield word, False
        else:
            for word in _longest_match(piece):
                yield word, False


def _longest_match(run: str) -> Iterator[str]:
    at = 0
    while at < len(run):
        for size in range(min(_LONGEST, len(run) - at), 1, -1):
            if run[at : at + size] in _GLOSSARY:
                break
        else:
            size = 1
        yield run[at : at + size]
        at += size


def dictionary_words(text: str) -> list[str]:
    """The text cut at the words of the dictionary only, without guesses at unknown ones."""
    jieba = _jieba()
    return list(jieba.cut(text, False)) if jieba is not None else list(_longest_match(text))


def is_known_word(word: str) -> bool:
    """True for a word of two or more characters that the dictionary holds."""
    jieba = _jieba()
    if len(word) < 2:
        return False
    return bool(jieba.has_word(word)) if jieba is not None else word in _GLOSSARY


def quantity(word: str) -> tuple[float | str, str]:
    """Value and unit of a numeric word, so that 5,000元, 五千元 and 0.5万元 are one; what is no
    plain number is its own value."""
    key = normalise(word).replace(" ", "")
    if key.startswith(("百分之", "千分之", "万分之")):
        value = parse_chinese_number(key[3:])
        scale = {"百": 1.0, "千": 0.1, "万": 0.01}[key[0]]
        return (round(value * scale, 9), "%") if value is not None else (key, "")
    reference = re.fullmatch(rf"第({_D}+|{_C}+)(.+)", key)
    if reference:
        value = parse_chinese_number(reference[1])
        return (value if value is not None else key), "第" + reference[2]
    match = _QUANTITY.match(key)
    value = parse_chinese_number(match["value"]) if match else None
    if match is None or value is None:
        return key, ""
    unit = _SAME_UNIT.get(match["unit"], match["unit"])
    if unit == "元" or unit not in _TIMES:
        return float(value), unit
    base, factor = _TIMES[unit]
    return float(value) * factor, base
