"""Limit and authenticate every request before any page; set the security headers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from archive.errors import ArchiveError
from config.addresses import is_loopback
from config.people import Right
from noticewatch.web.auth.network import from_trusted_proxy
from noticewatch.web.auth.rate_limit import RateLimit
from noticewatch.web.auth.users import TOKEN_COOKIE, Guard

if TYPE_CHECKING:
    from archive.store import Archive

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; connect-src 'self'"
)
LOGIN = "/login"
_OPEN_PATHS = {"/healthz", "/slack/actions"}
# Who comes here shows a secret in the address; the style sheet holds none.
# Collectors show a token of their own (:mod:`noticewatch.web.pages.bundle_uploads`).
_OPEN_FOLDERS = ("/act/", "/unsubscribe/", "/static/", "/border/")
_BY_PROVIDER = {"/login/oidc", "/login/oidc/back"}
_WITH_PAGE = {"token", "oidc"}  # ways in by a page of the archive's own
_SCHEMES = {
    "oidc": 'Bearer realm="noticewatch"',
    "basic": 'Basic realm="noticewatch", charset="UTF-8"',
    "token": 'Bearer realm="noticewatch"',
}


class SecurityMiddleware:
    """Rate limit and authentication before any page, security headers on every answer."""

    def __init__(
        self,
        app: ASGIApp,
        guard: Guard,
        open_archive: Callable[[], Archive],
        limit: RateLimit | None = None,
    ) -> None:
        self.app = app
        self.guard = guard
        self.open_archive = open_archive  # counts wrong guesses, for all processes
        self.limit = limit or RateLimit()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        trusted = from_trusted_proxy(scope, self.guard.web.trusted_proxies)
        request = Request(scope)
        client = request.client.host if request.client else ""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] == 401 and _guesses(request):
                    self._count_wrong(client)
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", CONTENT_SECURITY_POLICY)
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
                headers["x-frame-options"] = "DENY"
                headers["cross-origin-resource-policy"] = "same-origin"
                if self.guard.web.auth != "none":
                    headers.setdefault("cache-control", "private, no-cache")
            await send(message)

        refused = self._refusal(request, client, trusted=trusted)
        await (refused or self.app)(scope, receive, send_with_headers)

    def _refusal(self, request: Request, client: str, *, trusted: bool) -> ASGIApp | None:
        """The answer to who may not go on; None for who may. Whoever is on this machine may
        ask as often as they like, but not guess."""
        if client and not is_loopback(client) and not self.limit.allows(client):
            return _too_many(request, "5")
        if self.guard.web.auth == "none" and is_loopback(client) and not self._own_name(request):
            return _refused(request, "unknown host: web.public_url names the archive's", 421)
        visitor = self.guard.visitor(request, trusted=trusted)
        guessed = visitor is None and _guesses(request)
        if guessed and self.open_archive().guesses.exhausted(client):
            return _too_many(request, "60")
        request.scope["visitor"] = visitor
        request.scope["user_name"] = visitor.name if visitor else None
        request.scope["user_edits"] = visitor is not None and visitor.may(Right.HANDLE)
        request.scope["people"] = self.guard.people
        if visitor is None and not self._open(request.url.path):
            return self._refuse(request)
        if request.method == "POST" and _from_elsewhere(request):
            return PlainTextResponse("this form came from another site", status_code=403)
        return None

    def _count_wrong(self, client: str) -> None:
        with suppress(ArchiveError):  # a full disk lets nobody in either
            self.open_archive().guesses.wrong(client)

    def _own_name(self, request: Request) -> bool:
        """Whether the archive was asked for by a name of its own. A page elsewhere may have its
        own name lead to this machine (DNS rebinding), and would read where nobody logs in."""
        host = request.url.hostname or ""
        public = urlsplit(str(self.guard.web.public_url or "")).hostname
        return is_loopback(host) or host in {self.guard.web.host, public}

    def _open(self, path: str) -> bool:
        if path == LOGIN:
            return self.guard.web.auth in _WITH_PAGE
        if path in _BY_PROVIDER:
            return self.guard.web.auth == "oidc"
        return path in _OPEN_PATHS or path.startswith(_OPEN_FOLDERS)

    def _refuse(self, request: Request) -> ASGIApp:
        auth = self.guard.web.auth
        if auth in _WITH_PAGE and "text/html" in request.headers.get("accept", ""):
            request.scope["path"] = LOGIN  # the page that was asked for shows the way in
            request.scope["method"] = "GET"
            request.scope["asked_for"] = str(request.url.replace(scheme="", netloc=""))
            return self.app
        answer = _refused(request, "not authorised", 401)
        if auth in _SCHEMES:
            answer.headers["www-authenticate"] = _SCHEMES[auth]
        return answer


def _refused(request: Request, why: str, status: int) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": why}, status_code=status)
    return PlainTextResponse(why, status_code=status)


def _too_many(request: Request, seconds: str) -> Response:
    answer = _refused(request, "too many requests", 429)
    answer.headers["retry-after"] = seconds
    return answer


def _guesses(request: Request) -> bool:
    """The request carries a password or a token."""
    return (
        "authorization" in request.headers
        or TOKEN_COOKIE in request.cookies
        or (request.method == "POST" and request.url.path == LOGIN)
    )


def _from_elsewhere(request: Request) -> bool:
    """The browser says that another site sent this form."""
    return request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
