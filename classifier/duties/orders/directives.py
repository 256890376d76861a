"""Read orders that need no modal verb: 收集企业每日巡库, 会员单位不收购来源不清的电池."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifier.duties.act_view import ActView, find_verbs
from classifier.duties.leads import ClauseLead
from classifier.duties.setting import Predicate
from classifier.duties.subjects import find_roles, subjects_of
from domain.law.duties import Bound, Modality, Subject

# what tells of something and orders nothing
_TELLS = re.compile(
    r"了(?!解)|已|曾|正在|是(?!否)|过程|近年|目前|享受|可能|存在|违反|未|包括|包含|属于|免费|自愿|^可|^能|的$|给予|予以|视为|视同|^由"
)
# (网点)向卖方, 将废料, 每日, 跨市: what may stand between a subject and its verb
_LEADS = re.compile(
    r"(?:对|将|把|向|与|按照?|依据|根据|通过|凭|在|于|自|从|每|逐|跨|会同|委托|统一|定期|及时|立即|如实|主动|事先|当[日场天])"
)
_REFUSES = re.compile(
    r"(?:一律|均|也|绝|概|自觉|自愿|承诺)?不(?!得|准|应|可|能|同|足|符|满|少|低|高|超|小|大|含|再|收费)(?:以|向|对|将|把)?(?=[一-鿿])"
)
_HEAD = re.compile(r"[^，。；]{0,2}|[^，。；]{2,14}的")
_EACH_TIME = re.compile(
    r"^每(?:销售|生产|进口|回收|拆解|处理|出厂|出口)[^，。；]*，"
)  # when, not what
_LIGHT = re.compile(r"^(?:开展|进行|从事|实施|组织开展|组织)(?:无证|非法|违规|擅自)?")
_BRACKET = re.compile(r"（[^（）]{0,60}）")
_OPENS = re.compile(r"(?<![以今此])[后前时的中内]$")  # (网点)收集电池后，贮存…: when, not what
_VERB_WITHIN = 3  # characters between a subject and its verb
_FIRM_ACTS = frozenset(
    [
        "report",
        "register",
        "file",
        "apply",
        "code",
        "label",
        "hand_over",
        "take_back",
        "store",
        "pack",
        "transport",
        "dismantle",
        "dispose",
        "test",
        "verify",
        "publish",
        "keep_records",
        "notify",
        "declare",
        "provide",
        "sign",
        "train",
        "equip",
        "correct",
        "stop",
        "connect",
        "pay",
        "inspect",
        "build",
        "sell",
    ]
)


def directed(body: str) -> Iterator[Predicate]:
    """An order to a company that stands at the head of its sentence, without modal verb."""
    spans = find_roles(body[:40])
    if not spans or not _HEAD.fullmatch(body[: spans[0].start]):
        return
    end = spans[0].end
    for span in spans[1:]:
        if re.fullmatch(r"[、和与及]|以及", body[end : span.start]):
            end = span.end
    named, rest = subjects_of(body[:end]), body[end:].removeprefix("均").removeprefix("，")
    if named and all(subject.kind in (Bound.COMPANY, Bound.PUBLIC) for subject in named):
        yield from ordered(rest, named)


def ordered(rest: str, named: tuple[Subject, ...]) -> Iterator[Predicate]:
    """What the words behind a subject order or forbid; nothing where they only tell."""
    rest = _EACH_TIME.sub("", rest)
    first, *others = _BRACKET.sub("", rest).split("，")
    if _OPENS.search(first):
        return
    if _REFUSES.match(first):
        for clause in (first, *others):
            refusal = _REFUSES.match(clause)
            if refusal and begins_with_act(clause[refusal.end() :], alone=True):
                yield Predicate(Modality.MUST_NOT, named, ClauseLead(), clause[refusal.end() :])
        return
    if _TELLS.search(first) or not (begins_with_act(first) or _LEADS.match(first)):
        return
    if any(act in _FIRM_ACTS for _, _, act in find_verbs(ActView.of(rest).masked)):
        yield Predicate(Modality.MUST, named, ClauseLead(), rest)


def begins_with_act(words: str, *, alone: bool = False) -> bool:
    """Whether words begin with an act that one can do: 建立台账, 现场核验编码; ``alone`` where
    they need no object: (第一联由收集企业)留存."""
    words = _LIGHT.sub("", words)
    view = ActView.of(words)
    verbs = [
        verb for verb in find_verbs(view.masked)
        if verb[2] in _FIRM_ACTS and view.masked[verb[1] : verb[1] + 1] != "的"
    ]  # fmt: skip
    bare = bool(verbs) and not words[verbs[-1][1] :].strip("。；，、") and verbs[0][0] == 0
    return bool(verbs) and verbs[0][0] <= view.first + _VERB_WITHIN and (alone or not bare)


def refused(words: str, modality: Modality) -> tuple[Modality, str]:
    """An item of what somebody undertakes: 不开展收集活动, 未通过核查前，不开展收集活动 forbid."""
    head, comma, rest = words.rpartition("，")
    if comma and not head.endswith("前"):
        return modality, words
    match = _REFUSES.match(rest)
    if match is None or not begins_with_act(rest[match.end() :]):
        return modality, words
    return Modality.MUST_NOT, head + comma + rest[match.end() :]
