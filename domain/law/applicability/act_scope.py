"""What of an act decides whom it reaches: its place, its form, its own definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from config.companies.localities import Locality
from domain.law.applicability.act_definitions import ActDefinitions, read_definitions
from domain.law.applicability.act_place import city_in, new_area_in, other_provinces, part_in
from domain.records.notice import Notice

_LONGEST_TEXT = 200_000
# 江南绿能科技有限公司
_COMPANY = re.compile(r"[一-鿿（）()]{2,30}(?:有限公司|有限责任公司|公司|厂)")


@dataclass(frozen=True, kw_only=True, slots=True)
class ActScope:
    """Whom an act reaches, as far as its head and its definitions say.

    ``place`` is None for the whole country, ``part`` the district or county of it that the act
    is of, ``also`` the further provinces whose bodies issue it; ``definitions`` tell which roles
    the act counts among a role and which it leaves out; ``named`` are the entities that its
    text names, ``addressee`` is the one company that it is addressed to; ``text`` its leading
    text.
    """

    place: Locality | None
    place_words: str
    title: str
    part: str = ""
    also: frozenset[str] = frozenset()
    draft: bool = False
    definitions: ActDefinitions = field(default_factory=ActDefinitions)
    named: frozenset[str] = frozenset()
    addressee: str = ""
    text: str = ""


def scope_of(notice: Notice, text: str = "", named: Iterable[str] = ()) -> ActScope:
    """The scope of an act; ``text`` is its leading text, ``named`` the entities named in it."""
    place, words, part = _place(notice)
    return ActScope(
        place=place,
        place_words=words,
        part=part,
        also=other_provinces(notice.issuers, notice.title, notice.jurisdiction),
        title=notice.title,
        draft=notice.stage == "draft" or notice.status == "draft",
        definitions=read_definitions(f"{notice.title}\n{text[:_LONGEST_TEXT]}"),
        named=frozenset(named),
        addressee=_addressee(notice.title, text),
        text=text[:_LONGEST_TEXT],
    )


def _place(notice: Notice) -> tuple[Locality | None, str, str]:
    """Where an act holds, the words that say so, and the part of the city that it is of."""
    code = notice.jurisdiction
    if code == "CN":
        return None, "", ""
    issuer = notice.issuers[0] if notice.issuers else ""
    for source in (issuer, notice.title):
        if (area := new_area_in(source, code)) is not None:
            return area[0], source, area[1]
    part = part_in(issuer, notice.title)
    for source in (issuer, notice.title):
        found = city_in(source, code)
        if found is not None:
            city, name = found
            return city, source, part or ("" if name == city.city else name)
    return Locality(province=code), issuer or notice.title, part


def _addressee(title: str, text: str) -> str:
    """The one company that a text is addressed to: 江南绿能科技有限公司： or named in its title."""
    opening = text.lstrip()[:120].partition("\n")[0].strip()
    if opening.endswith(("：", ":")) and (match := _COMPANY.fullmatch(opening[:-1])):
        return match[0]
    match = re.search(r"关于(?:对|给予)?([一-鿿（）()]{3,30}?公司)", title)
    return match[1] if match else ""
