"""Order the postings of an act by who says it, and tell where a copy says something else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.ports import Row
from domain.acts.copy_differences import says_otherwise
from domain.acts.issuers import bodies_of, canonical
from domain.acts.public_bodies import PublicBody
from domain.acts.standing import Speaker, Voice, act_issuers, claim_of, standings
from domain.records.notice import Version
from domain.records.states import PostingState, Standing

_MOST_COMPARED = 20  # postings of an act
_ORDER = {Standing.OFFICIAL: 0, Standing.UNCONFIRMED: 1, Standing.COPY: 2}


@dataclass(frozen=True, kw_only=True, slots=True)
class ActLead:
    """A posting with its latest version and its standing, as the act's fields derive from it."""

    row: Row
    version: Version
    voice: Voice
    standing: Standing

    @property
    def gone(self) -> bool:
        return bool(self.row["state"] == PostingState.WITHDRAWN)

    @property
    def site_rank(self) -> int:
        return self.voice.speaker.body.rank

    @property
    def order(self) -> tuple[int, bool, int, str, int]:
        """Official pages first: the lead issuer's own, withdrawn ones last, then the earliest.
        Of other sites the higher, then the one seen first: a date can be invented."""
        if self.standing is not Standing.OFFICIAL:
            return _ORDER[self.standing], self.gone, self.site_rank, "", self.row["id"]
        publisher = canonical(self.row["publisher"])
        names = [body for name in self.version.issuers for body in sorted(bodies_of((name,)))]
        place = names.index(publisher) if publisher in names else len(names) + 1
        return 0, self.gone, place, self.row["published"] or "9999", self.row["id"]


def speaker_of(posting: Row) -> Speaker:
    """The site that carries a posting."""
    return Speaker(
        publisher=posting["publisher"],
        jurisdiction=posting["jurisdiction"],
        level=posting["level"],
        speaks_for=tuple(json.loads(posting["speaks_for"])),
    )


def voice_of(posting: Row, version: Version) -> Voice:
    """Who speaks in a posting, and in whose name."""
    speaker = speaker_of(posting)
    claim = claim_of(speaker, version.title, version.text, version.issuers, version.document_number)
    return Voice(speaker=speaker, claim=claim)


def leads_of(postings: Sequence[tuple[Row, Version]]) -> list[ActLead]:
    """The postings of one act, the most official first. While none is official, one speaks for
    the act, unconfirmed, and the others are its copies."""
    voices = [voice_of(row, version) for row, version in postings]
    leads = [
        ActLead(row=row, version=version, voice=voice, standing=standing)
        for (row, version), voice, standing in zip(postings, voices, standings(voices), strict=True)
    ]
    leads.sort(key=lambda lead: lead.order)
    if leads and leads[0].standing is Standing.UNCONFIRMED:
        leads[1:] = [replace(lead, standing=Standing.COPY) for lead in leads[1:]]
    return leads


def trusted(leads: Sequence[ActLead]) -> list[ActLead]:
    """Those that may say what the act says: the official ones, else those of the lead's level."""
    official = [lead for lead in leads if lead.standing is Standing.OFFICIAL]
    return official or [lead for lead in leads if lead.site_rank <= leads[0].site_rank]


def issuers_of(leads: Sequence[ActLead]) -> frozenset[PublicBody]:
    """Who issued the act, as far as its postings may say so."""
    return act_issuers(lead.voice for lead in leads)


def disagreeing(leads: Sequence[ActLead]) -> frozenset[int]:
    """The copies (ids of postings) whose text says otherwise than the leading one."""
    if len(leads) < 2:
        return frozenset()
    first = leads[0].version.text
    return frozenset(
        lead.row["id"]
        for lead in leads[1:_MOST_COMPARED]
        if lead.standing is Standing.COPY and says_otherwise(first, lead.version.text)
    )


def issued_by_json(bodies: frozenset[PublicBody]) -> list[list[str]]:
    return sorted([body.name, body.level, body.jurisdiction] for body in bodies)


def issuers_from(row: Row) -> frozenset[PublicBody]:
    """Who issued an act, as its row keeps it; empty for rows that were never judged."""
    return bodies_from(row["issued_by"])


def bodies_from(kept: str | None) -> frozenset[PublicBody]:
    """Bodies as :func:`issued_by_json` has written them down."""
    return frozenset(
        PublicBody(name, level, place) for name, level, place in json.loads(kept or "[]")
    )
