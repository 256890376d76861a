"""What makes two states of a page the same: text, metadata and attachment hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from archive.evidence.chain import sha256_of
from domain.acts.issuers import canonical
from domain.acts.titles import number_key
from domain.records.notice import Attachment, Version
from domain.records.observation import FetchedAttachment, Observation
from domain.text.boilerplate import without_furniture
from domain.text.normalization import normalise


@dataclass(frozen=True, kw_only=True, slots=True)
class PageFingerprint:
    """A state reduced to what counts; widths, blanks, the page's own
    furniture, names and addresses of files do not."""

    title: str
    text: str
    document_number: str
    issuers: tuple[str, ...]
    comment_deadline: date | None
    validity: str
    files: tuple[str, ...]

    def differing(self, other: PageFingerprint) -> frozenset[str]:
        names = (item.name for item in fields(self))
        return frozenset(name for name in names if getattr(self, name) != getattr(other, name))


def _body(text: str) -> str:
    return normalise(without_furniture(text))


def _number(printed: str | None) -> str:
    key = number_key(printed)
    return key.value if key else normalise(printed or "")


def _issuers(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({canonical(name) for name in names}))


def fingerprint_of_version(version: Version) -> PageFingerprint:
    """What counts of a stored version."""
    return PageFingerprint(
        title=normalise(version.title),
        text=_body(version.text),
        document_number=_number(version.document_number),
        issuers=_issuers(version.issuers),
        comment_deadline=version.comment_deadline,
        validity=normalise(version.validity or ""),
        files=tuple(sorted(item.sha256 for item in version.attachments if item.sha256)),
    )


def fingerprint_of_observation(observation: Observation, before: Version | None) -> PageFingerprint:
    """What counts of what was seen now; ``before`` is the latest version of the same page."""
    parsed = observation.parsed
    known = before.attachments if before else ()
    # One that was missing so far completes its version; it is no change of the page.
    hashes = (
        file_sha256(item, known)
        for item in observation.attachments
        if (earlier := earlier_copy(item, known)) is None or earlier.sha256 is not None
    )
    same_text = before is not None and before.text == parsed.text
    return PageFingerprint(
        title=normalise(parsed.title),
        text=_body(before.text if same_text and before else parsed.text),
        document_number=_number(parsed.document_number),
        issuers=_issuers(parsed.issuers),
        comment_deadline=parsed.comment_deadline,
        validity=normalise(parsed.validity or ""),
        files=tuple(sorted(sha256 for sha256 in hashes if sha256)),
    )


def earlier_copy(fetched: FetchedAttachment, known: Sequence[Attachment]) -> Attachment | None:
    """The attachment of the version before that stands at the same address, else by name."""
    by_url = [item for item in known if item.url and item.url == fetched.link.url]
    by_name = [item for item in known if item.name and item.name == fetched.link.name]
    return next(iter(by_url or by_name), None)


def file_sha256(fetched: FetchedAttachment, known: Sequence[Attachment]) -> str | None:
    """The file's hash; of one that could not be fetched now, the hash it had before."""
    if fetched.capture is not None:
        return sha256_of(fetched.capture.body)
    earlier = earlier_copy(fetched, known)
    return earlier.sha256 if earlier else None
