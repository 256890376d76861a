"""Tell who asks, by token, password, proxy header or session, and what they may do."""

from __future__ import annotations

import base64
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request

from archive.column_values import utc_now
from config.model import WebSettings
from config.people import People, PersonRole, Right, may, person_role
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.web.auth.sessions import (
    LOGIN_COOKIE,
    csrf_token,
    read_login,
    same_secret,
)

TOKEN_COOKIE = "nw_token"  # noqa: S105 (a cookie's name)
# anna:analyst:3fM-9k
_STATE_SECONDS = 3600.0
_ENTRY = re.compile(r"([^\s:]+):([a-z]+):(\S+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class SecretHolder:
    """Somebody with a secret of their own."""

    name: str
    role: PersonRole
    secret: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """Who asks: the name as it stands in the audit log, and what they may do."""

    name: str
    role: PersonRole

    def may(self, right: Right) -> bool:
        return may(self.role, right)


def secret_holders(text: str) -> tuple[SecretHolder, ...]:
    """``name:role:secret`` entries separated by blanks, as ``web.people_env`` holds them."""
    found = []
    for number, entry in enumerate(text.split(), 1):
        match = _ENTRY.fullmatch(entry)
        role = person_role(match[2]) if match else None
        if match is None or role is None:
            raise NoticewatchError(
                f"web.people_env, entry {number}: expected name:role:secret, "
                "the role viewer, analyst, approver or admin"
            )
        found.append(SecretHolder(name=match[1], role=role, secret=match[3]))
    return tuple(found)


@dataclass(frozen=True)
class Guard:
    """Authentication by the settings, roles, and CSRF tokens bound to the browser's cookie."""

    web: WebSettings
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    people: People = field(default_factory=People)
    clock: Callable[[], datetime] = utc_now
    ended: dict[str, float] = field(default_factory=dict)  # sessions that were signed out
    used: dict[str, float] = field(default_factory=dict)  # states of logins that came back

    def visitor(self, request: Request, *, trusted: bool = True) -> Visitor | None:
        """Who asks; None when authentication fails. ``trusted``: the request comes from one of
        ``web.trusted_proxies``."""
        if self.web.auth == "none":
            return Visitor(name="local", role="admin")
        if self.web.auth == "proxy_header":
            names = request.headers.getlist(self.web.proxy_header)
            # Two of them: the proxy passed on what the reader had written.
            return self._named(names[0]) if trusted and len(names) == 1 else None
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        if self.web.auth == "basic":
            return self._named(self._basic(scheme, value))
        given = value if scheme.lower() == "bearer" else request.cookies.get(TOKEN_COOKIE, "")
        if self.web.auth == "oidc" and scheme.lower() != "bearer":
            return self._logged_in(request.cookies.get(LOGIN_COOKIE, ""))
        return self._named(self.holder(given))

    def holder(self, token: str) -> str | None:
        """Whose token it is; None for nobody's."""
        for person in self._people:
            if same_secret(token, person.secret):
                return person.name
        shared = self._shared
        return "token" if shared and same_secret(token, shared) else None

    def _named(self, name: str | None) -> Visitor | None:
        """Somebody who has shown who they are, by the id that they have in ``people``."""
        if not name:
            return None
        known = self.people.by_login(name)
        if known is not None:
            return Visitor(name=known.id, role=known.role)
        return Visitor(name=name, role=self._role(name))

    def _role(self, name: str) -> PersonRole:
        """A role that stands beside a secret, else that of ``editors``. Who is not among the
        people only reads, where there are some; the shared secret is nobody's name."""
        for holder in self._people:
            if holder.name == name:
                return holder.role
        if self.people and name != "token":
            return "viewer"
        editors = self.web.editors
        return "admin" if editors == "all" or name in editors else "viewer"

    def _logged_in(self, cookie: str) -> Visitor | None:
        session = read_login(self.secret, cookie, self.clock())
        if session is None or session.id in self.ended:
            return None
        if session.role is not None:
            return Visitor(name=session.person, role=session.role)
        known = self.people.by_id(session.person)
        return Visitor(name=known.id, role=known.role) if known else None

    def end_login(self, cookie: str) -> None:
        """The session counts no more, also for who has kept a copy of its cookie."""
        session = read_login(self.secret, cookie, self.clock())
        if session is not None:
            self._remember(self.ended, session.id, session.until)

    def use_once(self, state: str) -> bool:
        """Whether a state of a login comes back for the first time."""
        if state in self.used:
            return False
        self._remember(self.used, state, self.clock().timestamp() + _STATE_SECONDS)
        return True

    def _remember(self, kept: dict[str, float], name: str, until: float) -> None:
        now = self.clock().timestamp()
        for old in [known for known, end in kept.items() if end < now]:
            del kept[old]
        kept[name] = until

    @property
    def _people(self) -> tuple[SecretHolder, ...]:
        return secret_holders(os.environ.get(self.web.people_env, ""))

    @property
    def _shared(self) -> str:
        return os.environ.get(self.web.token_env, "")

    def _basic(self, scheme: str, value: str) -> str | None:
        if scheme.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(value).decode().partition(":")
        except ValueError:  # no base64, or no UTF-8
            return None
        known = [person for person in self._people if person.name == name]
        expected = known[0].secret if known else self._shared
        return name if name and expected and same_secret(password, expected) else None

    def csrf_token(self, session: str, user: str | None) -> str:
        return csrf_token(self.secret, session, user)

    def csrf_ok(self, session: str, user: str | None, token: str) -> bool:
        return bool(session) and same_secret(self.csrf_token(session, user), token)
