"""Send a test alert to a channel, and say whether it arrived and a click on it came back."""

from __future__ import annotations

import secrets
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from noticewatch.application.application import Application
from noticewatch.application.console import leave_not_well, print_json
from noticewatch.application.user_errors import NoticewatchError

_AT_TERMINAL = 60  # seconds that somebody has to press the button


def test_one_channel(app: Application, name: str, wait: int | None) -> None:
    """Exit code 3 where it did not arrive, or a click was waited for and did not come."""
    from notifier.run import UnknownChannel, test_channel

    button = secrets.token_hex(8)
    try:
        with app.one_pass(), app.archive() as archive:
            result = test_channel(archive, app.settings, name, terminal=app.terminal, button=button)
    except UnknownChannel as error:
        raise NoticewatchError(str(error)) from error
    delivered = bool(result.sent) and not result.failed
    seconds = _seconds(app, name, wait) if delivered else 0
    clicked = _came_back(app, name, button, seconds) if seconds else None
    if app.json:
        print_json(
            {"channel": name, "sent": result.sent, "failed": result.failed, "clicked": clicked}
        )
    else:
        click.echo(f"{name}: {'delivered' if delivered else 'not delivered'}", err=True)
        for message in result.messages:
            click.echo(message, err=True)
        if clicked is not None:
            words = "the click came back" if clicked else f"no click within {seconds} s"
            click.echo(f"{name}: {words}", err=True)
    if not delivered or clicked is False:
        leave_not_well()


def _seconds(app: Application, name: str, wait: int | None) -> int:
    """How long to wait: not at all where the channel's clicks cannot arrive."""
    channel = app.settings.channels[name]
    if channel.type != "slack" or not (channel.app_token_env or channel.signing_secret_env):
        return 0
    if wait is not None:
        return wait
    return _AT_TERMINAL if sys.stdin.isatty() else 0


def _came_back(app: Application, name: str, button: str, seconds: int) -> bool:
    """Whether the click reached this program or the service, within so many seconds."""
    from notifier.slack.slack_desk import TEST_CLICK

    click.echo(f"press the button in Slack (waiting {seconds} s) …", err=True)
    until = time.monotonic() + seconds
    with _listening(app, name), app.archive() as archive:
        while time.monotonic() < until:
            if archive.marks.get(TEST_CLICK) == button:
                return True
            time.sleep(0.1)
    return False


@contextmanager
def _listening(app: Application, name: str) -> Iterator[None]:
    """By Socket Mode this program listens too: Slack gives a click to one of all who do."""
    from noticewatch.application.chat.archive_chat import chat_desk_of
    from notifier.channels.channel_factory import open_channel

    listener = open_channel(app.settings.channels[name]).click_listener(chat_desk_of(app))
    if listener is None:
        yield
        return
    halt = threading.Event()
    thread = threading.Thread(target=listener, args=(app.open_archive, halt), daemon=True)
    thread.start()
    try:
        yield
    finally:
        halt.set()
        thread.join(5)
