"""English sentences of why a duty applies to a company, may, or does not."""

from __future__ import annotations

from i18n.phrases import jurisdiction_name
from i18n.sentence import Sentence


def _roles(roles: tuple[str, ...]) -> str:
    from i18n.glossary_terms import roles as known_roles

    known = known_roles().roles
    return ", ".join(known[role].en if role in known else role for role in roles)


def _places(places: tuple[str, ...]) -> str:
    from config.companies.localities import city_places, load_cities

    found = []
    for place in places:
        city = city_places().get(place)
        names = load_cities()[city.province][city.city] if city and city.city else None
        found.append(names.en if names is not None else jurisdiction_name(place, "en"))
    return ", ".join(found)


def _role(roles: tuple[str, ...]) -> str:
    return f"speaks to {_roles(roles)}, as it is one"


def _near_role(roles: tuple[str, ...]) -> str:
    return f"speaks to {_roles(roles)}: it may be one by what it does"


def _defined(roles: tuple[str, ...]) -> str:
    return f"speaks to {_roles(roles)}, among whom the act counts companies such as this one"


def _included(roles: tuple[str, ...]) -> str:
    return f"the act counts {_roles(roles)} among those it speaks to"


def _excepted(roles: tuple[str, ...]) -> str:
    return f"the text leaves out {_roles(roles)}"


def _perhaps_excepted(roles: tuple[str, ...]) -> str:
    return f"the text leaves out some {_roles(roles)}"


def _named_too(roles: tuple[str, ...]) -> str:
    return f"the sentence names {_roles(roles)} too"


def _other_role(roles: tuple[str, ...], mine: tuple[str, ...]) -> str:
    return f"speaks to {_roles(roles)}; its roles are: {_roles(mine)}"


def _other_place(act: tuple[str, ...], mine: tuple[str, ...]) -> str:
    return f"holds in {_places(act)}; it is in {_places(mine)}"


def _market(place: str) -> str:
    return f"law of {jurisdiction_name(place, 'en')}: whether it sells there is not known"


def _deals_there(place: str) -> str:
    return f"it deals in {jurisdiction_name(place, 'en')} without being placed there"


def _city(city: str) -> str:
    return f"an act of {_places((city,))}; in which city of the province it is is not stated"


APPLICABILITY_REASONS: dict[str, Sentence] = {
    "applies.role": _role,
    "applies.defined": _included,
    "applies.anyone": "speaks to everyone",
    "applies.named": "the text names it",
    "applies.permit": "speaks to holders of a permit that it has",
    "applies.nationwide": "holds in the whole country",
    "applies.in_place": "holds where it is",
    "may_apply.no_subject": "the text does not say who",
    "may_apply.wider": "speaks to companies in general (“{words}”)",
    "may_apply.owner": "speaks to owners and users: whether it is one is not known",
    "may_apply.listed": "speaks to companies of a list",
    "may_apply.narrowed": "only for some of its role (“{words}”)",
    "may_apply.threshold": "only beyond a threshold (“{words}”)",
    "may_apply.transition": "a rule for a time of transition (“{words}”)",
    "may_apply.goods": "about “{words}”, which it is not said to deal in",
    "may_apply.suspended": "is suspended for now",
    "may_apply.draft": "a draft: it would apply",
    "may_apply.defined": _defined,
    "may_apply.excepted": _perhaps_excepted,
    "may_apply.near_role": _near_role,
    "may_apply.named_too": _named_too,
    "may_apply.market": _market,
    "may_apply.deals_there": _deals_there,
    "may_apply.reaches_out": "reaches companies elsewhere too",
    "may_apply.city_unknown": _city,
    "may_apply.part_unknown": "an act of a district or county: whether it is there is not stated",
    "does_not.role": _other_role,
    "does_not.excepted": _excepted,
    "does_not.goods": "speaks to those who deal in “{words}”, which it does not",
    "does_not.place": _other_place,
    "does_not.authority": "speaks to authorities",
    "does_not.public": "speaks to the public",
    "does_not.addressee": "is addressed to {company}",
    "does_not.outsiders": "speaks to companies from elsewhere",
    "does_not.foreign": "speaks to companies abroad",
    "does_not.not_listed": "speaks to the companies listed in the text, of which it is none",
    "does_not.trade": "speaks to a trade that it is not in (“{words}”)",
    "does_not.other_side": "speaks to those whom it serves",
    "does_not.receives": "it only receives what others must hand over",
}
