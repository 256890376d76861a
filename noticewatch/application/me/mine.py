"""What of the archive is ours: the duties and acts that apply or may apply to our companies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from config.companies.entities import Entity
from domain.law.duties import duty_ids
from domain.records.notice import Notice
from noticewatch.application.me.judged_duties import judged

if TYPE_CHECKING:
    from archive.store import Archive


@dataclass(frozen=True, kw_only=True, slots=True)
class Mine:
    """The ids of duties that apply or may apply to one of some companies, and of the acts that
    hold them or name one."""

    duties: frozenset[str]
    notices: frozenset[int]

    def only(self, notices: Iterable[Notice]) -> list[Notice]:
        """Those of the acts that are ours, each with our duties only."""
        return [self._narrowed(notice) for notice in notices if notice.id in self.notices]

    def _narrowed(self, notice: Notice) -> Notice:
        """Duties of one key stay together, so that their ids stay what they are."""
        numbered = zip(duty_ids(notice.duties, notice.id), notice.duties, strict=True)
        keys = {duty.key for number, duty in numbered if number in self.duties}
        return replace(notice, duties=tuple(duty for duty in notice.duties if duty.key in keys))


def read_mine(
    archive: Archive, notices: Iterable[Notice], entities: Sequence[Entity], today: date
) -> Mine:
    """What is ours of these acts."""
    duties: set[str] = set()
    acts: set[int] = set()
    keys = {entity.key for entity in entities}
    for notice in notices:
        own = _own_duties(archive, notice, entities, today)
        duties |= own
        if own or any(one.entity in keys for one in notice.names):
            acts.add(notice.id)
    return Mine(duties=frozenset(duties), notices=frozenset(acts))


def _own_duties(
    archive: Archive, notice: Notice, entities: Sequence[Entity], today: date
) -> set[str]:
    if not notice.duties:
        return set()
    scope = archive.reach.scope(notice)
    return {
        item.listed.id
        for entity in entities
        for item in judged(notice, scope, entity, today)
        if item.mine
    }
