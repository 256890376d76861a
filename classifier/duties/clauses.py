"""Read the duties of one statement: modal verbs, their subjects, and what each predicate asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from classifier.duties.acts import ActRead, read_act, trimmed
from classifier.duties.documents import DOCUMENT
from classifier.duties.limits import bounded_limit, limited_act, read_limit
from classifier.duties.statements import Statement
from classifier.duties.subjects import RoleSpan, find_roles, subjects_of
from classifier.duties.times import TimeSpan, find_times
from classifier.facts.calendar_dates import YearContext
from domain.law.duties import Bound, Destination, Duty, Limit, Modality, Subject, TimeRelation, When

# 应当, 必须, 不得, 可以 …; not 供应, 应急, 需求, 请示, 要求
_MODAL = re.compile(
    r"(?P<must_not>不得(?!超过|高于|低于|少于|多于|大于|小于)|不准|严禁|禁止|不应(?!当)(?!超过|高于|低于|少于|大于|小于)|不可(?!抗|避|少|或缺)|不能(?!再次|正常|够|确定|满足|提供|按时|按期)|不应当)"
    r"|(?P<bound>(?:应当?|须)?不(?:得|应)?(?:超过|高于|低于|少于|多于|大于|小于)|(?:≤|≥))"
    r"|(?P<must>应当|应该|必须|务必|务请|(?<![无])须(?!知|求)|(?<![供相适反响对效感回一])应(?!急|用|对|收|届|付|税|答|力|变|聘|有尽有|运|链|邀|商|予受理)"
    r"|(?<![所急必亟])需(?!求|方|要的|求侧)(?:要)?|(?<![申邀聘提报恳])请(?!示|求|假|教|况|人|书|材料|的|单位|企业|日|之日|表|事项|、|，)"
    r"|(?<![需主重必纲摘只概还就不])要(?=对照|严格|按|于|在|及时|将|建立|加强|切实|把|立即|认真|主动|自觉|落实|做到|如实|对|逐|全面|依法|积极|进一步|会同|组织|指定|坚决|每|以|与|通过|定期|完善)|负责(?!人|同志|的))"
    r"|(?P<may>可以(?!看出|说|理解)|(?<![许认不])可(?=于|在|向|通过|凭|持|依法|按|自愿|自行|申请|继续|直接|采用|登录|以|自|一次|委托|与|不|延长|先|再|处)|有权|允许)"
)
# 本办法所称…是指, 为了规范…制定本办法, 鼓励
_SAYS_NO_DUTY = re.compile(
    r"^(?:信函|邮件|来函|来信|联系人|联系电话|电话|地址|通讯|邮箱)|所称|是指|指的是|^为(?:了)?[^。]{2,120}(?:制定|特制定|现就|印发)|^根据[^。]{2,120}制定|^(?:国家|本省|省|市)?(?:鼓励|支持|引导)|原则上|提高(?:政治)?站位|高度重视|加强组织领导"
)
# Words of sanctions: the sanction reader has them.
SANCTION_WORDS = re.compile(
    r"(?<!缴纳)(?<!交纳)罚款|责令(?:限期|其|停止|立即)*(?:改正|整改|停)|给予警告|予以警告|没收|吊销|(?:予以|给予|依法)处罚|给予处分|追究[^，。；]{0,10}责任|撤销(?:其)?[^，。；]{0,8}公告|移出名单|"
    r"(?:移送|移交)(?:司法|公安|有关部门)|(?:记|纳|列)入[^，。；]{0,14}(?:信用|失信|黑名单|异常名录|重点)|通报批评|暂停其?[^，。；]{0,8}(?:资格|受理|权限|账户)|予以通报|从重|从轻|减轻处罚|不予处罚|处以?[^，。；]{0,12}元|取消[^，。；]{0,8}(?:资格|称号)"
)
_OBLIGES = re.compile(r"(?:应当|必须|不得|须在)(?!.*(?:罚款|责令|警告|没收|吊销))")
# 未按时提交的, 拒不改正的, 违反前款规定的
_BREACH = re.compile(
    r"(?:未|不按|拒不|拒绝|逾期|违反|擅自|有下列|有前[款条]|有上述|对[^，。；]{0,20}(?:未|不))[^，。；]{0,60}(?:的|者)?$"
)
_SEPARATOR = re.compile(
    r"[，；：。！]|(?<=[^合兼一])并(?!列|网|购|入|轨|非|不(?!得))|(?<![而])且(?=应|不得|须|在|于|向|将|每|保|及)"
)
_IMPLIED_TIME = re.compile(r"(?:日|月|底|年|时|天|月份)(?:之|以)?(?:前|内)|每(?:月|季|年|周)")
_ABSTRACT = frozenset({"comply", "other", "use"})
_EMPTY_COMPLY = re.compile(r"真实|准确|完整|有效|质量|安全生产主体责任|到位|实效|落实")
_COMPLETED = re.compile(r"(?:并|且)?(?:于|在)?(?:全部|全面)?(?:完成|办结|到位|完毕)?")
_PAST = re.compile(r"(?:已|已经|曾|正在|目前|现已)(?:应当)?")


# 网点经营者履行下列义务：
_ORDERS = re.compile(
    r"(?:履行|遵守|做到|承担|完成|落实|执行|符合|负有|按照?|依照)[^，。；]{0,12}(?:下列|以下|如下)[^，。；]{0,8}(?:义务|规定|要求|工作|职责|条件|责任|事项)"
)


@dataclass
class _Predicate:
    """The words that a modal verb governs, with what was named before it."""

    modality: Modality
    subjects: tuple[Subject, ...]
    lead: str  # from the start of the sentence or last predicate to the modal verb
    text: str
    bound: str = ""  # 不得超过: the modal verb is the limit's comparator


# 自公告之日起, 未经同意, 两年内: no thing that one could act on
_NO_TOPIC = re.compile(
    r"(?:起|前|后|内|时|的|期间|日|下)$|^(?:未经|经|自|在|于|如|因|为|现|并|且|特|按|根据|同时|此外|其中)"
)


@dataclass
class Chapeau:
    """What a list inherits from the sentence that opens it."""

    subjects: tuple[Subject, ...] = ()
    modality: Modality | None = None
    times: list[TimeSpan] = field(default_factory=list)
    where: Destination | None = None


def duty_part(body: str) -> str:
    """The statement without what follows on a breach: 应当…，未按时提交的撤销其公告 ends at 未."""
    if not SANCTION_WORDS.search(body):
        return body
    clauses = re.split(r"(?<=[，；])", body)
    for index, clause in enumerate(clauses):
        breach = _BREACH.search(clause.rstrip("，；。"))
        if breach and SANCTION_WORDS.search("".join(clauses[index:])):
            return "".join(clauses[:index])
        if SANCTION_WORDS.search(clause) and not _OBLIGES.search(clause):
            return "".join(clauses[:index])
    return body


def read_clauses(
    statement: Statement,
    years: YearContext,
    chapeau: Chapeau | None,
    documents: tuple[str, ...] = (),
) -> list[Duty]:
    """The duties of a statement in order, sanctions not yet bound."""
    body = duty_part(statement.body)
    if not body.strip("，。；： ") or _SAYS_NO_DUTY.search(body):
        return []
    found: list[Duty] = []
    for predicate in _predicates(body, chapeau):
        found.extend(_of_predicate(predicate, years, found))
    article, quote, place = (
        statement.article,
        statement.quote,
        statement.passage.where(statement.start),
    )
    found = [replace(duty, article=article, quote=quote, place=place) for duty in found]
    if documents and found:
        found[-1] = replace(found[-1], documents=documents)
    return found


def read_chapeau(statement: Statement, years: YearContext) -> Chapeau:
    """Subject, modality and times that the items under a statement share."""
    body = statement.body
    match = None
    for match in _MODAL.finditer(body):
        pass
    if match is None:
        modality = Modality.MUST if _ORDERS.search(body) else None
        return Chapeau(
            subjects=_subjects(_ORDERS.sub("", body).rstrip("：:"), ()), modality=modality
        )
    subjects = _subjects(body[: match.start()], ())
    return Chapeau(subjects=subjects, modality=_modality(match), times=find_times(body, years))


def _modality(match: re.Match[str]) -> Modality:
    if match["must_not"]:
        return Modality.MUST_NOT
    if match["may"]:
        return Modality.MAY
    return (
        Modality.MUST_NOT if match["bound"] and match["bound"].startswith("不得") else Modality.MUST
    )


def _predicates(body: str, chapeau: Chapeau | None) -> Iterator[_Predicate]:
    matches = [match for match in _MODAL.finditer(body) if not _in_name(body, match)]
    if not matches:
        yield from _without_modal(body, chapeau)
        return
    subjects: tuple[Subject, ...] = chapeau.subjects if chapeau else ()
    start = 0
    for index, match in enumerate(matches):
        lead = body[start : match.start()]
        if index == 0 and chapeau and chapeau.modality and _leads_act(lead):
            yield _Predicate(chapeau.modality, subjects, "", lead.rstrip("，"))
        named = _subjects(lead, subjects)
        subjects = named or (() if index == 0 else subjects)
        if index == 0 and not named and chapeau:
            subjects = chapeau.subjects
        stop = matches[index + 1].start() if index + 1 < len(matches) else len(body)
        cut = _clause_start(body, match.end(), stop) if index + 1 < len(matches) else stop
        yield _Predicate(
            _modality(match), subjects, lead, body[match.end() : cut], match["bound"] or ""
        )
        start = cut


def _leads_act(lead: str) -> bool:
    """Whether an item acts before its first modal verb: 建立台账，台账应当保存三年."""
    first = lead.split("，")[0]
    return "，" in lead and not first.endswith("的") and read_act(first) is not None


def _in_name(body: str, match: re.Match[str]) -> bool:
    """Whether a modal verb stands in quotation marks or in a reported question."""
    left = body[: match.start()]
    return left.count("《") > left.count("》")


def _clause_start(body: str, start: int, stop: int) -> int:
    """Where the clause of the next modal verb starts: after the last separator before it."""
    cuts = [item.end() for item in re.finditer(r"[，；：。]", body[start:stop])]
    if not cuts:
        return stop
    last = start + cuts[-1]
    if len(cuts) > 1 and body[start + cuts[-2] : last].rstrip("，；").endswith(
        ("的", "起", "前", "后", "内")
    ):
        return start + cuts[-2]
    return last


def _without_modal(body: str, chapeau: Chapeau | None) -> Iterator[_Predicate]:
    """An item of a list, or 各区县于8月15日前报送工作总结: the time makes it a duty."""
    if chapeau is not None and chapeau.modality is not None:
        named = (
            subjects_of(body.split("，")[0][:24])
            if re.match(r"[^，]{2,16}(?:企业|单位|机构)[^的]", body)
            else ()
        )
        yield _Predicate(chapeau.modality, named or chapeau.subjects, "", body)
        return
    spans = find_roles(body[:40])
    if not spans or spans[0].start > 2 or _PAST.search(body):
        return
    named = subjects_of(body[: spans[0].end]) if len(spans) == 1 else _listed(body, spans)
    rest = body[(spans[0].end if len(spans) == 1 else _list_end(body, spans)) :]
    if (
        named
        and re.match(r"(?:自|在|于|对|将|每|按|向|\d|会同)", rest)
        and _IMPLIED_TIME.search(rest)
    ):
        yield _Predicate(Modality.MUST, named, "", rest)


def _list_end(body: str, spans: Sequence[RoleSpan]) -> int:
    """Where a list of roles at the head of a sentence ends."""
    end = spans[0].end
    for span in spans[1:]:
        if re.fullmatch(r"[、和与及]|以及", body[end : span.start]):
            end = span.end
        else:
            break
    return end


def _listed(body: str, spans: Sequence[RoleSpan]) -> tuple[Subject, ...]:
    return subjects_of(body[: _list_end(body, spans)])


def _subjects(lead: str, known: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """Whom the words before a modal verb name; the clause next to the verb comes first."""
    clauses = [part for part in re.split(r"[，；：。]", lead) if part.strip()]
    for clause in reversed(clauses):
        if (
            re.match(
                r"^(?:(?:自|从|在|于|对|按|因|如|若|凡|根据|经|除)|.*(?:的|起|前|后|时|内)$)",
                clause,
            )
            and len(clauses) > 1
        ):
            if named := _head_subject(clause):
                return named
            continue
        if named := subjects_of(clause):
            return named
    return known if re.search(r"其$|上述|前款", lead) else ()


def _head_subject(clause: str) -> tuple[Subject, ...]:
    """综合利用企业在接收废旧动力电池之日起三十日内: the subject stands before the time."""
    match = re.match(r"(?P<who>[^，。；的]{2,40}?)(?:在|自|于|从)", clause)
    return subjects_of(match["who"]) if match else ()


def _of_predicate(predicate: _Predicate, years: YearContext, before: list[Duty]) -> Iterator[Duty]:
    lead_times = find_times(predicate.lead + predicate.text[:1], years)
    segments = _segments(predicate.text)
    pending = [span.when for span in lead_times if span.end <= len(predicate.lead) + 1]
    made: list[Duty] = []
    if predicate.bound:
        yield from _bounded(predicate, before)
        return
    for index, segment in enumerate(segments):
        times = find_times(segment, years)
        if times and any(
            t.when.relation is TimeRelation.BEFORE and t.when.event_text is None for t in times
        ):
            times = [_completed(span, predicate.lead) for span in times]
        rest = _masked(segment, times)
        whens = [*(span.when for span in times)]
        duties = list(_of_segment(predicate, rest, segment, first=not made, timed=bool(times)))
        if not duties:
            if (
                made
                and whens
                and made[-1].when is None
                and _COMPLETED.fullmatch(rest.strip("，。；"))
            ):
                made[-1] = replace(made[-1], when=whens[0])
                continue
            pending = [*whens, *pending]
            if made and (limit := read_limit(segment)):
                made[-1] = _with_limit(made[-1], limit)
            elif made and whens and made[-1].when is None:
                made[-1] = replace(made[-1], when=whens[0])
            continue
        when = _best(whens or pending)
        for duty in duties:
            if (
                duty.modality is Modality.MAY
                and when is None
                and duty.act not in ("apply", "comment")
            ):
                continue
            if made and _continues(made[-1], duty, segment):
                made[-1] = _joined(made[-1], duty)
                continue
            made.append(replace(duty, when=when))
        pending = [] if index else pending
    for duty in made:
        for subject in predicate.subjects or (Subject(),):
            yield replace(duty, who=subject)


def _completed(span: TimeSpan, lead: str) -> TimeSpan:
    """提前10个工作日 counts back from the condition named before the modal verb."""
    if span.when.relation is not TimeRelation.BEFORE or span.when.event_text:
        return span
    from classifier.duties.times import event_of

    conditions = re.findall(r"([^，。；：]{2,30}?)的[，,]", lead)
    words = conditions[-1] if conditions else None
    return replace(span, when=replace(span.when, event=event_of(words), event_text=words))


def _best(whens: list[When]) -> When | None:
    """The time that dates the duty: a date or period before a bare event or a start."""
    order = (
        TimeRelation.WITHIN,
        TimeRelation.BY,
        TimeRelation.EACH,
        TimeRelation.BEFORE,
        TimeRelation.AT_ONCE,
        TimeRelation.UNTIL,
        TimeRelation.FROM,
    )
    if not whens:
        return None
    dated = [when for when in whens if when.duration or when.date or when.recurs] or whens
    return min(dated, key=lambda when: order.index(when.relation))


def _segments(text: str) -> list[str]:
    parts, start = [], 0
    depth = 0
    bounds = [(m.start(), m.end()) for m in _SEPARATOR.finditer(text)]
    for begin, end in bounds:
        depth = text.count("（", 0, begin) - text.count("）", 0, begin)
        if depth > 0 or text.count("“", 0, begin) > text.count("”", 0, begin):
            continue
        parts.append(text[start:begin])
        start = end
    parts.append(text[start:])
    return [part for part in parts if part.strip()]


def _masked(segment: str, times: list[TimeSpan]) -> str:
    """The segment without its times, which hold verbs of their own (接收之日起)."""
    text = segment
    for span in sorted(times, key=lambda item: -item.start):
        text = text[: span.start] + text[span.end :]
    return re.sub(r"^(?:于|在|自|应)+(?=[，、]|[一-鿿])", "", text) if times else text


def _of_segment(
    predicate: _Predicate, rest: str, whole: str, *, first: bool, timed: bool
) -> Iterator[Duty]:
    read = read_act(rest)
    limit = read_limit(whole)
    if read is None:
        if limit is not None and first:
            yield _duty(predicate, ActRead(limited_act(limit), limit.parameter), limit)
        return
    if rest.rstrip().endswith("的") and not first:
        return  # a condition
    if read.act == "other" and predicate.modality is not Modality.MUST_NOT and not timed:
        return  # 提高认识, 完好、防潮: no act that one could do
    if not first and (read.act in _ABSTRACT or _EMPTY_COMPLY.search(rest)) and limit is None:
        return
    if first and read.act == "comply" and limit is None and _EMPTY_COMPLY.search(rest):
        return
    if limit is not None and read.act in ("comply", "other"):
        read = replace(read, act=limited_act(limit), object=limit.parameter)
    if len(read.object) <= 2 and predicate.lead:
        read = replace(read, object=_topic(predicate) or read.object or read.verb)
    yield _duty(predicate, read, limit)


def _topic(predicate: _Predicate) -> str:
    """The thing that a passive sentence speaks of: 破损的废动力电池应当单独存放."""
    lead = predicate.lead
    clause = re.split(r"[，；：。]", lead)[-1]
    concerned = re.match(r"(?:对于?|就|将|把|凡)(?P<object>.+)", clause)
    if concerned:
        return trimmed(concerned["object"])
    previous = re.findall(r"(?:对于?|将)([^，。；]{2,40})[，,]", lead)
    if previous:
        return trimmed(previous[-1])
    if subjects_of(clause) or _NO_TOPIC.search(clause):
        return ""
    return trimmed(clause)


def _duty(predicate: _Predicate, read: ActRead, limit: Limit | None) -> Duty:
    sent = predicate.modality is Modality.MUST_NOT and read.act in ("hand_over", "sell")
    return Duty(
        who=Subject(), modality=predicate.modality, act=read.act, object=read.object, verb=read.verb,
        where=None if sent else read.where, limit=limit, documents=_documents(read),
    )  # fmt: skip


def _documents(read: ActRead) -> tuple[str, ...]:
    """The documents that the object itself names: 提交申请表和营业执照复印件."""
    if read.act not in ("report", "provide", "apply", "comment", "file"):
        return ()
    parts = [part for part in re.split(r"[、和及]|以及", read.object) if part]
    return tuple(part for part in parts if DOCUMENT.search(part))


def _bounded(predicate: _Predicate, before: list[Duty]) -> Iterator[Duty]:
    """贮存期限不得超过90日: the limit is the duty, or belongs to the duty before it."""
    clause = re.split(r"[，；：。]", predicate.lead)[-1]
    limit = bounded_limit(_parameter(clause), predicate.bound, predicate.text)
    if limit is None:
        return
    act = limited_act(replace(limit, parameter=clause))
    if before and before[-1].act == act == "keep_records" and before[-1].limit is None:
        before[-1] = replace(before[-1], limit=limit)
        return
    name = re.sub(r"的?(?:期限|时间|数量|总量|量|时限)$", "", clause)
    read = read_act(name) if act in ("store", "keep_records") else None
    for subject in predicate.subjects or (Subject(),):
        thing = (read.object if read else "") or limit.parameter
        yield Duty(who=subject, modality=predicate.modality, act=act, object=thing, limit=limit)


def _parameter(clause: str) -> str:
    """What is limited, without whom it binds: 单个网点贮存量 is 贮存量."""
    for span in find_roles(clause):
        if span.end < len(clause):
            clause = clause[span.end :]
            break
    clause = re.sub(r"^.*(?:严格|有效|确保|保证|控制|的|应当|应|须)(?=[一-鿿]{2})", "", clause)
    return clause.strip("，、： ")


def _with_limit(duty: Duty, limit: Limit) -> Duty:
    return replace(duty, limit=limit) if duty.limit is None else duty


def _continues(last: Duty, duty: Duty, segment: str) -> bool:
    """Whether a further verb only describes the duty before it: 建立台账，记录来源、去向."""
    return last.act == duty.act and last.act in ("keep_records", "comply", "build")


def _joined(last: Duty, duty: Duty) -> Duty:
    return replace(last, limit=last.limit or duty.limit, where=last.where or duty.where)


def bound_kind(duty: Duty) -> Bound | None:
    """Whom a duty binds."""
    return duty.who.kind
