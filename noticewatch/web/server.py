"""Serving the web archive: alone, or as a task of the service."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import click

from noticewatch.application.user_errors import NoticewatchError
from noticewatch.web.auth.network import check_binding

if TYPE_CHECKING:
    import uvicorn

    from noticewatch.application.application import Application
    from noticewatch.web.context import WebContext


def make_web_context(app: Application) -> WebContext:
    from archive.store import utc_now
    from config.loader import load_jurisdictions
    from noticewatch.web.context import WebContext
    from noticewatch.web.source_check_process import start_check

    return WebContext(
        data_dir=app.data_dir,
        settings=app.settings,
        topics=app.topics,
        sources=app.sources,
        jurisdictions=load_jurisdictions(),
        clock=utc_now,
        check=lambda key: start_check(app, key),
    )


def make_server(
    app: Application, *, host: str | None = None, port: int | None = None
) -> uvicorn.Server:
    """A uvicorn server; its own signal handlers are used only by :func:`serve_until_stopped`."""
    import uvicorn

    from noticewatch.web.app import create_app

    bind = host or app.settings.web.host
    check_binding(app.settings.web, bind)
    with app.archive():
        pass  # an archive that cannot be opened is said before the port is bound
    return uvicorn.Server(
        uvicorn.Config(
            create_app(make_web_context(app)),
            host=bind,
            port=app.settings.web.port if port is None else port,
            log_level="info" if app.debug else "warning",
            access_log=app.debug,
            server_header=False,
            proxy_headers=False,  # web.trusted_proxies decides whom to believe
            lifespan="off",
            timeout_graceful_shutdown=3,
        )
    )


def port_taken(config: uvicorn.Config) -> str:
    """What to say when the port cannot be bound."""
    return (
        f"the web archive cannot use port {config.port} of {config.host}: is another noticewatch "
        "or another program there? Choose another with web.port in the settings"
    )


def _listen(config: uvicorn.Config) -> socket.socket:
    """A socket that takes connections before its address is told to anybody."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        return socket.create_server((config.host, config.port), family=family)
    except OSError as error:
        raise NoticewatchError(port_taken(config)) from error


def serve_until_stopped(
    app: Application, *, host: str | None = None, port: int | None = None
) -> None:
    """The web archive alone, until Ctrl-C."""
    server = make_server(app, host=host, port=port)
    with _listen(server.config) as listening:
        shown = server.config.host if ":" not in server.config.host else f"[{server.config.host}]"
        click.echo(f"web archive on http://{shown}:{listening.getsockname()[1]}/", err=True)
        server.run(sockets=[listening])
