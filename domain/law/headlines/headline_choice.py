"""Choose what a reader must know first of an act or of a change of it.

One chooser for alert, digest, inbox, page and calendar: a changed duty of companies before a
portal that moves or opens, a dated duty, a period, a prohibition, a limit, companies struck
off or listed, a campaign, a repeal, and the kind of the act. Duties of authorities come only
where nothing else is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from domain.law.applicability.conditions import binds_only_some, speaks_to_named
from domain.law.duties import Bound, Destination, Duty, Modality, Subject, TimeRelation
from domain.law.duty_pairs import DutyPair, pair_duties
from domain.law.headlines.act_kinds import (
    ends_draft,
    invites_to_hearing,
    moves_portal,
    names_companies,
    suspends,
)
from domain.law.headlines.chosen_headline import Headline, Lead
from domain.law.headlines.companies_named import companies_named
from domain.law.headlines.kind_headlines import (
    campaign_days,
    campaign_targets,
    hearing_day,
    kind_headline,
    plain_kind_headline,
    portal_day,
)
from domain.law.stage_correction import delists, invites
from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.states import ChangeKind

_CAMPAIGN = re.compile(r"专项行动|联合执法|专项整治|集中整治|清理整治|专项检查|大检查|百日")
_THOSE_NAMED = re.compile(r"(?:上述|下列|以上|被)")  # 上述企业, 被移出企业
_CODES = re.compile(r"(?:撤销|取消|注销)[^，。]{0,30}代码")  # 拟注销部分厂商代码
_ENDS = re.compile(r"废止|失效|停止执行")
_MOVES = re.compile(r"平台|系统|网站|接口|账[户号]|上线|启用|切换|迁移|停用|关闭")
_SWITCHES = re.compile(  # 关于切换拆卸信息填报系统的公告
    r"(?:切换|启用|上线|迁移|停用|更换|调整|变更).{0,24}(?:平台|系统|网站|接口)|(?:平台|系统|网站|接口).{0,8}(?:切换|启用|上线|迁移|停用|更换|变更)"
)
_PORTAL = re.compile(r"平台|系统|网站|小程序|https?:|www\.")
_PORTAL_ACTS = frozenset({"connect", "register", "report", "declare", "file", "use"})
_NO_THING = re.compile(r"每[年月日季周](?:度)?|每季度|之日|期间|以上|以下")  # read for an object
# An act that stops to oblige: what it said matters no more.
_OVER = frozenset({"repealed", "expired", "replaced", "withdrawn_page"})


# Changes that are told by the act as a whole, not by what differs.
_WHOLE_ACT = (ChangeKind.NEW, ChangeKind.RESTORED)


def tellable_change(notice: Notice) -> Change | None:
    """The newest change that says something of the act; copies say nothing."""
    told = [change for change in notice.own_changes if change.kind is not ChangeKind.COPIED]
    return told[-1] if told else None


def choose_headline(
    notice: Notice, change: Change | None, vague: Callable[[Duty], bool] | None = None
) -> Headline:
    """What is told first of ``change``, or of the act as it was first seen where it is None.
    Days count from the act's publication, so that one change is told in the same words for
    ever, also of an act that is found late. ``vague`` tells which duties no words can be found
    for: they are told only where nothing better stands in the act."""
    seen = (change.at if change is not None else notice.first_seen).date()
    today = min(notice.published or seen, seen)
    if change is not None and change.kind not in _WHOLE_ACT:
        pairs = pair_duties(change.duties_before, change.duties_after)
        return _first_change(pairs) or Headline(lead=Lead.ACT)
    if change is not None and (amended := _amended(notice, change)):
        return amended
    given_up = notice.stage == "draft" and (
        ends_draft(notice.title) or invites_to_hearing(notice.title)
    )
    if given_up:
        return Headline(lead=Lead.ACT, starts=hearing_day(notice))
    if notice.status in _OVER or invites(notice.title):
        return Headline(lead=Lead.ACT)
    return (
        kind_headline(notice)
        or _of_list(notice)
        or _of_duties(notice, today, vague or _nothing_vague)
    )


def _of_list(notice: Notice) -> Headline | None:
    """What is told of an act that strikes companies off or lists them; None of any other."""
    strikes = delists(notice.title)
    named = companies_named(notice)
    if strikes:
        told = _next_of_named(notice)
        return Headline(
            lead=Lead.DELISTED, companies=named, proposed=_proposes(notice),
            codes=_CODES.search(notice.title) is not None,
            pair=DutyPair(None, told) if told else None, named=told is not None,
        )  # fmt: skip
    if named and not any(duty.who.kind is not None for duty in _own_duties(notice)):
        return Headline(lead=Lead.LISTED, companies=named, proposed=_proposes(notice))
    return None


def _next_of_named(notice: Notice) -> Duty | None:
    """What the companies that are struck off have to do first: 上述企业应当于12月31日前移交库存."""
    dated = [
        duty for duty in _own_duties(notice)
        if (speaks_to_named(duty) or _THOSE_NAMED.match(duty.who.text or ""))
        and duty.modality is Modality.MUST and duty.when
        and duty.when.date and duty.when.relation is TimeRelation.BY
    ]  # fmt: skip
    return min(dated, key=lambda duty: (duty.when.date if duty.when else None) or "", default=None)


def _of_duties(notice: Notice, today: date, vague: Callable[[Duty], bool]) -> Headline:
    own = _without_operators(
        notice, [duty for duty in _own_duties(notice) if not _of_the_system(notice, duty)]
    )
    named_own = [duty for duty in own if duty.who.kind is not None]
    repealed = _repealed(notice)
    if not named_own and repealed:
        return Headline(lead=Lead.REPEAL, repealed=repealed)
    moves = _SWITCHES.search(notice.title) is not None
    best = min(own, key=lambda item: _rank(item, today, moves=moves, vague=vague), default=None)
    if best is not None and not _tells_nothing(best, vague=vague(best)):
        return _told_duty(notice, best, own, repealed=repealed, vague=vague(best))
    if moves_portal(notice.title):
        return Headline(lead=Lead.PORTAL, starts=portal_day(notice))
    if _CAMPAIGN.search(notice.title):
        return _campaign(notice)
    if (plain := plain_kind_headline(notice)) is not None:
        return plain
    others = [duty for duty in notice.duties if duty.who.kind is Bound.AUTHORITY and duty.when]
    if others and not own:
        return Headline(lead=Lead.AUTHORITY, pair=DutyPair(None, others[0]))
    return Headline(lead=Lead.ACT)


_ANSWERING = frozenset({"platform_operator"})


def _without_operators(notice: Notice, own: list[Duty]) -> list[Duty]:
    """The duties of companies without those of who runs a platform for them, where others have
    any, or where the act is about the platform itself."""
    others = [duty for duty in own if duty.who.role not in _ANSWERING]
    theirs = any(duty.who.kind is not None for duty in others)
    return others if theirs or moves_portal(notice.title) else own


def _tells_nothing(duty: Duty, *, vague: bool) -> bool:
    """Whether a line of a duty would say neither who nor what: those concerned must leave."""
    nobody = duty.who.kind is None
    nothing = not duty.object and not duty.documents and duty.limit is None
    return (vague and (nobody or duty.when is None)) or (nobody and nothing)


def _told_duty(
    notice: Notice, duty: Duty, own: Sequence[Duty], *, repealed: tuple[str, ...], vague: bool
) -> Headline:
    """The line of a duty, with what the kind of its act adds to it."""
    pair, also = DutyPair(None, duty), _bound_with(duty, own)
    named = _speaks_to_named(notice, duty)
    if _CAMPAIGN.search(notice.title):
        starts, ends = campaign_days(notice)
        if ends is not None:
            lead = Lead.CAMPAIGN
            return Headline(lead=lead, pair=pair, also=also, starts=starts, ends=ends, named=named)
    starts = portal_day(notice)
    if starts and vague:
        return Headline(lead=Lead.PORTAL, starts=starts)
    lead = Lead.PORTAL if starts else _lead_in(notice, duty)
    return Headline(lead=lead, pair=pair, also=also, repealed=repealed, named=named, starts=starts)


def _speaks_to_named(notice: Notice, duty: Duty) -> bool:
    """Whether a duty binds only companies that the text names."""
    if speaks_to_named(duty):
        return True
    strikes = delists(notice.title) or names_companies(notice.title)
    return strikes and duty.who.role in (None, "any_company", "recycler")


_MIGRATES = re.compile(
    r"(?:平台|系统|数据)[^，。；]{0,12}(?:迁移|停机|停止|暂停|切换|维护)|迁移期|暂停使用"
)


def _of_the_system(notice: Notice, duty: Duty) -> bool:
    """Whether a sentence about a system was read as the duty of a company that it does not
    name: 8月28日至31日为数据迁移期."""
    if not (moves_portal(notice.title) or suspends(notice.title)):
        return False
    named = duty.who.text is not None and duty.who.text in duty.quote
    return not named and _MIGRATES.search(duty.quote) is not None


def _own_duties(notice: Notice) -> list[Duty]:
    """The duties of companies; of a list only of those it names: what those who object must send
    is not what it is about."""
    own = [duty for duty in notice.duties if _of_companies(duty)]
    return [duty for duty in own if duty.who.kind is not None or notice.stage != "list"]


_CHANGES_OTHERS = frozenset({"amends", "extends", "corrects", "suspends", "edition_of"})


def _bound_with(duty: Duty, duties: Sequence[Duty]) -> tuple[Subject, ...]:
    """The other subjects of a duty: 生产企业、进口商应当… binds both."""
    same = (duty.quote, duty.modality, duty.act, duty.object, duty.when)
    return tuple(
        other.who for other in duties
        if other.who != duty.who
        and (other.quote, other.modality, other.act, other.object, other.when) == same
    )  # fmt: skip


def _amended(notice: Notice, change: Change) -> Headline | None:
    """Of a new act that amends or extends another one: the duty that it changes."""
    if not any(item.kind in _CHANGES_OTHERS for item in notice.relations):
        return None
    return _first_change(pair_duties(change.duties_before, change.duties_after))


def _of_companies(duty: Duty) -> bool:
    return duty.who.kind is not Bound.AUTHORITY and duty.modality is not Modality.MAY


def _first_change(pairs: Sequence[DutyPair]) -> Headline | None:
    """The changed duty of companies that binds most; a duty that is gone comes last."""
    ours = [pair for pair in pairs if _of_companies(pair.shown)]
    told = [pair for pair in ours if pair.after is not None]
    both = [pair for pair in told if pair.before is not None]
    for group in (both, told, ours):
        if group:
            best = min(group, key=lambda pair: _strength(pair.shown))
            return Headline(lead=Lead.CHANGED_DUTY, pair=best, removed=best.after is None)
    return None


def lead_of(duty: Duty) -> Lead:
    """Which kind of first line a duty makes."""
    when = duty.when
    if _moves_portal(duty):
        return Lead.PORTAL
    if duty.modality is Modality.MUST_NOT and (when is None or when.relation in _STARTS):
        return Lead.PROHIBITION
    if when is not None and when.date is not None:
        return Lead.DATED
    before = when is not None and when.relation is TimeRelation.BEFORE and when.event_text
    if when is not None and (when.duration or when.recurs or before):
        return Lead.PERIOD
    if duty.modality is Modality.MUST_NOT:
        return Lead.PROHIBITION
    return Lead.LIMIT if duty.limit is not None else Lead.DUTY


def _lead_in(notice: Notice, duty: Duty) -> Lead:
    """The kind of line; a portal moves or opens only where the act is about one."""
    lead = lead_of(duty)
    if lead is not Lead.PORTAL or duty.act in _PORTAL_MOVES or _MOVES.search(notice.title):
        return lead
    return Lead.DATED


_PORTAL_MOVES = frozenset({"connect", "register"})
_STARTS = (TimeRelation.FROM, TimeRelation.AT_ONCE)  # a ban's first day is no last day
_ORDER = (Lead.PORTAL, Lead.DATED, Lead.PERIOD, Lead.PROHIBITION, Lead.LIMIT, Lead.DUTY)


def is_portal(where: Destination) -> bool:
    """Whether a destination is a system, not an authority."""
    return bool(_PORTAL.search(f"{where.name or ''}{where.url or ''}"))


def _moves_portal(duty: Duty) -> bool:
    """Whether a named system is to be used from or by a day: the portal moves or opens."""
    if duty.modality is Modality.MUST_NOT:
        return False
    named = duty.where is not None and is_portal(duty.where)
    dated = duty.when is not None and duty.when.date is not None
    return bool(named and dated and duty.act in _PORTAL_ACTS)


_ROUTINE = frozenset({"test", "inspect", "verify", "train"})  # told after what is handed in


def _nothing_vague(_duty: Duty) -> bool:
    return False


def _rank(
    duty: Duty, today: date, *, moves: bool = False, vague: Callable[[Duty], bool] = _nothing_vague
) -> tuple[int, int, int, int, str]:
    """The order of the duties of one act: kind of line, past days last, those of only some of a
    role or without words later, sanctioned ones first, those that come again, nearer days first."""
    lead = _ORDER.index(lead_of(duty))
    if moves and duty.where is not None and is_portal(duty.where) and duty.act in _PORTAL_ACTS:
        lead = _ORDER.index(Lead.PORTAL)  # what the new portal asks for, dated or not
    day = duty.when.date if duty.when and duty.when.date else ""
    past = (
        duty.when is not None and duty.when.relation is TimeRelation.BY and day < today.isoformat()
    )
    later = 10 * past + _says_little(duty) + 2 * vague(duty)
    later += 2 * (duty.act in _ROUTINE and not duty.sanctions and not duty.object)
    later += 3 * (binds_only_some(duty) or _cures(duty) or _befalls_few(duty))
    again = duty.when is not None and duty.when.recurs is not None
    first = 2 if duty.act in _ROUTINE else 0 if again else 1
    return (lead + later, 0 if duty.sanctions else 1, 0 if duty.when else 1, first, day)


# 收到补正告知之日起, 责令限期
_DEMANDED = re.compile(r"告知|补正|责令|要求")


def _cures(duty: Duty) -> bool:
    """Whether a duty only mends what an authority found: 自收到告知之日起10日内补正."""
    text = duty.when.event_text if duty.when is not None else None
    return duty.act == "correct" and _DEMANDED.search(text or "") is not None


# 网点停业、迁址的，应当提前10日公告
_RARE = re.compile(r"停业|停产|停运|歇业|迁址|搬迁|关闭|注销|终止|遗失|变更|期满|到期|届满")


def _befalls_few(duty: Duty) -> bool:
    """Whether a duty arises only where something rare happens to a company."""
    text = duty.when.event_text if duty.when is not None else None
    return _RARE.search(text or "") is not None


def _says_little(duty: Duty) -> int:
    """How many places a duty stands back that names nobody, only the operator of a platform or no
    known act: a line of it tells a company less to do."""
    if duty.who.role == "platform_operator" or duty.act in ("other", "decide"):
        return 3
    if _NO_THING.fullmatch(duty.object):
        return 3
    if duty.modality is Modality.MUST_NOT and duty.object in ("", duty.verb):
        return 3  # must not what, its sentence alone does not say
    if duty.act == "train":
        return 1  # an act is seldom about training
    nobody = duty.who.role is None and duty.who.kind is None
    return (2 if duty.sanctions else 3) if nobody else 0


def _strength(duty: Duty) -> tuple[int, int]:
    return (_ORDER.index(lead_of(duty)), 0 if duty.sanctions else 1)


def _repealed(notice: Notice) -> tuple[str, ...]:
    """What an act ends whose title says that it ends something."""
    if not _ENDS.search(notice.title):
        return ()
    ended = [item for item in notice.relations if item.kind == "repeals"]
    return tuple(item.document_number or f"《{item.title}》" for item in ended)


def _proposes(notice: Notice) -> bool:
    """Whether a list is only put up for objections: 关于拟取消部分企业备案的公示."""
    return re.search(r"拟|公示(?:$|（)", notice.title) is not None


def _campaign(notice: Notice) -> Headline:
    starts, ends = campaign_days(notice)
    roles = campaign_targets(notice)
    return Headline(lead=Lead.CAMPAIGN, starts=starts, ends=ends, targets=roles)
