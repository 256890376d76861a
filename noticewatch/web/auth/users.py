"""Tell who asks, by token, password or proxy header, and what they may do."""

from __future__ import annotations

import base64
import os
import re
import secrets
from dataclasses import dataclass, field
from typing import Literal

from starlette.requests import Request

from config.model import WebSettings
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.web.auth.sessions import csrf_token, same_secret

Role = Literal["reader", "editor"]
TOKEN_COOKIE = "nw_token"  # noqa: S105 (a cookie's name)
_PERSON = re.compile(r"([^\s:]+):(reader|editor):(\S+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody with a secret of their own."""

    name: str
    role: Role
    secret: str


def people(text: str) -> tuple[Person, ...]:
    """``name:role:secret`` entries separated by blanks, as ``web.people_env`` holds them."""
    found = []
    for number, entry in enumerate(text.split(), 1):
        match = _PERSON.fullmatch(entry)
        if match is None:
            raise NoticewatchError(
                f"web.people_env, entry {number}: expected name:reader:secret or name:editor:secret"
            )
        role: Role = "editor" if match[2] == "editor" else "reader"
        found.append(Person(name=match[1], role=role, secret=match[3]))
    return tuple(found)


@dataclass(frozen=True)
class Guard:
    """Authentication by the settings, roles, and CSRF tokens bound to the browser's cookie."""

    web: WebSettings
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def user(self, request: Request, *, trusted: bool = True) -> str | None:
        """The name of who asks; None when authentication fails. ``trusted``: the request
        comes from one of ``web.trusted_proxies``."""
        if self.web.auth == "none":
            return "local"
        if self.web.auth == "proxy_header":
            names = request.headers.getlist(self.web.proxy_header)
            # Two of them: the proxy passed on what the reader had written.
            return names[0] or None if trusted and len(names) == 1 else None
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        if self.web.auth == "token":
            given = value if scheme.lower() == "bearer" else request.cookies.get(TOKEN_COOKIE, "")
            return self.holder(given)
        return self._basic(scheme, value)

    def holder(self, token: str) -> str | None:
        """Whose token it is; None for nobody's."""
        for person in self._people:
            if same_secret(token, person.secret):
                return person.name
        shared = self._shared
        return "token" if shared and same_secret(token, shared) else None

    def edits(self, user: str) -> bool:
        """Editors may change things, readers only read; who alone uses it is an editor. A
        person's role stands beside the secret; other names are looked up in ``editors``."""
        for person in self._people:
            if person.name == user:
                return person.role == "editor"
        editors = self.web.editors
        return self.web.auth == "none" or editors == "all" or user in editors

    @property
    def _people(self) -> tuple[Person, ...]:
        return people(os.environ.get(self.web.people_env, ""))

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
