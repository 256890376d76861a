"""Read what has to come first: 经检测合格后，方可出库 is a test before it leaves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifier.duties.acts import trimmed
from classifier.duties.leads import read_lead
from classifier.duties.setting import Setting, inherited_by
from classifier.duties.times import event_of
from domain.law.duties import Duty, Modality, Subject, TimeRelation, When

# what an act is called that has to come first
_ACTS = (
    ("apply", "批准|同意|许可|审批|核准|审议|审定|准许"),
    ("file", "备案"),
    ("register", "登记|注册"),
    ("test", "检测|检验|评估|鉴定|测试|化验|监测"),
    ("train", "培训|考核"),
    ("verify", "验收|查验|核验|核实|审核|审查|确认|核对|自查|核查"),
    ("correct", "整改"),
    ("sign", "签订"),
)  # fmt: skip
_VERBS = "|".join(words for _, words in _ACTS)
# (电池)须经第三方检测合格后，(企业)方可出库; 贮存场所经验收合格方可投用
_GATE = re.compile(
    rf"(?P<must>应当?|须|必须|需)?经(?P<by>[^，。；经]{{0,16}}?)(?P<verb>(?:{_VERBS})(?:(?:、|和|并)?(?:{_VERBS}))*)"
    r"(?:并?[^，。；]{0,4}?(?:合格|通过|符合要求|无误|同意|确认))?(?:之?后|的)?，?"
    r"(?P<who>[^，。；]{0,12}?)(?:方可|方能|才可以?|才能)(?P<event>[^，。；]{2,24})"
)
_THING = re.compile(r"^(?:对于?|凡|将|其|该)")


# 取得核准通知单后方可装船
_PERMIT = re.compile(
    r"(?:应当?|须|需)?(?P<verb>取得|领取)(?P<permit>[^，。；]{2,16}?)(?:之?后，?(?P<who>[^，。；]{0,12}?))?(?:方可|方能|才能|才可)(?P<event>[^，。；]{2,24})"
)


def gated_duties(body: str, setting: Setting) -> tuple[list[Duty], str]:
    """The duties that have to be done first, and the sentence without them."""
    found: list[Duty] = []
    for match in reversed(list(_GATE.finditer(body))):
        left = body[: match.start()]
        found.insert(0, _duty(match, left.rpartition("；")[2], setting))
        clause = max(left.rfind(mark) for mark in "，；：。") + 1
        body = body[:clause] + body[match.end() :].lstrip("，")
    for match in reversed(list(_PERMIT.finditer(body))):
        clause = max(body[: match.start()].rfind(mark) for mark in "，；：。") + 1
        found.append(_permit(match, body[clause : match.start()], setting))
        body = body[:clause] + body[match.end() :].lstrip("，")
    return found, body


def _permit(match: re.Match[str], left: str, setting: Setting) -> Duty:
    lead = read_lead(left)
    subjects = read_lead(match["who"] or "").subjects
    subjects = subjects or lead.subjects or inherited_by(lead, setting)
    event = match["event"].strip("，。； ")
    return Duty(
        who=subjects[0] if subjects else Subject(), modality=Modality.MUST, act="obtain_permit",
        object=trimmed(match["permit"]), verb=match["verb"],
        when=When(relation=TimeRelation.BEFORE, event=event_of(event), event_text=event),
    )  # fmt: skip


def _duty(match: re.Match[str], left: str, setting: Setting) -> Duty:
    lead = read_lead(left)
    named = read_lead(match["who"]).subjects if len(match["who"]) > 1 else ()
    subjects: Sequence[Subject] = named or lead.subjects or inherited_by(lead, setting)
    verb = match["verb"]
    act = next(name for name, words in _ACTS if re.match(words, verb))
    own = "" if named else re.sub(r"^[，、]", "", match["who"])
    thing = trimmed(_THING.sub("", lead.topic or own))
    event = match["event"].strip("，。； ")
    return Duty(
        who=subjects[0] if subjects else Subject(), modality=Modality.MUST, act=act,
        object=thing or (event if act in ("apply", "file") else ""), verb=verb,
        when=When(relation=TimeRelation.BEFORE, event=event_of(event), event_text=event),
    )  # fmt: skip
