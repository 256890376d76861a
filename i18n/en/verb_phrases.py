"""Write an act that has no English of its own from its verb and its object."""

from __future__ import annotations

import re
from functools import lru_cache

from i18n.en.noun_phrases import noun_phrase
from i18n.glossary_terms import longest_first, phrase_words

# Verbs whose object may be a person or a company.
_OF_PERSONS = frozenset(
    {"委托", "聘请", "安排", "指派", "指定", "明确", "配备", "配置", "配齐", "组织", "疏散", "撤离",
     "确定", "配合"}
)  # fmt: skip


_ADVERBS = re.compile(r"^(?:应当?|须|先|及时|立即|依法|按时|按规定|妥善)")
# 向企业收取费用
_TOWARDS = re.compile(
    r"向(?P<who>[^，。；]{2,10}?)(?P<act>收取|提供|支付|退还|返还|出具|开具)(?P<what>.{2,20})"
)
_GERUNDS = {
    "使用": "using", "接收": "accepting", "受理": "accepting", "销售": "selling",
    "进口": "importing", "出口": "exporting", "生产": "producing", "运输": "transporting",
    "收取": "charging",
    "回收": "taking back", "贮存": "storing", "办理": "handling", "拆解": "dismantling",
}  # fmt: skip


@lru_cache(maxsize=4096)
def verb_phrase(verb: str, thing: str) -> str | None:
    """切断高压电路 is "cut off the high-voltage circuit"; None where a part is not known."""
    words = phrase_words()
    said = thing if thing.startswith(verb) else f"{verb}{thing}"
    said = _ADVERBS.sub("", said)
    if match := _TOWARDS.fullmatch(said):
        return _towards(match)
    if said in words.alone:
        return words.alone[said]
    known = next((word for word in longest_first(words.verbs) if said.startswith(word)), None)
    if known is None:
        return None
    phrase = noun_phrase(said[len(known) :])
    if phrase is None or (phrase.has_person and known not in _OF_PERSONS):
        return None
    if known == "提离" and phrase.kinds == ("places",):
        return f"remove the goods from {phrase.english}"
    return f"{words.verbs[known]} {phrase.english}"


def _towards(match: re.Match[str]) -> str | None:
    who, what = noun_phrase(match["who"]), noun_phrase(match["what"])
    if who is None or what is None or not who.is_person or what.has_person:
        return None
    if match["act"] == "收取":
        return f"collect {what.english} from {who.english}"
    verb = {"支付": "pay", "退还": "return", "返还": "return"}.get(match["act"], "provide")
    return f"{verb} {what.english} to {who.english}"


def gerund_phrase(thing: str) -> str | None:
    """What is to be stopped: 使用旧平台 is "using old platform"; None where it is not known."""
    verb = next((verb for verb in _GERUNDS if thing.startswith(verb)), None)
    phrase = noun_phrase(thing[len(verb) :]) if verb else None
    if verb is None or phrase is None or phrase.has_person:
        return None
    return f"{_GERUNDS[verb]} {phrase.english}"
