"""What the reading knows before a sentence, and the predicates it cuts it into."""

from __future__ import annotations

from dataclasses import dataclass

from classifier.duties.leads import ClauseLead
from classifier.duties.times import TimeSpan
from classifier.facts.calendar_dates import YearContext
from domain.law.duties import Duty, Limit, Modality, Subject


@dataclass(frozen=True, slots=True)
class Chapeau:
    """What a list inherits from the sentence that opens it."""

    subjects: tuple[Subject, ...] = ()
    modality: Modality | None = None
    times: tuple[TimeSpan, ...] = ()
    fulfils: bool = False
    weak: bool = False  # only items with a time or a limit are duties


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reading knows before a sentence: its list's head, who the same sentence and the
    paragraph last named, and the companies that the act addresses."""

    years: YearContext
    chapeau: Chapeau | None = None
    sentence: tuple[Subject, ...] = ()
    paragraph: tuple[Subject, ...] = ()
    addressees: tuple[Subject, ...] = ()
    earlier: tuple[Duty, ...] = ()  # of the same sentence, before its semicolon
    documents: tuple[str, ...] = ()
    role: str | None = None  # of the companies that the title names


@dataclass
class Predicate:
    """The words that a modal verb governs, with what was named before it."""

    modality: Modality
    subjects: tuple[Subject, ...]
    lead: ClauseLead
    text: str
    limit: Limit | None = None
    times: tuple[TimeSpan, ...] = ()
    fulfils: bool = False


def known_before(setting: Setting) -> tuple[Subject, ...]:
    """Whom the list's head, else the sentence before the semicolon names."""
    inherited = setting.chapeau.subjects if setting.chapeau else ()
    return inherited or setting.sentence


def inherited_by(lead: ClauseLead, setting: Setting) -> tuple[Subject, ...]:
    """Who is bound where the sentence does not say: its list's head, the sentence before the
    semicolon, the paragraph unless the clause has a topic of its own, the addressees."""
    return known_before(setting) or (() if lead.topic else setting.paragraph) or setting.addressees
