"""The command line: ``noticewatch`` and what an error looks like."""

from __future__ import annotations

import sys

import click

from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli import (
    classifier_commands,
    data_commands,
    duty_commands,
    field_commands,
    installation_commands,
    law_commands,
    monitoring_commands,
    notice_commands,
    source_commands,
    worker_commands,
)
from noticewatch.cli.border import border_commands
from noticewatch.cli.claims import check_commands, tool_commands
from noticewatch.cli.options import cli
from noticewatch.cli.ours import me_commands, obligation_commands

EXIT_ERROR = 1
EXIT_USAGE = 2
# Each of these registers its commands.
SUBJECTS = (
    monitoring_commands,
    worker_commands,
    source_commands,
    notice_commands,
    duty_commands,
    law_commands,
    me_commands,
    obligation_commands,
    check_commands,
    classifier_commands,
    data_commands,
    field_commands,
    installation_commands,
    tool_commands,
    border_commands,
)


def _sentence(error: Exception) -> str:
    from archive.errors import ArchiveError
    from config.loader import ConfigError

    if isinstance(error, NoticewatchError | ConfigError | ArchiveError | OSError):
        return f"Error: {error}"
    name = type(error).__name__
    return f"Unexpected error ({name}): {error}; run again with --debug for details"


def main() -> None:
    """Entry point: an error is one sentence and exit 1, a usage error exits 2."""
    app = Application()
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
