"""Judge whether a duty applies to a company.

Role and place must both fit for ``applies``; either of them that the words exclude makes
``does_not``; whatever is not known makes ``may_apply``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from config.companies.entities import Entity
from domain.law.applicability.above import listed_below, roles_above, takes_up
from domain.law.applicability.act_scope import ActScope
from domain.law.applicability.conditions import subject_phrase, unsettled
from domain.law.applicability.duty_verdicts import Applicability, DutyVerdict, SideMatch
from domain.law.applicability.goods import other_goods, other_goods_of_subject
from domain.law.applicability.permit_holders import held_permit
from domain.law.applicability.place_match import match_place
from domain.law.applicability.role_match import match_role, words_of
from domain.law.duties import Duty
from domain.records.reason import Reason, reason


def judge_all(duties: Sequence[Duty], scope: ActScope, entity: Entity) -> tuple[Applicability, ...]:
    """Of each duty of an act whether it applies to a company. A sentence that names several
    roles makes a duty of each: that of another role is not its own."""
    beside: dict[str, set[str]] = defaultdict(set)
    for duty in duties:
        if duty.who.role is not None:
            beside[duty.quote].add(duty.who.role)
    return tuple(
        judge(duty, scope, entity, frozenset(beside[duty.quote]) - {duty.who.role})
        for duty in duties
    )


def judge(
    duty: Duty, scope: ActScope, entity: Entity, beside: frozenset[str] = frozenset()
) -> Applicability:
    """Whether a duty of an act applies to a company, with the words that say so; ``beside`` are
    the roles for which the same sentence makes a duty of its own."""
    role = match_role(duty, scope, entity, beside)
    if role.verdict is DutyVerdict.DOES_NOT:
        return _of(role)
    place = match_place(duty, scope, entity)
    if place.verdict is DutyVerdict.DOES_NOT:
        return _of(place)
    if role.because.code != "applies.named" and (words := _deals_in_others(duty, entity)):
        because = reason("does_not.goods", words=words)
        return Applicability(verdict=DutyVerdict.DOES_NOT, quote=words_of(duty), because=because)
    for match in (role, place):
        if match.verdict is DutyVerdict.MAY_APPLY:
            return _of(match)
    doubt = _doubt(duty, scope, entity, role)
    if doubt is not None:
        return Applicability(verdict=DutyVerdict.MAY_APPLY, quote=words_of(duty), because=doubt)
    return _of(role)


# Who deals in vehicles; who repairs or dismantles them may say what it handles besides.
_DEALS = re.compile(r"进口|出口|销售|经销|收货|发货")
_VEHICLE, _OF_VEHICLES = "车", "vehicle"


def _deals_in_others(duty: Duty, entity: Entity) -> str:
    """The goods of those whom a duty speaks to, where the company does not deal in them."""
    words = other_goods_of_subject(duty, entity)
    if _VEHICLE in words and any(_OF_VEHICLES in role for role in entity.roles):
        return ""  # a vehicle importer deals in vehicles, whatever else it names
    dealt_in = _VEHICLE not in words or _DEALS.search(subject_phrase(duty))
    return words if dealt_in else ""


def _of(match: SideMatch) -> Applicability:
    return Applicability(verdict=match.verdict, quote=match.quote, because=match.because)


def _doubt(duty: Duty, scope: ActScope, entity: Entity, role: SideMatch) -> Reason | None:
    """What stands between a duty of its role and place and a company; None where nothing does."""
    if role.because.code != "applies.named":
        taken_up = (takes_up(duty) and bool(roles_above(duty, scope.text))) or (
            listed_below(duty, scope.text) is not None
        )
        permit = held_permit(duty, scope.title, entity)
        condition = unsettled(duty, taken_up=taken_up, permit=permit)
        if condition is not None:
            return condition
        if goods := other_goods(duty, scope.title, entity):
            return reason("may_apply.goods", words=goods)
    if duty.state == "suspended":
        return reason("may_apply.suspended")
    return reason("may_apply.draft") if scope.draft else None
