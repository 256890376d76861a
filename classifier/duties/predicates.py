"""Cut a sentence into predicates: what a modal verb governs, and whom it binds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from classifier.duties.leads import Lead, head_subject, read_lead
from classifier.duties.limits import bounded_limit, parameter_of
from classifier.duties.modals import Modal, find_modals
from classifier.duties.subjects import find_roles, subjects_of
from classifier.duties.times import TimeSpan, find_times
from classifier.facts.calendar_dates import YearContext
from domain.law.duties import Limit, Modality, Subject, TimeRelation

# 网点经营者履行下列义务：
_ORDERS = re.compile(
    r"(?:履行|遵守|做到|承担|完成|落实|执行|符合|负有|按照?|依照)[^，。；]{0,12}(?:下列|以下|如下)"
    r"[^，。；]{0,8}(?:义务|规定|要求|工作|职责|条件|责任|事项)"
)
_FULFILS = re.compile(r"符合|满足|具备|达到")  # 应当同时满足：
_PAST = re.compile(
    r"已经?|曾|正在|目前|近年来|截至|以来|印发通知|要求|共(?:检查|建成|完成)|表示|介绍"
)
_FIRM = (TimeRelation.WITHIN, TimeRelation.BY, TimeRelation.EACH, TimeRelation.BEFORE)
# 延长至, 顺延到, 由原定的…调整为
_EXTENDED = re.compile(r"(?:统一)?(?:延长|延期|顺延|推迟|展期|延后)(?:至|到|为)|延至")
_PAST_ORDER = re.compile(r"曾|此前")
# 现将…的截止日期由: what is not the act itself
_TERM = re.compile(
    r"^(?:现?决?定?将|原定|原|于|完成的)+|(?:的)?(?:截止|完成|最后)?(?:时间|日期|期限|时限|日|事项|工作)?(?:由[^，。；]{0,24})?$"
)
# what may follow the subject of a sentence without a modal verb: 自接受申报之日起, 每季度, 将在
_GOES_ON = re.compile(r"自|在|于|对|将|每|按|向|\d|会同|提前|应|，")


@dataclass(frozen=True, slots=True)
class Chapeau:
    """What a list inherits from the sentence that opens it."""

    subjects: tuple[Subject, ...] = ()
    modality: Modality | None = None
    times: tuple[TimeSpan, ...] = ()
    fulfils: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reading knows before a sentence: its list's head, who the same sentence and the
    paragraph last named, and the companies that the act addresses."""

    years: YearContext
    chapeau: Chapeau | None = None
    sentence: tuple[Subject, ...] = ()
    paragraph: tuple[Subject, ...] = ()
    addressees: tuple[Subject, ...] = ()
    documents: tuple[str, ...] = ()
    role: str | None = None  # of the companies that the title names


@dataclass
class Predicate:
    """The words that a modal verb governs, with what was named before it."""

    modality: Modality
    subjects: tuple[Subject, ...]
    lead: Lead
    text: str
    limit: Limit | None = None
    times: tuple[TimeSpan, ...] = field(default=())
    fulfils: bool = False


def read_chapeau(body: str, years: YearContext) -> Chapeau:
    """Subject, modality and times that the items under a sentence share."""
    modals = find_modals(body)
    if not modals:
        if not _ORDERS.search(body):
            return Chapeau()  # 各市工业和信息化局： or 现就有关事项通知如下：
        named = read_lead(_ORDERS.sub("", body).rstrip("：:")).subjects
        return Chapeau(named, Modality.MUST, fulfils=bool(_FULFILS.search(body)))
    last = modals[-1]
    return Chapeau(
        read_lead(body[: last.start]).subjects, last.modality, tuple(find_times(body, years)),
        fulfils=bool(_FULFILS.search(body[last.end :])),
    )  # fmt: skip


def read_predicates(body: str, setting: Setting) -> Iterator[Predicate]:
    """The predicates of a sentence in order."""
    modals = find_modals(body)
    if not modals:
        yield from _implied(body, setting)
        return
    start, known = 0, _known(setting)
    for index, modal in enumerate(modals):
        following = modals[index + 1].start if index + 1 < len(modals) else len(body)
        lead = read_lead(body[start : modal.start])
        if index == 0:
            yield from _before_modal(body[: modal.start], setting)
            known = lead.subjects or _inherited(lead, setting)
        called, begin = _called(body, modal)
        known = called or lead.subjects or known
        cut = _next_clause(body, modal.end, following) if following < len(body) else following
        if cut == following < len(body) and modals[index + 1].bound and not modal.bound:
            continue  # 应当控制堆高 不超过2米: read with its bound
        whole = body[start : modal.start] if modal.bound else ""
        yield _predicate(modal, known, lead, (whole, body[begin:cut]))
        start = cut


def _predicate(
    modal: Modal, subjects: tuple[Subject, ...], lead: Lead, parts: tuple[str, str]
) -> Predicate:
    before, text = parts
    if not modal.bound:
        return Predicate(modal.modality, subjects, lead, text)
    return _bounded(modal, subjects, before, text)


def _bounded(modal: Modal, subjects: tuple[Subject, ...], before: str, text: str) -> Predicate:
    """A predicate with a bound; what stands before it in its clause is what is limited."""
    clause = re.split(r"[，；：。]", before)[-1]
    inner = find_modals(clause)
    limit, rest = bounded_limit(parameter_of(clause), modal.bound, text)
    words = clause[inner[-1].end :] if inner else ""
    modality = inner[-1].modality if inner else modal.modality
    lead = read_lead(before[: -len(words)] if words else before)
    return Predicate(modality, lead.subjects or subjects, lead, words + rest, limit)


def _known(setting: Setting) -> tuple[Subject, ...]:
    inherited = setting.chapeau.subjects if setting.chapeau else ()
    return inherited or setting.sentence


def _inherited(lead: Lead, setting: Setting) -> tuple[Subject, ...]:
    """Who is bound where the sentence does not say: its list's head, the sentence before the
    semicolon, the paragraph unless the clause has a topic of its own, the addressees."""
    return _known(setting) or (() if lead.topic else setting.paragraph) or setting.addressees


def _called(body: str, modal: Modal) -> tuple[tuple[Subject, ...], int]:
    """Whom 请 or 责令 calls on, and where the predicate goes on behind it."""
    if not modal.calls:
        return (), modal.end
    clause = re.split(r"[，。；：]", body[modal.end :])[0]
    roles = find_roles(clause[:40])
    if not roles or roles[0].start > 16:
        return (), modal.end
    left = clause[: roles[0].start]
    if left and not re.fullmatch(r"[^，。；]{0,14}的|各|有关|相关|全体|表列|贵", left):
        return (), modal.end
    end = roles[0].end
    for role in roles[1:]:
        if re.fullmatch(r"[、和与及或]|以及", clause[end : role.start]):
            end = role.end
        else:
            break
    return subjects_of(clause[:end]), modal.end + end


def _next_clause(body: str, start: int, stop: int) -> int:
    """Where the clause of the next modal verb starts: after the last separator before it, with
    the condition or time that stands between two."""
    cuts = [item.end() for item in re.finditer(r"[，；：。]", body[start:stop])]
    if not cuts:
        return stop
    last = start + cuts[-1]
    for cut in reversed(cuts[:-1]):
        between = body[start + cut : last].rstrip("，；")
        if (
            not between.endswith(("的", "起", "前", "后", "内", "时", "米"))
            and "确需" not in between
        ):
            break
        last = start + cut
    return last


def _before_modal(left: str, setting: Setting) -> Iterator[Predicate]:
    """An item that acts before its first modal verb: 建立台账，台账应当保存三年."""
    chapeau = setting.chapeau
    head, comma, _ = left.rpartition("，")
    if chapeau is None or chapeau.modality is None or not comma or head.endswith("的"):
        return
    yield Predicate(chapeau.modality, chapeau.subjects, Lead(), head)


def _implied(body: str, setting: Setting) -> Iterator[Predicate]:
    """An item of a list, or a sentence whose time makes it a duty: 各区县于8月15日前报送总结."""
    chapeau = setting.chapeau
    if chapeau is not None and chapeau.modality is not None:
        named = (
            head_subject(body.split("，")[0])
            if re.match(r"[^，]{2,16}(?:企业|单位|机构)[^的]", body)
            else ()
        )
        yield Predicate(
            chapeau.modality, named or chapeau.subjects, Lead(), body, fulfils=chapeau.fulfils
        )
        return
    if (extended := _extended(body, setting)) is not None:
        yield extended
        return
    if _PAST.search(body):
        return
    first, comma, rest = body.partition("，")
    if first.endswith("的") and comma and _GOES_ON.match(rest) and _is_firm(rest, setting.years):
        lead = read_lead(first)
        yield Predicate(Modality.MUST, lead.subjects or _inherited(lead, setting), lead, rest)
        return
    yield from _headed(body, setting)


def _extended(body: str, setting: Setting) -> Predicate | None:
    """补报截止日期延长至2026年8月31日: what was due is due on the later day."""
    match = _EXTENDED.search(body)
    if match is None or _PAST_ORDER.search(body[: match.start()]):
        return None
    times = find_times("截止" + body[match.end() :], setting.years)
    if not times or times[0].when.relation is not TimeRelation.BY:
        return None
    what = re.sub(r"《[^》]{1,80}》(?:规定|要求|明确)?的?", "", body[: match.start()])
    for span in sorted(find_times(what, setting.years), key=lambda item: -item.start):
        what = what[: span.start] + what[span.end :]
    what = _TERM.sub("", re.split(r"[，。；]现?", what.rstrip("，、"))[-1])
    named = read_lead(what).subjects or setting.paragraph or setting.addressees
    return Predicate(Modality.MUST, named, Lead(), what, times=(times[0],))


def _headed(body: str, setting: Setting) -> Iterator[Predicate]:
    spans = find_roles(body[:40])
    if not spans or spans[0].start > 2:
        return
    end = spans[0].end
    for span in spans[1:]:
        if re.fullmatch(r"[、和与及]|以及", body[end : span.start]):
            end = span.end
        else:
            break
    named, rest = subjects_of(body[:end]), body[end:]
    if named and _GOES_ON.match(rest) and _is_firm(rest, setting.years):
        rest = re.sub(r"^将(?=在|于|自)", "", rest)
        yield Predicate(Modality.MUST, named, Lead(), rest)


def _is_firm(text: str, years: YearContext) -> bool:
    """Whether a text has a date, a period or a recurrence that an act could be due by."""
    spans: Sequence[TimeSpan] = find_times(text, years)
    return any(
        span.when.relation in _FIRM and (span.when.duration or span.when.date or span.when.recurs)
        for span in spans
    )
