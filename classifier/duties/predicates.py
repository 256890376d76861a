"""Cut a sentence into predicates: what a modal verb governs, and whom it binds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from classifier.duties.leads import ClauseLead, read_lead
from classifier.duties.limits import bounded_limit, parameter_of
from classifier.duties.modals import Modal, find_modals
from classifier.duties.orders.implied import before_modal, implied_predicates
from classifier.duties.orders.role_headings import headed_roles
from classifier.duties.setting import Chapeau, Predicate, Setting, inherited_by, known_before
from classifier.duties.subjects import find_roles, subjects_of
from classifier.duties.times import find_times
from classifier.facts.calendar_dates import YearContext
from domain.law.duties import Bound, Modality, Subject

# 网点经营者履行下列义务：
_ORDERS = re.compile(
    r"(?:履行|遵守|做到|承担|完成|落实|执行|符合|负有|按照?|依照)[^，。；]{0,12}(?:下列|以下|如下)"
    r"[^，。；]{0,8}(?:义务|规定|要求|工作|职责|条件|责任|事项|步骤|程序|流程)"
    r"|承诺(?:如下|遵守|做到|履行|以下|下列)?[^，。；：]{0,8}(?=：$)"
)
_ASKS = re.compile(r"(?:要求|规定|通知|公告|提示|提醒)(?:要求)?如下：$")  # 要求如下：
# 有下列情形之一的，应当…：, 符合下列条件的，可以申请：: the items are cases, no duties
_CASES = re.compile(
    r"(?<!不得)(?<!禁止)(?:有|出现|存在|具有|符合|具备|属于|满足)(?:下列|以下|如下)[^，。；：]{0,12}(?:之一|的[，：])"
)
# 二、办理条件：
_IS_CONDITIONS = re.compile(
    r"(?:办理|申请|申报|准入|备案|许可|基本|入选|认定|加入)(?:的)?条件(?:如下)?[：:]?$"
)
_FULFILS = re.compile(r"符合|满足|具备|达到")  # 应当同时满足：
# 明确了企业应当履行的安全义务: tells of a duty, orders none; 应当承担回收的责任，并 goes on
_ATTRIBUTE = re.compile(
    r"(?!(?:承担|落实|负)(?!的)[^，。；]{2,16}的[^，。；]{0,6}(?:责任|义务)，)[^，。；]{1,16}的[^，。；]{0,6}(?:义务|责任|要求|职责|措施|工作|内容|条件|程序|情形)(?:[，。；、]|$)"
)
# 请(组织辖区内)综合利用企业, 请(尚未填报的)企业
_CALLED_LEFT = re.compile(
    r"(?:组织|督促|指导|通知|敦促)?(?:本地区|本辖区|辖区内?|所属|所辖)?(?:[^，。；]{0,14}的|各|涉及)?"
    r"|[省市区县州][内级属]?|本?[省市区县州]内|全[省市区县州]|(?:尚)?未[^，。；]{1,8}|[迟漏未]报|参训|参会|试点|申报|入选|涉事|有关|相关|全体|表列|[贵你]|你们"
)
# 禁止任何单位和个人(实施), 严禁企业(将): who is forbidden something, before what is
_FORBIDS = re.compile(
    r"实施|从事|有(?=[^，。；]{0,6}行为)|将|把|以|在|擅自|私自|违规|随意|向|利用|使用|通过|采取"
)
# 有意参加的单位请于12月9日前报名: nobody must
_AS_ONE_LIKES = re.compile(r"有意|愿意|有兴趣|拟(?:参加|参会|报名)|欢迎|自愿")
_SHARE = re.compile(r"的?(?P<name>比例|频次|频率|标准|数量)(?:进行|实施)?(?=[一-鿿])")
# 请各市经信局(组织)试点单位于12月10日前完成
_ORGANISES = re.compile(
    r"(?:组织|督促|通知|敦促)(?:本地区|本辖区|辖区内?|所属|所辖)?(?:的|各|有关|相关)?"
)
_CHARGED_WITHIN = 8  # characters that may narrow who is charged: 由具备资质的(机构)
# 逾期未填报的，当年不得(评为守信): what a breach costs
_LOSES = re.compile(r"(?:再)?(?:评为|参评|参加评|评优|评先|享受|获得|推荐)")
_BREACHED = re.compile(r"未|违反|拒不|逾期|虚")
# 应告知车主(不得自行拆解): what is told
_TOLD = re.compile(
    r"(?:应当?|须|要|应该)[^，。；：]{0,8}(?:告知|提醒|提示|约定|声明)[^，。；：]{1,10}$"
)
_LONGEST_HEAD = 14  # characters of 二、办理条件：
_NARROWED = 6  # characters that may narrow who is called: (试点)单位
_CONSEQUENCE = re.compile(r"虚假|弄虚作假|骗取|欺骗|隐瞒")  # what follows fraud is no duty


def names_cases(body: str) -> bool:
    """Whether the items under a sentence are cases in which it holds, and no duties."""
    return _CASES.search(body) is not None


def read_chapeau(body: str, years: YearContext) -> Chapeau:
    """Subject, modality and times that the items under a sentence share."""
    modals = find_modals(body)
    if _ASKS.search(body):
        return Chapeau(modality=Modality.MUST, weak=True)
    if names_cases(body) or (modals and modals[-1].modality is Modality.MAY):
        return Chapeau()
    if not modals:
        if headed := headed_roles(body):
            return Chapeau(headed, Modality.MUST)
        if _IS_CONDITIONS.search(body) and len(body) <= _LONGEST_HEAD:
            return Chapeau(modality=Modality.MUST, fulfils=True)
        if not _ORDERS.search(body):
            return Chapeau()  # 各市工业和信息化局： or 现就有关事项通知如下：
        named = read_lead(_ORDERS.sub("", body).rstrip("：:")).subjects
        return Chapeau(named, Modality.MUST, fulfils=bool(_FULFILS.search(body)))
    last = modals[-1]
    return Chapeau(
        _called(body, last)[0] or read_lead(body[: last.start]).subjects,
        last.modality, tuple(find_times(body, years)),
        fulfils=bool(_FULFILS.search(body[last.end :])),
    )  # fmt: skip


def read_predicates(body: str, setting: Setting) -> Iterator[Predicate]:
    """The predicates of a sentence in order."""
    modals = [modal for modal in find_modals(body) if not _TOLD.search(body[: modal.start])]
    if not modals:
        yield from implied_predicates(body, setting)
        return
    start, known = 0, known_before(setting)
    for index, modal in enumerate(modals):
        following = modals[index + 1].start if index + 1 < len(modals) else len(body)
        lead = read_lead(body[start : modal.start])
        if index == 0:
            earlier = list(before_modal(body[: modal.start], setting))
            yield from earlier
            if earlier:
                lead = read_lead(body[: modal.start].rpartition("，")[2])
            before = earlier[-1].subjects if earlier else ()
            known = lead.subjects or before or inherited_by(lead, setting)
        called, begin = _called(body, modal)
        known = called or lead.subjects or known
        if body.startswith("不再", modal.start) and not lead.subjects:
            start = following
            continue  # the old platform no longer accepts data
        cut = _next_clause(body, modal.end, following) if following < len(body) else following
        if cut == following < len(body) and modals[index + 1].bound and not modal.bound:
            continue  # 应当控制堆高 不超过2米: read with its bound
        if _orders_nothing(body, modal, lead):
            start = cut
            continue
        whole = body[start : modal.start] if modal.bound else ""
        predicate = _predicate(_as_meant(modal, lead), known, lead, (whole, body[begin:cut]))
        start = cut
        if not modal.bound or predicate.limit is not None:
            yield predicate
        elif rest := body[begin:cut].partition("，")[2]:  # 不得低于总数的30%，于5日前报市局
            yield Predicate(Modality.MUST, known, ClauseLead(), rest)


def _as_meant(modal: Modal, lead: ClauseLead) -> Modal:
    """请 said to those who want to take part is no must."""
    if modal.calls and _AS_ONE_LIKES.search(lead.text):
        return replace(modal, modality=Modality.MAY)
    return modal


def _orders_nothing(body: str, modal: Modal, lead: ClauseLead) -> bool:
    """Whether a modal verb only tells what follows fraud or a breach, or describes a duty."""
    lost = modal.modality is Modality.MUST_NOT and _LOSES.match(body, modal.end)
    if lost and _BREACHED.search(lead.condition):
        return True
    told = _CONSEQUENCE.search(lead.condition) or _ATTRIBUTE.match(body[modal.end :])
    return told is not None


def _predicate(
    modal: Modal, subjects: tuple[Subject, ...], lead: ClauseLead, parts: tuple[str, str]
) -> Predicate:
    before, text = parts
    if not modal.bound:
        return Predicate(modal.modality, subjects, lead, text, standalone=modal.standalone)
    return _bounded(modal, subjects, before, text)


def _bounded(modal: Modal, subjects: tuple[Subject, ...], before: str, text: str) -> Predicate:
    """A predicate with a bound; what stands before it in its clause is what is limited."""
    clause = re.split(r"[，；：。]", before)[-1]
    inner = find_modals(clause)
    limit, rest = bounded_limit(parameter_of(clause), modal.bound, text)
    words = clause[inner[-1].end :] if inner else ""
    if limit is not None and (share := _SHARE.match(rest)):  # 按不低于30%的比例开展抽查
        limit, rest = replace(limit, parameter=share["name"]), rest[share.end() :]
        words = re.sub(r"按照?$", "", words)
        before = re.sub(r"按照?$", "", before)
    modality = inner[-1].modality if inner else modal.modality
    lead = read_lead(before[: -len(words)] if words else before)
    return Predicate(modality, lead.subjects or subjects, lead, words + rest, limit)


def _called(body: str, modal: Modal) -> tuple[tuple[Subject, ...], int]:
    """Whom 请 or 责令 calls on, or 应当由 charges, and where the predicate goes on behind it."""
    if not modal.calls:
        return _charged(body, modal.end)
    clause = re.split(r"[，。；：]", body[modal.end :])[0]
    roles = find_roles(clause[:40])
    if not roles or roles[0].start > 16:
        return (), modal.end
    left = clause[: roles[0].start]
    if left and (modal.standalone or not _CALLED_LEFT.fullmatch(left)):
        return (), modal.end
    end = roles[0].end
    for role in roles[1:]:
        if re.fullmatch(r"[、和与及或]|以及", clause[end : role.start]):
            end = role.end
        else:
            break
    if organised := _ORGANISES.match(clause, end):
        theirs = [role for role in roles if 0 <= role.start - organised.end() <= _NARROWED]
        if theirs and theirs[0].subject.kind is Bound.COMPANY:
            return (theirs[0].subject,), modal.end + theirs[0].end
    if modal.standalone and not _FORBIDS.match(clause, end):
        return (), modal.end
    return subjects_of(clause[:end]), modal.end + end


def _charged(body: str, begin: int) -> tuple[tuple[Subject, ...], int]:
    """Who has to act where the modal verb is followed by 由: 报告应当由检测机构核查."""
    clause = re.split(r"[，。；：]", body[begin:])[0]
    roles = find_roles(clause[:40]) if clause.startswith("由") else ()
    if not roles or roles[0].start > _CHARGED_WITHIN:
        return (), begin
    end = roles[0].end
    named = subjects_of(clause[1:end])
    return (
        (named, begin + end) if named and clause[end : end + 1] not in ("的", "、") else ((), begin)
    )


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
