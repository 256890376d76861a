"""The web archive as an ASGI application."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import get_args

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from config.fair_turns import TooManyWaiting
from noticewatch.web import api, exports, me_api, openapi
from noticewatch.web.auth.middleware import SecurityMiddleware
from noticewatch.web.context import WebContext
from noticewatch.web.pages import (
    bundle_uploads,
    calendar_page,
    check_pages,
    comparison_picker,
    inbox_page,
    law_pages,
    link_pages,
    login,
    notice_actions,
    notice_pages,
    oidc_login,
    operations,
    overview_pages,
    saved_search_pages,
    settings_page,
    source_pages,
    version_comparison,
)
from noticewatch.web.protocol_mount import ProtocolMount
from noticewatch.web.refusal import Refusal, refusal_reason
from noticewatch.web.templating import render_page
from noticewatch.web.views.desks.navigation import NAMED_SO

# What may take seconds; it takes turns, so that no page waits for it.
_COSTLY = (
    "/search",
    "/api/v1/search",
    "/compare",
    "/api/v1/compare",
    "/check",
    "/api/v1/check",
    "/feed.atom",
    "/border/",
    *(f"/{name}." for name in exports.TABLES),
)
Handler = Callable[[WebContext, Request], Response | Awaitable[Response]]

_GET: dict[str, Handler] = {
    "/": inbox_page.inbox_page,
    "/search": notice_pages.search_page,
    "/searches": saved_search_pages.saved_searches_page,
    "/feed.atom": exports.feed_export,
    "/notices/{id:int}": notice_pages.notice_page,
    "/notices/{id:int}/text": notice_pages.notice_text,
    "/notices/{id:int}/compare": comparison_picker.beside_notice_page,
    "/notices/{id:int}/case.zip": notice_pages.case,
    "/notices/{id:int}/fields.csv": notice_pages.fields_csv_file,
    "/notices/{id:int}/fields.schema.json": notice_pages.fields_schema_file,
    "/evidence/{sha256}": notice_pages.evidence,
    "/compare": version_comparison.compare_page,
    "/matrix": overview_pages.matrix_page,
    "/law": law_pages.law_page,
    "/check": check_pages.check_form_page,
    "/check/{id}": check_pages.lead_report_page,
    "/map": overview_pages.map_page,
    "/deadlines": calendar_page.deadlines_page,
    "/deadlines.ics": exports.calendar_export,
    "/activity": overview_pages.activity_page,
    "/sources": source_pages.sources_page,
    "/sources/{key}": source_pages.source_page,
    "/alerts": operations.alerts_page,
    "/audit": operations.audit_page,
    "/settings": settings_page.settings_page,
    "/login": login.login_page,
    "/login/oidc": oidc_login.begin_login,
    oidc_login.BACK: oidc_login.finish_login,
    **{
        f"/{name}.{form}": exports.table_handler(name, form)
        for name in exports.TABLES
        for form in get_args(exports.Form)
    },
    "/api/v1/search": api.search,
    "/api/v1/notices/{id:int}": api.notice,
    "/api/v1/sources": api.sources,
    "/api/v1/deadlines": api.deadlines,
    "/api/v1/duties": api.duties,
    "/api/v1/law": api.law,
    "/api/v1/me": me_api.me,
    "/api/v1/obligations": me_api.obligations,
    "/api/v1/obligations/{id:int}": me_api.obligation,
    **{name: me_api.obligation_file(form) for form, name in me_api.ADDRESSES.items()},
    "/api/v1/check": check_pages.leads,
    "/api/v1/compare": api.compare,
    "/api/v1/compare/acts": api.compare_acts,
    "/api/v1/matrix": api.matrix,
    "/api/v1/alerts": api.alerts,
    "/api/v1/topics": api.topics,
    "/api/v1/openapi.json": openapi.describe,
    "/healthz": api.healthz,
    "/metrics": api.metrics,
    "/act/{token}": link_pages.handling_page,
    "/unsubscribe/{token}": link_pages.unsubscribe_page,
    "/border/{collector}/offer": bundle_uploads.give_offer,
}
_POST: dict[str, Handler] = {
    "/notices/{id:int}/feedback": notice_actions.give_feedback,
    "/notices/{id:int}/acknowledge": notice_actions.acknowledge,
    "/notices/{id:int}/not-for-us": notice_actions.set_aside,
    "/notices/{id:int}/undo": notice_actions.undo_handling,
    "/notices/{id:int}/remind": notice_actions.request_reminder,
    "/check": check_pages.check_posted,
    "/check/{id}/remove": check_pages.remove_lead,
    "/api/v1/check": check_pages.check_by_interface,
    "/searches": saved_search_pages.save_search,
    "/searches/{id}/remove": saved_search_pages.remove_search,
    "/alerts/{id}/again": operations.send_again,
    "/sources/{key}/check": source_pages.request_check,
    "/login": login.sign_in,
    "/logout": login.sign_out,
    "/act/{token}": link_pages.handling_page,
    "/unsubscribe/{token}": link_pages.unsubscribe_page,
    "/slack/actions": link_pages.slack_actions,
    "/border/{collector}/bundles": bundle_uploads.upload_bundle,
}


def _endpoint(site: WebContext, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if request.url.path.startswith(_COSTLY) or request.url.path.endswith("/compare"):
            return await in_turn(request)
        return await run(request)

    async def in_turn(request: Request) -> Response:
        client = request.client.host if request.client else ""
        try:
            async with site.costly.turn(str(request.scope.get("user_name") or client)):
                return await run(request)
        except TooManyWaiting as error:
            refusal = Refusal(429, "request.many_at_once")
            refusal.headers = {"retry-after": "2"}
            raise refusal from error

    async def run(request: Request) -> Response:
        if inspect.iscoroutinefunction(handler):
            response: Response = await handler(site, request)
            return response
        return await run_in_threadpool(handler, site, request)  # type: ignore[arg-type]

    return answer


def _leads_to(address: str) -> Callable[[Request], Awaitable[Response]]:
    async def redirect(request: Request) -> Response:
        query = request.url.query
        return RedirectResponse(f"{address}?{query}" if query else address, status_code=307)

    return redirect


def create_app(site: WebContext) -> Starlette:
    """Routes, security and error pages around one :class:`WebContext`."""

    async def on_error(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        why = refusal_reason(error)
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": why.english}, status_code=status, headers=headers)
        response = render_page(site, request, "error.html", status=status, detail=why)
        response.status_code = status
        response.headers.update(headers)
        return response

    routes: list[Route | Mount] = [
        Route(path, _endpoint(site, handler), methods=["GET"]) for path, handler in _GET.items()
    ]
    routes += [
        Route(path, _endpoint(site, handler), methods=["POST"]) for path, handler in _POST.items()
    ]
    routes += [
        Route(name, _leads_to(address), methods=["GET"]) for name, address in NAMED_SO.items()
    ]
    routes.append(Route("/mcp", ProtocolMount(site)))
    static = str(files("noticewatch.web") / "static")
    routes.append(Mount("/static", StaticFiles(directory=static)))
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(SecurityMiddleware, guard=site.guard, open_archive=lambda: site.archive)
        ],
        exception_handlers={HTTPException: on_error, 404: on_error, 500: on_error},
    )
