"""The command line: ``noticewatch`` and what an error looks like."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from noticewatch.commands import classifier, data, installation, reading, watching
from noticewatch.commands.base import PATH, cli, command, source_group
from noticewatch.context import App
from noticewatch.errors import NoticewatchError

EXIT_ERROR = 1
EXIT_USAGE = 2
REGISTERED = (watching, reading, classifier, data, installation)


# ------------------------------------------------------------------------ sources


@command(source_group, "list")
def source_list(app: App) -> None:
    """Every source: state, last poll, newest notice, rows, evidence level."""
    from noticewatch import sources

    sources.show_list(app)


@command(source_group, "check")
@click.argument("keys", nargs=-1)
@click.option(
    "--replay", type=click.Path(path_type=Path, exists=True, file_okay=False), help="No network."
)
def source_check(app: App, keys: tuple[str, ...], replay: Path | None) -> None:
    """Probe sources now: rows, newest date, detected parameters, drift. Stores nothing."""
    from noticewatch import sources

    sources.check(app, keys, replay)


_FORM = click.option(
    "--form", default="", metavar="A=1&B=2", help="Post this, as the browser does for its list."
)


@command(source_group, "discover")
@click.argument("url")
@_FORM
def source_discover(app: App, url: str, form: str) -> None:
    """Say what stands at URL: a list with its rows, a notice, or a home page's columns."""
    from noticewatch import sources

    sources.show_discovery(app, url, form)


@command(source_group, "new")
@click.argument("url")
@_FORM
@click.option("--key", help="Key of the source; default made from the host.")
@click.option("--jurisdiction", help="CN, CN-GD …, EU; default told from the publisher's name.")
@click.option("--out", type=PATH, help="Folder for the file; default standard output.")
def source_new(app: App, url: str, **options: Any) -> None:
    """Write the YAML of a new source from what stands at URL: a list, a home page, or the
    answer of an interface."""
    from noticewatch.new_source import new_source

    new_source(app, url, **options)


@command(source_group, "capture")
@click.argument("key")
@click.option(
    "--out",
    type=PATH,
    default=Path("tests/fixtures/sources"),
    show_default=True,
    help="Folder of fixtures.",
)
@click.option(
    "--notices",
    type=click.IntRange(0),
    default=5,
    show_default=True,
    help="How many notices of each column; 0: all.",
)
def source_capture(app: App, key: str, out: Path, notices: int) -> None:
    """Save a source's pages with manifest and parsed result as a fixture folder."""
    from noticewatch import sources

    sources.capture(app, key, out, notices)


# -------------------------------------------------------------------------- main


def _known_errors() -> tuple[type[Exception], ...]:
    from archive.store import ArchiveError
    from config.loader import ConfigError

    return (NoticewatchError, ConfigError, ArchiveError)


def _sentence(error: Exception) -> str:
    if isinstance(error, (*_known_errors(), OSError)):
        return f"Error: {error}"
    name = type(error).__name__
    return f"Unexpected error ({name}): {error}; run again with --debug for details"


def main() -> None:
    """Entry point: an error is one sentence and exit 1, a usage error exits 2."""
    app = App()
    try:
        code = cli.main(standalone_mode=False, obj=app)
    except click.UsageError as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_ERROR)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        if app.debug:
            raise
        click.echo(_sentence(error), err=True)
        sys.exit(EXIT_ERROR)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
