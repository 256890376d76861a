"""Who may read and change what, and the headers of every answer."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import os
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.model import WebSettings
from noticewatch.errors import NoticewatchError

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; connect-src 'self'"
)
_OPEN_PATHS = {"/healthz", "/slack/actions"}
# Who comes here shows a secret in the address; the style sheet holds none.
_OPEN_FOLDERS = ("/act/", "/unsubscribe/", "/static/")


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
    if web.auth in {"token", "basic"} and not os.environ.get(web.token_env):
        raise NoticewatchError(
            f"web.auth is {web.auth}, but the environment variable {web.token_env} is empty"
        )


@dataclass(frozen=True)
class Guard:
    """Authentication by the settings, and CSRF tokens bound to the browser's cookie."""

    web: WebSettings
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def user(self, request: Request) -> str | None:
        """The name of who asks; None when authentication fails."""
        if self.web.auth == "none":
            return "local"
        if self.web.auth == "proxy_header":
            return request.headers.get(self.web.proxy_header) or None
        expected = os.environ.get(self.web.token_env, "")
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        if self.web.auth == "token":
            given = value if scheme.lower() == "bearer" else request.cookies.get("nw_token", "")
            return "token" if expected and _same(given, expected) else None
        return self._basic(scheme, value, expected)

    def edits(self, user: str) -> bool:
        """Editors may change things, readers only read; who alone uses it is an editor."""
        editors = self.web.editors
        return self.web.auth == "none" or editors == "all" or user in editors

    @staticmethod
    def _basic(scheme: str, value: str, expected: str) -> str | None:
        if scheme.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(value).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return name if name and expected and _same(password, expected) else None

    def csrf_token(self, session: str) -> str:
        return hmac.new(self.secret, session.encode(), hashlib.sha256).hexdigest()

    def csrf_ok(self, session: str, token: str) -> bool:
        return bool(session) and _same(self.csrf_token(session), token)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


@dataclass
class RateLimit:
    """A token bucket for each client's address; whoever is on this machine is not limited."""

    per_second: float = 20.0
    burst: int = 80
    remembered: int = 10_000
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def allows(self, client: str) -> bool:
        if is_loopback(client):
            return True
        now = self.clock()
        left, at = self._buckets.pop(client, (float(self.burst), now))
        left = min(self.burst, left + (now - at) * self.per_second)
        self._buckets[client] = (left - 1 if left >= 1 else left, now)
        while len(self._buckets) > self.remembered:
            self._buckets.popitem(last=False)
        return left >= 1


class SecurityMiddleware:
    """Rate limit and authentication before any page, security headers on every answer."""

    def __init__(self, app: ASGIApp, guard: Guard, limit: RateLimit | None = None) -> None:
        self.app = app
        self.guard = guard
        self.limit = limit or RateLimit()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", CONTENT_SECURITY_POLICY)
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
                headers["x-frame-options"] = "DENY"
                headers["cross-origin-resource-policy"] = "same-origin"
            await send(message)

        refused = self._refusal(request)
        await (refused or self.app)(scope, receive, send_with_headers)

    def _refusal(self, request: Request) -> Response | None:
        """The answer to who may not go on; None for who may."""
        client = request.client.host if request.client else ""
        if client and not self.limit.allows(client):
            return PlainTextResponse(
                "too many requests", status_code=429, headers={"retry-after": "5"}
            )
        user = self.guard.user(request)
        path = request.url.path
        if user is None and path not in _OPEN_PATHS and not path.startswith(_OPEN_FOLDERS):
            return self._refuse()
        if request.method == "POST" and _from_elsewhere(request):
            return PlainTextResponse("this form came from another site", status_code=403)
        request.scope["user_name"] = user
        request.scope["user_edits"] = user is not None and self.guard.edits(user)
        return None

    def _refuse(self) -> Response:
        headers = {"www-authenticate": "Basic"} if self.guard.web.auth == "basic" else {}
        return PlainTextResponse("not authorised", status_code=401, headers=headers)


def _from_elsewhere(request: Request) -> bool:
    """The browser says that another site sent this form."""
    return request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
