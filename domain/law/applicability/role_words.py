"""Find which roles of config/roles.yml a few words name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from config.duty_terms import load_roles
from config.field.field_names import load_field

ANY_COMPANY = "any_company"


@dataclass(frozen=True, slots=True)
class NamedRole:
    """A role and where its words stand."""

    role: str
    start: int
    end: int


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(f"(?:{word})" for word in terms.words)))
        for name, terms in load_roles().roles.items()
        if terms.kind == "company"
    )


@lru_cache(maxsize=4096)
def named_roles(text: str) -> tuple[NamedRole, ...]:
    """The companies' roles that a text names, in order; the longest where several stand at one
    place, and 企业 alone only where nothing narrower does."""
    found = [
        NamedRole(role, match.start(), match.end())
        for role, pattern in _patterns()
        for match in pattern.finditer(text)
        if match[0]
    ]
    chosen: list[NamedRole] = []
    for one in sorted(found, key=_rank):
        if all(one.end <= other.start or one.start >= other.end for other in chosen):
            chosen.append(one)
    return tuple(sorted(chosen, key=lambda one: one.start))


def _rank(one: NamedRole) -> tuple[bool, int, int]:
    return (one.role == ANY_COMPANY, -(one.end - one.start), one.start)


# 动力电池生产、回收、综合利用等企业: activities that share one noun.
_ACTIVITIES = re.compile(
    r"(?P<list>[^，。；：\s]{2,40}[、和及与][^，。；：\s]{1,16}?)(?:等(?:相关|有关|各类)?|的)?"
    r"(?:企业|单位|经营者|机构)"
)
# 从事动力电池运输的单位
_ENGAGED = re.compile(r"从事(?P<list>[^，。；：\s]{2,24})的(?:企业|单位|经营者|机构|公司)")
_JOINTS = re.compile(r"[、和及与]|以及|从事|开展")


def listed_activities(text: str) -> frozenset[str]:
    """The roles of a list of activities before one noun: 动力电池生产、回收、综合利用等企业."""
    match = _ACTIVITIES.search(text) or _ENGAGED.search(text)
    if match is None:
        return frozenset()
    items = [item for item in _JOINTS.split(match["list"]) if item]
    return frozenset[str]().union(
        *(
            specific_roles(f"{prefix}{item}企业")
            for item in items
            for prefix in ("", load_field().thing)
        )
    )


def specific_roles(text: str) -> frozenset[str]:
    """The roles that a text names, without the general word for companies."""
    return frozenset(one.role for one in named_roles(text) if one.role != ANY_COMPANY)
