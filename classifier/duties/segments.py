"""Read the duties of a predicate: its segments, each with its act, object and time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from classifier.duties.acts import ActRead, read_act, trimmed
from classifier.duties.documents import named_documents
from classifier.duties.limits import (
    exceeded_limit,
    limited_act,
    parameter_clause,
    read_limit,
    without_kept_time,
)
from classifier.duties.predicates import Predicate
from classifier.duties.times import TimeSpan, event_of, find_times
from classifier.facts.calendar_dates import YearContext
from domain.law.duties import Duty, Limit, Modality, Relation, Subject, When

# 应当建立台账，并报送 …: where one act ends and the next begins
_SEPARATOR = re.compile(
    r"[，；：。！]|(?<=[^合兼一])并(?!列|网|购|入|轨|非|不(?!得))|(?<![而])且(?=应|不得|须|在|于|向|将|每|保|及)"
)
_EXCEPTION = re.compile(r"除外|不视为|^例外|另有规定|^以便|^确需|^防止|^避免|^从其")
_COMPLETED = re.compile(r"(?:并|且)?(?:于|在)?(?:全部|全面)?(?:完成|办结|到位|完毕)?")
_EMPTY_ACT = re.compile(
    r"真实|准确|完整|有效|质量|安全生产主体责任|到位|实效|落实|监督$|责任|意识|认识|平安|法律法规|工作$"
)
_STANDARD = re.compile(
    r"标准|规范|要求|条件|规定|规程|限值|指标|GB|《|目录|许可|范围|方案|程序|检查|抽查|核查"
)
_BARE_CONDITION = re.compile(r"不符合|逾期|否则|确需|有下列|存在下列|特殊情况|本.{1,4}施行")
_OPINION = re.compile(r"异议|不同意见|修改意见|意见建议")
_WEAK = frozenset({"comply", "other", "use"})
_ONLY_PARAMETER = re.compile(
    r"(?:其)?(?:保存|贮存|存放|保管)?(?:的)?(?:期限|时间|时限|年限|量|总量|数量)?"
)
_TELLS = frozenset({"report", "notify", "file", "publish", "apply", "comment", "decide"})
_DATED = (Relation.WITHIN, Relation.BY, Relation.EACH, Relation.FROM)
_ORDER = (
    Relation.WITHIN, Relation.BY, Relation.EACH, Relation.BEFORE, Relation.AT_ONCE,
    Relation.UNTIL, Relation.FROM,
)  # fmt: skip


@dataclass
class _Reading:
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


def read_segments(predicate: Predicate, years: YearContext, before: Sequence[Duty]) -> list[Duty]:
    """The duties of a predicate, one for each subject; ``before`` are those of its sentence."""
    reading = _Reading(predicate, years, before, predicate.lead.condition)
    lead = predicate.lead.text
    spans = find_times(lead + predicate.text[:1], years)
    reading.pending = [span.when for span in spans if span.end <= len(lead) + 1]
    reading.pending += [span.when for span in predicate.times]
    if predicate.limit is not None:
        _read_bounded(reading, predicate.limit)
    else:
        for segment in _segments(predicate.text):
            _read_segment(reading, segment)
    return [
        replace(duty, who=subject)
        for duty in reading.made
        for subject in predicate.subjects or (Subject(),)
    ]


def _segments(text: str) -> Iterator[str]:
    """The parts of a predicate, cut outside of brackets and quotation marks."""
    start = 0
    for match in _SEPARATOR.finditer(text):
        begin = match.start()
        inside = text.count("（", 0, begin) > text.count("）", 0, begin)
        if inside or text.count("“", 0, begin) > text.count("”", 0, begin):
            continue
        if text[start:begin].strip():
            yield text[start:begin]
        start = match.end()
    if text[start:].strip():
        yield text[start:]


def _read_segment(reading: _Reading, segment: str) -> None:
    if _EXCEPTION.search(segment):
        return
    bare = segment.strip()
    if bare.endswith("的") and (reading.made or len(bare) > 4):
        reading.condition = bare.rstrip("的")
        return
    if bare.startswith(("未经", "已")) or ("方可" in bare and reading.made):
        return
    times = find_times(segment, reading.years)
    if times and _COMPLETED.fullmatch(_masked(segment, times).strip("，。； ")):
        _read_rest(reading, segment, "", [span.when for span in times])
        return
    timed = bool(times or reading.pending)
    duty = _duty_of(reading, _masked(segment, times), segment, timed=timed)
    whens = [span.when for span in times]
    if duty is None:
        _read_rest(reading, segment, _masked(segment, times), whens)
        return
    when = _best(whens) or _best(reading.pending) or (None if duty.limit else _carried(reading))
    reading.pending, reading.carries = [], "提前" not in segment and "之前" not in segment
    _add(reading, replace(duty, when=_by_condition(when, reading.condition)))


def _read_rest(reading: _Reading, segment: str, rest: str, whens: list[When]) -> None:
    """A segment without an act: its time or limit belongs to the act beside it."""
    last = reading.made[-1] if reading.made else None
    if (
        last is not None
        and whens
        and last.when is None
        and _COMPLETED.fullmatch(rest.strip("，。；"))
    ):
        reading.made[-1] = replace(last, when=whens[0])
        return
    reading.pending = [*whens, *reading.pending]
    if last is not None and last.limit is None and (limit := read_limit(segment)):
        reading.made[-1] = replace(last, limit=limit)


def _carried(reading: _Reading) -> When | None:
    """The time of the act before it, where the sentence goes on with 并: both are due then."""
    when = reading.made[-1].when if reading.made else None
    if when is None or not reading.carries:
        return None
    if when.relation is Relation.BEFORE:
        return when if when.duration else None
    if when.relation is Relation.AT_ONCE:
        return when if when.event_text and when.event_text.endswith("时") else None
    return when if when.relation in _DATED else None


def _by_condition(when: When | None, condition: str) -> When | None:
    """A period or 立即 without an event runs from the condition: 发现泄漏的，应当立即报告."""
    if when is None or when.event_text or not condition:
        return when
    if when.relation not in (Relation.WITHIN, Relation.AT_ONCE, Relation.BEFORE):
        return when
    return replace(when, event=event_of(condition), event_text=trimmed(condition))


def _masked(segment: str, times: Sequence[TimeSpan]) -> str:
    """The segment without its times, which hold verbs of their own (接收之日起)."""
    text = segment
    for span in sorted(times, key=lambda item: -item.start):
        left = re.sub(r"(?:应)?(?:于|在|自|从|至迟)$", "", text[: span.start])
        text = left + text[span.end :].removeprefix("，")
    return text


def _best(whens: Sequence[When]) -> When | None:
    """The time that dates the duty: a date or period before a bare event or a start."""
    if not whens:
        return None
    dated = [when for when in whens if when.duration or when.date or when.recurs] or list(whens)
    return min(dated, key=lambda when: _ORDER.index(when.relation))


def _duty_of(reading: _Reading, rest: str, whole: str, *, timed: bool) -> Duty | None:
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


def _restates(reading: _Reading, modality: Modality, read: ActRead) -> bool:
    """不得混报 after 应当分别申报: the same act forbidden the other way round."""
    last = reading.last
    return (
        modality is Modality.MUST_NOT and last is not None and last.modality is Modality.MUST
        and last.act == read.act and (len(read.object) <= 1 or "其他" in read.object)
    )  # fmt: skip


def _without_act(reading: _Reading, rest: str, limit: Limit | None) -> Duty | None:
    predicate = reading.predicate
    if reading.made:
        return None
    if limit is not None:
        return _duty(predicate.modality, ActRead(limited_act(limit), limit.parameter), limit)
    thing = trimmed(rest)
    if predicate.fulfils and len(thing) > 3:
        return _duty(predicate.modality, ActRead("comply", thing, None, "符合"), None)
    return None


def _modality(reading: _Reading, segment: str, *, timed: bool) -> Modality:
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
    reading: _Reading, read: ActRead, rest: str, limit: Limit | None, *, timed: bool
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


def _implied_object(reading: _Reading, read: ActRead) -> str:
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


def _add(reading: _Reading, duty: Duty) -> None:
    last = reading.made[-1] if reading.made else None
    if last is None or not _continues(last, duty):
        reading.made.append(duty)
        return
    reading.made[-1] = replace(
        last, limit=last.limit or duty.limit, where=last.where or duty.where,
        when=last.when or duty.when, documents=tuple(dict.fromkeys((*last.documents, *duty.documents))),
    )  # fmt: skip


def _continues(last: Duty, duty: Duty) -> bool:
    """Whether a further verb only describes the duty before it: 建立台账，记录来源、去向;
    完成代码申请，登录系统提交营业执照."""
    if last.act == "apply" and duty.act in ("provide", "report") and duty.documents:
        return duty.when is None or duty.when == last.when
    return (
        last.act == duty.act
        and last.act in ("keep_records", "comply", "build")
        and duty.limit is None
    )


def _read_bounded(reading: _Reading, limit: Limit) -> None:
    """贮存期限不得超过90日: the limit is the duty, or belongs to the duty before it."""
    predicate = reading.predicate
    left = re.split(r"[，；：。]", predicate.lead.text)[-1]
    clause = parameter_clause((left + predicate.text).strip("，；：。 "))
    first, *others = [*_segments(predicate.text), ""]
    read = read_act(first) if first.strip("，。；") else None
    act = limited_act(replace(limit, parameter=clause))
    if read is not None and read.act not in ("comply", "other", "equip", "build"):
        act, thing = read.act, read.object
    else:
        thing = _limited_thing(clause, limit, act)
    last = reading.last
    if not thing and last is not None and last.act == act:
        thing = last.object
    when = _best([span.when for span in find_times(predicate.lead.text + first, reading.years)])
    reading.made.append(
        Duty(
            who=Subject(),
            modality=predicate.modality,
            act=act,
            object=thing,
            limit=limit,
            when=when,
            verb=read.verb if read else "",
            where=read.where if read else None,
        )  # fmt: skip
    )
    for segment in filter(None, others):
        _read_segment(reading, segment)


def _limited_thing(clause: str, limit: Limit, act: str) -> str:
    """What is kept or stored: 贮存废旧动力电池的期限 is 废旧动力电池; else the parameter."""
    name = re.sub(
        r"的?(?:保存|保管|留存)?(?:期限|时间|数量|总量|量|时限)(?:自[^，。；]{2,20}起)?$",
        "",
        clause,
    )
    read = read_act(name) if act in ("store", "keep_records") else None
    thing = read.object if read is not None and len(read.object) > 2 else ""
    if act != "comply":
        return trimmed(thing or ("" if _ONLY_PARAMETER.fullmatch(name) or act == "store" else name))
    thing = limit.parameter
    return "" if _ONLY_PARAMETER.fullmatch(thing) else trimmed(thing)
