"""List the dates ahead in a digest: duties that are due, effects, ends, comments, permits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from config.model import Subscription
from domain.acts.status import NO_LONGER_AHEAD
from domain.facts.open_dates import stated_dates
from domain.law.date_entries import DateEntry, dates_together, open_date_entries
from domain.records.notice import Notice
from domain.records.states import FactKind
from i18n.concern_text import entity_name
from i18n.headline_text import duty_text
from i18n.phrases import Lang, fact_name, jurisdiction_name, say
from notifier.messages.alert import RenderContext, comment_deadline
from notifier.messages.digest_inputs import DigestInputs, asks_for
from notifier.messages.digest_model import OpenDate
from notifier.messages.permit_reminders import ending_permits, permit_words

OPEN_DAYS = 60


def open_dates(
    inputs: DigestInputs, subscription: Subscription, setting: RenderContext
) -> tuple[OpenDate, ...]:
    """Dates of the next 60 days of all acts that the subscription asks for; none of an act that
    somebody has closed, and with its owner where it has one."""
    asked = {n.id: n for n in inputs.notices.values() if asks_for(subscription, n, inputs.context)}
    if subscription.words:
        having = inputs.archive.overview.having(subscription.words, set(asked))
        asked = {number: notice for number, notice in asked.items() if number in having}
    entries = open_date_entries(asked.values(), setting.today, days=OPEN_DAYS)
    entries += _comments(asked.values(), setting.today)
    rows = [
        _row(same, asked[same[0].notice_id], inputs, setting)
        for same in dates_together(entries)
        if not inputs.handled.closed(same[0].notice_id)
    ]
    rows += _permits(inputs, subscription, setting)
    return tuple(sorted(dict.fromkeys(rows), key=lambda row: (row.day, row.title, row.what)))


def _comments(notices: Iterable[Notice], today: date) -> list[DateEntry]:
    """The last days for comments that only a page's own fields state."""
    return [
        DateEntry(
            on=day, kind=FactKind.COMMENT_DEADLINE, notice_id=notice.id, title=notice.title,
            jurisdiction=notice.jurisdiction, quote="", severity=notice.severity,
        )
        for notice in notices
        if notice.status not in NO_LONGER_AHEAD
        and not stated_dates(notice.facts, FactKind.COMMENT_DEADLINE)
        and (day := comment_deadline(notice)) is not None
        and 0 <= (day - today).days <= OPEN_DAYS
    ]  # fmt: skip


def _row(
    same: Sequence[DateEntry], notice: Notice, inputs: DigestInputs, setting: RenderContext
) -> OpenDate:
    """One line for a day that the same words of an act lay on one or several."""
    entry = same[0]
    return OpenDate(
        day=entry.on,
        left=entry.days_left(setting.today),
        what=_what(same, notice, setting.lang),
        place=jurisdiction_name(entry.jurisdiction, setting.lang),
        title=notice.title,
        url=notice.url,
        owner=inputs.handled.owner(notice.id),
    )


def _what(same: Sequence[DateEntry], notice: Notice, lang: Lang) -> str:
    """The duty that is due, else what kind of day it is, in English with the act's kind."""
    entry = same[0]
    if entry.duty is not None:
        also = [other.duty.who for other in same[1:] if other.duty is not None]
        return duty_text(entry.duty, lang, also)
    deadline = entry.kind == FactKind.DEADLINE
    name = say("deadline_on", lang) if deadline else fact_name(entry.kind, lang)
    return f"{name}: {notice.title_en}" if lang == "en" and notice.title_en else name


def _permits(
    inputs: DigestInputs, subscription: Subscription, setting: RenderContext
) -> list[OpenDate]:
    """The last days of our companies' permits."""
    return [
        OpenDate(
            day=one.until,
            left=(one.until - setting.today).days,
            what=say("permit", setting.lang),
            place=entity_name(one.entity, setting.lang),
            title=permit_words(one.entity, one.permit, one.until, setting.lang),
            url="",
        )
        for one in ending_permits(inputs.context.entities, setting.today)
        if subscription.entity in (None, one.entity.key)
    ]
