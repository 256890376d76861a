"""Read the duties of a predicate: its segments, each with its act, object and time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from classifier.duties.act_view import ActView
from classifier.duties.acts import ActRead, read_act, trimmed
from classifier.duties.asked_documents import named_documents
from classifier.duties.leads import ClauseLead, head_subject
from classifier.duties.limits import (
    limited_act,
    parameter_clause,
    read_limit,
)
from classifier.duties.objects.implied_objects import of_its_time
from classifier.duties.segment_duty import duty_of
from classifier.duties.setting import Predicate, SegmentReading
from classifier.duties.subjects import find_roles
from classifier.duties.times import event_of, find_times
from classifier.duties.times.carried_times import (
    best_time,
    carried_time,
    counted_from,
    with_event,
    without_spans,
)
from classifier.facts.calendar_dates import YearContext
from domain.law.duties import Bound, Duty, Limit, Modality, Subject, TimeRelation, When

# 应当建立台账，并报送 …: where one act ends and the next begins
_SEPARATOR = re.compile(
    r"[，；：。！]|(?<=[^合兼一])并(?!列|网|购|入|轨|非|不(?!得)|(?:严格|有效)?(?:执行|落实|实施|运行|遵守)(?!的))|(?<![而])且(?=应|不得|须|在|于|向|将|每|保|及)"
)
_EXCEPTION = re.compile(
    r"除外|视为|视同|起(?:计)?算|^例外|另有规定|^以便|^以免|^确需|^防止|^避免|^从其|另行(?:通知|公布|公告|规定|发布|印发|部署)|等(?:候|待)?(?:另行)?通知$|无法[^，。；的]{1,10}$|以[^，。；]{2,16}为准"
)
_DOES_NOT = re.compile(
    r"(?:逾期|过期)(?:不|未|将|作|按|视)|不(?!得|准|应|可|能|低于|少于|高于|超过|大于|小于|晚于|迟于)"
)  # 不收取费用
_NOT_DONE = re.compile(r"(?:逾期)?未[^，。；]{1,14}的[^，。；]{0,10}不予")  # 未接入的车辆不予年审
_QUALIFIES = re.compile(r"未经|已|经[^，。；]{1,12}后(?:方可|上岗|使用|投入)")  # 经培训合格后上岗
# 发现异常(立即停止充电)
# 对材料初审后(，于…前报送)
_AFTERWARDS = re.compile(r"^(?:由|对|经)[^，。；]{3,30}(?<![以之此今])后$")
# 法定代表人签字盖章后(于9月25日前交回)
_SIGNED = re.compile(
    r"^(?:由)?[^，。；]{0,10}?(?:签[字章名]|盖章|填写完整)(?:并?[^，。；]{0,6}?)?后(?=.{4})"
)
# 作业时(穿戴绝缘手套)
_MEANWHILE = re.compile(
    r"^[^，。；：、在于至]{2,8}?(?<![同届及按准即随实临小计平此当有要暂定限])时(?=[一-鿿]{3})(?![间限效段期刻代])"
)
# 向网点移交时(，提供移交单)
_DOING = re.compile(r"[^，。；]{4,24}(?<![同届及按准即随实临小计平此当有要暂定限])时$")
# 原系统（evjk.example）停止受理, 旧平台同时关闭
_OLD_SYSTEM = re.compile(
    r"^(?:原有?|旧)[^，。；]{0,30}?(?:系统|平台|网站|域名|网址|端口|接口|地址|渠道)(?:（[^（）]{0,60}）)?[^，。；]{0,8}?(?:停止|不再|关闭|停用|下线|注销|作废)"
)
_WHENEVER = re.compile(r"(?:超过|低于|高于|达到|发生|出现)[^，。；]{1,16}时$")  # 温度超过35℃时
_GATHERED = re.compile(r"(?:将|把)(?P<thing>[^，。；]{2,60}?)(?:形成|整理成?|汇总成?|梳理|编制成)")
_FINDS = re.compile(
    r"(?:如|一旦)?(?:遇有?(?=..))?(?P<what>(?:发现|发生|出现|突发)[^，。；]{1,12}?)(?=立即|及时|应|须)"
)
_ENTERS = re.compile(r"登录|登陆|进入|通过|依托")
_BY_OTHERS = re.compile(r"由(?!此|于)")  # (禁止进口，)由海关责令退运
# (试验报告，)报告由具备资质的检测机构出具: who issues it
_ISSUED_BY = re.compile(
    r"(?:该|其|上述)?[^，。；由]{0,8}(?:报告|证明|证书|单证?|意见)(?:应当?|须|必须)?由[^，。；]{2,30}(?:出具|签发|编制|签署|提供)$"
)
# (提报申请，)并附试验概要和检测单
_ATTACHED = re.compile(
    r"(?:并|同时)?(?:随|后)?附(?:上|送|具|带)?(?![注近属加件])(?P<list>[^，。；]{2,60})$"
)
# 未经检测合格(销售翻新电池)
_WITHOUT = re.compile(
    r"未经[^，。；]{0,8}?(?:检测|检验|评估|验收|审核|认证)(?:合格)?(?=[一-鿿]{4})"
)
_COPY = re.compile(r"(?:其)?电子(?:版|档|文档|稿|文件)|(?:指定)?(?:电子)?邮箱")  # no second duty
_PERIOD_IS = re.compile(r"[一-鿿]{0,6}(?:期限|时限|时间|延长期|有效期|过渡期)(?:为|是|限|：)?")
_COMPLETED = re.compile(r"(?:并|且)?(?:确保)?(?:于|在)?(?:全部|全面)?(?:完成|办结|到位|完毕)?")
_ONLY_PARAMETER = re.compile(
    r"(?:其)?(?:保存|贮存|存放|保管)?(?:的)?(?:期限|时间|时限|年限|量|总量|数量)?"
)
# of a subsidy
_IS_CEILING = re.compile(
    r"最高|最多|补[贴助]|奖[补励金]|资助|贷款|扶持|持股|出资|股权|^增加|^提高|^减少"
)
# 拆解记录应(保存), 培训档案保存期
_KEPT_RECORD = re.compile(
    r"(?P<thing>[^，。；]{1,14}?(?:记录|档案|台账|报告|凭证|单据|联单|资料|录像|视频|数据|联))(?:的)?(?:应当?|须|要)?(?:至少)?(?:保存|保管|留存|存档|保留)(?:期限?|时间|年限)?(?:自[^，。；]{2,20}起)?$"
)
_NO_PARAMETER = re.compile(r"最[长多高]|累计|原则上|.*适用于.*")
_FIRM = (TimeRelation.WITHIN, TimeRelation.BY, TimeRelation.EACH)
_REPEATED = frozenset({"inspect", "test", "train", "verify"})  # 每日巡查不少于两次
_PIECES = ("具", "口", "部", "把", "支", "名", "人", "台", "套", "个", "座", "辆", "组", "处")


def read_segments(predicate: Predicate, years: YearContext, before: Sequence[Duty]) -> list[Duty]:
    """The duties of a predicate, one for each subject; ``before`` are those of its sentence."""
    reading = SegmentReading(predicate, years, before, predicate.lead.condition)
    lead = predicate.lead.text
    spans = find_times(lead + predicate.text[:1], years)
    reading.pending = [span.when for span in spans if span.end <= len(lead) + 1]
    reading.pending += [span.when for span in predicate.times]
    if predicate.limit is not None:
        _read_bounded(reading, predicate.limit)
    else:
        segments = list(_segments(predicate.text))
        for segment, later in zip(segments, [*segments[1:], ""], strict=False):
            reading.dated_next = _only_dates(later, years)
            _read_segment(reading, segment)
    return [
        replace(duty, who=subject)
        for duty in reading.made
        for subject in ((duty.who,) if duty.who.kind else predicate.subjects or (Subject(),))
    ]


def _only_dates(segment: str, years: YearContext) -> bool:
    """Whether a segment only says when what stands before it is due: 过渡期至4月30日."""
    times = find_times(segment, years) if segment else []
    rest = without_spans(segment, times).strip("，。； ")
    return bool(times) and bool(_COMPLETED.fullmatch(rest) or _PERIOD_IS.fullmatch(rest))


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


def _read_segment(reading: SegmentReading, segment: str) -> None:
    if (
        _EXCEPTION.search(segment)
        or _OLD_SYSTEM.match(segment.strip())
        or _attaches(reading, segment.strip())
    ):
        return
    if reading.predicate.modality is Modality.MUST_NOT:
        segment = _WITHOUT.sub("", segment)
    if not _is_aside(reading, segment.strip()):
        _read_act_segment(reading, segment)


def _attaches(reading: SegmentReading, bare: str) -> bool:
    """Read the papers that a segment adds to what is handed in: 并附试验概要和检测单."""
    match = _ATTACHED.match(bare)
    if match is None or not reading.made or reading.made[-1].modality is not Modality.MUST:
        return False
    named = named_documents("provide", match["list"])
    last = reading.made[-1]
    if named:
        reading.made[-1] = replace(last, documents=tuple(dict.fromkeys((*last.documents, *named))))
    return bool(named)


def _is_aside(reading: SegmentReading, bare: str) -> bool:
    """Read a segment that orders nothing itself: a condition, what another has to do."""
    conditional = bare.endswith("的") and (reading.made or len(bare) > 4)
    doing = _DOING.fullmatch(bare) is not None and not find_times(bare, reading.years)
    if _AFTERWARDS.search(bare) or _WHENEVER.search(bare) or doing or conditional:
        reading.condition, reading.fresh = bare.rstrip("的时"), bool(reading.made)
        return True
    if reading.made and (head_subject(bare) or "方可" in bare):  # 运输单位凭联单运输: someone else
        if not _of_another(reading, bare):
            _only_then(reading, bare)
        return True
    if reading.made and _BY_OTHERS.match(bare) and find_roles(bare[:24]):
        _by_another(reading, bare.removeprefix("由"))
        return True
    if reading.made and _ISSUED_BY.match(bare):
        return True
    return bool(_QUALIFIES.match(bare) or _DOES_NOT.match(bare) or _NOT_DONE.match(bare))


def _read_act_segment(reading: SegmentReading, segment: str) -> None:
    bare = segment.strip()
    found = _FINDS.match(bare)
    if found:
        reading.condition, segment = found["what"], bare[found.end() :]
    segment = _MEANWHILE.sub("", _SIGNED.sub("", segment))
    times = find_times(segment, reading.years)
    done = reading.made or "办结" not in segment
    rest = without_spans(segment, times).strip("，。； ")
    if times and done and (_COMPLETED.fullmatch(rest) or _PERIOD_IS.fullmatch(rest)):
        _read_rest(reading, segment, rest, [span.when for span in times])
        return
    if rest.startswith("不予") and (reading.made or reading.binds_company):
        return  # 拒绝抽样的，两年内不予认证: what an office then does
    timed = bool(times or reading.pending or reading.dated_next)
    duty = duty_of(reading, without_spans(segment, times), segment, timed=timed)
    whens = [span.when for span in times]
    if duty is None and (gathered := _GATHERED.match(bare)):
        reading.held = trimmed(gathered["thing"])
    if duty is None:
        _read_rest(reading, segment, without_spans(segment, times), whens)
        return
    when = best_time(whens) or best_time(reading.pending) or carried_time(reading, duty)
    when = with_event(when, reading.pending)
    if found and reading.made and duty.object == reading.made[-1].object:
        duty = replace(duty, object=trimmed(reading.condition))  # 遇突发情况立即处置
    reading.pending, reading.carries = [], "提前" not in segment and "之前" not in segment
    when = counted_from(when, reading.condition)
    _add(reading, of_its_time(replace(duty, when=when)))


def _of_another(reading: SegmentReading, segment: str) -> bool:
    """Read what another whom the sentence names later has to do by a day: (各市要开展检查，)企业
    于8月31日前提交自查表, 我厅在5个工作日内完成审核."""
    named = head_subject(segment)
    times = find_times(segment, reading.years)
    dated = any(span.when.relation in _FIRM and _is_counted_time(span.when) for span in times)
    who = named[0] if len(named) == 1 else None
    if (
        who is None
        or not dated
        or who.kind not in (Bound.COMPANY, Bound.AUTHORITY)
        or who.text is None
        or segment.startswith("本")
    ):
        return False
    words = segment[segment.find(who.text) + len(who.text) :]
    if re.match(r"[于在自将每按]|[^，。；]{1,8}后", words) is None:
        return False
    predicate = Predicate(Modality.MUST, named, ClauseLead(), words)
    other = SegmentReading(predicate, reading.years, (), "")
    for part in _segments(words):
        _read_segment(other, part)
    reading.made += [replace(duty, who=who) for duty in other.made]
    return bool(other.made)


def _by_another(reading: SegmentReading, segment: str) -> None:
    """Read what a company is charged with in the same sentence: (不准销售，)由进口商退运."""
    named = head_subject(segment.split("在")[0]) or head_subject(segment)
    who = named[0] if len(named) == 1 else None
    if who is None or who.kind is not Bound.COMPANY or who.text is None:
        return
    words = segment[segment.find(who.text) + len(who.text) :]
    topic = reading.predicate.lead.topic or reading.made[-1].object
    other = SegmentReading(
        Predicate(Modality.MUST, named, ClauseLead(topic=topic), words), reading.years, (), ""
    )
    for part in _segments(words):
        _read_segment(other, part)
    reading.made += [replace(duty, who=who) for duty in other.made if duty.act != "other"]


def _is_counted_time(when: When) -> bool:
    return bool(when.duration or when.date or when.recurs)


def _only_then(reading: SegmentReading, segment: str) -> None:
    """取得许可后，方可开展生产: the permit before production."""
    event = "" if head_subject(segment) else segment.partition("方可")[2].strip("，。；")
    last = reading.made[-1]
    if event and last.when is None:
        when = When(relation=TimeRelation.BEFORE, event=event_of(event), event_text=event)
        reading.made[-1] = replace(last, when=when)


def _read_rest(reading: SegmentReading, segment: str, rest: str, whens: list[When]) -> None:
    """A segment without an act: its time or limit belongs to the act beside it."""
    last = reading.made[-1] if reading.made else None
    if _ENTERS.match(rest.strip()):
        reading.where = ActView.of(rest).where  # 登录平台，填报信息
    if last is not None and whens and _dates(last, rest.strip("，。；")):
        reading.made[-1] = replace(last, when=whens[0])
        return
    reading.pending = [*whens, *reading.pending]
    if last is not None and last.limit is None and (limit := read_limit(segment)):
        reading.made[-1] = replace(last, limit=limit)


def _dates(last: Duty, rest: str) -> bool:
    """Whether a segment only says when what stands before it is due: 30日内完成; 录入期限为拆卸后
    10日内, also of what is to be done from a day on."""
    if last.when is None:
        return bool(_COMPLETED.fullmatch(rest) or _PERIOD_IS.fullmatch(rest))
    return last.when.relation is TimeRelation.FROM and bool(_PERIOD_IS.fullmatch(rest))


def _add(reading: SegmentReading, duty: Duty) -> None:
    last, reading.fresh = (reading.made[-1] if reading.made else None), False
    if last is not None and _COPY.fullmatch(duty.object):
        when, where = last.when or duty.when, last.where or duty.where
        reading.made[-1] = replace(last, when=when, where=where)
        return
    if last is None or not _continues(last, duty):
        reading.made.append(duty)
        return
    reading.made[-1] = replace(
        last, object=last.object or duty.object, limit=last.limit or duty.limit,
        where=last.where or duty.where, when=last.when or duty.when,
        modality=last.modality,
        documents=tuple(dict.fromkeys((*last.documents, *duty.documents))),
    )  # fmt: skip


def _continues(last: Duty, duty: Duty) -> bool:
    """Whether a further verb only describes the duty before it: 建立台账，记录来源、去向;
    完成代码申请，登录系统提交营业执照."""
    if (last.act, last.object) == (duty.act, duty.object) and last.when in (None, duty.when):
        return True
    if last.act == "comment" and duty.act == "comment":
        return True
    if last.act == "apply" and duty.act in ("apply", "provide", "report") and duty.documents:
        return last.when is None or duty.when in (None, last.when)
    return (
        last.act == duty.act
        and last.act in ("keep_records", "comply", "build")
        and duty.limit is None
    )


def _read_bounded(reading: SegmentReading, limit: Limit) -> None:
    """贮存期限不得超过90日: the limit is the duty, or belongs to the duty before it."""
    predicate = reading.predicate
    if (
        _IS_CEILING.search(limit.parameter)
        or _NO_PARAMETER.fullmatch(limit.parameter)
        or predicate.modality is Modality.MAY
    ):
        return
    left = re.split(r"[，；：。]", predicate.lead.text)[-1]
    lone = "，" if predicate.text.startswith(("，", "；", "。", "并")) else ""
    first, *others = [*([""] if lone else []), *_segments(predicate.text), ""]
    first = re.sub("(?<=开展|进行|组织|实施)的", "", first)
    clause = parameter_clause((left + first).strip("，；：。 "))
    spans = find_times(first, reading.years)
    read = read_act(
        without_spans(first, spans) if first.strip("，。；") else _undated(clause, reading)
    )
    counted = read is not None and _is_counted(read, first.strip("，。；") or clause, limit)
    if not first.strip("，。；") and not counted:
        read = None
    if (built := _built(limit, first)) is not None:
        read, limit, counted = built, replace(limit, parameter=built.object), True
    act = limited_act(replace(limit, parameter=clause))
    if act == "keep_records" and _KEPT_RECORD.match(clause):
        read = None  # 培训档案保存期: of the record, no training
    if read is not None and (counted or read.act not in ("comply", "other", "equip", "build")):
        act, thing = read.act, read.object
    else:
        thing = _limited_thing(clause, limit, act)
    last = reading.last
    if not thing and last is not None and (last.act == act or act == "keep_records"):
        thing = last.object
    if not thing and act == "store":
        thing = re.sub(r"^(?:收集|接收|回收|贮存)", "", reading.condition)
    if act == "comply" and not thing and not limit.parameter:
        return  # 但不得超过10日: of what, the clause does not say
    when = best_time(
        [
            span.when
            for span in find_times(_dated_clauses(predicate, reading) + first, reading.years)
        ]
    )
    reading.made.append(
        Duty(
            who=Subject(), modality=predicate.modality, act=act, object=thing, when=when,
            verb=read.verb if read and read.act == act else "", limit=limit,
            where=read.where if read else None,
        )
    )  # fmt: skip
    for segment in filter(None, others):
        _read_segment(reading, segment)


def _built(limit: Limit, rest: str) -> ActRead | None:
    """What of a number there must be: 设立不少于3个网点, 配备不少于2名专职人员."""
    if limit.unit not in _PIECES or not rest.strip("，。；") or limit.parameter in rest:
        return None
    read = read_act(limit.parameter + rest)
    return read if read is not None and read.act in ("equip", "build") else None


def _dated_clauses(predicate: Predicate, reading: SegmentReading) -> str:
    """The last clause before a bound, and those before it that only say when."""
    *others, last = re.split(r"(?<=[，；：。])", predicate.lead.text)
    told = [
        part
        for part in others
        if not without_spans(part, find_times(part, reading.years)).strip("，")
    ]
    return "".join((*told, last))


def _is_counted(read: ActRead, clause: str, limit: Limit) -> bool:
    """Whether a bound counts an act: 每日巡查不少于两次, 配备专人不少于2名."""
    has = read.act == "equip" and read.verb in clause and limit.unit in _PIECES
    return read.act in _REPEATED or has


def _undated(clause: str, reading: SegmentReading) -> str:
    return without_spans(clause, find_times(clause, reading.years))


def _limited_thing(clause: str, limit: Limit, act: str) -> str:
    """What is kept or stored: 贮存废旧动力电池的期限 is 废旧动力电池; else the parameter."""
    if (kept := _KEPT_RECORD.match(clause)) and act == "keep_records":
        return trimmed(kept["thing"])
    name = re.sub(
        r"(?:保存|保管|留存)?自[^，。；]{2,20}起$|的?(?:保存|保管|留存)?(?:期限|期|时间|数量|总量|量|时限)(?:自[^，。；]{2,20}起|原则上)?$",
        "",
        clause,
    )
    read = read_act(name) if act in ("store", "keep_records") else None
    thing = read.object if read is not None and len(read.object) > 1 else ""
    if act != "comply":
        return trimmed(thing or ("" if _ONLY_PARAMETER.fullmatch(name) or act == "store" else name))
    thing = limit.parameter
    return "" if _ONLY_PARAMETER.fullmatch(thing) else trimmed(thing)
