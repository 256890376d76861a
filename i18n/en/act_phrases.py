"""Write what a duty asks for: the act's English verb, what it acts on, or that the text says it."""

from __future__ import annotations

import re

from domain.law.duties import Duty, Modality
from i18n.en.noun_phrases import noun_phrase
from i18n.en.object_names import english_object
from i18n.en.verb_phrases import gerund_phrase, verb_phrase
from i18n.glossary_terms import actions, phrase_words

SEE_TEXT = "(see text)"
# What an act asks for where its object has no English of its own.
_THINGS = {
    "report": "information", "provide": "documents", "file": "a filing",
    "keep_records": "records", "comply": "the requirements", "publish": "information",
    "obtain_permit": "a permit", "comment": "comments", "build": "what the text names",
}  # fmt: skip
_LEADS = {"comment": "send", "obtain_permit": "hold", "train": "train", "apply": "apply for"}
_INSTEAD = {"report": "submit", "apply": "hand in", "file": "make", "register": "complete"}
_KEPT = re.compile(
    r"record|ledger|file|register|manifest|voucher|contract|form|photo|video|waybill|books|papers|log"
)
# 出入库记录, 转移联单, 监测数据; not 保留原动力蓄电池编码
_RECORDS = re.compile(
    r"记录|台账|档案|凭证|[单票账]|数据|信息|报告|资料|材料|影像|视频|合同|协议|证明|文件|备查"
)
_WHOLE = {
    "file": "file for the record", "correct": "correct what was found", "inspect": "self-check",
    "keep_records": "keep records", "obtain_permit": "hold a permit", "comment": "send comments",
    "train": "train staff", "decide": "decide",
}  # fmt: skip


def act_text(duty: Duty) -> str:
    """The act with its object, "report incoming-battery data"; "(see text)" for what has no
    English."""
    verb = _verb(duty)
    same_place = duty.where is not None and duty.object == duty.where.name
    if verb is None:
        said = None if same_place else verb_phrase(duty.verb, duty.object)
        return said or f"act as the text says {SEE_TEXT}"
    return (
        _of_its_own(duty, verb)
        or _with_object(duty, verb, None if same_place else _thing(duty))
        or _without_object(duty, verb, same_place)
    )


def _thing(duty: Duty) -> str | None:
    """The object in English, unless it is the verb again or of a kind that cannot be meant."""
    if duty.object == duty.verb or _is_misread(duty):
        return None
    return english_object(duty.object)


def _of_its_own(duty: Duty, verb: str) -> str | None:
    """Acts whose object is no thing: stop using, report to the authority, publish this."""
    if duty.act == "build" and not duty.object and duty.where and duty.where.name:
        built = english_object(duty.where.name)  # 设立一个收集型网点
        return f"{verb} {built}" if built else None
    if duty.act == "stop" and (ended := gerund_phrase(duty.object)):
        return f"{verb} {ended}"
    if duty.act == "report" and (happened := _happened(duty.object)):
        return f"report {happened}"
    if duty.act in ("report", "notify") and _AN_AUTHORITY.fullmatch(duty.object):
        return f"{verb.removesuffix(' of')} to the authority"
    if _is_its_event(duty):
        return f"{verb.removesuffix(' about').removesuffix(' of')}{_THIS.get(duty.act, '')}"
    return None


# 发生热失控, 运输途中发生泄漏
_INCIDENT = re.compile(
    r"[^，。；]{0,8}(?:发生|出现)[^，。；]{0,10}(?:事故|事件|火|烟|泄漏|漏液|爆炸|险情|热失控|碰撞|鼓[胀包]|异常)[^，。；的]{0,4}"
)


def _happened(thing: str) -> str:
    """What an event is, told by what it is: 发生热失控 is an incident; '' for anything else."""
    if _INCIDENT.fullmatch(thing):
        return "the incident"
    return "what was found" if re.match(r"(?:自查|检查)?发现[^，。；]{2,20}$", thing) else ""


def _with_object(duty: Duty, verb: str, thing: str | None) -> str | None:
    if thing and " " in thing and (instead := _instead(duty, verb, thing)):
        return f"{instead} {thing}"
    if thing is None or _repeats(verb, thing):
        return None
    if _is_means(duty):
        return f"{verb} {'in' if duty.act == 'pack' else 'by means of'} {thing}"
    if duty.act != "keep_records":
        return f"{_lead(duty, verb)} {thing}"
    itself = _KEPT.search(thing) or (duty.verb == "保留" and not _RECORDS.search(duty.object))
    return f"keep {'' if itself else 'records of '}{thing}"


def _without_object(duty: Duty, verb: str, same_place: bool) -> str:
    if duty.act == "keep_records" and duty.object and not _RECORDS.search(duty.object):
        return f"keep what the text names {SEE_TEXT}"
    if duty.act == "inspect" and "自" not in duty.verb:
        return f"carry out checks{f' {SEE_TEXT}' if duty.object else ''}"
    if duty.act in _WHOLE and not _is_closer(duty, verb):
        return _WHOLE[duty.act]
    banned = duty.modality is Modality.MUST_NOT  # not all documents: those of the text
    known = "" if banned and duty.object else _THINGS.get(duty.act, "")
    if not duty.object or same_place or duty.object == duty.verb:
        if verb.endswith((" of", " about")):  # inform of: what, the text does not say
            verb = actions().actions[duty.act].en
        return " ".join(part for part in (verb, known) if part)
    return " ".join(part for part in (verb, known, SEE_TEXT) if part)


# Acts that may be done to a person or a company: 配备安全管理人员, 通知货主.
_TO_PERSONS = frozenset({"equip", "train", "notify", "verify", "inspect", "decide", "publish"})
_TO_THINGS = frozenset(
    {"hand_over", "take_back", "store", "pack", "transport", "dismantle", "build", "sell", "import",
     "export", "dispose", "return_goods"}
)  # fmt: skip


_THIS = {"publish": " this"}


def _is_its_event(duty: Duty) -> bool:
    """Whether the object is what the time is counted from (停业前30日公告) or an adverb of the
    verb (提前申报): then it is no object."""
    if not duty.object or duty.act not in ("publish", "notify", "apply"):
        return False
    event = duty.when.event_text if duty.when else None
    return duty.object == f"提前{duty.verb}" or bool(event and duty.object in event)


def _is_means(duty: Duty) -> bool:
    """Whether the object is what the act is done with: 以防潮吨袋包装, 使用密闭车辆运输."""
    words = (
        rf"(?:[以用]|采用|使用|通过){re.escape(duty.object)}(?:进行|予以)?{re.escape(duty.verb)}"
    )
    return bool(duty.verb) and re.search(words, duty.quote) is not None


# What is told is not said, only to whom: 报告省生态环境厅
_AN_AUTHORITY = re.compile(r"[一-鿿]{0,14}(?:局|[省市]厅|委员会|部门)")


def _is_misread(duty: Duty) -> bool:
    """Whether the object is of a kind to which nobody does such a thing: 交售 of an owner, 装箱 of
    an act, 安装 of a place."""
    phrase = noun_phrase(duty.object)
    if phrase is None:
        return False
    kinds = set(phrase.kinds)
    if duty.act == "dispose" and phrase.english.endswith(("containers", "boxes")):
        return True
    unfit = (duty.act in _TO_THINGS and "processes" in kinds) or (
        "安装" in duty.verb and "places" in kinds
    )
    if unfit or _cut_in_two(duty.verb + duty.object):
        return True
    return duty.act not in _TO_PERSONS and phrase.is_person


def _cut_in_two(text: str) -> bool:
    """Whether verb and object are one noun of the text: 检测报告."""
    nouns = phrase_words().nouns
    return text in nouns["documents"] or text in nouns["attributes"]


def _instead(duty: Duty, verb: str, thing: str) -> str | None:
    """Another verb where the object already says what is done: submit a report, carry out a
    hazard check (隐患排查)."""
    if duty.verb and duty.object.endswith(duty.verb):
        return _INSTEAD.get(duty.act, "carry out")
    return _INSTEAD.get(duty.act) if _repeats(verb, thing) else None


def _is_closer(duty: Duty, verb: str) -> bool:
    """Whether the text's own verb has an English of its own, other than its act's."""
    terms = actions().actions.get(duty.act)
    return terms is not None and verb != terms.en and not _repeats(verb, terms.en)


def _lead(duty: Duty, verb: str) -> str:
    phrase = noun_phrase(duty.object)
    if verb.endswith(" late") and phrase and set(phrase.kinds) == {"things"}:
        return f"{verb} the data of"
    if duty.act == "notify" and phrase and phrase.is_person:
        return "notify"
    return verb if _is_closer(duty, verb) else _LEADS.get(duty.act, verb)


def _verb(duty: Duty) -> str | None:
    """The English verb, a closer one where the text's own verb has one; None if unknown."""
    terms = actions().actions.get(duty.act)
    if terms is None:
        return None
    closer = next(
        (english for chinese, english in terms.verbs.items() if chinese in duty.verb), None
    )
    if duty.act == "other":
        return closer
    return closer or terms.en


def _repeats(verb: str, thing: str) -> bool:
    """Whether object and verb are one word: no filing is filed, no application applied."""
    words = thing.split()
    if verb == "pack into":
        return False
    return verb[:3] in (words[0][:3], words[-1][:3])
