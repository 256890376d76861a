"""What of an act decides whom it reaches: its place, its form, its own definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from config.companies.localities import MUNICIPALITIES, Locality, city_places
from domain.law.applicability.role_words import specific_roles
from domain.records.notice import Notice

# 本办法所称综合利用企业，包括从事梯次利用的企业
_DEFINITION = re.compile(
    r"本(?:办法|规定|细则|条例|通知|公告|规范|要求)(?:所称|中的?)(?P<term>[^，。；：]{2,30}?)[，,]?"
    r"(?:是指|指|包括|包含|含)(?P<meaning>[^。；]{2,160})"
)
# 进口商|视同|生产企业
_STANDS_FOR = re.compile(r"视为|视同|等同于|参照")
# 由境内代理人履行新能源汽车生产企业的责任
_ACTS_FOR = re.compile(
    r"由(?P<agent>[^，。；：由]{2,24}?)(?:履行|承担)(?P<duty>[^，。；：]{2,24}?)的?(?:责任|义务)"
)
_CLAUSE = re.compile(r"[，。；：\n]")
_BESIDE = 30  # characters beside 视同 that belong to it
_LONGEST_TEXT = 200_000
# Where these are spoken of, 回收企业 is short for those that take cars back.
SHORT_FORM = "回收企业"
_SCRAPPED_CARS = re.compile(r"报废(?:新能源)?(?:机动车|汽车)回收|车电一体")
# 苏州市应急管理局, 关于印发深圳市…的通知
_CITY = re.compile(r"([一-鿿]{2,8}?)(?:市|自治州|州|地区|盟)")
# 江南绿能科技有限公司
_COMPANY = re.compile(r"[一-鿿（）()]{2,30}(?:有限公司|有限责任公司|公司|厂)")


@dataclass(frozen=True, kw_only=True, slots=True)
class ActScope:
    """Whom an act reaches, as far as its head and its definitions say.

    ``place`` is None for the whole country; ``widened`` tells which further roles the act counts
    among a role, or means by a short form; ``named`` the entities that its text names;
    ``addressee`` the one company that it is addressed to.
    """

    place: Locality | None
    place_words: str
    title: str
    draft: bool = False
    widened: Mapping[str, frozenset[str]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    addressee: str = ""


def scope_of(notice: Notice, text: str = "", named: Iterable[str] = ()) -> ActScope:
    """The scope of an act; ``text`` is its leading text, ``named`` the entities named in it."""
    place, words = _place(notice)
    return ActScope(
        place=place,
        place_words=words,
        title=notice.title,
        draft=notice.stage == "draft" or notice.status == "draft",
        widened=_widened(f"{notice.title}\n{text[:_LONGEST_TEXT]}"),
        named=frozenset(named),
        addressee=_addressee(notice.title, text),
    )


def _place(notice: Notice) -> tuple[Locality | None, str]:
    code = notice.jurisdiction
    if code == "CN":
        return None, ""
    for source in (*notice.issuers[:1], notice.title):
        city = _city_in(source, code)
        if city is not None:
            return city, source
    return Locality(province=code), (notice.issuers[0] if notice.issuers else notice.title)


def _city_in(text: str, province: str) -> Locality | None:
    """The city of a province that a body's name or a title starts with or names."""
    if province in MUNICIPALITIES:
        return None
    for match in _CITY.finditer(text):
        for start in range(match.start(1), match.end(1) - 1):
            place = city_places().get(text[start : match.end(1)])
            if place is not None and place.province == province:
                return place
    return None


def _widened(text: str) -> dict[str, frozenset[str]]:
    """Which further roles an act's own definitions count among a role."""
    found: dict[str, frozenset[str]] = {}
    if _SCRAPPED_CARS.search(text):
        found[SHORT_FORM] = frozenset({"vehicle_dismantler"})
    for match in _DEFINITION.finditer(text):
        _widen(found, match["term"], match["meaning"])
    for match in _STANDS_FOR.finditer(text):
        before = _CLAUSE.split(text[max(0, match.start() - _BESIDE) : match.start()])[-1]
        after = _CLAUSE.split(text[match.end() : match.end() + _BESIDE])[0]
        _widen(found, after, before)
    for match in _ACTS_FOR.finditer(text):
        _widen(found, match["duty"], match["agent"])
    return found


def _widen(found: dict[str, frozenset[str]], term: str, meaning: str) -> None:
    members = specific_roles(meaning)
    for role in specific_roles(term):
        if more := members - {role}:
            found[role] = found.get(role, frozenset()) | more


def _addressee(title: str, text: str) -> str:
    """The one company that a text is addressed to: 江南绿能科技有限公司： or named in its title."""
    opening = text.lstrip()[:120].partition("\n")[0].strip()
    if opening.endswith(("：", ":")) and (match := _COMPANY.fullmatch(opening[:-1])):
        return match[0]
    match = re.search(r"关于(?:对|给予)?([一-鿿（）()]{3,30}?公司)", title)
    return match[1] if match else ""
