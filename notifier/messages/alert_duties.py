"""The duties of an alert or a digest, one line each; facts that are no duties stay below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.law.duties import Bound, Duty, Modality
from domain.law.duty_pairs import DutyPair, pair_duties
from domain.law.headlines.headline_choice import choose_headline
from domain.law.told_facts import told_by_duties
from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.states import ChangeKind
from i18n.fact_text import FactRow
from i18n.headline_text import duty_text, else_text
from i18n.phrases import Lang


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyLine:
    """A duty in words: as it was, as it is, what follows on a breach, its article. ``first``
    is the duty that line one tells: only its sanction is said again."""

    before: str
    after: str
    otherwise: str
    article: str
    first: bool = False


def duty_lines(notice: Notice, change: Change, lang: Lang) -> tuple[DutyLine, ...]:
    """The changed duties of companies, or those of a new act; that of line one first."""
    chosen = choose_headline(notice, change).pair
    pairs = [pair for pair in _pairs(notice, change) if _ours(pair.shown)]
    pairs.sort(key=lambda pair: pair != chosen)
    return tuple(_line(pair, lang, first=pair == chosen) for pair in pairs)


def _pairs(notice: Notice, change: Change) -> Sequence[DutyPair]:
    if change.duties_before or (change.duties_after and change.kind is not ChangeKind.NEW):
        return pair_duties(change.duties_before, change.duties_after)
    if change.kind in (ChangeKind.NEW, ChangeKind.RESTORED):
        return [DutyPair(None, duty) for duty in notice.duties]
    return []


def _ours(duty: Duty) -> bool:
    return duty.who.kind is not Bound.AUTHORITY and duty.modality is not Modality.MAY


def _line(pair: DutyPair, lang: Lang, *, first: bool) -> DutyLine:
    return DutyLine(
        before=duty_text(pair.before, lang) if pair.before else "",
        after=duty_text(pair.after, lang) if pair.after else "",
        otherwise=else_text(pair.shown, lang),
        article=pair.shown.article or "",
        first=first,
    )


def rows_without_duties(
    rows: Sequence[FactRow], notice: Notice, change: Change
) -> tuple[FactRow, ...]:
    """The facts that no duty of the act or change tells already."""
    duties = (*notice.duties, *change.duties_before, *change.duties_after)
    return tuple(row for row in rows if not _told(row, duties))


def _told(row: FactRow, duties: Sequence[Duty]) -> bool:
    fact = row.after or row.before
    return fact is not None and told_by_duties(fact, duties)
