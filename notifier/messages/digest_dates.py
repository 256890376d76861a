"""List the dates ahead in a digest: effects, ends, comments and dated deadlines."""

from __future__ import annotations

from datetime import date, timedelta

from config.model import Subscription
from domain.acts.status import NO_LONGER_AHEAD
from domain.facts.open_dates import dated_facts
from domain.records.notice import Notice
from domain.records.states import FactKind
from i18n.concern_text import entity_name
from i18n.phrases import Lang, fact_name, jurisdiction_name, say
from notifier.messages.alert import RenderContext, comment_deadline
from notifier.messages.digest_inputs import DigestInputs, asks_for
from notifier.messages.digest_model import OpenDate
from notifier.messages.permit_reminders import ending_permits, permit_words

OPEN_DAYS = 60


def open_dates(
    inputs: DigestInputs, subscription: Subscription, setting: RenderContext
) -> tuple[OpenDate, ...]:
    """Dates of the next 60 days of all acts that the subscription asks for."""
    today, rows = setting.today, []
    last = today + timedelta(days=OPEN_DAYS)
    asked = [n for n in inputs.notices.values() if asks_for(subscription, n, inputs.context)]
    if subscription.words:
        having = inputs.archive.overview.having(subscription.words, {notice.id for notice in asked})
        asked = [notice for notice in asked if notice.id in having]
    for notice in asked:
        if notice.status in NO_LONGER_AHEAD:
            continue
        for what, day in _dates_of(notice, setting.lang, today):
            if today <= day <= last:
                rows.append(
                    OpenDate(
                        day=day,
                        left=(day - today).days,
                        what=what,
                        place=jurisdiction_name(notice.jurisdiction, setting.lang),
                        title=notice.title,
                        url=notice.url,
                    )
                )
    rows += _permits(inputs, subscription, setting)
    return tuple(sorted(dict.fromkeys(rows), key=lambda row: (row.day, row.title)))


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


def _dates_of(notice: Notice, lang: Lang, today: date) -> list[tuple[str, date]]:
    found: list[tuple[str, date]] = []
    if notice.effective:
        found.append((fact_name("effective_date", lang), notice.effective))
    if notice.expires:
        found.append((fact_name("expiry_date", lang), notice.expires))
    comments = comment_deadline(notice)
    if comments:
        found.append((fact_name("comment_deadline", lang), comments))
    deadlines = [fact for fact in notice.facts if fact.kind is FactKind.DEADLINE]
    found += [(say("deadline_on", lang), day) for _, day in dated_facts(deadlines, today)]
    return found
