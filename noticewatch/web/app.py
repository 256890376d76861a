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
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from noticewatch.web import api, exports, openapi
from noticewatch.web.pages import (
    changing,
    comparing,
    entrance,
    house,
    links,
    overview,
    reading,
    saving,
    watching,
)
from noticewatch.web.security import SecurityMiddleware
from noticewatch.web.site import Site

Handler = Callable[[Site, Request], Response | Awaitable[Response]]

_GET: dict[str, Handler] = {
    "/": reading.home,
    "/search": reading.search,
    "/searches": saving.saved_searches,
    "/feed.atom": exports.feed,
    "/notices/{id:int}": reading.notice,
    "/notices/{id:int}/text": reading.notice_text,
    "/notices/{id:int}/case.zip": reading.case,
    "/notices/{id:int}/fields.csv": reading.fields_table,
    "/notices/{id:int}/fields.schema.json": reading.fields_schema,
    "/evidence/{sha256}": reading.evidence,
    "/compare": comparing.compare,
    "/matrix": overview.matrix,
    "/map": overview.china_map,
    "/deadlines": overview.deadlines,
    "/deadlines.ics": exports.calendar,
    "/activity": overview.activity,
    "/sources": watching.sources,
    "/sources/{key}": watching.source,
    "/alerts": house.alerts,
    "/audit": house.audit,
    "/login": entrance.login,
    **{
        f"/{name}.{form}": exports.table(name, form)
        for name in exports.TABLES
        for form in get_args(exports.Form)
    },
    "/api/v1/search": api.search,
    "/api/v1/notices/{id:int}": api.notice,
    "/api/v1/sources": api.sources,
    "/api/v1/deadlines": api.deadlines,
    "/api/v1/compare": api.compare,
    "/api/v1/compare/acts": api.compare_acts,
    "/api/v1/matrix": api.matrix,
    "/api/v1/alerts": api.alerts,
    "/api/v1/topics": api.topics,
    "/api/v1/openapi.json": openapi.describe,
    "/healthz": api.healthz,
    "/metrics": api.metrics,
    "/act/{token}": links.handle,
    "/unsubscribe/{token}": links.leave,
}
_POST: dict[str, Handler] = {
    "/notices/{id:int}/feedback": changing.give_feedback,
    "/notices/{id:int}/acknowledge": changing.acknowledge,
    "/notices/{id:int}/remind": changing.remind,
    "/searches": saving.save,
    "/searches/{id}/remove": saving.remove,
    "/alerts/{id}/again": house.send_again,
    "/sources/{key}/check": watching.check,
    "/login": entrance.enter,
    "/logout": entrance.leave,
    "/act/{token}": links.handle,
    "/unsubscribe/{token}": links.leave,
    "/slack/actions": links.slack_actions,
}


def _endpoint(site: Site, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if inspect.iscoroutinefunction(handler):
            response: Response = await handler(site, request)
            return response
        return await run_in_threadpool(handler, site, request)  # type: ignore[arg-type]

    return answer


def create_app(site: Site) -> Starlette:
    """Routes, security and error pages around one :class:`Site`."""

    async def on_error(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        detail = error.detail if isinstance(error, HTTPException) else "internal error"
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": detail}, status_code=status, headers=headers)
        response = site.page(request, "error.html", status=status, detail=detail)
        response.status_code = status
        response.headers.update(headers)
        return response

    routes: list[Route | Mount] = [
        Route(path, _endpoint(site, handler), methods=["GET"]) for path, handler in _GET.items()
    ]
    routes += [
        Route(path, _endpoint(site, handler), methods=["POST"]) for path, handler in _POST.items()
    ]
    static = str(files("noticewatch.web") / "static")
    routes.append(Mount("/static", StaticFiles(directory=static)))
    return Starlette(
        routes=routes,
        middleware=[Middleware(SecurityMiddleware, guard=site.guard)],
        exception_handlers={HTTPException: on_error, 404: on_error, 500: on_error},
    )
