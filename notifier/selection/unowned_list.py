"""List once a day, in one thread of a channel, the acts that it was told of and nobody owns."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from archive.store import Archive
from config.model import Settings, Subscription
from domain.law.headlines.headline_choice import tellable_change
from domain.records.message import NewOutboxItem
from domain.records.notice import Notice
from domain.records.states import OutboxKind
from i18n.headline_text import first_line
from i18n.phrases import SEVERITY_MARK, Lang, say
from notifier.channels.channel_factory import open_channel
from notifier.messages.notification_context import NotificationContext
from notifier.render.envelope import Envelope
from notifier.render.lines import Entry, Summary

_AS_FAR_BACK = timedelta(days=90)  # as far as the inbox looks
_NOT_LATER_THAN = timedelta(hours=4)  # a list of the morning is no use in the evening
_PREFIX = "unowned:"


def unowned_items(
    archive: Archive, settings: Settings, context: NotificationContext, now: datetime
) -> list[NewOutboxItem]:
    """The lists that it is time for; each once a day and channel, as its key says; none where
    everything has an owner."""
    due = [one for one in settings.subscriptions if _is_due(one, now.astimezone(context.zone))]
    if not due:
        return []
    waiting = archive.overview.unowned(now - _AS_FAR_BACK)
    found: dict[str, NewOutboxItem] = {}
    for subscription in due:
        told = [number for number in waiting if _was_told(archive, subscription.channel, number)]
        known = (archive.notices.get(number, versions=False) for number in told)
        if acts := [notice for notice in known if notice is not None]:
            for item in _message(acts, subscription, context, now):
                found.setdefault(item.dedupe_key, item)
    return list(found.values())


def _is_due(subscription: Subscription, local: datetime) -> bool:
    if subscription.unowned_at is None:
        return False
    hour, minute = (int(part) for part in subscription.unowned_at.split(":"))
    since = local - datetime.combine(local.date(), time(hour, minute), tzinfo=local.tzinfo)
    return timedelta() <= since < _NOT_LATER_THAN


def _was_told(archive: Archive, channel: str, notice_id: int) -> bool:
    return any(item.channel == channel for item in archive.outbox.of_notice(notice_id))


def _message(
    acts: list[Notice], subscription: Subscription, context: NotificationContext, now: datetime
) -> list[NewOutboxItem]:
    lang: Lang = "zh" if subscription.language == "zh" else "en"
    both = subscription.language == "both"
    day = now.astimezone(context.zone).date().isoformat()
    key = f"{_PREFIX}{subscription.channel}:{day}"
    public = context.settings.web.public_url
    summary = Summary(
        lang=lang,
        headline=say("unowned_list", lang, n=len(acts)),
        headline_second=say("unowned_list", "zh", n=len(acts)) if both else "",
        entries=tuple(_entry(act, lang, public) for act in acts),
    )
    envelope = Envelope(
        channel=subscription.channel, key=key, kind=OutboxKind.REMINDER, now=now, thread=key,
        public_url=public,
    )  # fmt: skip
    renderer = open_channel(context.settings.channels[subscription.channel]).renderer
    return renderer.summary(summary, envelope)


def _entry(act: Notice, lang: Lang, public_url: str | None) -> Entry:
    change = tellable_change(act)
    mark = SEVERITY_MARK.get(change.severity if change else "grey", SEVERITY_MARK["grey"])
    page = f"{public_url.rstrip('/')}/notices/{act.id}" if public_url else act.url
    return Entry(lead=f"{mark} {first_line(act, change, lang)} ·", title=act.title, url=page)
