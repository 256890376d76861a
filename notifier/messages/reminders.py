"""Repeat alerts that nobody owns: for the deputy, and before the act's next date.

A reminder is queued with its alert, and looked at again when its time comes: it is dropped
when somebody owns the act by then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from archive.store import Archive
from config.model import Subscription
from domain.facts.due_days import due_day
from domain.records.fact_values import DeadlineValue
from domain.records.handling import HandlingState
from domain.records.message import NewOutboxItem, OutboxItem
from domain.records.notice import Notice
from domain.records.states import OutboxKind
from i18n.phrases import day, local_day, say
from notifier.messages.alert import Alert, comment_deadline
from notifier.render.envelope import OVERDUE_PREFIX, Envelope
from notifier.render.renderer import Renderer
from notifier.selection.requested_reminders import REQUESTED_PREFIX

DAYS_BEFORE = 3
AT = time(9)  # in the time zone of the settings
_BEFORE_DATE = ":date"  # in the key of a reminder that comes before an act's date


def plan_reminders(
    subscription: Subscription,
    notice: Notice,
    alert: Alert,
    envelope: Envelope,
    renderer: Renderer,
    zone: tzinfo,
) -> list[NewOutboxItem]:
    """The reminders of an alert that was put into ``envelope``; none without
    ``repeat_unowned_hours``. A later change of an act has only that before its date."""
    hours = subscription.repeat_unowned_hours
    if not hours:
        return []
    lang, now = alert.lang, envelope.now
    repeat = (envelope.not_before or now) + timedelta(hours=hours)
    told: list[tuple[str, datetime, str]] = []
    if envelope.kind is OutboxKind.ALERT:
        told.append(("", repeat, say("reminder", lang, n=hours, headline=alert.headline)))
    coming = _next_date(notice, now, zone)
    if coming and coming[1] > repeat:
        words = say("date_reminder", lang, date=day(coming[0], lang), headline=alert.headline)
        told.append((_BEFORE_DATE, coming[1], words))
    items: list[NewOutboxItem] = []
    for suffix, moment, words in told:
        later = replace(
            envelope,
            kind=OutboxKind.REMINDER,
            key=f"reminder:{envelope.channel}:{alert.change_id}{suffix}",
            not_before=moment,
            root_key=envelope.root_key or envelope.key,
        )
        items += renderer.reminder(alert, words, subscription.deputy or "", later)
    return items


def _next_date(notice: Notice, now: datetime, zone: tzinfo) -> tuple[date, datetime] | None:
    """The act's next date and 09:00 three days before it, if that is still to come."""
    today = local_day(now, zone)
    dates = [comment_deadline(notice), notice.effective]
    for fact in notice.facts:
        if isinstance(fact.value, DeadlineValue) and fact.value.date:
            due = due_day(fact.value, today)
            dates.append(due.day if due else None)
    for known in sorted(known for known in dates if known):
        early = datetime.combine(known - timedelta(days=DAYS_BEFORE), AT, tzinfo=zone)
        if early > now:
            return known, early
    return None


def reason_to_drop(archive: Archive, item: OutboxItem) -> str:
    """Why a reminder is not sent when its time has come; '' when it is."""
    if item.notice_id is None:
        return ""
    if item.dedupe_key.startswith(OVERDUE_PREFIX):
        return "" if _is_overdue(archive.handling.state(item.notice_id), item) else "settled"
    state = archive.acknowledgements.of_notice(item.notice_id).state
    if item.dedupe_key.startswith(REQUESTED_PREFIX):  # by somebody who may well own it
        return "closed" if state == "closed" else ""
    if state != "open":
        return "owned"
    if _BEFORE_DATE not in item.dedupe_key:
        return ""
    for other in archive.outbox.of_notice(item.notice_id):
        same_reader = (other.channel, other.payload.get("to")) == (
            item.channel,
            item.payload.get("to"),
        )
        if same_reader and other.id > item.id and _BEFORE_DATE in other.dedupe_key:
            return "superseded"  # a later change has a reminder of its own
    return ""


def _is_overdue(state: HandlingState, item: OutboxItem) -> bool:
    """Whether an act is still with the same owner, with the same day."""
    told = item.payload["metadata"]["event_payload"]
    due = state.due.isoformat() if state.due else None
    return (state.state, state.owner, due) == ("assigned", told["owner"], told["due"])
