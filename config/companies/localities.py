"""Places in China by name: provinces by code or name, cities by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from config.yaml_file import YamlFile, read

_CONFIG = ConfigDict(frozen=True, extra="forbid")
CHINA = "CN"
MUNICIPALITIES = frozenset({"CN-BJ", "CN-TJ", "CN-SH", "CN-CQ"})
_ENDINGS = ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市", "地区", "盟")


@dataclass(frozen=True, kw_only=True, slots=True)
class Locality:
    """A province by its code and, where it is known, a city in it by its short Chinese name."""

    province: str
    city: str | None = None


class City(BaseModel):
    """A city: its English name, and the county-level cities within."""

    model_config = _CONFIG

    en: str
    within: tuple[str, ...] = ()


class _Cities(BaseModel):
    model_config = _CONFIG

    cities: dict[str, dict[str, City]]


@cache
def load_cities() -> dict[str, dict[str, City]]:
    """Cities by province and short Chinese name (``config/cities.yml``), read once."""
    file = YamlFile(resources.files("config").joinpath("cities.yml"), "config/cities.yml")
    return _Cities.model_validate(read(file)).cities


@cache
def province_names() -> dict[str, str]:
    """Codes of provinces by their short Chinese names: 江苏 -> CN-JS."""
    from config.loader import load_jurisdictions

    return {names.zh: code for code, names in load_jurisdictions().items() if "-" in code}


@cache
def city_places() -> dict[str, Locality]:
    """Cities by short Chinese name; a county-level city stands for the city that it is in."""
    found: dict[str, Locality] = {}
    for province, cities in load_cities().items():
        for name, city in cities.items():
            place = Locality(province=province, city=name)
            for inner in city.within:
                found.setdefault(inner, place)
            found[name] = place
    return found


def find_place(text: str) -> Locality | None:
    """The place of a province's code or name, or of a city's name, in Chinese or English; None
    for an unknown one and for an English name that two cities have."""
    plain = text.strip()
    province = _province(plain)
    if province is not None:
        return Locality(province=province)
    known = city_places()
    for name in (plain, *(plain.removesuffix(end) for end in _ENDINGS)):
        if name in known:
            return known[name]
    return _behind_its_province(plain) or _by_english(plain)


def _behind_its_province(text: str) -> Locality | None:
    """江苏省苏州市, CN-JS 苏州: the city, where it is in that province."""
    names = province_names()
    for name in (*names, *names.values()):
        if not text.startswith(name):
            continue
        rest = text[len(name) :].strip(" /·,，-")
        for end in ("", *_ENDINGS[:5]):
            if end and not rest.startswith(end):
                continue
            place = city_places().get(rest[len(end) :].removesuffix("市"))
            if place is not None and place.province == names.get(name, name):
                return place
    return None


def _province(text: str) -> str | None:
    names = province_names()
    if text.upper() in names.values() or text.upper() == CHINA:
        return text.upper()
    for end in ("", *_ENDINGS[:-2]):
        if end and not text.endswith(end):
            continue
        code = names.get(text.removesuffix(end) if end else text)
        if code is not None and (end != "市" or code in MUNICIPALITIES):
            return code
    return _english_provinces().get(text.lower())


@cache
def _english_provinces() -> dict[str, str]:
    from config.loader import load_jurisdictions

    known = load_jurisdictions()
    return {names.en.lower(): code for code, names in known.items() if names.en and "-" in code}


def _by_english(text: str) -> Locality | None:
    wanted = text.lower().replace("'", "").removesuffix(" city")
    found = [
        Locality(province=province, city=name)
        for province, cities in load_cities().items()
        for name, city in cities.items()
        if city.en.lower().replace("'", "") == wanted
    ]
    return found[0] if len(found) == 1 else None
