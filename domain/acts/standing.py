"""Judge who says it: for whom a site speaks, in whose name a page does, and what that makes it.

A posting on the issuer's own site, or on a superior's, is ``official``; another site's is a
``copy``; a page in the name of another body is ``unconfirmed`` until the act is seen there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from config.body_level import BodyLevel
from domain.acts.agency_codes import bears_code_of, is_joint, number_bodies
from domain.acts.issuers import named_bodies
from domain.acts.public_bodies import (
    PublicBody,
    highest,
    outranks,
    public_body,
    publisher_body,
)
from domain.acts.signatures import bodies_alone, signed_by
from domain.acts.titles import fold
from domain.records.states import Standing
from domain.text.traditional import simplify

EVERYBODY = "all"
"""What a source states that speaks for every body, as the State Council's library does."""

_TITLE_MAX = 300
_SIGNED_WITHIN = 4000  # characters from the end
# What follows the names of the issuers in a title, as 关于 in 生态环境部关于…的通知; who is
# named behind it (转发生态环境部…) is spoken of.
_AFTER_ISSUERS = re.compile(
    r"关于|转发|批转|贯彻|落实|实施|执行|学习|传达|印发|发布|公布|通报|召开|开展|部署|修订|出台|"
    r"[《〈：:对就向致赴在]|等[二三四五六七八九十两]?[\d十]*部门|联合"
)
# For example 管理办法(生态环境部), 【生态环境部】管理办法 or 管理办法_生态环境部.
_PARTS = re.compile(r"[()【】\[\]〔〕《》|_:—–-]+")
_FORWARDED = re.compile(r"转发|批转")
_JOINTLY = re.compile(r"等[二三四五六七八九十两\d]{0,3}部[门委]|联合")
_BETWEEN_NAMES = re.compile(r"[、,，;；\s]+")


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """A site's publisher: what body it is, and for which others it speaks."""

    publisher: str
    jurisdiction: str
    level: BodyLevel | None = None  # as its source states it; None: as its name tells
    speaks_for: tuple[str, ...] = ()

    @cached_property
    def body(self) -> PublicBody:
        return publisher_body(self.publisher, self.jurisdiction, self.level)

    @cached_property
    def bodies(self) -> frozenset[PublicBody]:
        others = (publisher_body(name, self.jurisdiction) for name in self.speaks_for)
        return frozenset((self.body, *others))

    @property
    def for_everybody(self) -> bool:
        return EVERYBODY in self.speaks_for

    def is_one_of(self, issuers: Iterable[PublicBody]) -> bool:
        """Whether one of the issuers is a body that this site speaks for itself."""
        names = {body.name for body in self.bodies}
        return any(issuer.name in names for issuer in issuers)

    def may_speak_for(self, issuers: Iterable[PublicBody]) -> bool:
        """Whether a posting here is official: the highest of the issuers is this body itself or
        stands below it."""
        top = highest(issuers)
        return (
            self.for_everybody
            or not top
            or self.is_one_of(top)
            or any(outranks(own, issuer) for own in self.bodies for issuer in top)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """In whose name a page speaks; ``stated`` when it says so itself, and not only by being
    where it is."""

    bodies: frozenset[PublicBody]
    stated: bool


def claim_of(
    speaker: Speaker, title: str, text: str, issuers: Sequence[str], document_number: str | None
) -> Claim:
    """In whose name a page speaks: by its issuers, its number, its title, else its signature."""
    place = speaker.jurisdiction
    head = simplify(fold(title[:_TITLE_MAX]))
    if _FORWARDED.search(head):
        return Claim(bodies=_known(_printed(issuers), place) or speaker.bodies, stated=False)
    default = tuple(issuers) in {(), (speaker.publisher,)}
    named = _known((*number_bodies(document_number), *_in_title(head)), place)
    if not default:
        named |= _known(_printed(issuers), place)
    elif is_joint(document_number) or _JOINTLY.search(head):
        ranks = {body.rank for body in highest(named)}
        named |= {own for own in speaker.bodies if own.rank in ranks}  # one of those not named
    if named:
        return Claim(bodies=named, stated=True)
    if bears_code_of(document_number, speaker.publisher):
        return Claim(bodies=speaker.bodies, stated=True)
    signed = _known(signed_by(simplify(text[-_SIGNED_WITHIN:])), place) if default else frozenset()
    if signed and not speaker.is_one_of(signed):
        return Claim(bodies=signed, stated=True)
    return Claim(bodies=speaker.bodies, stated=False)


def _printed(issuers: Iterable[str]) -> list[str]:
    """The names in a page's own list of issuers; one string may join several."""
    names: list[str] = []
    for text in map(simplify, issuers):
        names += named_bodies(text) or [part for part in _BETWEEN_NAMES.split(text) if part]
    return names


def _in_title(head: str) -> tuple[str, ...]:
    """The bodies that a title begins with, else those that stand alone in a part of it: within
    brackets, behind a dash."""
    cut = _AFTER_ISSUERS.search(head)
    named = named_bodies(head[: cut.start()]) if cut else ()
    if named:
        return named
    return tuple(name for part in _PARTS.split(head) for name in bodies_alone(part))


def _known(names: Iterable[str], jurisdiction: str) -> frozenset[PublicBody]:
    return frozenset(body for name in names if (body := public_body(name, jurisdiction)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """One posting of an act: the site that carries it, and in whose name it speaks."""

    speaker: Speaker
    claim: Claim

    @property
    def confirmed(self) -> bool:
        """Whether the site may speak in the name that the page speaks in."""
        return self.speaker.may_speak_for(self.claim.bodies)


def act_issuers(voices: Iterable[Voice]) -> frozenset[PublicBody]:
    """Who issued an act, by those of its postings that may say so, the highest of them; by all
    of them while none may."""
    known = list(voices)
    sure = [voice for voice in known if voice.confirmed] or known
    rank = min((_rank(voice) for voice in sure), default=0)
    top = [voice for voice in sure if _rank(voice) == rank]
    stated = [voice for voice in top if voice.claim.stated] or top
    return frozenset(body for voice in stated for body in highest(voice.claim.bodies))


def rivals(one: Voice, other: Voice) -> bool:
    """Whether two sites of one level each publish as their own, and nothing tells whose it is."""
    return (
        one.confirmed
        and other.confirmed
        and not (one.claim.stated or other.claim.stated)
        and one.claim.bodies.isdisjoint(other.claim.bodies)
        and _rank(one) == _rank(other)
    )


def _rank(voice: Voice) -> int:
    return min(body.rank for body in voice.claim.bodies)


def standings(voices: Sequence[Voice]) -> list[Standing]:
    """What each posting of an act is beside the others."""
    if not any(voice.confirmed for voice in voices):
        return [Standing.UNCONFIRMED for _ in voices]
    issuers = act_issuers(voices)
    return [
        Standing.OFFICIAL
        if voice.confirmed and voice.speaker.may_speak_for(issuers)
        else Standing.COPY
        for voice in voices
    ]
