"""A claim, what was found of it, and the verdict: the shapes that leave this room."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ClaimVerdict(StrEnum):
    """What the official sources held say of a claim. ``NONE`` is never "false"."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"
    NONE = "none"
    OPINION = "opinion"


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficialSource:
    """The act that a slot was held against, with its words where they are held."""

    notice_id: int | None
    key: str | None
    title: str
    article: str | None = None
    quote: str = ""
    url: str | None = None
    evidence: str = "archive"


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedSlot:
    """One piece of a claim beside its official value; ``equal`` None: could not be compared.

    ``outdated``: it once was so. ``proves``: its being equal speaks for the claim (that an act
    exists by that name does not).
    """

    slot: str
    claim: str
    official: str | None
    equal: bool | None
    source: OfficialSource | None = None
    outdated: bool = False
    proves: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedClaim:
    """A claim with its verdict, slot by slot; ``en`` says why, ``looked_at`` the titles of the
    official sources that were looked at; ``acts`` are the references of the acts it rests on."""

    text: str
    verdict: ClaimVerdict
    slots: tuple[CheckedSlot, ...] = ()
    en: str = ""
    looked_at: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Two texts that disagree on one slot of one matter."""

    slot: str
    about: str
    a: str
    b: str
    a_text: str
    b_text: str
