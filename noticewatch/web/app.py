"""The web archive as an ASGI application."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from noticewatch.web import api, pages
from noticewatch.web.security import SecurityMiddleware
from noticewatch.web.site import Site

Handler = Callable[[Site, Request], Response | Awaitable[Response]]

_GET: dict[str, Handler] = {
    "/": pages.home,
    "/search": pages.search,
    "/notices/{id:int}": pages.notice,
    "/compare": pages.compare,
    "/matrix": pages.matrix,
    "/map": pages.china_map,
    "/deadlines": pages.deadlines,
    "/sources": pages.sources,
    "/alerts": pages.alerts,
    "/evidence/{sha256}": pages.evidence,
    "/feed.atom": api.feed,
    "/search.csv": api.search_csv,
    "/deadlines.ics": api.calendar,
    "/api/v1/search": api.search,
    "/api/v1/notices/{id:int}": api.notice,
    "/api/v1/sources": api.sources,
    "/api/v1/openapi.json": api.openapi,
    "/healthz": api.healthz,
    "/metrics": api.metrics,
}
_POST: dict[str, Handler] = {"/notices/{id:int}/feedback": pages.give_feedback}


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
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": detail}, status_code=status)
        response = site.page(request, "error.html", status=status, detail=detail)
        response.status_code = status
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
