"""Compare an act's place with a company's places."""

from __future__ import annotations

import re

from config.companies.entities import Entity
from config.companies.localities import CHINA, Locality, city_places, province_names
from config.duty_terms import load_roles
from domain.law.applicability.act_scope import ActScope
from domain.law.applicability.conditions import before_verb, subject_phrase
from domain.law.applicability.duty_verdicts import DutyVerdict, SideMatch
from domain.law.duties import Duty
from domain.records.reason import reason

_CITY_NAME = re.compile(r"([一-鿿]{2,4})市")  # 深圳市
# Companies from elsewhere: 省外综合利用企业, 外地企业
_OUTSIDERS = re.compile(r"省外|外省|市外|外市|外地|区域外|域外|外埠")
# A duty that reaches companies elsewhere too: 向本省转移, 在本市销售, 跨省, 途经
_REACHES_OUT = re.compile(
    r"向(?:本|我)[省市区]|在(?:(?:本|我|全)(?:省|市|区|自治区)|自治区|辖区)(?:行政区域|范围)?内?"
    r"(?:销售|收购|提供|运输)|包括外[省地市]|"
    r"跨(?:省|区域|市|行政区)|(?:外|省外|市外|区外)(?:省|地|埠|市)?(?:企业|单位|机构|车辆|转入)|"
    r"(?:转入|移入|运入|进入|流入|销往|途经|过境)|外[省市地](?:的)?(?:企业|单位)?|(?:产品|电池|车辆)?销售的?"
    r"(?:所在|设区|地区|城市|市)|口岸"
)


# Only those of the place, whatever moves about: 本省道路运输企业, 在本省注册的运输企业
_OF_THE_PLACE = re.compile(
    r"(?:在|于)(?:本|我)(?:省|市|区|自治区)[^，。；]{0,10}?(?:注册|登记|设立|取得)[^，。；]{0,6}的|"
    r"(?:^|[，。；：\s由请])(?:凡)?(?:本|我|全)(?:省|市|区|自治区)(?:行政区域)?(?:内)?(?:的|各)?"
    r"(?!从事|开展|运输|转移|收集|收购)[^，。；]{0,12}(?:企业|单位|经营者|人)"
)


def match_place(duty: Duty, scope: ActScope, entity: Entity) -> SideMatch:
    """Whether an act reaches a company where it is."""
    named = _named_provinces(duty)
    mine = entity.located
    if named and not any(place.province in (*named, CHINA) for place in mine):
        return _no(entity, sorted(named), duty.who.text or duty.quote)
    if cities := _named_cities(duty):
        return _in_cities(cities, duty, entity)
    if _OUTSIDERS.search(subject_phrase(duty)) and scope.place is not None:
        return _from_elsewhere(scope.place, duty, entity)
    if scope.place is None:
        return SideMatch(verdict=DutyVerdict.APPLIES, because=reason("applies.nationwide"))
    if scope.place.province == "EU":
        return _maybe("may_apply.market", scope)
    inside = [place for place in mine if place.province == scope.place.province]
    if inside:
        return _in_city(scope, scope.place, inside, entity)
    if any(place.province == CHINA for place in mine):
        return _maybe("may_apply.deals_there", scope)
    if any(place.province == scope.place.province for place in entity.dealing):
        return _maybe("may_apply.deals_there", scope)
    if _reaches_out(duty, entity):
        return SideMatch(
            verdict=DutyVerdict.MAY_APPLY, quote=duty.quote, because=reason("may_apply.reaches_out")
        )
    return _no(entity, [scope.place.province], scope.place_words)


def _in_city(scope: ActScope, act: Locality, inside: list[Locality], entity: Entity) -> SideMatch:
    here = SideMatch(
        verdict=DutyVerdict.APPLIES, quote=scope.place_words, because=reason("applies.in_place")
    )
    if act.city is None or any(place.city == act.city for place in inside):
        return here
    if any(place.city is None for place in inside):
        return SideMatch(
            verdict=DutyVerdict.MAY_APPLY, quote=scope.place_words,
            because=reason("may_apply.city_unknown", city=act.city),
        )  # fmt: skip
    return _no(entity, [act.city], scope.place_words)


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
    if _REACHES_OUT.search(duty.quote):
        return True
    if _OF_THE_PLACE.search(before_verb(duty)):
        return False
    role = duty.who.role or ""
    return role in entity.roles and load_roles().roles[role].moves


def _from_elsewhere(place: Locality, duty: Duty, entity: Entity) -> SideMatch:
    """A duty of companies from elsewhere: not of one that is there."""
    if any(mine.province == place.province for mine in entity.located):
        because = reason("does_not.outsiders")
        return SideMatch(verdict=DutyVerdict.DOES_NOT, quote=subject_phrase(duty), because=because)
    return SideMatch(
        verdict=DutyVerdict.MAY_APPLY, quote=duty.quote, because=reason("may_apply.reaches_out")
    )


def _named_cities(duty: Duty) -> frozenset[str]:
    """The cities that the subject itself names: 深圳市的综合利用企业."""
    return frozenset(
        name for name in _CITY_NAME.findall(duty.who.text or "") if name in city_places()
    )


def _in_cities(cities: frozenset[str], duty: Duty, entity: Entity) -> SideMatch:
    """Whether a company is in one of the cities that a subject names."""
    words = duty.who.text or duty.quote
    provinces = {city_places()[name].province for name in cities}
    if any(mine.city in cities for mine in entity.located):
        verdict, because = DutyVerdict.APPLIES, reason("applies.in_place")
    elif any(mine.city is None and mine.province in provinces for mine in entity.located):
        because = reason("may_apply.city_unknown", city=min(cities))
        verdict = DutyVerdict.MAY_APPLY
    else:
        return _no(entity, sorted(cities), words)
    return SideMatch(verdict=verdict, quote=words, because=because)


def _named_provinces(duty: Duty) -> frozenset[str]:
    """The provinces that the subject itself names: 上海市的进口企业."""
    text = duty.who.text or ""
    return frozenset(code for name, code in province_names().items() if name in text)
