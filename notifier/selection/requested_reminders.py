"""Queue a reminder that somebody asked for: an act once more, on a day, in a channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from archive.store import Archive
from config.model import Settings
from domain.records.notice import Notice
from domain.records.states import OutboxKind
from i18n.phrases import Lang, clip, say
from notifier.channels.channel_factory import open_channel
from notifier.messages.notification_context import NotificationContext
from notifier.render.envelope import Envelope
from notifier.render.lines import Line, TextRun
from notifier.render.renderer import LineMessage

REQUESTED_PREFIX = "remind:"  # how the keys of such messages begin
_AT = time(9)


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestedReminder:
    """Who wants to be reminded of what, when and where."""

    channel: str
    on: date
    who: str
    note: str = ""


def queue_requested_reminder(
    archive: Archive,
    settings: Settings,
    notice: Notice,
    requested: RequestedReminder,
    *,
    now: datetime,
    lang: Lang,
) -> int:
    """Queue it for nine o'clock of that day; 0 where the same request is queued already."""
    context = NotificationContext(settings)
    asked = f"{requested.channel}:{notice.id}:{requested.on.isoformat()}:{requested.who}"
    words = say("asked_reminder", lang, who=requested.who, title=clip(notice.title, 200))
    lines = [
        Line(role="headline", segs=(TextRun(text=words, style="strong"),)),
        Line(role="act", segs=(TextRun(text=notice.title, url=notice.url),)),
    ]
    if requested.note:
        lines.append(Line(role="note", segs=(TextRun(text=requested.note),)))
    if settings.web.public_url:
        address = f"{str(settings.web.public_url).rstrip('/')}/notices/{notice.id}"
        lines.append(Line(role="meta", segs=(TextRun(text=say("archive", lang), url=address),)))
    envelope = Envelope(
        channel=requested.channel,
        key=f"{REQUESTED_PREFIX}{asked}",
        kind=OutboxKind.REMINDER,
        now=now,
        notice_id=notice.id,
        thread=f"notice:{notice.id}",
        not_before=datetime.combine(requested.on, _AT, tzinfo=context.zone),
    )
    message = LineMessage(lines=tuple(lines), lang=lang, severity=notice.severity)
    renderer = open_channel(settings.channels[requested.channel]).renderer
    return len(archive.outbox.enqueue(renderer.lines(message, envelope)))
