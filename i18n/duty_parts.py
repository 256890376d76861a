"""A duty in the columns of a table: who, must what, by when, or else what."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.law.duties import Duty
from i18n.en import duty_sentences as english
from i18n.headline_text import else_text
from i18n.phrases import Lang
from i18n.zh import duty_sentences as chinese


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyParts:
    """The parts of a duty's sentence; ``by`` and ``otherwise`` are empty where not stated."""

    who: str
    must: str
    by: str
    otherwise: str


def duty_parts(duty: Duty, lang: Lang) -> DutyParts:
    """The sentence of a duty, cut where a table cuts it: no word more, no word less."""
    untimed = replace(duty, when=None)
    if lang == "zh":
        who, must = chinese.who_text(duty), _chinese_duty(untimed)
    else:
        who, must = english.who_text(duty), english.doing_text(untimed)
    return DutyParts(
        who=who[:1].upper() + who[1:],
        must=must,
        by=time_text(duty, lang),
        otherwise=else_text(duty, lang),
    )


def _chinese_duty(duty: Duty) -> str:
    """Of a duty to keep to a value the value alone: the object would say it twice."""
    if duty.limit is not None and duty.act == "comply":
        return chinese.limit_text(duty.limit)
    return chinese.doing_text(duty)


def time_text(duty: Duty, lang: Lang) -> str:
    """When a duty is due, in words; '' where the text states no time."""
    if duty.when is None:
        return ""
    return english.when_text(duty.when) if lang == "en" else chinese.when_text(duty.when)
