"""Compare whom a duty names with a company's roles."""

from __future__ import annotations

import re

from config.companies.entities import Entity
from config.duty_terms import load_roles
from domain.law.applicability import conditions
from domain.law.applicability.above import roles_above, takes_up
from domain.law.applicability.act_definitions import (
    SHORT_FORM,
    bracketed_roles,
    left_out_here,
)
from domain.law.applicability.act_scope import ActScope
from domain.law.applicability.duty_verdicts import DutyVerdict, SideMatch
from domain.law.applicability.goods import deals_in_whole_things
from domain.law.applicability.role_words import (
    ANY_COMPANY,
    listed_activities,
    named_roles,
    specific_roles,
)
from domain.law.duties import Bound, Duty
from domain.records.reason import Reason, reason

# 任何单位, 所有企业; 所有人 is an owner.
_EVERY = re.compile(r"任何|一切|所有(?!人|者|权)|社会各界")
# 禁止任何单位和个人擅自拆解
_TO_EVERYONE = re.compile(
    r"(?:禁止|严禁|不允许)任何(?:单位|企业|组织|个人|人)(?:(?:和|或者?|、)个人)?"
)
_ALL_AND_EACH = re.compile(
    r"(?:单位|企业|组织|法人)(?:和|或者?|、|及)(?:其他组织(?:和|或)?)?个人"  # 单位和个人
)
# 电池所有人, 车辆使用人
_OWNERS = re.compile(r"所有|使用|拥有|用户")
# The same before 企业 with a word of its own: 生产|企业、进口商
_WIDER_BEGINS = re.compile(r"(?:^|[，。；：、（）()\s]|和|及|或)[一-鿿]{0,4}$")
# Where a subject begins: at the head of a clause, or joined with another one.
_SUBJECT_BEGINS = re.compile(r"(?:^|[，。；：、（）()\s]|和|及|或|各|由|请|有关|相关)$")
# The same behind a clause, where the reading took no words of the sentence for its subject.
_SUBJECT_OR_CLAUSE = re.compile(_SUBJECT_BEGINS.pattern + r"|的$")
_EXPORTS = re.compile(r"出口")  # 出口货物发货人 is the exporter
_OR_ITS_AGENT = re.compile(r"[收发]货人(?:或者?|、|及|和)其?代理人")  # at customs
_A_TRADE = re.compile(r"仓储企业")  # whose business it is, not whoever stores something


def match_role(
    duty: Duty, scope: ActScope, entity: Entity, beside: frozenset[str] = frozenset()
) -> SideMatch:
    """Whether a duty speaks to a company of these roles; ``beside`` are the roles for which the
    same sentence makes a duty of its own."""
    if duty.who.kind is Bound.AUTHORITY:
        return _said(DutyVerdict.DOES_NOT, duty, reason("does_not.authority"))
    if duty.who.kind is Bound.PUBLIC:
        return _public(duty)
    if conditions.speaks_to_one(duty):
        return _one_company(duty, scope, entity)
    if head := conditions.company_in_head(duty):
        return _company_named(head, duty, scope, entity)
    if conditions.speaks_to_listed(duty) and entity.key in scope.named:
        return _said(DutyVerdict.APPLIES, duty, reason("applies.named"))
    if conditions.speaks_to_foreign(duty):
        return _said(DutyVerdict.DOES_NOT, duty, reason("does_not.foreign"))
    return _left_out(duty, scope, entity) or _by_role(duty, scope, entity, beside)


def _by_role(duty: Duty, scope: ActScope, entity: Entity, beside: frozenset[str]) -> SideMatch:
    if duty.who.kind is Bound.ANYONE:
        return _anyone(duty)
    if duty.who.role is None and not _asked_roles(duty, scope):
        return _unnamed(duty)
    return _company(duty, scope, entity, beside)


def _left_out(duty: Duty, scope: ActScope, entity: Entity) -> SideMatch | None:
    """What an exception makes of a duty that would bind a company; None where there is none."""
    mine = frozenset(entity.roles)
    here, perhaps_here = left_out_here(duty.quote + _exception_after(duty, scope.text))
    sure = scope.definitions.excepted | here
    perhaps = scope.definitions.perhaps_excepted | perhaps_here
    if not mine & (sure | perhaps):
        return None
    asked = _asked_roles(duty, scope) & mine if duty.who.kind is not Bound.ANYONE else mine
    asked = asked or mine
    if asked <= sure:
        return _said(DutyVerdict.DOES_NOT, duty, reason("does_not.excepted", roles=_order(asked)))
    if asked & (sure | perhaps):
        found = asked & (sure | perhaps)
        return _said(DutyVerdict.MAY_APPLY, duty, reason("may_apply.excepted", roles=_order(found)))
    return None


def _exception_after(duty: Duty, text: str) -> str:
    """The next sentence where it only takes something out: 个体工商户设立的网点除外."""
    after = text.partition(duty.quote)[2][:80].partition("。")[0] if duty.quote else ""
    return after if after.endswith(("除外", "不受此限", "不在此限")) else ""


def _order(roles: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(roles))


def _said(verdict: DutyVerdict, duty: Duty, because: Reason) -> SideMatch:
    return SideMatch(verdict=verdict, quote=words_of(duty), because=because)


def words_of(duty: Duty) -> str:
    """The text's own words for the subject, else the sentence."""
    text = duty.who.text or ""
    return text if text and text in duty.quote else duty.quote


def _public(duty: Duty) -> SideMatch:
    """A company may own a vehicle; it is never a consumer."""
    if _OWNERS.search(duty.who.text or ""):
        return _said(DutyVerdict.MAY_APPLY, duty, reason("may_apply.owner"))
    return _said(DutyVerdict.DOES_NOT, duty, reason("does_not.public"))


def _one_company(duty: Duty, scope: ActScope, entity: Entity) -> SideMatch:
    if entity.key in scope.named:
        return _said(DutyVerdict.APPLIES, duty, reason("applies.named"))
    if scope.addressee:
        because = reason("does_not.addressee", company=scope.addressee)
        return _said(DutyVerdict.DOES_NOT, duty, because)
    return _said(DutyVerdict.MAY_APPLY, duty, reason("may_apply.listed"))


def _company_named(head: str, duty: Duty, scope: ActScope, entity: Entity) -> SideMatch:
    """Of a sentence about one company that it names: 请江南绿能科技有限公司于月底前整改."""
    if entity.name.zh and entity.name.zh in duty.quote:
        return _said(DutyVerdict.APPLIES, duty, reason("applies.named"))
    if entity.key in scope.named:
        return _said(DutyVerdict.MAY_APPLY, duty, reason("may_apply.listed"))
    return _said(
        DutyVerdict.DOES_NOT, duty, reason("does_not.addressee", company=head.strip("请由"))
    )


def _anyone(duty: Duty) -> SideMatch:
    text = duty.who.text or ""
    if _EVERY.search(text) or _ALL_AND_EACH.fullmatch(text):
        return _said(DutyVerdict.APPLIES, duty, reason("applies.anyone"))
    return _said(DutyVerdict.MAY_APPLY, duty, reason("may_apply.wider", words=text))


def _unnamed(duty: Duty) -> SideMatch:
    if everyone := _TO_EVERYONE.search(duty.quote):
        return SideMatch(
            verdict=DutyVerdict.APPLIES, quote=everyone[0], because=reason("applies.anyone")
        )
    if not duty.who.text:
        return _said(DutyVerdict.MAY_APPLY, duty, reason("may_apply.no_subject"))
    return _general(duty)


def _general(duty: Duty) -> SideMatch:
    """Companies in general: every one where the text says so."""
    text = duty.who.text or ""
    if _EVERY.search(text):
        return _said(DutyVerdict.APPLIES, duty, reason("applies.anyone"))
    return _said(DutyVerdict.MAY_APPLY, duty, reason("may_apply.wider", words=text))


def _company(duty: Duty, scope: ActScope, entity: Entity, beside: frozenset[str]) -> SideMatch:
    asked = _asked_roles(duty, scope)
    if "consignor" in asked and _EXPORTS.search(conditions.subject_phrase(duty) + scope.title):
        asked = asked - {"consignor"} | {"exporter"}
    mine = frozenset(entity.roles)
    if not asked:
        return _general(duty)
    if own := asked & _with_wider(mine):
        if duty.who.text == SHORT_FORM and SHORT_FORM in scope.definitions.widened:
            return _said(
                DutyVerdict.MAY_APPLY, duty, reason("may_apply.near_role", roles=_order(own))
            )
        return _said(DutyVerdict.APPLIES, duty, reason("applies.role", roles=_order(own)))
    if counted := _counted_in(duty, scope, asked) & mine:
        return _said(DutyVerdict.APPLIES, duty, reason("applies.defined", roles=_order(counted)))
    own_duty = bool(beside & mine)
    doubt = None if own_duty else _doubt(duty, scope, entity, asked)
    if doubt is not None:
        return _said(DutyVerdict.MAY_APPLY, duty, doubt)
    because = reason("does_not.role", roles=_order(asked), mine=_order(mine))
    return SideMatch(verdict=DutyVerdict.DOES_NOT, quote=_role_words(duty, scope), because=because)


def _counted_in(duty: Duty, scope: ActScope, asked: frozenset[str]) -> frozenset[str]:
    """The roles that the act, or brackets in the sentence, count among those asked."""
    here = bracketed_roles(duty.quote)
    included = scope.definitions.included
    return frozenset[str]().union(
        *(known.get(role, frozenset()) for known in (here, included) for role in asked)
    )


def _asked_roles(duty: Duty, scope: ActScope) -> frozenset[str]:
    """The roles that a duty names: the reader's, and those that its subject's words list or
    take up from the sentence before."""
    if takes_up(duty) and (above := roles_above(duty, scope.text)):
        return above
    listed = specific_roles(conditions.owned_company(duty)) or specific_roles(duty.who.text or "")
    if _OR_ITS_AGENT.search(duty.quote) and "domestic_agent" in (*listed, duty.who.role):
        listed |= {"customs_broker"}  # who declares for others
    if conditions.owned_company(duty) and listed:
        return listed
    if not listed and duty.who.role in (None, ANY_COMPANY):
        listed = specific_roles(conditions.owned_noun(duty)) or _right_before_verb(duty)
        listed = listed or listed_activities(conditions.before_verb(duty))
    own = {duty.who.role} - {ANY_COMPANY, None}
    return frozenset(role for role in (*listed, *own) if role is not None)


def _right_before_verb(duty: Duty) -> frozenset[str]:
    """The role whose words end right before the verb, where the reading found no subject."""
    head = conditions.before_verb(duty)
    if duty.who.text or head == duty.quote:
        return frozenset()
    head = head.rstrip("，均都还也 ")
    ends = {one.role for one in named_roles(head) if one.end == len(head)}
    return frozenset(ends - {ANY_COMPANY})


def _with_wider(roles: frozenset[str]) -> frozenset[str]:
    known = load_roles().roles
    return roles.union(*(known[role].part_of for role in roles if role in known))


def _doubt(duty: Duty, scope: ActScope, entity: Entity, asked: frozenset[str]) -> Reason | None:
    """Why a duty of another role may reach a company all the same; None where nothing says so."""
    mine = frozenset(entity.roles)
    if conditions.list_is_open(duty):
        return reason("may_apply.wider", words=duty.who.text or "")
    if any(
        scope.definitions.widened.get(name, frozenset()) & _with_wider(mine)
        for name in (*asked, duty.who.text or "")
    ):
        return reason("may_apply.defined", roles=_order(asked))
    if near := _near_roles(duty, asked, entity):
        return reason("may_apply.near_role", roles=_order(near))
    if not takes_up(duty) and _named_before_verb(duty, mine):
        return reason("may_apply.named_too", roles=_order(mine))
    if not _says_its_role(duty, scope, asked):
        return reason("may_apply.wider", words=duty.who.text or "")
    return None


def _near_roles(duty: Duty, asked: frozenset[str], entity: Entity) -> frozenset[str]:
    """Roles that it may have besides: by what it does, or as the law of some years counts."""
    known = load_roles().roles
    mine = frozenset(entity.roles)
    near = {role for role in asked if _overlap(role, duty) & mine}
    near |= {
        role
        for role in asked
        for own in mine
        if own in known[role].part_of and _may_be_part(role, entity)
    }
    if not _A_TRADE.search(conditions.subject_phrase(duty)):
        near |= {role for role in asked if mine & frozenset(known[role].by_activity)}
    return frozenset(near)


# Words of the one half of 综合利用, which leave out the other: cascade users recycle nothing.
_RECYCLING_ALONE = re.compile(r"再生|资源化|湿法|冶炼")


def _overlap(role: str, duty: Duty) -> frozenset[str]:
    """The roles that the law of some years counts among the one that a duty names."""
    if role == "recycler" and _RECYCLING_ALONE.search(duty.who.text or duty.quote):
        return frozenset()
    known = load_roles().roles
    back = {name for name, terms in known.items() if role in terms.overlaps}
    return frozenset(back | (set() if role == "cascade_user" else set(known[role].overlaps)))


def _may_be_part(role: str, entity: Entity) -> bool:
    """Whether a company of a wider role may have the narrower one: an importer brings in
    vehicles unless it says what else it deals in."""
    if role != "vehicle_importer" or not entity.handles:
        return True
    return deals_in_whole_things(entity)


def _named_before_verb(duty: Duty, mine: frozenset[str]) -> bool:
    """Whether the sentence names one of its roles, or companies in general, where subjects
    stand: the reading may have taken only one of several."""
    head = conditions.before_verb(duty)
    begins = _SUBJECT_BEGINS if duty.who.text else _SUBJECT_OR_CLAUSE
    return any(
        (one.role in mine and begins.search(head[: one.start]))
        or (one.role == ANY_COMPANY and _WIDER_BEGINS.search(head[: one.start]))
        for one in named_roles(head)
    )


def _says_its_role(duty: Duty, scope: ActScope, asked: frozenset[str]) -> bool:
    """Whether the text says which role: its subject, the title, or a sentence before whose
    subject it goes on with."""
    text = duty.who.text
    if text is None:
        return duty.who.role is not None or bool(_right_before_verb(duty))
    return takes_up(duty) or bool(specific_roles(text)) or bool(specific_roles(scope.title) & asked)


def _role_words(duty: Duty, scope: ActScope) -> str:
    """The words that name the role: of the sentence, else of the title."""
    if duty.who.text and not specific_roles(duty.who.text):
        found = [one for one in named_roles(scope.title) if one.role != ANY_COMPANY]
        if found:
            return scope.title[found[0].start : found[0].end]
    return words_of(duty)
