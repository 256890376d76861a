"""Compare whom a duty names with a company's roles."""

from __future__ import annotations

import re

from config.companies.entities import Entity
from config.duty_terms import load_roles
from domain.law.applicability import conditions
from domain.law.applicability.act_scope import SHORT_FORM, ActScope
from domain.law.applicability.duty_verdicts import DutyVerdict, SideMatch
from domain.law.applicability.goods import VEHICLE_HANDLES
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
_EXPORTS = re.compile(r"出口")  # 出口货物发货人 is the exporter
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
    if conditions.speaks_to_listed(duty) and entity.key in scope.named:
        return _said(DutyVerdict.APPLIES, duty, reason("applies.named"))
    if conditions.speaks_to_foreign(duty):
        return _said(DutyVerdict.DOES_NOT, duty, reason("does_not.foreign"))
    if duty.who.kind is Bound.ANYONE:
        return _anyone(duty)
    if duty.who.role is None and not _asked_roles(duty):
        return _unnamed(duty)
    return _company(duty, scope, entity, beside)


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
    asked = _asked_roles(duty)
    if "consignor" in asked and _EXPORTS.search(conditions.subject_phrase(duty) + scope.title):
        asked = asked - {"consignor"} | {"exporter"}
    mine = frozenset(entity.roles)
    if not asked:
        return _general(duty)
    if own := asked & _with_wider(mine):
        if duty.who.text == SHORT_FORM and SHORT_FORM in scope.widened:
            return _said(
                DutyVerdict.MAY_APPLY, duty, reason("may_apply.near_role", roles=tuple(sorted(own)))
            )
        return _said(DutyVerdict.APPLIES, duty, reason("applies.role", roles=tuple(sorted(own))))
    own_duty = bool(beside & mine)
    doubt = None if own_duty else _doubt(duty, scope, entity, asked)
    if doubt is not None:
        return _said(DutyVerdict.MAY_APPLY, duty, doubt)
    because = reason("does_not.role", roles=tuple(sorted(asked)), mine=tuple(sorted(mine)))
    return SideMatch(verdict=DutyVerdict.DOES_NOT, quote=_role_words(duty, scope), because=because)


def _asked_roles(duty: Duty) -> frozenset[str]:
    """The roles that a duty names: the reader's, and those that its subject's words list."""
    listed = specific_roles(duty.who.text or "")
    if not listed and duty.who.role in (None, ANY_COMPANY):
        listed = specific_roles(conditions.owned_noun(duty))
        listed = listed or listed_activities(conditions.before_verb(duty))
    own = {duty.who.role} - {ANY_COMPANY, None}
    return frozenset(role for role in (*listed, *own) if role is not None)


def _with_wider(roles: frozenset[str]) -> frozenset[str]:
    known = load_roles().roles
    return roles.union(*(known[role].part_of for role in roles if role in known))


def _doubt(duty: Duty, scope: ActScope, entity: Entity, asked: frozenset[str]) -> Reason | None:
    """Why a duty of another role may reach a company all the same; None where nothing says so."""
    mine = frozenset(entity.roles)
    if conditions.list_is_open(duty):
        return reason("may_apply.wider", words=duty.who.text or "")
    if any(scope.widened.get(name, frozenset()) & mine for name in (*asked, duty.who.text or "")):
        return reason("may_apply.defined", roles=tuple(sorted(asked)))
    if near := _near_roles(duty, asked, entity):
        return reason("may_apply.near_role", roles=tuple(sorted(near)))
    if _named_before_verb(duty, mine):
        return reason("may_apply.named_too", roles=tuple(sorted(mine)))
    if not _says_its_role(duty, scope, asked):
        return reason("may_apply.wider", words=duty.who.text or "")
    return None


def _near_roles(duty: Duty, asked: frozenset[str], entity: Entity) -> frozenset[str]:
    """Roles that it may have besides: by what it does, or as the law of some years counts."""
    known = load_roles().roles
    mine = frozenset(entity.roles)
    near = {role for role in asked for own in mine if role in known[own].overlaps}
    near |= {role for role in asked if frozenset(known[role].overlaps) & mine}
    near |= {
        role
        for role in asked
        for own in mine
        if own in known[role].part_of and _may_be_part(role, entity)
    }
    if not _A_TRADE.search(conditions.subject_phrase(duty)):
        near |= {role for role in asked if mine & frozenset(known[role].by_activity)}
    return frozenset(near)


def _may_be_part(role: str, entity: Entity) -> bool:
    """Whether a company of a wider role may have the narrower one: an importer brings in
    vehicles unless it says what else it deals in."""
    if role != "vehicle_importer" or not entity.handles:
        return True
    return bool(VEHICLE_HANDLES & set(entity.handles))


def _named_before_verb(duty: Duty, mine: frozenset[str]) -> bool:
    """Whether the sentence names one of its roles, or companies in general, where subjects
    stand: the reading may have taken only one of several."""
    head = conditions.before_verb(duty)
    return any(
        (one.role in mine and _SUBJECT_BEGINS.search(head[: one.start]))
        or (one.role == ANY_COMPANY and _WIDER_BEGINS.search(head[: one.start]))
        for one in named_roles(head)
    )


def _says_its_role(duty: Duty, scope: ActScope, asked: frozenset[str]) -> bool:
    """Whether the text says which role: its subject, the title, or a sentence before whose
    subject it goes on with."""
    text = duty.who.text
    if text is None:
        return duty.who.role is not None
    return bool(specific_roles(text)) or bool(specific_roles(scope.title) & asked)


def _role_words(duty: Duty, scope: ActScope) -> str:
    """The words that name the role: of the sentence, else of the title."""
    if duty.who.text and not specific_roles(duty.who.text):
        found = [one for one in named_roles(scope.title) if one.role != ANY_COMPANY]
        if found:
            return scope.title[found[0].start : found[0].end]
    return words_of(duty)
