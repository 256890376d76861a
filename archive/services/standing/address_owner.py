"""Whose page an address is: a site may list another one's pages, and may not speak for them."""

from __future__ import annotations

from urllib.parse import urlsplit

from archive.ports import Database, Row
from archive.services.standing.act_leads import speaker_of, voice_of
from domain.acts.standing import Speaker, Voice, claim_of
from domain.records.notice import Version
from domain.records.observation import Observation


def speaker_of_observation(observation: Observation) -> Speaker:
    """The site that a page was seen through."""
    return Speaker(
        publisher=observation.publisher,
        jurisdiction=observation.jurisdiction,
        level=observation.level,
        speaks_for=observation.speaks_for,
    )


def of_another_publisher(observation: Observation, posting: Row) -> bool:
    """Whether a source of another publisher shows an address that is known."""
    return bool(observation.source_key != posting["source_key"]) and (
        speaker_of_observation(observation).body != speaker_of(posting).body
    )


def may_take_over(db: Database, observation: Observation, posting: Row, version: Version) -> bool:
    """Whether an address that another publisher's source spoke of is this one's now: it has read
    the page itself and not only listed it, else it is the issuer's own or a superior's."""
    seen_before = db.value("SELECT url FROM versions WHERE id = ?", (version.id,))
    read = _same_site(observation.capture.url, observation.url)
    if read is not _same_site(seen_before, posting["url"]):
        return read
    parsed, speaker = observation.parsed, speaker_of_observation(observation)
    claim = claim_of(speaker, parsed.title, parsed.text, parsed.issuers, parsed.document_number)
    now, before = Voice(speaker=speaker, claim=claim), voice_of(posting, version)
    higher = speaker.body.rank < before.speaker.body.rank
    return now.confirmed and (not before.confirmed or higher)


def _same_site(one: str, other: str) -> bool:
    return urlsplit(one).netloc == urlsplit(other).netloc


def adopt(db: Database, observation: Observation, posting_id: int) -> None:
    """A page of which another source's list spoke first belongs to the source that reads it."""
    db.run(
        "UPDATE postings SET source_key = ?, column_key = ?, publisher = ?, jurisdiction = ?"
        " WHERE id = ?",
        (
            observation.source_key,
            observation.column_key,
            observation.publisher,
            observation.jurisdiction,
            posting_id,
        ),
    )
