"""Take bundles that collectors upload, and give them their offers; each by its own token."""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from noticewatch.application.application import Application
from noticewatch.web.context import WebContext

if TYPE_CHECKING:
    from crawler.border.bundle_format import Bundle

_AHEAD = 500  # bundles that may wait for the one before them
_MOST_WAITING = 4 * 1024**3  # bytes of a collector's uploads
_SHORTEST_TOKEN = 16


async def upload_bundle(site: WebContext, request: Request) -> Response:
    """Keep a bundle for its turn; says up to which number the hub has all of them."""
    collector = request.path_params["collector"]
    if not _may(site, request, collector):
        return _refused("this token is not the collector's", 401)
    body = await _body(request)
    if body is None:
        return _refused("this bundle is too large", 413)
    return await run_in_threadpool(_keep, _hub(site), collector, body)


async def give_offer(site: WebContext, request: Request) -> Response:
    """The sources of a collector, what the hub has of it, and the pages that it lacks."""
    collector = request.path_params["collector"]
    if not _may(site, request, collector):
        return _refused("this token is not the collector's", 401)
    content = await run_in_threadpool(_offer, site, collector)
    return Response(content, media_type="application/octet-stream")


def _may(site: WebContext, request: Request, collector: str) -> bool:
    """Whether the request carries this collector's token. A short one could be guessed."""
    trusted = site.settings.border.collectors.get(collector)
    variable = trusted.token_env if trusted is not None else None
    token = os.environ.get(variable, "").strip() if variable else ""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    equal = hmac.compare_digest(given.strip().encode(), token.encode())
    return equal and scheme.lower() == "bearer" and len(token) >= _SHORTEST_TOKEN


async def _body(request: Request) -> bytes | None:
    from crawler.border.bundle_format import MOST_BUNDLE

    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BUNDLE:
            return None
    return bytes(body)


def _hub(site: WebContext) -> Application:
    app = Application(data_dir_option=site.data_dir, clock=site.clock)
    app.settings = site.settings.model_copy(update={"data_dir": str(site.data_dir)})
    app.sources = dict(site.sources)
    return app


def _keep(app: Application, collector: str, body: bytes) -> Response:
    from archive.backends.spools.whole_files import write_whole
    from crawler.border.bundle_format import BundleRefused, bundle_name
    from noticewatch.application.border.bundle_reception import BundleReception
    from noticewatch.application.border.receiver import open_inbox, upload_folder

    with open_inbox(app) as inbox:
        reception = BundleReception(border=app.settings.border, inbox=inbox, clock=app.clock)
        try:
            bundle = reception.verified(collector, body)
        except BundleRefused as error:
            return _refused(f"not taken: {error}", 422)
        last = inbox.delivered(collector)
    if last is not None and last.chain != bundle.origin.chain:
        return _refused("it begins another log than the one that the hub has", 409)
    have = last.number if last else 0
    if bundle.origin.number > have:
        if why := _no_room(app, collector, bundle, have):
            return _refused(why, 507)
        name = bundle_name(collector, bundle.origin.number)
        write_whole(upload_folder(app.data_dir, collector) / name, body)
    return JSONResponse({"received": have, "stored": bundle.origin.number})


def _no_room(app: Application, collector: str, bundle: Bundle, have: int) -> str:
    """Why a bundle may not wait here; empty where it may."""
    from noticewatch.application.border.receiver import upload_folder

    if bundle.origin.number > have + _AHEAD:
        return f"bundles {have + 1} to {bundle.origin.number - 1} are awaited first"
    waiting = upload_folder(app.data_dir, collector).glob("*")
    if sum(path.stat().st_size for path in waiting) > _MOST_WAITING:
        return "too much waits here to be taken; send it again later"
    return ""


def _offer(site: WebContext, collector: str) -> bytes:
    from noticewatch.application.border.offers import write_offer
    from noticewatch.application.border.receiver import open_inbox

    app = _hub(site)
    with open_inbox(app) as inbox:
        return write_offer(app, site.archive, inbox, collector)


def _refused(why: str, status: int) -> Response:
    return JSONResponse({"error": why}, status_code=status)
