"""A registered act and the register as a whole, as frozen models that refuse contradictions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from pydantic import Field, field_validator, model_validator

from config.model import Bilingual, EvidenceNote, Jurisdiction, Key, Model

ActKind = Literal[
    "law",
    "administrative_regulation",
    "rule",
    "normative_document",
    "plan",
    "campaign",
    "standard",
    "eu_regulation",
]
"""What an act is, by rank where it binds; a plan and a campaign order nobody by themselves."""

RegisteredStatus = Literal[
    "in_force", "not_yet", "amended", "partly_repealed", "repealed", "expired", "draft", "not_known"
]
_MARKS = re.compile(r"[\s《》〈〉“”\"'（）()\[\]〔〕【】·,，.。、/—–-]+")


class WrongName(Model):
    """A name under which an act is wrongly known, and what is wrong with it."""

    name: str
    why: Bilingual


class ActEvidence(EvidenceNote):
    """How the data of an act are known, since when, and where they were found."""

    found_in: tuple[str, ...] = ()
    """Addresses, or a public repository and the path in it."""


class RegisteredAct(Model):
    """An act that matters, in force or not, with the articles and fines known of it.

    ``articles`` holds those that are ours, by number: for a wide law the rest does not count.
    ``repeals`` and ``repealed_by`` name the other act by its document number, else by its title;
    so do ``replaces`` and ``replaced_by``, for an edition or a standard that takes another's
    place without a word of repeal. ``scope`` is what it regulates, in one sentence.
    """

    key: Key
    title: str
    title_en: str
    kind: ActKind | None = None
    document_number: str | None = None
    issuers: tuple[str, ...] = ()
    jurisdiction: Jurisdiction = "CN"
    published: date | None = None
    effective: date | None = None
    expires: date | None = None
    status: RegisteredStatus
    unknown_from: date | None = None
    """The day from which its standing was not read: something happened then that may have ended
    it."""
    mandatory: bool | None = None
    """Of a standard: whether it binds by itself; None where that was not seen."""
    scope: Bilingual | None = None
    url: str | None = None
    aliases: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    wrong_names: tuple[WrongName, ...] = ()
    articles: dict[str, str] = Field(default_factory=dict)
    fines: str = "amount not read"
    repeals: tuple[str, ...] = ()
    repealed_by: str | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str | None = None
    topics: tuple[str, ...] = ()
    evidence: ActEvidence = ActEvidence()

    @model_validator(mode="after")
    def _consistent(self) -> RegisteredAct:
        if self.mandatory is not None and self.kind != "standard":
            raise ValueError(f"{self.key}: mandatory is said of standards only")
        if self.effective and self.expires and self.expires < self.effective:
            raise ValueError(f"{self.key}: expires before it takes effect")
        if self.repealed_by and self.status not in ("repealed", "partly_repealed", "amended"):
            raise ValueError(f"{self.key}: repealed_by needs the status repealed")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is rightly called, its number included."""
        number = (self.document_number,) if self.document_number else ()
        return (self.title, self.title_en, *number, *self.aliases, *self.aliases_en)


class ActRegister(Model):
    """``config/register.yml``: no name stands for two acts, and no wrong name is right of its
    act."""

    acts: tuple[RegisteredAct, ...]

    @field_validator("acts")
    @classmethod
    def _differ(cls, acts: tuple[RegisteredAct, ...]) -> tuple[RegisteredAct, ...]:
        _once("key", ((act.key, act.key) for act in acts))
        _once("name", _named(acts))
        for act in acts:
            right = {plain_name(name) for name in act.names}
            for wrong in act.wrong_names:
                if plain_name(wrong.name) in right:
                    raise ValueError(f"{act.key}: {wrong.name!r} is both right and wrong")
        return acts


def plain_name(name: str) -> str:
    """A name without blanks, brackets, stops, dashes and letter case, for comparison."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()


def _named(acts: Iterable[RegisteredAct]) -> Iterator[tuple[str, str]]:
    for act in acts:
        for name in dict.fromkeys(plain_name(name) for name in act.names):
            yield name, act.key


def _once(what: str, pairs: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for value, key in pairs:
        if value in seen:
            raise ValueError(f"the {what} {value!r} stands for {seen[value]} and for {key}")
        seen[value] = key
