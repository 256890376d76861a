"""Describe a Slack channel with a bot; the SDK is loaded when something is sent."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from config.model import SlackChannel
from domain.records.message import OutboxItem
from notifier.channels.channel import BaseChannel, ClickListener, Result
from notifier.render.slack_renderer import SlackRenderer

if TYPE_CHECKING:
    from notifier.channels.slack_bot import SlackBot
    from notifier.slack.chat_answers import ChatDesk


class SlackSender(BaseChannel):
    def __init__(self, settings: SlackChannel) -> None:
        self._settings = settings
        self.renderer = SlackRenderer(
            buttons=bool(settings.app_token_env or settings.signing_secret_env),
            diff_as_file=settings.long_diff == "file",
        )

    @cached_property
    def _bot(self) -> SlackBot:
        from notifier.channels.slack_bot import SlackBot

        return SlackBot(self._settings)

    def send(self, item: OutboxItem, root: OutboxItem | None) -> Result:
        return self._bot.send(item, root)

    def ask(self, item: OutboxItem, root: OutboxItem | None) -> Result | None:
        return self._bot.ask(item, root)

    def click_listener(self, desk: ChatDesk) -> ClickListener | None:
        """Socket Mode, where an app token is set."""
        variable = self._settings.app_token_env
        if not variable or not os.environ.get(variable):
            return None
        from notifier.channels.slack_clicks import listen

        return lambda open_archive, stop: listen(self._settings, open_archive, stop, desk)
