"""Document numbers and standards that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from config.loader import load_register
from config.registered_act import RegisteredAct
from domain.text.document_numbers import find_document_numbers, normalise_document_number

# Order 73, MIIT Order No. 73, Announcement No. 20 of 2026, Announcement 2026 No. 20, Decree 715
_ENGLISH = re.compile(
    r"\b(?P<kind>order|decree|announcement|public notice|circular)s?"
    r"(?:,? (?:of )?\(?(?P<before>(?:19|20)\d\d)\)?)?,?(?: (?:no\.?|number|nr\.?|#) ?| #?)"
    r"(?P<serial>\d{1,4})(?!\d)(?!\s?(?:days?|%|yuan|tons?|companies))"
    r"(?:,? ?(?:of |/|\()?(?P<after>(?:19|20)\d\d)\)?)?",
    re.IGNORECASE,
)
_KINDS = {"order": "令", "decree": "令", "announcement": "公告", "public notice": "公告",
          "circular": "通告"}  # fmt: skip
# 工信部联节〔2018〕43号, 令第73号, 73号令, 公告2026年第20号, 第73号令, 2026年第20号公告
_CHINESE = re.compile(
    r"[\u4e00-\u9fff]{0,24}[〔\[（(【［]\s?(?:19|20)\d\d\s?[〕\]）)】］]\s?(?:第|字第)?\s?\d{1,5}\s?号"
    r"|[\u4e00-\u9fff]{0,16}(?:令|公告|通告)(?:（?(?:19|20)\d\d年）?)?第?\d{1,4}号"
    r"|(?:(?:19|20)\d\d年)?第?\d{1,4}号(?:令|公告|通告)"
)
# 73号令, 令73号, 2026年20号公告
_SHORT = re.compile(
    r"(?P<before>令|公告|通告)?(?P<year>(?:19|20)\d\d年)?第?(?P<serial>\d{1,4})号"
    r"(?P<kind>令|公告|通告)?"
)
# 的 in 关于…的73号令: what stands before a body's name and is no part of it.
_LEAD = re.compile(
    r"^.*?(?:根据|依据|按照|依照|关于|什么是|请问|查询|的|和|与|及|是|查|找|看|对|被|由|在|将|把|号)(?=.{2})"
)
# GB/T 34015.3-2021, GB 38031-2025, QC/T 1156, HJ 1186-2021, YS/T 1460, DB31/T 1053
_STANDARD = re.compile(
    r"(?<![A-Za-z])(?P<code>GB/?Z|GB/?T|GB|QC/?T|YS/?T|HJ/?T|HJ|JT/?T|SN/?T|SJ/?T|HG/?T|XB/?T"
    r"|WB/?T|AQ/?T|AQ|DB\d{2}/?T|DB\d{2})\s?(?P<number>\d{3,6}(?:\.\d{1,3})?)"
    r"(?:\s?[-—–]\s?(?P<year>(?:19|20)?\d\d)(?!\d))?",
    re.IGNORECASE,
)

# 令第73号, 公告2026年第20号 at the end of a number
_ENDING = re.compile(r"(?P<kind>令|公告|通告)(?P<year>(?:19|20)\d\d年)?(?P<serial>第\d{1,5}号)$")


@dataclass(frozen=True, slots=True)
class QuestionNumber:
    """A number in a question: where it stands, and how the archive spells it."""

    start: int
    end: int
    value: str


def find_standards(text: str) -> list[QuestionNumber]:
    """Standards in one spelling: ``GB/T 34015.3-2021``."""
    return [
        QuestionNumber(match.start(), match.end(), _standard(match))
        for match in _STANDARD.finditer(text)
    ]


def _standard(match: re.Match[str]) -> str:
    code = match["code"].upper()
    if code[-1] in "TZ" and "/" not in code and len(code) > 2:
        code = f"{code[:-1]}/{code[-1]}"
    year = match["year"]
    if year and len(year) == 2:
        year = f"19{year}" if int(year) > 80 else f"20{year}"
    return f"{code} {match['number']}{f'-{year}' if year else ''}"


def find_numbers(text: str) -> list[QuestionNumber]:
    """Document numbers, of registered acts in full: "Order 73" is 工业和信息化部令第73号."""
    found = [*_chinese_numbers(text)]
    for match in _ENGLISH.finditer(text):
        year = match["before"] or match["after"]
        spelled = f"第{int(match['serial'])}号"
        kind = _KINDS[match["kind"].lower()]
        value = f"{kind}{year}年{spelled}" if year else f"{kind}{spelled}"
        found.append(QuestionNumber(match.start(), match.end(), registered_number(value)))
    return sorted(found, key=lambda one: one.start)


def _chinese_numbers(text: str) -> Iterator[QuestionNumber]:
    for match in _CHINESE.finditer(text):
        lead = _LEAD.match(match[0])
        start = match.start() + (lead.end() if lead and _is_number(match[0][lead.end() :]) else 0)
        words = text[start : match.end()]
        found = find_document_numbers(words)
        value = found[-1] if found else _turned(words)
        yield QuestionNumber(start, match.end(), registered_number(value))


def _turned(words: str) -> str:
    """令第73号 for 73号令 and for 令73号."""
    match = _SHORT.fullmatch(words)
    if match is None:
        return normalise_document_number(words)
    kind = match["kind"] or match["before"]
    return f"{kind}{match['year'] or ''}第{match['serial']}号"


def _is_number(text: str) -> bool:
    return bool(_CHINESE.fullmatch(text))


@cache
def registered_number(value: str) -> str:
    """The full number of the one registered act whose order number ends so; else the value
    itself. Announcements are numbered by every body anew each year: none is guessed."""
    act = registered_act(value) if value.startswith("令") else None
    return act.document_number if act is not None and act.document_number else value


def registered_act(number: str) -> RegisteredAct | None:
    """The one registered act that bears a number, given in full or by its end."""
    tail = _plain(number)
    ends = [act for act in load_register() if act.document_number and _ends(act, tail)]
    return ends[0] if len(ends) == 1 else None


def _ends(act: RegisteredAct, tail: str) -> bool:
    return _plain(act.document_number or "").endswith(tail)


def _plain(number: str) -> str:
    return normalise_document_number(number)


def number_spellings(value: str) -> tuple[str, ...]:
    """How texts write a number: in full, by its end, and turned round (第73号令)."""
    spelled = [value]
    match = _ENDING.search(value)
    if match is not None:
        spelled += [match[0], f"{match['year'] or ''}{match['serial']}{match['kind']}"]
        spelled.append(f"{match['kind']}（{match['year'] or ''}{match['serial']}）")
    return tuple(dict.fromkeys(spelled))


def standard_spellings(value: str) -> tuple[str, ...]:
    """How texts write a standard: with and without its blank."""
    return (value, value.replace(" ", ""))


def titles_of(values: Iterable[str]) -> tuple[str, ...]:
    """Titles of the registered acts that bear these numbers."""
    acts = [registered_act(value) for value in values]
    return tuple(act.title for act in acts if act is not None)
