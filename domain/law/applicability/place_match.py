"""Compare an act's place with a company's places."""

from __future__ import annotations

import re

from config.applicability_terms import load_applicability_terms
from config.companies.entities import Entity
from config.companies.localities import CHINA, Locality, city_places
from config.duty_terms import load_roles
from domain.law.applicability.act_place import NamedPlaces, placed_in
from domain.law.applicability.act_scope import ActScope
from domain.law.applicability.conditions import before_verb, subject_phrase
from domain.law.applicability.duty_verdicts import DutyVerdict, SideMatch
from domain.law.applicability.role_words import named_roles
from domain.law.duties import Duty
from domain.records.reason import reason

# Companies from elsewhere: 省外综合利用企业, 外地企业
_OUTSIDERS = re.compile(r"省外|外省|市外|外市|外地|区域外|域外|外埠")
_CLAUSE_START = re.compile(r"[，。；：（）()\s]")
_JOINT = re.compile(r"[、，和及与或]|以及")
# A duty that reaches companies elsewhere too: 向本省转移, 在本市销售, 跨省, 途经
_REACHES_OUT = re.compile(
    r"向(?:本|我)[省市区]|在(?:(?:本|我|全)(?:省|市|区|自治区)|自治区|辖区)(?:行政区域|范围)?内?"
    r"(?:销售|收购|提供|运输)|包括外[省地市]|"
    r"接?受(?:本|我)(?:省|市|区)[^，。；]{1,20}委托|跨(?:省|区域|市|行政区)|(?:外|省外|市外|区外)(?:省|地|埠|市)?(?:企业|单位|机构|车辆|转入)|"
    r"(?:转入|移入|运入|进入|流入|销往|途经|过境)|外[省市地](?:的)?(?:企业|单位)?|(?:产品|电池|车辆)?销售的?"
    r"(?:所在|设区|地区|城市|市)|口岸"
)


# 在川销售, 在四川省收购: whoever does so
_TRADES_THERE = re.compile(r"在[^，。；的]{1,12}?(?:销售|收购)")
# 在本省开展检测业务: of a trade that may be done from elsewhere
_WORKS_THERE = re.compile(
    r"在(?:(?:本|我|全)(?:省|市|区|自治区)|[一-鿿]{2,8}(?:关区|口岸|港|省|市|自治区))"
    r"[^，。；的]{0,8}(?:开展|从事|承接|承揽|代理|办理|申报)[^，。；]{1,24}的"
)
# Only those of the place, whatever moves about: 本省道路运输企业, 在本省注册的运输企业
_OF_THE_PLACE = re.compile(
    r"(?:在|于)(?:本|我)(?:省|市|区|自治区)[^，。；]{0,10}?(?:注册|登记|设立|取得)[^，。；]{0,6}的|"
    r"(?:^|[，。；：\s由请])(?:凡)?(?:本|我|全)(?:省|市|区|自治区)(?:行政区域)?(?:内)?(?:的|各)?"
    r"(?!从事|开展|运输|转移|收集|收购)[^，。；]{0,12}(?:企业|单位|经营者|人)"
)


# 大连海关: whoever brings goods through it
_CUSTOMS = "海关"
_DECLARES = frozenset({"customs_broker", "importer", "exporter", "domestic_agent"})
# 在石家庄市|从事拆解的
_TRADE_THERE = re.compile(r"(?:从事|开展|经营|运营|设立)[^，。；]{0,24}的$")
# 在石家庄市从事收购的: goods are sold and moved from elsewhere
_MOVES_GOODS = re.compile(
    r"在[^，。；]{2,16}(?:从事|开展|经营)[^，。；]{0,12}(?:销售|运输|收购|回收|收集|进口|出口|贸易)"
)


def match_place(duty: Duty, scope: ActScope, entity: Entity) -> SideMatch:
    """Whether an act reaches a company where it is."""
    if (named := _named_places(duty)) is not None:
        return _in_named(named, duty, entity)
    if scope.place is None:
        return SideMatch(verdict=DutyVerdict.APPLIES, because=reason("applies.nationwide"))
    if _OUTSIDERS.search(subject_phrase(duty)):
        return _from_elsewhere(scope.place, duty, entity)
    if scope.place.province == "EU":
        return _maybe("may_apply.market", scope)
    return _at(scope.place, duty, scope, entity)


def _at(act: Locality, duty: Duty, scope: ActScope, entity: Entity) -> SideMatch:
    """Whether an act of a province or a city reaches a company where it is."""
    inside = [place for place in entity.located if place.province == act.province]
    if inside:
        return _in_city(scope, act, inside, entity)
    if any(place.province in scope.also for place in entity.located):
        return _here(scope)
    if any(place.province == CHINA for place in entity.located):
        return _maybe("may_apply.deals_there", scope)
    if any(place.province in (act.province, *scope.also) for place in entity.dealing):
        return _maybe("may_apply.deals_there", scope)
    if _reaches_out(duty, entity) or _is_of_customs(duty, scope, entity):
        return SideMatch(
            verdict=DutyVerdict.MAY_APPLY, quote=duty.quote, because=reason("may_apply.reaches_out")
        )
    return _no(entity, [act.province], scope.place_words)


def _in_city(scope: ActScope, act: Locality, inside: list[Locality], entity: Entity) -> SideMatch:
    around = [place for place in inside if act.city is None or place.city in (None, act.city)]
    if not around:
        return _no(entity, [act.city or act.province], scope.place_words)
    part = scope.part or act.city or ""
    within = any(part == place.removesuffix("市") for place in entity.places)
    if within or (not scope.part and any(place.city == act.city for place in around)):
        return _here(scope)
    if act.city is None and not scope.part:
        return _here(scope)
    because = (
        reason("may_apply.part_unknown")
        if scope.part
        else reason("may_apply.city_unknown", city=part)
    )
    return SideMatch(verdict=DutyVerdict.MAY_APPLY, quote=scope.place_words, because=because)


def _here(scope: ActScope) -> SideMatch:
    return SideMatch(
        verdict=DutyVerdict.APPLIES, quote=scope.place_words, because=reason("applies.in_place")
    )


def _maybe(code: str, scope: ActScope) -> SideMatch:
    place = scope.place.province if scope.place is not None else CHINA
    return SideMatch(
        verdict=DutyVerdict.MAY_APPLY, quote=scope.place_words, because=reason(code, place=place)
    )


def _no(entity: Entity, act: list[str], words: str) -> SideMatch:
    mine = sorted({place.city or place.province for place in entity.located})
    return SideMatch(
        verdict=DutyVerdict.DOES_NOT, quote=words,
        because=reason("does_not.place", act=tuple(act), mine=tuple(mine)),
    )  # fmt: skip


def _reaches_out(duty: Duty, entity: Entity) -> bool:
    """Whether a duty speaks of what comes from elsewhere, or to a trade that moves about."""
    if _REACHES_OUT.search(duty.quote) or _TRADES_THERE.search(before_verb(duty)):
        return True
    if _WORKS_THERE.search(before_verb(duty)) and _works_anywhere(duty, entity):
        return True
    role = duty.who.role or ""
    if _OF_THE_PLACE.search(before_verb(duty)):
        return False
    return role in entity.roles and load_roles().roles[role].moves


def _may_do_so_there(duty: Duty, entity: Entity) -> bool:
    """Whether a company from elsewhere may do what a subject does at a place."""
    head = before_verb(duty)
    works_there = _WORKS_THERE.search(head) and _works_anywhere(duty, entity)
    return bool(works_there or _MOVES_GOODS.search(head))


def _works_anywhere(duty: Duty, entity: Entity) -> bool:
    role = duty.who.role or ""
    return role in entity.roles and (
        role in load_applicability_terms().works_anywhere or load_roles().roles[role].moves
    )


def _is_of_customs(duty: Duty, scope: ActScope, entity: Entity) -> bool:
    """Whether a customs house speaks to those who declare there, wherever they are."""
    if _CUSTOMS not in scope.title + scope.place_words:
        return False
    return duty.who.role in entity.roles and duty.who.role in _DECLARES


def _from_elsewhere(place: Locality, duty: Duty, entity: Entity) -> SideMatch:
    """A duty of companies from elsewhere: not of one that is there."""
    if any(mine.province == place.province for mine in entity.located):
        because = reason("does_not.outsiders")
        return SideMatch(verdict=DutyVerdict.DOES_NOT, quote=subject_phrase(duty), because=because)
    return SideMatch(
        verdict=DutyVerdict.MAY_APPLY, quote=duty.quote, because=reason("may_apply.reaches_out")
    )


def _named_places(duty: Duty) -> NamedPlaces | None:
    """The places that the subject itself names: 深圳市的综合利用企业, 长沙、株洲两市汽车生产企业;
    those before the first company of a list are all of theirs."""
    words, text = before_verb(duty), duty.who.text or ""
    if text and text in words:
        words = words[: words.rfind(text) + len(text)]
    head = _CLAUSE_START.split(words)[-1]
    roles = list(named_roles(head))
    while len(roles) > 1 and _JOINT.fullmatch(head, roles[-2].end, roles[-1].start):
        roles.pop()
    if not roles:
        return None
    start = roles[-2].end if len(roles) > 1 else 0
    before = head[start : roles[-1].start]
    return placed_in(before) or placed_in(_TRADE_THERE.sub("", before))


def _in_named(named: NamedPlaces, duty: Duty, entity: Entity) -> SideMatch:
    """Whether a company is in one of the places that a subject names."""
    words = duty.who.text or duty.quote
    mine = entity.located
    here = any(place.province in (*named.provinces, CHINA) for place in mine) or any(
        place.city in named.cities for place in mine
    )
    known = [city_places()[name] for name in named.cities]
    if here and named.part:
        verdict, because = DutyVerdict.MAY_APPLY, reason("may_apply.part_unknown")
    elif here or named.cities & {place.removesuffix("市") for place in entity.places}:
        verdict, because = DutyVerdict.APPLIES, reason("applies.in_place")
    elif any(
        place.city == city.city or (place.city is None and place.province == city.province)
        for place in mine
        for city in known
    ):
        verdict = DutyVerdict.MAY_APPLY
        because = reason("may_apply.city_unknown", city=min(named.cities))
    elif named.open or _may_do_so_there(duty, entity):
        verdict, because = DutyVerdict.MAY_APPLY, reason("may_apply.narrowed", words=words)
    else:
        return _no(entity, sorted({*named.provinces, *named.cities}), words)
    return SideMatch(verdict=verdict, quote=words, because=because)
