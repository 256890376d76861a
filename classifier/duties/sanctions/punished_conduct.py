"""Make duties of conduct that an act only punishes: 擅自拆解的，处…罚款."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from classifier.duties.acts import trimmed
from classifier.duties.sanctions.breaches import Breach
from classifier.duties.sanctions.conducts import Conduct
from classifier.duties.times import event_of
from classifier.duties.times.relative_times import within
from domain.law.duties import Duty, Modality, Subject

# 自查表弄虚作假的: breaks the duty to hand in that form
FALSIFIED = re.compile(
    r"(?:对)?(?P<thing>[^，。；未]{2,14}?(?:表|报告|台账|信息|数据|材料|资料|记录))(?:存在)?(?:弄虚作假|造假|不实|失实|虚假)(?:的|行为)?"
)
# 未配备灭火系统的, 对伪报出口的, 擅自拆解的单位: said of whoever does it
_OF_ANYONE = re.compile(r"(?:的|者)(?:[，：；。]|$)|^对|的(?:企业|单位|机构|个人|人员|行为)|行为")
_OF_ONE = re.compile(
    r"不(?:予)?(?:改正|整改)|一经|某|该公司|当事人|已被|被[处罚]|违法所得|其他|本(?:条|款)"
)
_LASTING = frozenset({"fine", "confiscation", "suspension", "revocation", "delisting",
                      "warning", "credit_record"})  # fmt: skip


def only_punished(breach: Breach, duties: Sequence[Duty]) -> list[Duty]:
    """The duties that a sanction implies, where the act does not state them otherwise."""
    words = breach.statement.body
    if FALSIFIED.match(breach.words):
        return []
    if breach.places or breach.backs or not _LASTING & set(breach.sanction.kinds):
        return []
    if not breach.words or _OF_ONE.search(breach.words) or not _OF_ANYONE.search(words):
        return []
    return [
        _duty(conduct, breach, subject)
        for conduct in dict.fromkeys(breach.conducts)
        if conduct.act not in ("other", "comply")
        and (conduct.object or breach.subjects)
        and not any(_stated(conduct, duty) for duty in duties)
        for subject in breach.subjects or (Subject(),)
    ]


def _stated(conduct: Conduct, duty: Duty) -> bool:
    """Whether a duty already says what the conduct breaks."""
    return conduct.act == duty.act and (
        not conduct.object or not duty.object or same_thing(conduct.object, duty.object)
    )


def _duty(conduct: Conduct, breach: Breach, subject: Subject) -> Duty:
    statement = breach.statement
    times = within(breach.words.replace("未在", "在"))
    when = times[0].when if times and conduct.modality is Modality.MUST else None
    if when is not None and when.event_text is None and conduct.object:
        when = replace(when, event=event_of(conduct.object), event_text=conduct.object)
    return Duty(
        who=subject, when=when, modality=conduct.modality, act=conduct.act, object=conduct.object,
        verb=conduct.verb, where=conduct.where, sanctions=(breach.sanction,),
        article=statement.article, quote=statement.quote,
        place=statement.passage.where(statement.start),
    )  # fmt: skip


def same_thing(one: str, other: str) -> bool:
    """Whether two objects are the same thing: half of the shorter's two-character pieces."""
    short, long = sorted((trimmed(one), trimmed(other)), key=len)
    pieces = {short[i : i + 2] for i in range(len(short) - 1)}
    return bool(pieces) and sum(piece in long for piece in pieces) * 2 > len(pieces)
