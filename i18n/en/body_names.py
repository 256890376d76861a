"""English names of issuing bodies: those of the table, and others put together from their parts.

苏州市生态环境局 is the Suzhou Bureau of Ecology and Environment, 中华人民共和国南京海关 is Nanjing
Customs. A name of which one part is not known has no English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from config.companies.localities import MUNICIPALITIES, load_cities
from config.loader import load_issuers, load_jurisdictions
from config.yaml_file import YamlFile, read

_STATE = re.compile(r"^(?:中华人民共和国|国家税务总局)")
_OFFICE = re.compile(r"(?<=[府局厅委会])(?:办公室|办公厅)$")
_OF_A_PROVINCE = ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市", "")
_OF_A_CITY = ("市", "")


class BodyParts(BaseModel):
    """``config/body_parts.yml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: Mapping[str, str]
    ends: Mapping[str, str]
    bodies: Mapping[str, str]
    places: Mapping[str, str]


@cache
def body_name(chinese: str) -> str | None:
    """The English name of a body; None where it is not known."""
    known = load_issuers_once().get(chinese)
    if known is not None:
        return known
    name = _STATE.sub("", chinese)
    office = _OFFICE.search(name)
    if office is not None:
        whole = body_name(name[: office.start()])
        kind = "General Office" if name.endswith("办公厅") else "Office"
        return f"{kind} of the {whole}" if whole else None
    for place, english in _places():
        if name.startswith(place) and (rest := name[len(place) :]):
            found = _of_place(rest, english)
            if found is not None:
                return found
    return None


def _of_place(rest: str, place: str) -> str | None:
    """What stands behind the name of a place: 生态环境局, 海关, 人民政府."""
    parts = body_parts()
    if form := parts.bodies.get(rest):
        return form.format(place=place)
    for end, form in parts.ends.items():
        field = parts.fields.get(rest.removesuffix(end)) if rest.endswith(end) else None
        if field is not None:
            return form.format(place=place, field=field)
    return None


@cache
def _places() -> tuple[tuple[str, str], ...]:
    """Names of places as bodies begin with them, the longest first, with their English."""
    found = dict(body_parts().places)
    for cities in load_cities().values():
        for name, city in cities.items():
            found.update({f"{name}{end}": city.en for end in _OF_A_CITY})
    for code, names in load_jurisdictions().items():
        if "-" in code and names.zh and names.en:
            english = f"{names.en} Municipal" if code in MUNICIPALITIES else names.en
            found.update({f"{names.zh}{end}": english for end in _OF_A_PROVINCE if end})
            found[names.zh] = names.en
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


@cache
def body_parts() -> BodyParts:
    """The shipped parts, read once."""
    file = YamlFile(resources.files("config").joinpath("body_parts.yml"), "config/body_parts.yml")
    return BodyParts.model_validate(read(file))


@cache
def load_issuers_once() -> dict[str, str]:
    """English names by Chinese ones, as ``config/issuers.yml`` has them."""
    return load_issuers()
