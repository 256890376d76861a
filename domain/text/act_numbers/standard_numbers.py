"""Find the numbers of standards (GB/T 34014—2017), which name an act as a document number does."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.text.document_numbers import find_document_numbers

# GB/T 34015.3—2021, GB 38031-2025, QC/T 1156—2021, DB31/T 1053—2017, T/CAAMTB 101—2023
_STANDARD = re.compile(
    r"(?<![A-Za-z/])(?P<code>(?:GB|QC|YS|HJ|JT|SN|SJ|HG|XB|WB|AQ|JB|NB|DL|TB|RB|CJ|DB\d{2})(?:/?[TZ])?|T/[A-Z]{2,10})"
    r"\s?(?P<number>\d{1,6}(?:\.\d{1,3})?)\s?[-—–―－]{1,2}\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)


def find_standard_numbers(text: str) -> list[tuple[int, int, str]]:
    """Each standard's number with its year: where it begins and ends, and its one spelling."""
    return [(one.start(), one.end(), _spelled(one)) for one in _STANDARD.finditer(text)]


@lru_cache(maxsize=4096)
def standard_number(text: str) -> str | None:
    """The one spelling (GB/T 34014-2017) of a text that is a standard's number and nothing else."""
    match = _STANDARD.fullmatch(text.strip())
    return _spelled(match) if match else None


def act_numbers(text: str) -> list[str]:
    """The document numbers and standards' numbers in a text, each once."""
    standards = [number for _, _, number in find_standard_numbers(text)]
    return list(dict.fromkeys([*find_document_numbers(text), *standards]))


def _spelled(match: re.Match[str]) -> str:
    code = match["code"]
    if code[-1] in "TZ" and "/" not in code and len(code) > 2:
        code = f"{code[:-1]}/{code[-1]}"
    return f"{code} {match['number']}-{match['year']}"
