"""Bring the messages of an act up to date: who has it, when it changed last."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from archive.store import Archive
from config.model import Settings, SlackChannel
from domain.records.message import OutboxItem
from domain.records.states import OutboxKind, OutboxState
from i18n.phrases import Lang
from i18n.slack_words import slack_words
from notifier.channels.channel import MissingSecret
from notifier.render.slack_blocks import BUTTONS_BLOCK, with_change_note
from notifier.slack.chat_answers import ChatDesk, chat_desk
from notifier.slack.handled_blocks import handled_blocks
from notifier.slack.overdue_messages import queue_overdue
from notifier.slack.slack_calls import CallFailed, SlackCalls

logger = logging.getLogger(__name__)

_MOST_MESSAGES = 6  # messages of an act in a channel that are brought up to date


class ActMessages:
    """The messages of acts in one channel, as they were sent."""

    def __init__(self, channel: str, calls: SlackCalls, desk: ChatDesk) -> None:
        self._channel = channel
        self._calls = calls
        self._desk = desk

    def bring_up_to_date(self, archive: Archive, notice_id: int) -> None:
        """Every message of the act with buttons says who has it: none is left behind."""
        state, note = archive.handling.state(notice_id), _change_note(archive, notice_id)
        for item in self._of(archive, notice_id):
            lang: Lang = "zh" if _is_chinese(item) else "en"
            blocks = handled_blocks(item.payload["blocks"], state, self._desk, lang)
            if item.kind is OutboxKind.ALERT and note:
                blocks = with_change_note(blocks, note)
            self._calls.call(
                "chat.update", channel=item.receipt["channel"], ts=item.receipt["ts"],
                text=item.payload["text"], blocks=blocks, metadata=item.payload["metadata"],
            )  # fmt: skip

    def language(self, archive: Archive, notice_id: int) -> Lang:
        """In which language the act is told here."""
        messages = self._of(archive, notice_id)
        return "zh" if messages and _is_chinese(messages[0]) else "en"

    def root(self, archive: Archive, notice_id: int) -> str:
        """The first message of the act's thread; '' where it is unknown."""
        messages = self._of(archive, notice_id)
        return str(messages[0].receipt["ts"]) if messages else ""

    def _of(self, archive: Archive, notice_id: int) -> list[OutboxItem]:
        """The newest messages of an act in this channel that have buttons, and the first."""
        found = [
            item
            for item in archive.outbox.of_notice(notice_id)
            if item.state is OutboxState.SENT
            and item.kind is not OutboxKind.REMINDER
            and item.receipt.get("channel") == self._channel
            and item.receipt.get("ts")
            and any(b.get("block_id") == BUTTONS_BLOCK for b in item.payload.get("blocks", ()))
        ]
        return found if len(found) <= _MOST_MESSAGES else [found[0], *found[1 - _MOST_MESSAGES :]]


def tell_chats(
    archive: Archive, settings: Settings, notice_id: int, clock: Callable[[], datetime]
) -> None:
    """Bring an act's messages in all channels with buttons up to date after a step on its page,
    and see to it that who has it hears of its day. A chat that cannot be reached is logged."""
    chats = [
        channel
        for channel in settings.channels.values()
        if isinstance(channel, SlackChannel)
        and (channel.app_token_env or channel.signing_secret_env)
    ]
    if not chats:
        return
    desk = chat_desk(settings, None, clock)
    for channel in chats:
        try:
            messages = ActMessages(channel.channel, SlackCalls(channel), desk)
            messages.bring_up_to_date(archive, notice_id)
        except (CallFailed, MissingSecret) as error:
            logger.warning("a step on the page was not shown in Slack: %s", error)
    queue_overdue(archive, desk, notice_id)


def _change_note(archive: Archive, notice_id: int) -> str:
    """What the first message says of the newest change that was shown in the channel."""
    sent = [one for one in archive.outbox.of_notice(notice_id) if one.state is OutboxState.SENT]
    notes = [str(one.payload["parent_note"]) for one in sent if one.payload.get("parent_note")]
    return notes[-1] if notes else ""


def _is_chinese(item: OutboxItem) -> bool:
    """Whether a message's buttons are Chinese."""
    for block in item.payload.get("blocks", ()):
        if block.get("block_id") == BUTTONS_BLOCK:
            return bool(block["elements"][0]["text"]["text"] == slack_words("take", "zh"))
    return False
