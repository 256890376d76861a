"""Listen for clicks on the buttons of messages, beside the event loop."""

from __future__ import annotations

import logging
import threading
from functools import partial
from typing import TYPE_CHECKING

from noticewatch.application.application import Application
from noticewatch.daemon.alone import hold_alone

if TYPE_CHECKING:
    from notifier.channels.channel import ClickListener

log = logging.getLogger(__name__)


def start_click_listeners(app: Application, halt: threading.Event) -> None:
    """A thread for each channel that must be listened to, in one worker at a time."""
    from notifier.channels.channel_factory import open_channel

    if not any(channel.type == "slack" for channel in app.settings.channels.values()):
        return
    from noticewatch.application.chat.archive_chat import chat_desk_of

    desk = chat_desk_of(app)
    for name, channel in app.settings.channels.items():
        listener = open_channel(channel).click_listener(desk)
        if listener is not None:
            work = partial(_listen, app, listener)
            arguments = (app, f"listener-{name}", halt, work)
            threading.Thread(target=hold_alone, args=arguments, daemon=True).start()


def _listen(app: Application, listener: ClickListener, halt: threading.Event) -> None:
    """The loop of a listener's own thread; a failure is recorded and ends only it."""
    try:
        listener(app.open_archive, halt)
    except Exception:
        log.exception("Slack's buttons do not work: the connection failed")
