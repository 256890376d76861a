"""The tools for language models under ``/mcp``, behind the same people as every page."""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from noticewatch.application.tools.law_tools import LawTools
from noticewatch.application.tools.model_context import has_protocol, make_protocol_server
from noticewatch.web.context import WebContext

_LOCAL = ("127.0.0.1:*", "localhost:*", "[::1]:*", "127.0.0.1", "localhost")


class ProtocolMount:
    """An ASGI application: each request gets a server of its own, that keeps no session.

    Without the extra ``[mcp]`` it says so. Where nobody logs in, only addresses of this machine
    are answered, so that no page of elsewhere can reach it under a name of its own.
    """

    def __init__(self, site: WebContext) -> None:
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not has_protocol():
            answer = JSONResponse({"error": "this needs the extra noticewatch[mcp]"}, 501)
            await answer(scope, receive, send)
            return
        from mcp.server.transport_security import TransportSecuritySettings

        site = self._site
        tools = LawTools(
            opened=lambda: site.open_archive(create=False, read_only=True), sources=site.sources,
            encoder=site.settings.encoder.model, clock=site.clock,
        )  # fmt: skip
        server = make_protocol_server(tools)
        open_to_all = site.settings.web.auth == "none"
        server.streamable_http_app(
            stateless_http=True, json_response=True,
            transport_security=TransportSecuritySettings(
                enable_dns_rebinding_protection=open_to_all, allowed_hosts=list(_LOCAL),
                allowed_origins=[f"http://{host}" for host in _LOCAL],
            ),
        )  # fmt: skip
        async with server.session_manager.run():
            await server.session_manager.handle_request(scope, receive, send)
