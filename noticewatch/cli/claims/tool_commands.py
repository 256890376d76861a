"""Serve language models from the command line, over standard input and output."""

from __future__ import annotations

from noticewatch.application.application import Application
from noticewatch.cli.options import cli, command


@command(cli, "mcp")
def mcp_command(app: Application) -> None:
    """Answer a language model's program (Model Context Protocol on standard input and output)."""
    from noticewatch.application.tools.law_tools import LawTools
    from noticewatch.application.tools.model_context import make_protocol_server

    with app.archive():
        pass  # an archive that cannot be opened is said before anything is served
    tools = LawTools(
        opened=lambda: app.open_archive(create=False, read_only=True), sources=app.sources,
        encoder=app.settings.encoder.model, clock=app.clock,
    )  # fmt: skip
    make_protocol_server(tools).run("stdio")
