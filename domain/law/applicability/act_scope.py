"""What of an act decides whom it reaches: its place, its form, its own definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from config.companies.localities import MUNICIPALITIES, Locality, city_places
from domain.law.applicability.act_definitions import ActDefinitions, read_definitions
from domain.records.notice import Notice

_LONGEST_TEXT = 200_000
# 苏州市应急管理局, 关于印发深圳市…的通知
_CITY = re.compile(r"([一-鿿]{2,8}?)(?:市|自治州|州|地区|盟)")
# 江南绿能科技有限公司
_COMPANY = re.compile(r"[一-鿿（）()]{2,30}(?:有限公司|有限责任公司|公司|厂)")


@dataclass(frozen=True, kw_only=True, slots=True)
class ActScope:
    """Whom an act reaches, as far as its head and its definitions say.

    ``place`` is None for the whole country; ``definitions`` tell which further roles the act
    counts among a role and which it leaves out; ``named`` are the entities that its text names;
    ``addressee`` is the one company that it is addressed to; ``text`` its leading text.
    """

    place: Locality | None
    place_words: str
    title: str
    draft: bool = False
    definitions: ActDefinitions = field(default_factory=ActDefinitions)
    named: frozenset[str] = frozenset()
    addressee: str = ""
    text: str = ""


def scope_of(notice: Notice, text: str = "", named: Iterable[str] = ()) -> ActScope:
    """The scope of an act; ``text`` is its leading text, ``named`` the entities named in it."""
    place, words = _place(notice)
    return ActScope(
        place=place,
        place_words=words,
        title=notice.title,
        draft=notice.stage == "draft" or notice.status == "draft",
        definitions=read_definitions(f"{notice.title}\n{text[:_LONGEST_TEXT]}"),
        named=frozenset(named),
        addressee=_addressee(notice.title, text),
        text=text[:_LONGEST_TEXT],
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


def _addressee(title: str, text: str) -> str:
    """The one company that a text is addressed to: 江南绿能科技有限公司： or named in its title."""
    opening = text.lstrip()[:120].partition("\n")[0].strip()
    if opening.endswith(("：", ":")) and (match := _COMPANY.fullmatch(opening[:-1])):
        return match[0]
    match = re.search(r"关于(?:对|给予)?([一-鿿（）()]{3,30}?公司)", title)
    return match[1] if match else ""
