"""Choose what a reader must know first of an act or of a change of it.

One chooser for alert, digest, inbox, page and calendar: a changed duty of companies before a
portal that moves or opens, a dated duty, a period, a prohibition, a limit, companies struck
off or listed, a campaign, a repeal, and the kind of the act. Duties of authorities come only
where nothing else is there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.law.duties import Bound, Destination, Duty, Modality, Subject, TimeRelation
from domain.law.duty_pairs import DutyPair, pair_duties
from domain.law.stage_correction import delists, invites
from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.observation import Block
from domain.records.states import ChangeKind

_LISTED = re.compile(r"名单|公告企业|目录")
_CAMPAIGN = re.compile(r"专项行动|联合执法|专项整治|集中整治|清理整治|专项检查|大检查|百日")
_ENDS = re.compile(r"废止|失效|停止执行")
_MOVES = re.compile(r"平台|系统|网站|接口|账[户号]|上线|启用|切换|迁移|停用|关闭")
_SWITCHES = re.compile(  # 关于切换拆卸信息填报系统的公告
    r"(?:切换|启用|上线|迁移|停用|更换|调整|变更).{0,24}(?:平台|系统|网站|接口)|(?:平台|系统|网站|接口).{0,8}(?:切换|启用|上线|迁移|停用|更换|变更)"
)
_COMPANY_HEAD = re.compile(r"(?:企业|单位|公司|机构)(?:全称|名称)?$")
_PORTAL = re.compile(r"平台|系统|网站|小程序|https?:|www\.")
_PORTAL_ACTS = frozenset({"connect", "register", "report", "declare", "file", "use"})
# An act that stops to oblige: what it said matters no more.
_OVER = frozenset({"repealed", "expired", "replaced", "withdrawn_page"})


# Changes that are told by the act as a whole, not by what differs.
_WHOLE_ACT = (ChangeKind.NEW, ChangeKind.RESTORED)


class Lead(StrEnum):
    """What the first line is about."""

    CHANGED_DUTY = "changed_duty"
    PORTAL = "portal"
    DATED = "dated"
    PERIOD = "period"
    PROHIBITION = "prohibition"
    LIMIT = "limit"
    DUTY = "duty"
    DELISTED = "delisted"
    LISTED = "listed"
    CAMPAIGN = "campaign"
    REPEAL = "repeal"
    AUTHORITY = "authority"
    ACT = "act"


@dataclass(frozen=True, kw_only=True, slots=True)
class Headline:
    """What the first line says: the duty before and after, or how many companies a list names,
    or the first and last day of a campaign."""

    lead: Lead
    pair: DutyPair | None = None
    companies: int = 0
    starts: date | None = None
    ends: date | None = None
    removed: bool = False  # the duty is gone
    proposed: bool = False  # 拟取消: those who object may still say so
    repealed: tuple[str, ...] = ()  # titles or numbers of the acts that it ends
    also: tuple[Subject, ...] = ()  # the others whom the very words of the duty bind


def tellable_change(notice: Notice) -> Change | None:
    """The newest change that says something of the act; copies say nothing."""
    told = [change for change in notice.own_changes if change.kind is not ChangeKind.COPIED]
    return told[-1] if told else None


def choose_headline(notice: Notice, change: Change | None) -> Headline:
    """What is told first of ``change``, or of the act as it was first seen where it is None.
    Days count from the act's publication, so that one change is told in the same words for
    ever, also of an act that is found late."""
    seen = (change.at if change is not None else notice.first_seen).date()
    today = min(notice.published or seen, seen)
    if change is not None and change.kind not in _WHOLE_ACT:
        pairs = pair_duties(change.duties_before, change.duties_after)
        return _first_change(pairs) or Headline(lead=Lead.ACT)
    if change is not None and (amended := _amended(notice, change)):
        return amended
    if notice.status in _OVER or invites(notice.title):
        return Headline(lead=Lead.ACT)
    own = _own_duties(notice)
    named_own = [duty for duty in own if duty.who.kind is not None]
    if named := _companies(notice):
        lead = Lead.DELISTED if delists(notice.title) else Lead.LISTED
        if lead is Lead.DELISTED or not named_own:
            return Headline(lead=lead, companies=named, proposed=_proposes(notice))
    repealed = _repealed(notice)
    if not named_own and repealed:
        return Headline(lead=Lead.REPEAL, repealed=repealed)
    if own:
        moves = _SWITCHES.search(notice.title) is not None
        duty = min(own, key=lambda item: _rank(item, today, moves=moves))
        return Headline(
            lead=_lead_in(notice, duty), pair=DutyPair(None, duty), also=_bound_with(duty, own),
            repealed=repealed,
        )  # fmt: skip
    if _CAMPAIGN.search(notice.title):
        return _campaign(notice)
    others = [duty for duty in notice.duties if duty.who.kind is Bound.AUTHORITY and duty.when]
    if others:
        return Headline(lead=Lead.AUTHORITY, pair=DutyPair(None, others[0]))
    return Headline(lead=Lead.ACT)


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
    if when is not None and (when.duration or when.recurs):
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


def _rank(duty: Duty, today: date, *, moves: bool = False) -> tuple[int, int, int, int, str]:
    """The order of the duties of one act: kind of line, past days last, sanctioned ones first,
    those that come again, nearer days first."""
    lead = _ORDER.index(lead_of(duty))
    if moves and duty.where is not None and is_portal(duty.where) and duty.act in _PORTAL_ACTS:
        lead = _ORDER.index(Lead.PORTAL)  # what the new portal asks for, dated or not
    day = duty.when.date if duty.when and duty.when.date else ""
    past = (
        duty.when is not None and duty.when.relation is TimeRelation.BY and day < today.isoformat()
    )
    later = 10 * past + _says_little(duty)
    again = duty.when is not None and duty.when.recurs is not None
    return (lead + later, 0 if duty.sanctions else 1, 0 if duty.when else 1, 0 if again else 1, day)


def _says_little(duty: Duty) -> int:
    """How many places a duty stands back that names nobody, only the operator of a platform or no
    known act: a line of it tells a company less to do."""
    if duty.who.role == "platform_operator" or duty.act in ("other", "decide"):
        return 3
    if duty.modality is Modality.MUST_NOT and duty.object in ("", duty.verb):
        return 2  # must not what, its sentence alone does not say
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


def _companies(notice: Notice) -> int:
    """How many companies the tables of a list name; 0 where the act is none."""
    if not (_LISTED.search(notice.title) or delists(notice.title)):
        return 0
    for posting in notice.postings:
        if posting.versions:
            return max((_named(block) for block in posting.versions[-1].blocks), default=0)
    return 0


def _proposes(notice: Notice) -> bool:
    """Whether a list is only put up for objections: 关于拟取消部分企业备案的公示."""
    return re.search(r"拟|公示(?:$|（)", notice.title) is not None


def _named(block: Block) -> int:
    if block.kind != "table" or len(block.rows) < 2:
        return 0
    heads = ["".join(cell.split()) for cell in block.rows[0]]
    columns = [index for index, head in enumerate(heads) if _COMPANY_HEAD.search(head)]
    if not columns:
        return 0
    names = {row[columns[0]].strip() for row in block.rows[1:] if columns[0] < len(row)}
    return len(names - {""})


def _campaign(notice: Notice) -> Headline:
    days = sorted(
        duty.when.date for duty in notice.duties if duty.when is not None and duty.when.date
    )
    ends = date.fromisoformat(days[-1]) if days else None
    return Headline(lead=Lead.CAMPAIGN, ends=ends)
