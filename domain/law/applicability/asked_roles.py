"""Which roles a duty's sentence names for its subject."""

from __future__ import annotations

import re

from domain.law.applicability import conditions
from domain.law.applicability.above import listed_below, roles_above, takes_up
from domain.law.applicability.act_scope import ActScope
from domain.law.applicability.defined_terms import TermMeaning, meaning_of
from domain.law.applicability.plain_roles import bare
from domain.law.applicability.role_words import (
    ANY_COMPANY,
    listed_activities,
    named_roles,
    specific_roles,
)
from domain.law.duties import Duty

_OR_ITS_AGENT = re.compile(r"[收发]货人(?:或者?|、|及|和)其?代理人")  # at customs


def asked_roles(duty: Duty, scope: ActScope) -> frozenset[str]:
    """The roles that a duty names: the reader's, and those that its subject's words list, stand
    for by the act's definitions, or take up from the sentence before."""
    if takes_up(duty) and (above := roles_above(duty, scope.text)):
        return above
    if (meaning := defined(duty, scope)) is not None:
        return meaning.sure | meaning.some | _own(duty)
    if conditions.speaks_to_others(duty):
        return frozenset()
    if name := conditions.other_name(duty):
        return frozenset(one.role for one in named_roles(name) if one.end == len(name)) - {
            ANY_COMPANY
        }
    return _named(duty)


def _named(duty: Duty) -> frozenset[str]:
    owned = specific_roles(conditions.owned_company(duty))
    if owned:
        return owned
    if conditions.serves_other(duty):
        return frozenset()
    listed = _listed(duty.who.text or "")
    if _speaks_to_agents(duty, listed):
        listed |= {"customs_broker"}  # who declares for others
    if not listed and duty.who.role in (None, ANY_COMPANY):
        listed = specific_roles(conditions.owned_noun(duty)) or right_before_verb(duty)
        listed = listed or listed_activities(conditions.before_verb(duty))
    return listed | _own(duty)


# 向|综合利用企业|供货的电池生产企业: whom the subject deals with
_DEALS_WITH = re.compile(r"(?:向|与|为|给|对|受|被|经|从|由)$")


def _listed(text: str) -> frozenset[str]:
    """The roles of a subject's words, without those that only describe it."""
    last_clause = text.rfind("的")
    return frozenset(
        one.role
        for one in named_roles(text)
        if one.role != ANY_COMPANY
        and not (one.end <= last_clause and _DEALS_WITH.search(text[: one.start]))
    )


def _own(duty: Duty) -> frozenset[str]:
    role = duty.who.role
    return frozenset() if role in (None, ANY_COMPANY) else frozenset({str(role)})


def _speaks_to_agents(duty: Duty, listed: frozenset[str]) -> bool:
    """Whether a consignee's agent is bound as well: 收货人或者其代理人."""
    if not _OR_ITS_AGENT.search(duty.quote):
        return False
    known = {*listed, duty.who.role}
    return "domestic_agent" in known or bool(
        _OR_ITS_AGENT.search(conditions.before_verb(duty)) and known & _AT_CUSTOMS
    )


_AT_CUSTOMS = frozenset({"importer", "exporter", "consignor"})


def defined(duty: Duty, scope: ActScope) -> TermMeaning | None:
    """What the act's own definitions, or the list that it opens, say that a subject stands for:
    运营单位, 下列企业."""
    return listed_below(duty, scope.text) or meaning_of(
        duty.who.text or "", scope.definitions.terms
    )


# 自治区内的|运输企业|运输废动力电池，|应当: what it does before the comma
_DOES_FIRST = re.compile(r"[^，。；：、的和与及或]{2,30}[，,]")


def right_before_verb(duty: Duty) -> frozenset[str]:
    """The role whose words end right before the verb, or begin the clause before it, where the
    reading found no subject."""
    head = conditions.before_verb(duty)
    if duty.who.text or head == duty.quote:
        return frozenset()
    plain = bare(head)
    first = [one for one in named_roles(plain) if one.start == 0 and one.role != ANY_COMPANY]
    if first and _DOES_FIRST.fullmatch(plain, first[0].end):
        return frozenset({first[0].role})
    head = head.rstrip("，均都还也 ")
    ends = {one.role for one in named_roles(head) if one.end == len(head)}
    return frozenset(ends - {ANY_COMPANY})
