"""Who may read and change what, and the headers of every answer."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import os
import secrets
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
_OPEN_PATHS = {"/healthz"}


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
            return request.headers.get(self.web.proxy_header)
        expected = os.environ.get(self.web.token_env, "")
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        if self.web.auth == "token":
            given = value if scheme.lower() == "bearer" else request.cookies.get("nw_token", "")
            return "token" if expected and hmac.compare_digest(given, expected) else None
        return self._basic(scheme, value, expected)

    @staticmethod
    def _basic(scheme: str, value: str, expected: str) -> str | None:
        if scheme.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(value).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        matches = hmac.compare_digest(password.encode(), expected.encode())
        return name if expected and matches else None

    def csrf_token(self, session: str) -> str:
        return hmac.new(self.secret, session.encode(), hashlib.sha256).hexdigest()

    def csrf_ok(self, session: str, token: str) -> bool:
        return bool(session) and hmac.compare_digest(self.csrf_token(session), token)


class SecurityMiddleware:
    """Authentication before any page, security headers on every answer."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self.app = app
        self.guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        user = self.guard.user(request)
        if user is None and request.url.path not in _OPEN_PATHS:
            await self._refuse()(scope, receive, send)
            return
        scope["user_name"] = user

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", CONTENT_SECURITY_POLICY)
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
                headers["x-frame-options"] = "DENY"
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _refuse(self) -> Response:
        headers = {"www-authenticate": "Basic"} if self.guard.web.auth == "basic" else {}
        return PlainTextResponse("not authorised", status_code=401, headers=headers)
