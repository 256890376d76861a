"""Fingerprint a page's state by its text, metadata and attachment hashes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from archive.column_values import dumps
from archive.evidence.chain import sha256_of
from domain.acts.issuers import canonical
from domain.acts.titles import number_key
from domain.records.notice import Attachment, Version
from domain.records.observation import FetchedAttachment, Observation
from domain.text.boilerplate import without_furniture
from domain.text.normalization import normalise
from domain.text.volatile_lines import without_volatile


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


def _body(text: str, volatile: Collection[str]) -> str:
    return normalise(without_volatile(without_furniture(text), volatile))


def _number(printed: str | None) -> str:
    key = number_key(printed)
    return key.value if key else normalise(printed or "")


def _issuers(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({canonical(name) for name in names}))


def fingerprint_of_version(version: Version, volatile: Collection[str] = ()) -> PageFingerprint:
    """What counts of a stored version; ``volatile``: shapes of lines that do not."""
    return PageFingerprint(
        title=normalise(version.title),
        text=_body(version.text, volatile),
        document_number=_number(version.document_number),
        issuers=_issuers(version.issuers),
        comment_deadline=version.comment_deadline,
        validity=normalise(version.validity or ""),
        files=tuple(sorted(item.sha256 for item in version.attachments if item.sha256)),
    )


def fingerprint_of_observation(
    observation: Observation, before: Version | None, volatile: Collection[str] = ()
) -> PageFingerprint:
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
        text=_body(before.text if same_text and before else parsed.text, volatile),
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


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenFields:
    """What a look shows beside the text of the page, for holding two looks together."""

    title: str
    document_number: str
    issuers: str
    comment_deadline: str
    validity: str
    files: str  # hashes of the bytes, which some sites make anew for each request
    file_texts: str

    def dumps(self) -> str:
        return dumps(asdict(self))

    @staticmethod
    def loads(text: str) -> SeenFields:
        return SeenFields(**json.loads(text))

    def news(self, first: SeenFields, before: SeenFields) -> bool:
        """Whether both looks show the same and the stored version something else."""
        return any(
            getattr(self, name) == getattr(first, name) != getattr(before, name)
            for name in (each.name for each in fields(self))
        )

    def unsettled(self, before: SeenFields) -> bool:
        """Whether anything but the bytes of a file is not as it was stored."""
        names = (each.name for each in fields(self) if each.name != "files")
        return any(getattr(self, name) != getattr(before, name) for name in names)


def fields_of_version(version: Version) -> SeenFields:
    """The fields of a stored version."""
    texts = (_content(item.text, item.sha256) for item in version.attachments if item.sha256)
    return _seen_fields(fingerprint_of_version(version), texts)


def fields_of_observation(observation: Observation, before: Version) -> SeenFields:
    """The fields of what was seen now; a file not fetched anew is as it was before."""
    texts = []
    for item in observation.attachments:
        earlier = earlier_copy(item, before.attachments)
        if earlier is not None and earlier.sha256 is None:
            continue  # it completes its version
        if item.capture is not None:
            texts.append(_content(item.text, sha256_of(item.capture.body)))
        elif earlier is not None:
            texts.append(_content(earlier.text, earlier.sha256))
    return _seen_fields(fingerprint_of_observation(observation, before), texts)


def _content(text: str, sha256: str | None) -> str:
    return sha256_of(normalise(text).encode()) if text.strip() else sha256 or ""


def _seen_fields(seen: PageFingerprint, texts: Iterable[str]) -> SeenFields:
    return SeenFields(
        title=seen.title,
        document_number=seen.document_number,
        issuers="、".join(seen.issuers),
        comment_deadline=seen.comment_deadline.isoformat() if seen.comment_deadline else "",
        validity=seen.validity,
        files=" ".join(seen.files),
        file_texts=" ".join(sorted(texts)),
    )
