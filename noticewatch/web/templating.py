"""Render the pages: the template engine with its filters, and what every page needs."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus
from zoneinfo import ZoneInfo

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from domain.text.safe_output import clip, download_name, is_web_url
from noticewatch.web.language import language_of
from noticewatch.web.views.marked_text import visible
from noticewatch.web.views.message_headline import message_headline

if TYPE_CHECKING:
    from config.model import Settings
    from noticewatch.web.context import WebContext

SESSION_COOKIE = "nw_session"


def make_templates(settings: Settings) -> jinja2.Environment:
    """The engine for pages in the settings' time zone; every value is escaped and made
    visible."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("noticewatch.web", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=visible,
    )
    environment.filters["day"] = lambda value: value.isoformat() if value else ""
    environment.filters["minute"] = _local_minute(ZoneInfo(settings.timezone))
    environment.filters["web_url"] = lambda url: url if is_web_url(url) else ""
    environment.filters["clip"] = clip
    environment.filters["file_name"] = download_name
    environment.filters["headline"] = lambda item: message_headline(item, settings)
    environment.filters["unquoted"] = unquote_plus
    return environment


def _local_minute(zone: ZoneInfo) -> Callable[[datetime | None], str]:
    return lambda value: value.astimezone(zone).strftime("%Y-%m-%d %H:%M") if value else ""


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
        user=request.scope.get("user_name") or "",
        editor=bool(request.scope.get("user_edits")),
        today=site.today,
        now=site.clock(),
        sign_out=site.settings.web.auth == "token",
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
