"""Bind sanctions to the duties that the text names: by article, paragraph and item, by 前款 and
前条, or by the very conduct; never by nearness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifier.duties.sanctions.article_references import stands_at
from classifier.duties.sanctions.breaches import Breach, Conduct, read_breaches
from classifier.duties.sanctions.punished_conduct import only_punished, same_thing
from classifier.duties.statements import Statement
from domain.law.duties import Bound, Duty, Modality

_SAME_ACTS = (frozenset({"report", "provide"}), frozenset({"hand_over", "sell"}))
_PLAIN_THING = re.compile(r"(?:相关|有关|该|其)?(?:信息|产品|材料|企业|电池|数据|工作)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A duty with its exact place in the act."""

    duty: Duty
    statement: Statement


def bind_sanctions(placed: Sequence[Placed], statements: Sequence[Statement]) -> list[Duty]:
    """The duties with the sanctions that the text itself ties to them."""
    bound: dict[int, list[Breach]] = {}
    lone: list[Breach] = []
    for breach in read_breaches(statements):
        punished = _punished(breach, placed)
        for index in punished:
            bound.setdefault(index, []).append(breach)
        if not punished:
            lone.append(breach)
    found = []
    for index, item in enumerate(placed):
        sanctions = (*item.duty.sanctions, *(breach.sanction for breach in bound.get(index, ())))
        found.append(replace(item.duty, sanctions=tuple(dict.fromkeys(sanctions))))
    return found + [duty for breach in lone for duty in only_punished(breach, found)]


def _punished(breach: Breach, placed: Sequence[Placed]) -> list[int]:
    """Which duties a breach punishes."""
    open_to = [
        index for index, item in enumerate(placed)
        if item.duty.modality is not Modality.MAY and item.duty.who.kind is not Bound.AUTHORITY
    ]  # fmt: skip
    if breach.places:
        there = [
            i for i in open_to if any(stands_at(placed[i].statement, p) for p in breach.places)
        ]
        return [i for i in there if _is_meant(breach, placed[i].duty, alone=len(there) == 1)]
    if breach.backs:
        return _before(breach, placed, open_to)
    fitting = [i for i in open_to if _fits_subject(breach, placed[i].duty)]
    return [i for conduct in breach.conducts for i in _by_conduct(conduct, breach, placed, fitting)]


def _before(breach: Breach, placed: Sequence[Placed], open_to: Sequence[int]) -> list[int]:
    """The duties of the same sentence, else those of the nearest one before it in the paragraph:
    违者 and 违反上述规定的 name no other."""
    there = [
        i for i in open_to
        if _same_passage(breach, placed[i]) and placed[i].statement.start <= breach.statement.start
    ]  # fmt: skip
    nearest = max((placed[i].statement.start for i in there), default=None)
    return [i for i in there if placed[i].statement.start == nearest]


def _is_meant(breach: Breach, duty: Duty, *, alone: bool) -> bool:
    """Whether a breach of a duty's article means this duty: all of them where it says no more,
    the one alone, else those whose act or words it repeats."""
    if not breach.words:
        return True
    if any(_tells_falsely(conduct, duty) for conduct in breach.conducts):
        return True
    known = [conduct for conduct in breach.conducts if conduct.act != "other"]
    if known:
        return any(_breaks(conduct, duty, named=True) for conduct in known)
    return alone or (bool(duty.object) and same_thing(duty.object, breach.words))


def _tells_falsely(conduct: Conduct, duty: Duty) -> bool:
    """迟报、瞒报 break what forbids them by name and the report of the same sentence."""
    spoken = conduct.act == "other" and conduct.verb.endswith("报")
    return spoken and duty.act in ("report", "notify", "other") and conduct.verb in duty.quote


def _by_conduct(
    conduct: Conduct, breach: Breach, placed: Sequence[Placed], fitting: Sequence[int]
) -> list[int]:
    """The duties that a conduct breaks: of its own sentence, else the nearest of its paragraph,
    else all of the act that ask for the same thing."""
    if conduct.act == "other":
        return []
    broken = [i for i in fitting if _breaks(conduct, placed[i].duty, named=False)]
    before = [
        i for i in broken
        if _same_passage(breach, placed[i]) and placed[i].statement.start <= breach.statement.start
    ]  # fmt: skip
    if before:
        nearest = max(placed[i].statement.start for i in before)
        return [i for i in before if placed[i].statement.start == nearest]
    if _PLAIN_THING.fullmatch(conduct.object):
        return [i for i in broken if placed[i].duty.who.kind is not None]
    return broken


def _same_passage(breach: Breach, item: Placed) -> bool:
    return breach.statement.passage is item.statement.passage


def _fits_subject(breach: Breach, duty: Duty) -> bool:
    roles = {subject.role for subject in breach.subjects}
    return (
        not roles
        or duty.who.role is None
        or duty.who.role in roles
        or roles <= {"any_company", None}
    )


def _breaks(conduct: Conduct, duty: Duty, *, named: bool) -> bool:
    """Whether a conduct is the breach of a duty: the same act, and where the text does not
    name the article, the same side of it and the same object."""
    same = conduct.act == duty.act or any({conduct.act, duty.act} <= acts for acts in _SAME_ACTS)
    if not same:
        return False
    if named:
        alike = conduct.modality is duty.modality or duty.limit is not None
        return alike or same_thing(conduct.object, duty.object)
    if conduct.modality is not duty.modality:
        return False
    return bool(_PLAIN_THING.fullmatch(conduct.object)) or same_thing(conduct.object, duty.object)
