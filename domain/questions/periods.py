"""The days of publication that a question asks for: "since July", "in 2026", 今年, 最近30天."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.questions import chinese_periods, english_periods

# A day before which these stand is one of effect or a time limit, not of publication.
_OTHER_DAY = re.compile(
    r"(?:in force|into force|effect|effective|valid|applied|appl(?:y|ies)|applicable|binding|due"
    r"|deadline|expires?|ends?|施行|生效|实施|执行|有效|截止)\s*(?:于|on|from|since|as of)?\s*$"
)
_LOOKED_BACK = 24


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """Words of a question that name a time of publication; days inclusive."""

    start: int
    end: int
    since: date | None = None
    until: date | None = None


def find_periods(text: str, today: date) -> list[NamedPeriod]:
    """The times of publication in a question, in order; a day of another kind is none."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    found: list[NamedPeriod] = []
    for pattern, read in (*english_periods.READERS, *chinese_periods.READERS):
        for match in pattern.finditer(lower):
            before = lower[max(0, match.start() - _LOOKED_BACK) : match.start()]
            if _OTHER_DAY.search(before) or _taken(found, match):
                continue
            span = read(match, today, lower)
            if span is not None:
                found.append(NamedPeriod(match.start(), match.end(), *span))
    return sorted(found, key=lambda one: one.start)


def _taken(found: list[NamedPeriod], match: re.Match[str]) -> bool:
    return any(match.start() < one.end and match.end() > one.start for one in found)
