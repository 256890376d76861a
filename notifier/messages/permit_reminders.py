"""Remind of permits of our companies that run out: two months, one month, a week before, and on
the last day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from config.companies.entities import Entity, Permit
from config.model import Settings, Subscription
from domain.records.message import NewOutboxItem
from domain.records.states import OutboxKind
from i18n.concern_text import entity_name
from i18n.phrases import Lang, day, local_day, say
from notifier.channels.channel_factory import open_channel
from notifier.messages.notification_context import NotificationContext
from notifier.render.envelope import Envelope
from notifier.render.lines import Line, TextRun, person
from notifier.render.renderer import LineMessage

_DAYS_BEFORE = (60, 30, 7, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class EndingPermit:
    """A permit, whose it is, its last day, and which of the reminders it is time for."""

    entity: Entity
    permit: Permit
    until: date
    before: int


def permit_items(
    settings: Settings, context: NotificationContext, now: datetime
) -> list[NewOutboxItem]:
    """A message for each channel of a subscription that hears of the company; each once, as its
    key says."""
    if not context.entities:
        return []
    ending = list(ending_permits(context.entities, local_day(now, context.zone)))
    found: dict[str, NewOutboxItem] = {}
    for subscription in settings.subscriptions:
        for one in ending:
            if subscription.entity in (None, one.entity.key):
                for item in _message(one, subscription, context, now):
                    found.setdefault(item.dedupe_key, item)
    return list(found.values())


def ending_permits(entities: tuple[Entity, ...], today: date) -> Iterator[EndingPermit]:
    """The permits whose last day is near, each with the latest of its reminders."""
    for entity in entities:
        for permit in entity.permits:
            left = (permit.until - today).days if permit.until is not None else -1
            due = [days for days in _DAYS_BEFORE if 0 <= left <= days]
            if due and permit.until is not None:
                yield EndingPermit(
                    entity=entity, permit=permit, until=permit.until, before=min(due)
                )


def permit_words(entity: Entity, permit: Permit, until: date, lang: Lang) -> str:
    """``Permit hazardous-transport 7 of Shanghai Import Co. ends on 31 Mar 2027``."""
    name = " ".join(part for part in (permit.kind, permit.number) if part)
    return say(
        "permit_ends", lang, permit=name, who=entity_name(entity, lang), date=day(until, lang)
    )


def _message(
    one: EndingPermit, subscription: Subscription, context: NotificationContext, now: datetime
) -> list[NewOutboxItem]:
    settings = context.settings
    lang: Lang = "zh" if subscription.language == "zh" else "en"
    words = permit_words(one.entity, one.permit, one.until, lang)
    lines = [Line(role="headline", segs=(TextRun(text=words, style="strong"),))]
    if owner := one.entity.people.owner:
        told = TextRun(text=say("owned_by", lang, who=""))
        lines.append(
            Line(role="note", segs=(told, person(context.addressee(owner, subscription.channel))))
        )
    named = f"{one.entity.key}:{one.permit.kind}:{one.permit.number or ''}:{one.until}"
    envelope = Envelope(
        channel=subscription.channel,
        key=f"permit:{subscription.channel}:{named}:{one.before}",
        kind=OutboxKind.REMINDER,
        now=now,
        public_url=settings.web.public_url,
    )
    renderer = open_channel(settings.channels[subscription.channel]).renderer
    return renderer.lines(LineMessage(lines=tuple(lines), lang=lang), envelope)
