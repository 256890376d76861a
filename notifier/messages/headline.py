"""Write line one of an alert: severity, place, what happened, the deciding facts, the title."""

from __future__ import annotations

from datetime import date

from domain.acts.status import NO_LONGER_BINDING
from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.reason import StoredReason
from domain.records.states import ChangeKind, FactKind
from i18n.fact_text import FactRow
from i18n.phrases import (
    SEVERITY_MARK,
    Lang,
    clip,
    day,
    jurisdiction_name,
    kind_name,
    say,
    status_name,
)

_FACTS = 2
_TITLE = 80


def effective_severity(notice: Notice, change: Change) -> tuple[str, StoredReason]:
    """Severity and rule of the change, or of the act where the change has none of its own."""
    if change.severity_rule:
        return change.severity, change.rule
    return notice.severity, notice.rule


def headline(notice: Notice, change: Change, rows: tuple[FactRow, ...], lang: Lang) -> str:
    """Line one: severity mark, jurisdiction, what changed with before and after, title."""
    return f"{change_phrase(notice, change, rows, lang)} · {clip(notice.title, _TITLE)}"


def change_phrase(notice: Notice, change: Change, rows: tuple[FactRow, ...], lang: Lang) -> str:
    """Severity mark, jurisdiction and what changed, with before and after."""
    severity, _ = effective_severity(notice, change)
    place = jurisdiction_name(notice.jurisdiction, lang)
    place = place.split(" (")[0].upper() if lang == "en" else place
    what, joint = what_happened(notice, change, lang), "; " if lang == "en" else "；"
    told = [_row_phrase(row, lang) for row in _telling(rows)]
    body = " · ".join([what, *([joint.join(told)] if told else [])])
    return f"{SEVERITY_MARK.get(severity, SEVERITY_MARK['grey'])} {place} · {body}"


def what_happened(notice: Notice, change: Change, lang: Lang) -> str:
    """The kind of a change in words; of a change of status the status, now or to come. Of an
    act that its issuer has not been seen to publish it says so first."""
    what = _what_happened(notice, change, lang)
    posting = notice.unconfirmed_at
    if posting is None:
        return what
    return say("unconfirmed", lang, what=what, who=clip(posting.publisher or posting.url, 40))


def is_confirmation(change: Change) -> bool:
    """Whether a change is the first page of the issuer's own, after those of other sites."""
    return change.reason_data is not None and change.reason_data.code == "change.confirmed"


def _what_happened(notice: Notice, change: Change, lang: Lang) -> str:
    if change.kind is ChangeKind.STATUS:
        return _status_change(notice, change, lang)
    if notice.stage == "draft" and change.kind is ChangeKind.NEW:
        return say("new_draft", lang)
    return kind_name(change.kind, lang)


def _status_change(notice: Notice, change: Change, lang: Lang) -> str:
    by = next((r for r in notice.relations if r.kind == "repealed_by"), None)
    since = change.reason_data.parameters.get("since") if change.reason_data else None
    if by and since and notice.status not in NO_LONGER_BINDING:
        when = day(date.fromisoformat(since), lang)
        return say("repeal_ahead", lang, date=when, what=f"《{clip(by.title, 60)}》")
    name = kind_name(change.kind, lang)
    if not notice.status:
        return name
    return f"{name}{': ' if lang == 'en' else '：'}{status_name(notice.status, lang)}"


def _telling(rows: tuple[FactRow, ...]) -> list[FactRow]:
    """The few facts of line one: those that changed, of different kinds where there are."""
    first: dict[FactKind, FactRow] = {}
    more: list[FactRow] = []
    for row in [row for row in rows if row.effect] or rows:
        if _tellable(row) and first.setdefault(row.kind, row) is not row:
            more.append(row)
    return [*first.values(), *more][:_FACTS]


def _tellable(row: FactRow) -> bool:
    """Facts fit for line one: a deadline, a sum, a date, a field that became mandatory; never
    an address."""
    if row.kind is FactKind.DATA_FIELD:
        return row.effect in ("tighter", "looser")
    return row.kind in (
        FactKind.DEADLINE, FactKind.FINE, FactKind.EFFECTIVE_DATE, FactKind.COMMENT_DEADLINE,
        FactKind.EXPIRY_DATE, FactKind.THRESHOLD, FactKind.CODE_FORMAT,
    )  # fmt: skip


def _row_phrase(row: FactRow, lang: Lang) -> str:
    name, before, after = row.texts(lang)
    if row.kind is FactKind.DATA_FIELD:
        return clip(name[:1].lower() + name[1:] if lang == "en" else name, 100)  # the change itself
    lead = row.lead(lang)
    if row.before and row.after:
        was = say("was", lang, before=clip(before, 60))
        was = f" ({was})" if lang == "en" else f"（{was}）"
        return f"{lead}{clip(after, 60)}{was}"
    if row.before:
        return f"{lead}{say('removed', lang, before=clip(before, 60))}"
    return f"{lead}{clip(after, 60)}"
