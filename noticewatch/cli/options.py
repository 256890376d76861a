"""The command groups, the options that every command has, and how a command is registered.

Thin: every command reads its options, calls one function, prints. Heavy imports happen inside
the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from config.paths import PROJECT_FILE
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError

F = TypeVar("F", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)


def date_option(text: str | None, option: str) -> date | None:
    """A calendar date of the command line; one sentence when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoticewatchError(
            f"{option}: expected a date such as 2026-04-01, got {text!r}"
        ) from None


def global_options(command: F) -> F:
    """Options that work before and after the command's name."""
    options = [
        click.option("--config", "config_", type=PATH, help="Settings file (noticewatch.yml)."),
        click.option("--data-dir", "data_dir_", type=PATH, help="Folder of the archive."),
        click.option(
            "--sources-dir", "sources_dir_", type=PATH, help="Source files instead of the shipped."
        ),
        click.option("--json", "json_", is_flag=True, help="Print the result as JSON only."),
        click.option("--debug", "debug_", is_flag=True, help="Show tracebacks and more logs."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _take_globals(ctx: click.Context, values: dict[str, Any]) -> Application:
    app = ctx.ensure_object(Application)
    app.config = values.pop("config_") or app.config
    app.data_dir_option = values.pop("data_dir_") or app.data_dir_option
    app.sources_dir_option = values.pop("sources_dir_") or app.sources_dir_option
    app.json = values.pop("json_") or app.json
    app.debug = values.pop("debug_") or app.debug
    return app


def command(
    parent: click.Group, name: str, **options: Any
) -> Callable[[Callable[..., None]], click.Command]:
    """Register a command that gets the :class:`Application` and its own options."""

    def register(function: Callable[..., None]) -> click.Command:
        @click.pass_context
        def run(ctx: click.Context, /, **values: Any) -> None:
            app = _take_globals(ctx, values)
            _set_up_logging(app)
            function(app, **values)

        run.__doc__ = function.__doc__
        run.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        return parent.command(name, **options)(global_options(run))

    return register


def _set_up_logging(app: Application) -> None:
    from noticewatch.application.logging_setup import secret_values, set_up_logging

    def secrets() -> tuple[str, ...]:
        from config.loader import ConfigError

        try:
            return secret_values(app.settings)
        except ConfigError:  # told by whoever needs the settings
            return ()

    set_up_logging(secrets=secrets, debug=app.debug)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Also when it runs from a folder and was never installed."""
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("noticewatch")
    except PackageNotFoundError:
        import tomllib

        number = tomllib.loads(PROJECT_FILE.read_text(encoding="utf-8"))["project"]["version"]
    click.echo(f"noticewatch, version {number}")
    ctx.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@global_options
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context, /, **values: Any) -> None:
    """Watch China's used power battery rules: what changed, where, for whom, by when.

    Start with `noticewatch demo` to see everything on invented notices, or
    `noticewatch run` to watch the real sources.
    """
    _take_globals(ctx, values)


@cli.group("source")
@global_options
@click.pass_context
def source_group(ctx: click.Context, /, **values: Any) -> None:
    """Sources: their health, probing, and adding new ones."""
    _take_globals(ctx, values)


@cli.group("obligations")
@global_options
@click.pass_context
def obligations_group(ctx: click.Context, /, **values: Any) -> None:
    """What applies to our companies: who does it, by when, how far it is."""
    _take_globals(ctx, values)
