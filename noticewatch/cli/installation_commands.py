"""The installation: web archive, doctor, settings, self-test, demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from noticewatch.application.application import Application
from noticewatch.cli.options import PATH, cli, command


@command(cli, "serve")
@click.option("--host", help="Address to bind; default from the settings.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; default from the settings.")
def serve_command(app: Application, host: str | None, port: int | None) -> None:
    """The web archive alone."""
    from noticewatch.web.server import serve_until_stopped

    serve_until_stopped(app, host=host, port=port)


@command(cli, "doctor")
@click.option("--verify", is_flag=True, help="Also check the hash chain and all evidence.")
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar="HEX",
    help="Also check that the hash chain still holds this head, from a digest.",
)
@click.option("--send-test", is_flag=True, help="Also send a test message to every channel.")
@click.option("--reach", is_flag=True, help="Also read every source's list once.")
def doctor_command(app: Application, **wanted: Any) -> None:
    """Check the installation and say what to do."""
    from noticewatch.doctor.report import WantedChecks, show_report

    show_report(app, WantedChecks(**wanted))


@command(cli, "init")
@click.option(
    "--out",
    type=PATH,
    default=Path("noticewatch.yml"),
    show_default=True,
    help="Settings file to write.",
)
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.option("--slack-channel", metavar="ID", help="Alerts by a Slack app to this channel.")
@click.option("--slack-webhook", is_flag=True, help="Alerts by an incoming webhook of Slack.")
@click.option("--email", "emails", multiple=True, metavar="ADDRESS", help="The weekly digest to.")
@click.option("--smtp-host", metavar="HOST", help="Mail server of the digest.")
@click.option("--sender", metavar="ADDRESS", help="Sender of the digest.")
@click.option("--operators", metavar="ID", help="Slack channel for troubles of the service.")
@click.option("--topic", "topics", multiple=True, metavar="T", help="Only these topics.")
@click.option("--jurisdiction", "jurisdictions", multiple=True, metavar="J", help="Only these.")
@click.option("--language", type=click.Choice(["en", "zh", "both"]), help="Of the alerts.")
@click.option("--backup-dir", metavar="DIR", help="Nightly copies of the archive to.")
@click.option("--yes", is_flag=True, help="Ask nothing: flags and defaults.")
def init_command(app: Application, **answers: Any) -> None:
    """Write a commented settings file, by asking or by flags."""
    from noticewatch.cli.init import write_settings

    write_settings(app, **answers)


@command(cli, "selftest")
def selftest_command(app: Application) -> None:
    """Send an invented notice through the whole chain to the operators' channels."""
    from noticewatch.doctor.selftest import show_selftest

    show_selftest(app)


@command(cli, "demo")
@click.option("--dir", "directory", type=PATH, help="Where to keep the demo's archive.")
@click.option("--keep", is_flag=True, help="Serve the web archive at the end until Ctrl-C.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the web archive.")
def demo_command(app: Application, directory: Path | None, keep: bool, port: int) -> None:  # noqa: ARG001
    """The guided demonstration: invented notices on replica sites, the real main job."""
    from noticewatch.demo.story import run_demo

    run_demo(directory=directory, keep=keep, port=port)
