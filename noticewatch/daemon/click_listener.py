"""Listen for clicks on the buttons of Slack messages by Socket Mode, beside the event loop."""

from __future__ import annotations

import logging
import os
import threading
from typing import TYPE_CHECKING

from noticewatch.application.application import Application

if TYPE_CHECKING:
    from config.model import SlackChannel

log = logging.getLogger(__name__)


def start_click_listeners(app: Application, halt: threading.Event) -> None:
    """A thread for each channel that has an app token."""
    from config.model import SlackChannel

    for channel in app.settings.channels.values():
        if not isinstance(channel, SlackChannel) or not channel.app_token_env:
            continue
        if os.environ.get(channel.app_token_env):
            threading.Thread(target=_listen, args=(app, channel, halt), daemon=True).start()


def _listen(app: Application, channel: SlackChannel, halt: threading.Event) -> None:
    """The loop of a listener's own thread; a failure is recorded and ends only it."""
    from archive.store import Archive
    from notifier.channels.slack_clicks import listen

    try:
        listen(channel, lambda: Archive.open(app.data_dir), halt)
    except Exception:
        log.exception("Slack's buttons do not work: the connection failed")
