"""Log in by an OpenID Connect provider: there, and back."""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from noticewatch.web.auth.oidc_identity import OidcIdentity, identify
from noticewatch.web.auth.sessions import (
    LOGIN_COOKIE,
    LoginSession,
    login_cookie,
    read_signed,
    same_secret,
    sign,
)
from noticewatch.web.context import WebContext
from noticewatch.web.pages.login import own_address
from noticewatch.web.refusal import Refusal

if TYPE_CHECKING:
    from noticewatch.web.auth.oidc_client import LoginProof, OidcClient

BACK = "/login/oidc/back"
_STATE_COOKIE = "nw_oidc"
_MINUTES = 10  # from the button to the way back


def client_of(site: WebContext) -> OidcClient:
    """The provider of the settings; 404 where people log in otherwise."""
    settings = site.settings.oidc
    if settings is None or site.settings.web.auth != "oidc":
        raise Refusal(404, "request.no_login")
    with site.login_lock:
        if site.provider is None:
            try:
                from noticewatch.web.auth.oidc_client import OidcClient
            except ImportError:
                raise Refusal(501, "request.login_refused", text="extra oidc missing") from None
            variable = settings.client_secret_env
            secret = os.environ.get(variable, "") if variable else ""
            site.provider = OidcClient(settings, secret or None, site.clock)
    return site.provider


async def begin_login(site: WebContext, request: Request) -> Response:
    """Send the browser to the provider, with what ties the answer to it in a signed cookie."""
    client = client_of(site)
    asked_for = own_address(request.query_params.get("next", "/"))
    until = site.clock().timestamp() + 60 * _MINUTES
    state = secrets.token_urlsafe(24)
    proof = _proof(site, request, state)
    address = await run_in_threadpool(_asked, client, proof)
    response = RedirectResponse(address, status_code=303)
    told = {"state": state, "next": asked_for, "until": until}
    _set(
        site, request, response, _STATE_COOKIE, sign(site.guard.secret, "oidc", told), 60 * _MINUTES
    )
    return response


async def finish_login(site: WebContext, request: Request) -> Response:
    """The way back: one answer for each begin, by the browser that began."""
    client, params = client_of(site), request.query_params
    begun = read_signed(site.guard.secret, "oidc", request.cookies.get(_STATE_COOKIE, ""))
    state = params.get("state", "")
    if begun is None or not same_secret(str(begun["state"]), state):
        raise Refusal(400, "request.login_unknown")
    if not float(begun["until"]) > site.clock().timestamp() or not site.guard.use_once(state):
        raise Refusal(400, "request.login_unknown")
    _check_answer(site, request)
    identity = await run_in_threadpool(_identity, site, client, request, state)
    await run_in_threadpool(_note, site, identity)
    response = RedirectResponse(own_address(str(begun["next"])), status_code=303)
    _start(site, request, response, identity)
    response.delete_cookie(_STATE_COOKIE, httponly=True, samesite="lax")
    return response


def _check_answer(site: WebContext, request: Request) -> None:
    """The provider may refuse, and must be the one that was asked (RFC 9207)."""
    params, settings = request.query_params, site.settings.oidc
    if params.get("error") or not params.get("code"):
        raise Refusal(403, "request.login_refused", text=params.get("error", "no code")[:80])
    if settings is not None and params.get("iss", settings.issuer) != settings.issuer:
        raise Refusal(400, "request.login_unknown")


def _asked(client: OidcClient, proof: LoginProof) -> str:
    from noticewatch.web.auth.oidc_client import LoginRefused

    try:
        return client.address(proof)
    except LoginRefused as error:
        raise Refusal(502, "request.login_refused", text=str(error)) from error


def _identity(site: WebContext, client: OidcClient, request: Request, state: str) -> OidcIdentity:
    from noticewatch.web.auth.oidc_client import LoginRefused

    try:
        claims = client.claims(_proof(site, request, state), request.query_params["code"])
    except LoginRefused as error:
        raise Refusal(403, "request.login_refused", text=str(error)) from error
    found = identify(client.settings, site.settings.team, claims)
    if found is None:
        raise Refusal(403, "request.login_stranger")
    return found


def _proof(site: WebContext, request: Request, state: str) -> LoginProof:
    """Nonce and verifier of a state: derived with the key, so that no cookie holds them."""
    from noticewatch.web.auth.oidc_client import LoginProof

    def derived(purpose: str) -> str:
        made = hmac.digest(site.guard.secret, f"oidc {purpose}\n{state}".encode(), "sha256")
        return base64.urlsafe_b64encode(made).decode().rstrip("=")

    return LoginProof(
        state=state, nonce=derived("nonce"), verifier=derived("verifier"),
        redirect_uri=site.base_url(request) + BACK,
    )  # fmt: skip


def _start(site: WebContext, request: Request, response: Response, identity: OidcIdentity) -> None:
    assert site.settings.oidc is not None  # somebody has logged in by it
    seconds = site.settings.oidc.session_hours * 3600
    session = LoginSession(
        id=secrets.token_urlsafe(16), person=identity.name, role=identity.role,
        until=site.clock().timestamp() + seconds,
    )  # fmt: skip
    value = login_cookie(site.guard.secret, session)
    _set(site, request, response, LOGIN_COOKIE, value, int(seconds))


def _set(
    site: WebContext, request: Request, response: Response, name: str, value: str, seconds: int
) -> None:
    """Lax: the way back comes from the provider's page."""
    secure = site.base_url(request).startswith("https") or request.url.scheme == "https"
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure)


def _note(site: WebContext, identity: OidcIdentity) -> None:
    with site.archive.transaction():
        site.archive.audit_log.record(identity.name, "sign in", "web archive", {"by": "oidc"})
