"""Why a duty of another role may reach a company all the same."""

from __future__ import annotations

import re

from config.companies.entities import Entity
from config.duty_terms import load_roles
from domain.law.applicability import conditions
from domain.law.applicability.above import takes_up
from domain.law.applicability.act_scope import ActScope
from domain.law.applicability.asked_roles import defined, right_before_verb
from domain.law.applicability.goods import deals_in_whole_things
from domain.law.applicability.role_words import ANY_COMPANY, named_roles, specific_roles
from domain.law.duties import Duty
from domain.records.reason import Reason, reason

# The same before 企业 with a word of its own: 生产|企业、进口商
_WIDER_BEGINS = re.compile(r"(?:^|[，。；：、（）()\s]|和|及|或)[一-鿿]{0,4}$")
# Where a subject begins: at the head of a clause, or joined with another one.
_SUBJECT_BEGINS = re.compile(r"(?:^|[，。；：、（）()\s]|和|及|或|各|由|请|有关|相关)$")
# The same behind a clause, where the reading took no words of the sentence for its subject.
_SUBJECT_OR_CLAUSE = re.compile(_SUBJECT_BEGINS.pattern + r"|的$")
_ITS_AGENT = re.compile(r"其(?:委托的?)?代理(?:人|企业|机构)")  # whoever acts for it: a broker too
_AGENT_OF = re.compile(
    r"境内|国内|进口(?!货物|物品)|授权|责任|境外|国外|车"
)  # none of them: 相关代理企业
_A_TRADE = re.compile(r"仓储企业")  # whose business it is, not whoever stores something


def with_wider(roles: frozenset[str]) -> frozenset[str]:
    known = load_roles().roles
    return roles.union(*(known[role].part_of for role in roles if role in known))


def in_order(roles: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(roles))


def role_doubt(duty: Duty, scope: ActScope, entity: Entity, asked: frozenset[str]) -> Reason | None:
    """Why a duty of another role may reach a company all the same; None where nothing says so."""
    mine = frozenset(entity.roles)
    meaning = defined(duty, scope)
    if conditions.list_is_open(duty) or (meaning is not None and not meaning.whole):
        return reason("may_apply.wider", words=duty.who.text or "")
    if any(
        scope.definitions.widened.get(name, frozenset()) & with_wider(mine)
        for name in (*asked, duty.who.text or "")
    ):
        return reason("may_apply.defined", roles=in_order(asked))
    if near := _near_roles(duty, asked, entity):
        return reason("may_apply.near_role", roles=in_order(near))
    stands_for_others = takes_up(duty) or meaning is not None
    if not stands_for_others and _named_before_verb(duty, mine):
        return reason("may_apply.named_too", roles=in_order(mine))
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
    acts_for_it = _ITS_AGENT.search(conditions.before_verb(duty))
    plain_agent = not _AGENT_OF.search(conditions.subject_phrase(duty))
    if "customs_broker" in mine and (acts_for_it or plain_agent):
        near |= asked & {"domestic_agent"}
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
        (
            one.role in mine
            and begins.search(head[: one.start])
            and not _only_describes(head, one.end, duty.who.text or "")
        )
        or (one.role == ANY_COMPANY and _WIDER_BEGINS.search(head[: one.start]))
        for one in named_roles(head)
    )


# 汽车生产企业|委托的回收服务网点; 贮存企业|交付运输的废动力电池，承运人; 维修企业|移交时，
_COMMISSIONS = re.compile(r"(?:委托|授权|选定|聘请)的")
_THING_OF = re.compile(
    r"[^，。；、和与及或]{1,20}(?:的[^，。；的]{2,16}(?<!情形)(?<!情况)(?<!过程)(?<!企业)(?<!单位)|[时前后])[，,]"
)


def _only_describes(head: str, end: int, who: str) -> bool:
    """Whether a role that ends there only says of what or whom a later subject is."""
    if not who or who not in head[end:]:
        return bool(who) and _COMMISSIONS.match(head, end) is not None
    return any(pattern.match(head, end) for pattern in (_COMMISSIONS, _THING_OF))


def _says_its_role(duty: Duty, scope: ActScope, asked: frozenset[str]) -> bool:
    """Whether the text says which role: its subject, the title, or a sentence before whose
    subject it goes on with."""
    text = duty.who.text
    if defined(duty, scope) is not None:
        return True
    if text is None:
        return duty.who.role is not None or bool(right_before_verb(duty))
    return takes_up(duty) or bool(specific_roles(text)) or bool(specific_roles(scope.title) & asked)
