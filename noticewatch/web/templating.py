"""Render the pages, with what every page needs."""

from __future__ import annotations

import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from noticewatch.web.context import WebContext
from noticewatch.web.language import language_of
from noticewatch.web.views.desks.navigation import DESKS, GEAR, tabs_of

SESSION_COOKIE = "nw_session"


def render_page(site: WebContext, request: Request, name: str, /, **context: Any) -> HTMLResponse:
    """Render a template with what every page needs."""
    language = language_of(request)
    words = site.words(language)
    html = site.templates.get_template(name).render(
        t=words.t,
        w=words,
        language=language,
        languages={
            code: request.url.include_query_params(lang=code).query for code in ("en", "zh")
        },
        path=request.url.path,
        desks=DESKS,
        gear=GEAR,
        tabs=tabs_of(request.url.path),
        framed=bool(request.scope.get("user_name")),  # who is not known sees no menu
        user=request.scope.get("user_name") or "",
        editor=bool(request.scope.get("user_edits")),
        team=site.settings.people,
        shown_person=site.settings.team.shown,
        today=site.today,
        now=site.clock(),
        sign_out=site.settings.web.auth in ("token", "oidc"),
        **context,
    )
    response = HTMLResponse(html)
    if request.query_params.get("lang"):
        response.set_cookie("lang", language, samesite="lax", httponly=True)
    return response


def render_form_page(
    site: WebContext, request: Request, name: str, /, **context: Any
) -> HTMLResponse:
    """A page with a form: the visitor gets a session that its token is bound to."""
    known = request.cookies.get(SESSION_COOKIE)
    session = known or secrets.token_urlsafe(16)
    context["csrf"] = site.guard.csrf_token(session, request.scope.get("user_name"))
    response = render_page(site, request, name, **context)
    if not known:
        response.set_cookie(
            SESSION_COOKIE,
            session,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
    return response
