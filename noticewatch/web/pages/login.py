"""Log in with a token, and out again."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from noticewatch.web.auth.sessions import LOGIN_COOKIE
from noticewatch.web.auth.users import TOKEN_COOKIE
from noticewatch.web.context import WebContext
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import read_form
from noticewatch.web.templating import render_form_page

LOGIN_PATH = "/login"
_KEPT_SECONDS = 30 * 24 * 3600


def login_page(site: WebContext, request: Request) -> Response:
    """The form; 401 where it stands in the place of a page that was asked for."""
    asked_for = request.scope.get("asked_for") or request.query_params.get("next") or "/"
    return _form(site, request, str(asked_for), status=401 if "asked_for" in request.scope else 200)


async def sign_in(site: WebContext, request: Request) -> Response:
    """Keep the token in a cookie that no script and no other site can use."""
    form = await read_form(site, request)
    token = form.get("token", "").strip()
    if site.settings.web.auth != "token":
        raise Refusal(404, "request.no_login")
    name = site.guard.holder(token)
    if name is None:
        return _form(site, request, form.get("next", "/"), status=401, wrong=True)
    await run_in_threadpool(_note, site, name)
    response = RedirectResponse(own_address(form.get("next", "/")), status_code=303)
    response.set_cookie(
        TOKEN_COOKIE,
        token,
        max_age=_KEPT_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


def _note(site: WebContext, name: str) -> None:
    with site.archive.transaction():
        site.archive.audit_log.record(name, "sign in", "web archive")


async def sign_out(site: WebContext, request: Request) -> Response:
    """Out of here; the page says where to sign out at the provider too."""
    await read_form(site, request)
    site.guard.end_login(request.cookies.get(LOGIN_COOKIE, ""))
    response = RedirectResponse("/login?out=1", status_code=303)
    response.delete_cookie(TOKEN_COOKIE, httponly=True, samesite="strict")
    response.delete_cookie(LOGIN_COOKIE, httponly=True, samesite="lax")
    return response


def _form(
    site: WebContext, request: Request, asked_for: str, *, status: int, wrong: bool = False
) -> Response:
    at_provider = None
    if site.provider is not None and request.query_params.get("out"):
        at_provider = site.provider.sign_out_address(f"{site.base_url(request)}{LOGIN_PATH}")
    response = render_form_page(
        site,
        request,
        "login.html",
        asked_for=own_address(asked_for),
        wrong=wrong,
        by_provider=site.settings.web.auth == "oidc",
        at_provider=at_provider,
    )
    response.status_code = status
    return response


def own_address(address: str) -> str:
    """A path of this site; the first page for anything that could lead elsewhere."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\", LOGIN_PATH))
    return address if inside and address.isprintable() else "/"
