"""The cards of the inbox: what needs an owner, and what changed since the last visit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.acts.status import NO_LONGER_AHEAD
from domain.law.headlines.headline_choice import tellable_change
from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.states import ChangeKind
from i18n.headline_text import first_line
from i18n.phrases import Lang
from noticewatch.application.notice_views import shown_severity


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxCard:
    """An act with the line that alert and digest tell of it, and when that came."""

    notice: Notice
    severity: str
    says: str
    kind: ChangeKind | None
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CardShelf:
    """Some cards, and how many more there are."""

    cards: tuple[InboxCard, ...]
    more: int = 0


def inbox_card(notice: Notice, lang: Lang) -> InboxCard:
    """The card of an act: its newest change that says something."""
    change = tellable_change(notice)
    return InboxCard(
        notice=notice,
        severity=shown_severity(notice)[0],
        says=first_line(notice, change, lang),
        kind=change.kind if change else None,
        at=change.at if change else notice.first_seen,
    )


def shelf(
    ids: Sequence[int],
    read: Callable[[int], Notice | None],
    lang: Lang,
    most: int,
    *,
    ended: bool = False,
) -> CardShelf:
    """The first cards of these acts; ``ended``: also of those that are over, where nothing is
    to be done any more, but that they are is news."""
    cards: list[InboxCard] = []
    for number, wanted in enumerate(ids):
        if len(cards) == most:
            return CardShelf(cards=tuple(cards), more=len(ids) - number)
        notice = read(wanted)
        if notice is not None and (ended or notice.status not in NO_LONGER_AHEAD):
            cards.append(inbox_card(notice, lang))
    return CardShelf(cards=tuple(cards))


def changed_acts(changes: Iterable[Change], known: Iterable[int]) -> list[int]:
    """The acts that changed, each once, the latest first, without those ``known`` already."""
    taken = set(known)
    return [
        number
        for number in dict.fromkeys(change.notice_id for change in changes)
        if number not in taken
    ]
