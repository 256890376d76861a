"""Listen for clicks on the buttons of messages, beside the event loop."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from noticewatch.application.application import Application

if TYPE_CHECKING:
    from notifier.channels.channel import ClickListener

log = logging.getLogger(__name__)


def start_click_listeners(app: Application, halt: threading.Event) -> None:
    """A thread for each channel that must be listened to."""
    from notifier.channels.channel_factory import open_channel

    if not any(channel.type == "slack" for channel in app.settings.channels.values()):
        return
    from noticewatch.application.chat.archive_chat import chat_desk_of

    desk = chat_desk_of(app)
    for channel in app.settings.channels.values():
        listener = open_channel(channel).click_listener(desk)
        if listener is not None:
            threading.Thread(target=_listen, args=(app, listener, halt), daemon=True).start()


def _listen(app: Application, listener: ClickListener, halt: threading.Event) -> None:
    """The loop of a listener's own thread; a failure is recorded and ends only it."""
    try:
        listener(app.open_archive, halt)
    except Exception:
        log.exception("Slack's buttons do not work: the connection failed")
