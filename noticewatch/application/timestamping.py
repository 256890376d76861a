"""Have the chain's head signed by a timestamp service (RFC 3161), and check what it signed.

Works without one: ``rfc3161-client`` is loaded only where a service is set up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.evidence.timestamp_files import MOST_BYTES
from config.http_post import HttpPostFailed, http_post
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from archive.store import Archive
    from config.model import EvidenceSettings
    from domain.records.chain_head import TimestampToken

_SECONDS = 20
_LIBRARY = "install noticewatch[timestamp] for timestamps"


class TimestampUnusable(NoticewatchError):
    """No timestamp could be had, or one does not prove what it should."""


@dataclass(frozen=True, kw_only=True)
class CheckedTimestamp:
    """A kept timestamp: when its head was signed and how many versions that head vouches for, or
    what is wrong with it."""

    name: str
    signed_at: datetime | None = None
    versions: int = 0
    signer_known: bool = False
    problem: str = ""


def stamp_head(app: Application, archive: Archive) -> str | None:
    """Have the head signed and keep the answer; its file's name. None when there is nothing to
    sign, or the newest timestamp is of this head already."""
    settings = app.settings.evidence
    head = archive.chain.head()
    if settings.timestamp_url is None or head is None:
        return None
    if head.sha256 in {token.head for token in archive.chain.tokens()}:
        return None
    answer = _asked(settings.timestamp_url, head.sha256)
    signed = _checked(answer, head.sha256, settings)
    if signed.problem:
        raise TimestampUnusable(f"{settings.timestamp_url}: {signed.problem}")
    return archive.chain.keep(head.sha256, app.clock(), answer)


def check_timestamps(app: Application, archive: Archive) -> Iterator[CheckedTimestamp]:
    """Every kept timestamp: whether it is sound, and the chain still holds what it signed."""
    for token in archive.chain.tokens():
        yield _checked_token(token, archive, app.settings.evidence)


def _checked_token(
    token: TimestampToken, archive: Archive, settings: EvidenceSettings
) -> CheckedTimestamp:
    found = _checked(token.answer, token.head, settings)
    versions = archive.chain.place_of(token.head)
    problem = found.problem
    if not problem and versions is None:
        problem = f"the chain no longer holds the head that was signed at {found.signed_at}"
    return CheckedTimestamp(
        name=token.name,
        signed_at=found.signed_at,
        versions=versions or 0,
        signer_known=found.signer_known,
        problem=problem,
    )


def _asked(url: str, head: str) -> bytes:
    """The service's answer for the head; its request carries the SHA-256 of the head's letters."""
    library = _library()
    request = (
        library.TimestampRequestBuilder()
        .data(head.encode())
        .hash_algorithm(library.HashAlgorithm.SHA256)
        .build()
    )
    headers = {"Content-Type": "application/timestamp-query"}
    try:
        answer = http_post(
            url, request.as_bytes(), headers, timeout=_SECONDS, most_bytes=MOST_BYTES
        )
    except HttpPostFailed as error:
        raise TimestampUnusable(f"{url}: {error}") from error
    if answer.status != 200:
        raise TimestampUnusable(f"{url}: HTTP {answer.status}")
    try:
        fresh = library.decode_timestamp_response(answer.body).tst_info.nonce == request.nonce
    except ValueError as error:
        raise TimestampUnusable(f"{url}: no timestamp came ({error})") from error
    if not fresh:
        raise TimestampUnusable(f"{url}: the answer is that of another request")
    return answer.body


def _checked(answer: bytes, head: str, settings: EvidenceSettings) -> CheckedTimestamp:
    """What an answer proves of a head; its signature too where the roots are known."""
    library = _library()
    roots = _roots(settings)
    try:
        response = library.decode_timestamp_response(answer)
        if roots:
            library.VerifierBuilder(roots=roots).build().verify_message(response, head.encode())
        elif response.tst_info.message_imprint.message != sha256(head.encode()).digest():
            return CheckedTimestamp(name="", problem="it is a timestamp of something else")
        signed_at: datetime = response.tst_info.gen_time
    except (ValueError, library.VerificationError) as error:
        return CheckedTimestamp(name="", problem=f"no sound timestamp ({error})")
    return CheckedTimestamp(name="", signed_at=signed_at, signer_known=bool(roots))


def _roots(settings: EvidenceSettings) -> list[Any]:
    if settings.timestamp_roots is None:
        return []
    from cryptography import x509

    try:
        return list(x509.load_pem_x509_certificates(Path(settings.timestamp_roots).read_bytes()))
    except (OSError, ValueError) as error:
        raise TimestampUnusable(f"evidence.timestamp_roots: {error}") from error


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise TimestampUnusable(_LIBRARY) from error
    return rfc3161_client
