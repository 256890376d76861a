"""The dates ahead in a digest: effects, ends, comments and dated deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from config.model import Subscription
from domain.records.notice import Notice
from domain.records.states import FactKind
from i18n.fact_text import parse_date
from i18n.phrases import Lang, fact_name, jurisdiction_name, say
from notifier.messages.alert import RenderContext, comment_deadline
from notifier.messages.digest_field import NO_LONGER, Field, asks_for

OPEN_DAYS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenDate:
    """A day ahead on which something happens; ``left`` in days."""

    day: date
    left: int
    what: str
    place: str
    title: str
    url: str


def open_dates(
    field: Field, subscription: Subscription, setting: RenderContext
) -> tuple[OpenDate, ...]:
    """Dates of the next 60 days of all acts that the subscription asks for."""
    today, rows = setting.today, []
    last = today + timedelta(days=OPEN_DAYS)
    asked = [n for n in field.notices.values() if asks_for(subscription, n, field.house)]
    if subscription.words:
        having = field.archive.overview.having(subscription.words, {notice.id for notice in asked})
        asked = [notice for notice in asked if notice.id in having]
    for notice in asked:
        if notice.status in NO_LONGER:
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
    return tuple(sorted(dict.fromkeys(rows), key=lambda row: (row.day, row.title)))


def _dates_of(notice: Notice, lang: Lang, today: date) -> list[tuple[str, date]]:
    found: list[tuple[str, date]] = []
    if notice.effective:
        found.append((fact_name("effective_date", lang), notice.effective))
    if notice.expires:
        found.append((fact_name("expiry_date", lang), notice.expires))
    comments = comment_deadline(notice)
    if comments:
        found.append((fact_name("comment_deadline", lang), comments))
    for fact in notice.facts:
        if fact.kind is FactKind.DEADLINE and isinstance(fact.value, Mapping):
            day = _fixed_day(fact.value, today)
            if day:
                found.append((say("deadline_on", lang), day))
    return found


def _fixed_day(value: Mapping[str, object], today: date) -> date | None:
    """The day of a dated deadline; of a yearly one the next time it comes."""
    text = str(value.get("date") or "")
    if not text.startswith("--"):
        return parse_date(text)
    for year in (today.year, today.year + 1):
        day = parse_date(f"{year}-{text[2:]}")
        if day and day >= today:
            return day
    return None
