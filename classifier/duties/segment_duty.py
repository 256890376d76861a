"""Make the duty of one segment: its act, object, limit and modality."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from classifier.duties.acts import ActRead, read_act, trimmed
from classifier.duties.documents import named_documents
from classifier.duties.limits import exceeded_limit, limited_act, read_limit, without_kept_time
from classifier.duties.predicates import Predicate
from classifier.facts.calendar_dates import YearContext
from domain.law.duties import Duty, Limit, Modality, Subject, When

_EMPTY_ACT = re.compile(
    r"真实|准确|完整|有效|质量|安全生产主体责任|到位|实效|落实|监督$|责任|意识|认识|平安|法律法规|工作$"
)
_STANDARD = re.compile(
    r"标准|规范|要求|条件|规定|规程|限值|指标|GB|《|目录|许可|范围|方案|程序|检查|抽查|核查"
)
_BARE_CONDITION = re.compile(r"不符合|逾期|否则|确需|有下列|存在下列|特殊情况|本.{1,4}施行")
_OPINION = re.compile(r"异议|不同意见|修改意见|意见建议")
_WEAK = frozenset({"comply", "other", "use"})
_TELLS = frozenset({"report", "notify", "file", "publish", "apply", "comment", "decide"})


@dataclass
class SegmentReading:
    """Where the reading of a predicate stands."""

    predicate: Predicate
    years: YearContext
    before: Sequence[Duty]
    condition: str
    carries: bool = True  # whether the last act's time holds for one that 并 joins to it
    pending: list[When] = field(default_factory=list)
    made: list[Duty] = field(default_factory=list)

    @property
    def last(self) -> Duty | None:
        if self.made:
            return self.made[-1]
        return self.before[-1] if self.before else None


def duty_of(reading: SegmentReading, rest: str, whole: str, *, timed: bool) -> Duty | None:
    """The duty of a segment: ``rest`` is the ``whole`` without its times; None if it has none."""
    predicate = reading.predicate
    modality = _modality(reading, whole, timed=timed)
    if modality is Modality.MUST and rest.startswith("拒绝"):
        modality, rest = Modality.MUST_NOT, rest.removeprefix("拒绝")
    exceeded = exceeded_limit(rest) if modality is Modality.MUST_NOT else None
    limit = exceeded[0] if exceeded else read_limit(whole)
    read = read_act(exceeded[1] if exceeded else without_kept_time(rest))
    if read is None:
        return _without_act(reading, rest, limit)
    if limit is not None and read.act in ("comply", "other", "equip"):
        read = replace(read, act=limited_act(limit), object=limit.parameter or read.object)
    if not _says_something(reading, read, rest, limit, timed=timed):
        return None
    if read.act == "take_back" and read.verb.startswith("拒"):
        modality = Modality.MUST if modality is Modality.MUST_NOT else modality
    if _restates(reading, modality, read):
        return None
    if len(read.object) <= 1 or read.object == "其" or read.verb in ("用于", "适用"):
        read = replace(read, object=_implied_object(reading, read))
    if (
        _OPINION.search(predicate.lead.text)
        and read.act in ("report", "provide")
        and not reading.made
    ):
        read = replace(read, act="comment", object=_OPINION.findall(predicate.lead.text)[-1])
    duty = _duty(modality, read, limit)
    return None if modality is Modality.MAY and not _is_choice(predicate, duty, timed) else duty


def _restates(reading: SegmentReading, modality: Modality, read: ActRead) -> bool:
    """不得混报 after 应当分别申报: the same act forbidden the other way round."""
    last = reading.last
    return (
        modality is Modality.MUST_NOT and last is not None and last.modality is Modality.MUST
        and last.act == read.act and (len(read.object) <= 1 or "其他" in read.object)
    )  # fmt: skip


def _without_act(reading: SegmentReading, rest: str, limit: Limit | None) -> Duty | None:
    predicate = reading.predicate
    if reading.made:
        return None
    if limit is not None:
        return _duty(predicate.modality, ActRead(limited_act(limit), limit.parameter), limit)
    thing = trimmed(rest)
    if predicate.fulfils and len(thing) > 3:
        return _duty(predicate.modality, ActRead("comply", thing, None, "符合"), None)
    return None


def _modality(reading: SegmentReading, segment: str, *, timed: bool) -> Modality:
    """不得承运，并于24小时内报告: what follows with a time of its own is a duty again."""
    modality = reading.predicate.modality
    if (
        modality is Modality.MUST_NOT
        and reading.made
        and timed
        and re.match(r"于|在|自|立即|及时|向", segment)
    ):
        return Modality.MUST
    return modality


def _says_something(
    reading: SegmentReading, read: ActRead, rest: str, limit: Limit | None, *, timed: bool
) -> bool:
    """Whether one could act on it; 提高认识, 完好、防潮, 确保安全 say nothing to do."""
    predicate = reading.predicate
    if read.act == "other" and predicate.fulfils:
        return True
    if read.act == "other" and predicate.modality is not Modality.MUST_NOT and not timed:
        return False
    if limit is not None:
        return True
    if reading.made and (read.act in _WEAK and not timed):
        return False
    if _EMPTY_ACT.search(rest) and (read.act in _WEAK or reading.made):
        return bool(_STANDARD.search(read.object)) and read.act != "other" and not reading.made
    return read.act != "comply" or bool(_STANDARD.search(rest))


def _is_choice(predicate: Predicate, duty: Duty, timed: bool) -> bool:
    """Whether a permission is worth a line: dated, an application, or said of someone named."""
    if timed or duty.act in ("apply", "comment"):
        return duty.act != "other"
    return bool(predicate.lead.subjects) and duty.act not in ("other", "comply")


def _implied_object(reading: SegmentReading, read: ActRead) -> str:
    """The object that the verb leaves out: the thing the sentence speaks of, what has happened,
    or the object of the act before it (建立体系，并向社会公开)."""
    if reading.predicate.lead.topic and not reading.made:
        return trimmed(reading.predicate.lead.topic)
    if read.verb in ("用于", "适用") and len(read.object) > 1:
        return read.object
    condition = trimmed(reading.condition)
    if len(condition) < 4 or _BARE_CONDITION.match(condition):
        condition = ""
    last = reading.last
    if condition and (read.act in ("report", "notify") or last is None):
        return condition
    if last is not None and (reading.made or read.act in _TELLS or read.act == "hand_over"):
        return last.object
    return condition


def _duty(modality: Modality, read: ActRead, limit: Limit | None) -> Duty:
    forbidden = modality is Modality.MUST_NOT
    where = None if forbidden and read.act in ("hand_over", "sell") else read.where
    if read.act == "comment":
        modality = Modality.MAY
    return Duty(
        who=Subject(), modality=modality, act=read.act, object=read.object, verb=read.verb,
        where=where, limit=limit,
        documents=() if forbidden else named_documents(read.act, read.object),
    )  # fmt: skip
