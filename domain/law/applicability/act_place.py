"""Where an act holds: its province, its city, the district or county of it, other provinces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from config.applicability_terms import load_applicability_terms
from config.companies.localities import MUNICIPALITIES, Locality, city_places, province_names

# 苏州市应急管理局, 关于印发深圳市…的通知
_CITY = re.compile(r"([一-鿿]{2,8}?)(?:市|自治州|州|地区|盟)")
# What may stand between the names of places and a company: 广州、深圳等市行政区域内注册的
_BESIDE_PLACES = re.compile(
    r"行政区域|自治区|自治州|辖区|地区|区域|境内|城市|范围|注册|登记|设立|依法|位于|所有|全体|有关|相关|"
    r"[、和及与等省市州盟县内地在凡各的由请两二三四五六七八九]"
)
# 浦东新区生态环境局, 昆山市应急管理局: a body of a part of a city; 自治区 is a province.
_PART_BODY = re.compile(
    r"^(?:[一-鿿]{0,12}[省市州])?(?P<part>[一-鿿]{1,9}?(?:新区|开发区|(?<!自治)(?<!地)区|县|旗))"
    r"(?=人民政府|管理?委员会|管委会|[一-鿿]{2,14}(?:局|委员会|办公室|委|大队))"
)
_CORPS = "兵团"  # within Xinjiang, with bodies of its own
# 上海市浦东新区动力电池回收办法: the same at the head of a title.
_PART_TITLE = re.compile(
    r"^(?:关于(?:印发|发布))?《?[一-鿿]{2,8}?[省市州](?P<part>[一-鿿]{1,6}?(?:新区|县|旗|"
    r"(?<![治地园辖示矿社山城库范发漠])区))(?!域)"
)


def city_in(text: str, province: str) -> tuple[Locality, str] | None:
    """The city of a province that a body's name or a title starts with or names, and its name
    as it stands there: of 昆山市 it is 苏州."""
    if province in MUNICIPALITIES:
        return None
    for match in _CITY.finditer(text):
        for start in range(match.start(1), match.end(1) - 1):
            name = text[start : match.end(1)]
            place = city_places().get(name)
            if place is not None and place.province == province:
                return place, name
    return None


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """The provinces and cities that words before a company name; ``open`` after 等,
    ``part`` an area within the city."""

    provinces: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    open: bool = False
    part: str = ""


@cache
def _names() -> re.Pattern[str]:
    terms = load_applicability_terms()
    names = {*province_names(), *city_places(), *terms.regions, *terms.new_areas}
    return re.compile("|".join(sorted(names, key=lambda name: (-len(name), name))))


def placed_in(before: str) -> NamedPlaces | None:
    """The places where the companies behind these words are: 京津冀地区, 深圳市的; None where
    the words say more than a place (在浙江省销售电池的) or none."""
    rest = _BESIDE_PLACES.sub("", _names().sub("", before))
    named = _names().findall(before)
    if rest or not named:
        return None
    regions, areas = load_applicability_terms().regions, load_applicability_terms().new_areas
    provinces = {province_names()[name] for name in named if name in province_names()}
    provinces = provinces.union(*(regions[name] for name in named if name in regions))
    cities = frozenset(name for name in named if name in city_places())
    inside = [areas[name] for name in named if name in areas]
    cities |= {area.city for area in inside if area.city}
    provinces |= {area.province for area in inside if not area.city}
    part = next((name for name in named if name in areas), "")
    within = {city_places()[name].province for name in cities}
    return NamedPlaces(frozenset(provinces) - within, cities, "等" in before, part)


def new_area_in(text: str, province: str) -> tuple[Locality, str] | None:
    """The city of an area under its own administration that a text names, and the area's name:
    雄安新区."""
    for name, area in load_applicability_terms().new_areas.items():
        if area.province == province and name in text:
            return Locality(province=province, city=area.city), name
    return None


def part_in(issuer: str, title: str) -> str:
    """The district or county whose body an issuer is, or that a title begins with; else ''."""
    if _CORPS in issuer + title:
        return _CORPS
    for pattern, text in ((_PART_BODY, issuer), (_PART_TITLE, title)):
        if match := pattern.match(text):
            return match["part"]
    return ""


def other_provinces(issuers: Iterable[str], title: str, province: str) -> frozenset[str]:
    """The further provinces whose bodies issue an act together, or that its title names by a
    region: 长三角区域."""
    names = province_names()
    found = {code for issuer in issuers for name, code in names.items() if issuer.startswith(name)}
    for region, codes in load_applicability_terms().regions.items():
        if region in title:
            found |= set(codes)
    return frozenset(found - {province})
