"""Compare whom a duty names with a company's roles."""

from __future__ import annotations

import re

from config.companies.entities import Entity
from domain.law.applicability import conditions
from domain.law.applicability.act_definitions import SHORT_FORM, bracketed_roles
from domain.law.applicability.act_scope import ActScope
from domain.law.applicability.asked_roles import asked_roles, defined
from domain.law.applicability.duty_verdicts import DutyVerdict, SideMatch
from domain.law.applicability.exceptions_of import left_out
from domain.law.applicability.listed_companies import is_off_the_list
from domain.law.applicability.other_side import (
    is_other_side,
    is_other_trade,
    is_trade_without,
    only_receives,
)
from domain.law.applicability.permit_holders import held_permit, is_of_other_holders
from domain.law.applicability.plain_roles import doing_roles
from domain.law.applicability.role_doubts import in_order, role_doubt, with_wider
from domain.law.applicability.role_words import ANY_COMPANY, named_roles, specific_roles
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
_MODAL = re.compile(r"应当|必须|不得|可以|(?<!供|反|响|相)应(?=[在于向将按对])|须(?!知)")
_EXPORTS = re.compile(r"出口")  # 出口货物发货人 is the exporter


def match_role(
    duty: Duty, scope: ActScope, entity: Entity, beside: frozenset[str] = frozenset()
) -> SideMatch:
    """Whether a duty speaks to a company of these roles; ``beside`` are the roles for which the
    same sentence makes a duty of its own."""
    if duty.who.kind is Bound.AUTHORITY:
        return _said(DutyVerdict.DOES_NOT, duty, reason("does_not.authority"))
    if duty.who.kind is Bound.PUBLIC:
        return _public(duty, scope, entity)
    if conditions.speaks_to_one(duty):
        return _one_company(duty, scope, entity)
    if head := conditions.company_in_head(duty):
        return _company_named(head, duty, scope, entity)
    if conditions.speaks_to_listed(duty) and entity.key in scope.named:
        return _said(DutyVerdict.APPLIES, duty, reason("applies.named"))
    if because := _another(duty, scope, entity):
        return _said(DutyVerdict.DOES_NOT, duty, because)
    return _left_out(duty, scope, entity) or _by_role(duty, scope, entity, beside)


def _another(duty: Duty, scope: ActScope, entity: Entity) -> Reason | None:
    """Why a duty is of others, whatever roles it names; None where it may be of its own."""
    if is_off_the_list(duty, scope, entity):
        return reason("does_not.not_listed")
    if conditions.speaks_to_foreign(duty):
        return reason("does_not.foreign")
    if is_other_trade(duty) or is_of_other_holders(duty, entity):
        return reason("does_not.trade", words=duty.who.text or "")
    if defined(duty, scope) is None and is_trade_without(duty, entity):
        return reason("does_not.trade", words=duty.who.text or "")
    return reason("does_not.other_side") if is_other_side(duty, entity) else None


def _left_out(duty: Duty, scope: ActScope, entity: Entity) -> SideMatch | None:
    """What an exception makes of a duty that would bind a company; None where there is none."""
    mine = frozenset(entity.roles)
    sure, perhaps = left_out(duty, scope)
    if not mine & (sure | perhaps):
        return None
    named = asked_roles(duty, scope) if duty.who.kind is not Bound.ANYONE else frozenset()
    asked = named & mine if named else mine
    if not asked and not mine <= sure:
        return None  # what it is besides decides
    if asked <= sure:
        return _said(
            DutyVerdict.DOES_NOT, duty, reason("does_not.excepted", roles=in_order(asked or mine))
        )
    if found := asked & (sure | perhaps):
        because = reason("may_apply.excepted", roles=in_order(found))
        return _said(DutyVerdict.MAY_APPLY, duty, because)
    return None


def _by_role(duty: Duty, scope: ActScope, entity: Entity, beside: frozenset[str]) -> SideMatch:
    if duty.who.kind is Bound.ANYONE:
        return _anyone(duty)
    if not asked_roles(duty, scope) and held_permit(duty, scope.title, entity):
        return _said(DutyVerdict.APPLIES, duty, reason("applies.permit"))
    if not asked_roles(duty, scope) and (own := _does_so(duty, entity)):
        return _said(DutyVerdict.APPLIES, duty, reason("applies.role", roles=in_order(own)))
    if duty.who.role is None and not asked_roles(duty, scope):
        return _unnamed(duty)
    return _company(duty, scope, entity, beside)


def _does_so(duty: Duty, entity: Entity) -> frozenset[str]:
    """The roles of a company that a subject names by what they do: 收集废动力电池的单位."""
    phrase = conditions.subject_phrase(duty) or conditions.before_verb(duty)
    return doing_roles(phrase) & frozenset(entity.roles)


def _said(verdict: DutyVerdict, duty: Duty, because: Reason) -> SideMatch:
    return SideMatch(verdict=verdict, quote=words_of(duty), because=because)


def words_of(duty: Duty) -> str:
    """The text's own words for the subject, else the sentence."""
    text = duty.who.text or ""
    return text if text and text in duty.quote else duty.quote


def _public(duty: Duty, scope: ActScope, entity: Entity) -> SideMatch:
    """A company may own a vehicle; it is never a consumer, nor who takes what owners hand in."""
    if only_receives(duty, scope.text, entity):
        return _said(DutyVerdict.DOES_NOT, duty, reason("does_not.receives"))
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
    asked = asked_roles(duty, scope)
    if "consignor" in asked and _EXPORTS.search(conditions.subject_phrase(duty) + scope.title):
        asked = asked - {"consignor"} | {"exporter"}
    mine = frozenset(entity.roles)
    if not asked:
        return _general(duty)
    if own := asked & with_wider(mine):
        if _only_some_of(duty, scope, own):
            because = reason("may_apply.defined", roles=in_order(own))
            return _said(DutyVerdict.MAY_APPLY, duty, because)
        if duty.who.text == SHORT_FORM and SHORT_FORM in scope.definitions.widened:
            return _said(
                DutyVerdict.MAY_APPLY, duty, reason("may_apply.near_role", roles=in_order(own))
            )
        return _said(DutyVerdict.APPLIES, duty, reason("applies.role", roles=in_order(own)))
    if counted := _counted_in(duty, scope, asked) & mine:
        return _said(DutyVerdict.APPLIES, duty, reason("applies.defined", roles=in_order(counted)))
    own_duty = bool(beside & mine)
    doubt = None if own_duty else role_doubt(duty, scope, entity, asked)
    if doubt is not None:
        return _said(DutyVerdict.MAY_APPLY, duty, doubt)
    if not own_duty and _only_spoken_of(duty):
        return SideMatch(
            verdict=DutyVerdict.MAY_APPLY, quote=duty.quote, because=reason("may_apply.no_subject")
        )
    because = reason("does_not.role", roles=in_order(asked), mine=in_order(mine))
    return SideMatch(verdict=DutyVerdict.DOES_NOT, quote=_role_words(duty, scope), because=because)


def _only_spoken_of(duty: Duty) -> bool:
    """Whether the words for a subject stand only behind the verb that obliges, as those to whom
    something is done: 不得向未接入平台的再生利用企业交付电池, 经再生利用企业同意的除外."""
    words, modal = duty.who.text, _MODAL.search(duty.quote)
    if not words or words not in duty.quote or modal is None or "由" + words in duty.quote:
        return False
    first, last = duty.quote.find(words), duty.quote.rfind(words)
    return first > modal.end() and _MODAL.search(duty.quote, last) is None


def _only_some_of(duty: Duty, scope: ActScope, own: frozenset[str]) -> bool:
    """Whether the act's definition counts only some of those roles among its subject."""
    meaning = defined(duty, scope)
    return meaning is not None and not own & with_wider(meaning.sure | {duty.who.role or ""})


def _counted_in(duty: Duty, scope: ActScope, asked: frozenset[str]) -> frozenset[str]:
    """The roles that the act, or brackets in the sentence, count among those asked."""
    here = bracketed_roles(duty.quote)
    included = scope.definitions.included
    return frozenset[str]().union(
        *(known.get(role, frozenset()) for known in (here, included) for role in asked)
    )


def _role_words(duty: Duty, scope: ActScope) -> str:
    """The words that name the role: of the sentence, else of the title."""
    if duty.who.text and not specific_roles(duty.who.text):
        found = [one for one in named_roles(scope.title) if one.role != ANY_COMPANY]
        if found:
            return scope.title[found[0].start : found[0].end]
    return words_of(duty)
