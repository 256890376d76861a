"""Who asks, what they may do, and from where: people, their roles, proxies, limits."""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
import os
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from starlette.requests import Request

from config.kept_secret import kept_secret
from config.model import WebSettings
from noticewatch.application.errors import NoticewatchError

Role = Literal["reader", "editor"]
Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
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


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_binding(web: WebSettings, host: str) -> None:
    """Refuse to serve beyond loopback without authentication (DESIGN section 9)."""
    if web.auth == "none" and not is_loopback(host):
        raise NoticewatchError(
            f"web.host {host} is not loopback: set web.auth to token, basic or proxy_header"
        )
    known = people(os.environ.get(web.people_env, ""))
    if web.auth in {"token", "basic"} and not (known or os.environ.get(web.token_env)):
        raise NoticewatchError(
            f"web.auth is {web.auth}, but the environment variables {web.people_env} and "
            f"{web.token_env} are empty"
        )


def forms_key(folder: Path) -> bytes:
    """The key of the forms' tokens, kept beside the archive so that a form which is open
    while the service restarts stays valid; a new one each time where it cannot be kept."""
    try:
        return kept_secret(folder / "web.key") or secrets.token_bytes(32)
    except OSError:
        return secrets.token_bytes(32)


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
            return (request.headers.get(self.web.proxy_header) or None) if trusted else None
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        if self.web.auth == "token":
            given = value if scheme.lower() == "bearer" else request.cookies.get(TOKEN_COOKIE, "")
            return self.holder(given)
        return self._basic(scheme, value)

    def holder(self, token: str) -> str | None:
        """Whose token it is; None for nobody's."""
        for person in self._people:
            if _same(token, person.secret):
                return person.name
        shared = self._shared
        return "token" if shared and _same(token, shared) else None

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
        except (binascii.Error, UnicodeDecodeError):
            return None
        known = [person for person in self._people if person.name == name]
        expected = known[0].secret if known else self._shared
        return name if name and expected and _same(password, expected) else None

    def csrf_token(self, session: str, user: str | None) -> str:
        """For the forms of this browser while this user is logged in: who could choose
        somebody's session cookie still could not make that person's token."""
        return hmac.new(self.secret, f"{user or ''}\n{session}".encode(), "sha256").hexdigest()

    def csrf_ok(self, session: str, user: str | None, token: str) -> bool:
        return bool(session) and _same(self.csrf_token(session, user), token)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def from_trusted_proxy(scope: MutableMapping[str, Any], proxies: Networks) -> bool:
    """Whether a proxy of ours passed the request on; then client and scheme become those that
    it names (the last X-Forwarded-For, which no client can write)."""
    peer = (scope.get("client") or ("", 0))[0]
    if not _within(peer, proxies):
        return False
    headers = dict(scope["headers"])
    forwarded = headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")[-1].strip()
    if forwarded:
        scope["client"] = (forwarded, 0)
    if headers.get(b"x-forwarded-proto", b"").decode("latin-1").strip() == "https":
        scope["scheme"] = "https"
    return True


def _within(address: str, networks: Networks) -> bool:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in networks)


@dataclass
class RateLimit:
    """A token bucket for each client's address."""

    per_second: float = 20.0
    burst: int = 80
    remembered: int = 10_000
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def allows(self, client: str) -> bool:
        """Take one from the client's bucket; False when it is empty."""
        left, now = self._left(client)
        self._buckets[client] = (left - 1 if left >= 1 else left, now)
        while len(self._buckets) > self.remembered:
            self._buckets.popitem(last=False)
        return left >= 1

    def exhausted(self, client: str) -> bool:
        """Whether the bucket is empty, without taking from it."""
        left, now = self._left(client)
        self._buckets[client] = (left, now)
        return left < 1

    def _left(self, client: str) -> tuple[float, float]:
        now = self.clock()
        left, at = self._buckets.pop(client, (float(self.burst), now))
        return min(self.burst, left + (now - at) * self.per_second), now


def wrong_guesses() -> RateLimit:
    """Ten wrong passwords or tokens of one client, then one each six seconds."""
    return RateLimit(per_second=1 / 6, burst=10)
