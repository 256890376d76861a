"""A reminder that somebody asked for: an act once more, on a day, in a channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from archive.store import Archive
from config.model import Settings
from domain.records.notice import Notice
from i18n.phrases import Lang, clip, say
from notifier.notification_context import NotificationContext
from notifier.render.envelope import Envelope, line_items
from notifier.render.lines import Line, TextRun

ASKED = "remind:"  # how the keys of such messages begin
_AT = time(9)


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestedReminder:
    """Who wants to be reminded of what, when and where."""

    channel: str
    on: date
    who: str
    note: str = ""


def remind(
    archive: Archive,
    settings: Settings,
    notice: Notice,
    wish: RequestedReminder,
    *,
    now: datetime,
    lang: Lang,
) -> int:
    """Queue it for nine o'clock of that day; 0 where the same wish is queued already."""
    house = NotificationContext(settings)
    key = f"{ASKED}{wish.channel}:{notice.id}:{wish.on.isoformat()}:{wish.who}"
    words = say("asked_reminder", lang, who=wish.who, title=clip(notice.title, 200))
    lines = [
        Line(role="headline", segs=(TextRun(text=words, style="strong"),)),
        Line(role="act", segs=(TextRun(text=notice.title, url=notice.url),)),
    ]
    if wish.note:
        lines.append(Line(role="note", segs=(TextRun(text=wish.note),)))
    if settings.web.public_url:
        address = f"{str(settings.web.public_url).rstrip('/')}/notices/{notice.id}"
        lines.append(Line(role="meta", segs=(TextRun(text=say("archive", lang), url=address),)))
    envelope = Envelope(
        channel=wish.channel,
        config=settings.channels[wish.channel],
        key=key,
        kind="reminder",
        now=now,
        notice_id=notice.id,
        thread=f"notice:{notice.id}",
        not_before=datetime.combine(wish.on, _AT, tzinfo=house.zone),
    )
    return len(archive.outbox.enqueue(line_items(lines, notice.severity, lang, envelope)))
