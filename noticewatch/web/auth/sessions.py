"""Bind a browser to its session: the key, the proofs in forms, and signed cookies."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.errors import ArchiveError
from config.kept_secret import kept_secret
from config.people import PersonRole, person_role

LOGIN_COOKIE = "nw_login"
_LONGEST = 4000  # letters of a signed cookie; browsers keep no longer ones


def forms_key(folder: Path, kept: Callable[[Path], bytes] = kept_secret) -> bytes:
    """The key of the forms' tokens, kept beside the archive so that a form which is open
    while the service restarts stays valid; a new one each time where it cannot be kept."""
    try:
        return kept(folder / "web.key") or secrets.token_bytes(32)
    except (OSError, ArchiveError):
        return secrets.token_bytes(32)


def csrf_token(secret: bytes, session: str, user: str | None) -> str:
    """For the forms of this browser while this user is logged in: who could choose
    somebody's session cookie still could not make that person's token."""
    return hmac.new(secret, f"{user or ''}\n{session}".encode(), "sha256").hexdigest()


def same_secret(given: str, expected: str) -> bool:
    """Compare in a time that tells nothing."""
    return hmac.compare_digest(given.encode(), expected.encode())


@dataclass(frozen=True, kw_only=True, slots=True)
class LoginSession:
    """Somebody who has logged in by a provider; ``role`` is what their groups give, None for
    who is one of the people and has the role that stands there."""

    id: str
    person: str
    role: PersonRole | None
    until: float


def login_cookie(secret: bytes, session: LoginSession) -> str:
    """The session as a signed cookie: it can be read, and not made, by its holder."""
    told = {"id": session.id, "who": session.person, "role": session.role, "until": session.until}
    return sign(secret, "login", told)


def read_login(secret: bytes, cookie: str, now: datetime) -> LoginSession | None:
    """The session of a cookie; None for one that is forged or over."""
    told = read_signed(secret, "login", cookie)
    if told is None or not float(told["until"]) > now.timestamp():
        return None
    role = person_role(str(told["role"])) if told["role"] else None
    return LoginSession(
        id=str(told["id"]), person=str(told["who"]), role=role, until=float(told["until"])
    )


def sign(secret: bytes, purpose: str, told: dict[str, Any]) -> str:
    """A cookie's value; what is signed for one purpose is good for no other."""
    words = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
    return f"{words}.{_signature(secret, purpose, words)}"


def read_signed(secret: bytes, purpose: str, cookie: str) -> dict[str, Any] | None:
    """What was signed; None where the signature is not ours."""
    words, _, given = cookie.partition(".")
    if not given or len(cookie) > _LONGEST or not cookie.isascii():
        return None
    if not same_secret(given, _signature(secret, purpose, words)):
        return None
    told: dict[str, Any] = json.loads(base64.urlsafe_b64decode(words + "=" * (-len(words) % 4)))
    return told


def _signature(secret: bytes, purpose: str, words: str) -> str:
    return hmac.new(secret, f"{purpose}\n{words}".encode(), "sha256").hexdigest()
