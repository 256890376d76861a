"""The register and the archive as the law that claims are held against, as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from config.model import RegisteredAct
from domain.claims.known_acts import KnownAct, Statement, known_act
from domain.claims.words.sentences import law_sentences
from domain.law.duties import Duty
from domain.law.law_list import law_entries
from domain.law.provisions import Provision, provisions_on
from domain.records.notice import Notice

if TYPE_CHECKING:
    from archive.store import Archive

_MOST_SENTENCES = 1500  # of one act
_MOST_ACTS = 400  # of the archive whose duties are looked through for a claim that names none


@dataclass(frozen=True, kw_only=True)
class HeldLaw:
    """Register and archive as of a day; the text of an act is read when a claim names it."""

    archive: Archive | None
    day: date
    acts: Sequence[KnownAct]
    notices: dict[int, Notice]
    _words: dict[str, Sequence[Statement]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        archive: Archive | None,
        register: Sequence[RegisteredAct],
        day: date,
        *,
        notices: Sequence[Notice] | None = None,
    ) -> HeldLaw:
        """The law of a day; without an archive the register alone. ``notices`` are the relevant
        ones, where they are at hand."""
        if notices is None:
            notices = archive.overview.relevant_notices() if archive is not None else ()
        by_id = {notice.id: notice for notice in notices}
        by_key = {act.key: act for act in register}
        acts = [
            known_act(entry, by_key.get(entry.key or ""), by_id.get(entry.id or 0))
            for entry in law_entries(register, notices, day)
        ]
        return cls(archive=archive, day=day, acts=_with_duties(acts, by_id), notices=by_id)

    def words_of(self, act: KnownAct) -> Sequence[Statement]:
        """What the register says of an act, and its own text as far as it is held."""
        if act.ref not in self._words:
            self._words[act.ref] = (*act.statements, *self._text(act))
        return self._words[act.ref]

    def _text(self, act: KnownAct) -> list[Statement]:
        if self.archive is None or act.notice_id is None:
            return []
        history = self.archive.ledger.provisions(act.notice_id)
        reading = {id(item) for item in _reading(history, self.day)}
        found = [
            Statement(
                text=sentence, article=item.article, said=opening, exact=True,
                current=id(item) in reading,
            )
            for item in history
            for sentence, opening in law_sentences(item.text)
        ]  # fmt: skip
        return found[:_MOST_SENTENCES]


def _reading(history: Sequence[Provision], day: date) -> list[Provision]:
    """The wording of a day; of an act that is over its last, of one to come its first."""
    if now := provisions_on(history, day):
        return now
    ends = [item.until for item in history if item.until is not None]
    if ends and max(ends) < day:
        return provisions_on(history, max(ends))
    starts = [item.since for item in history if item.since is not None]
    return provisions_on(history, min(starts)) if starts else list(history)


def _with_duties(acts: Iterable[KnownAct], notices: dict[int, Notice]) -> list[KnownAct]:
    """The duties of the newest acts as sentences, so that a claim without an act finds them."""
    done = []
    for place, act in enumerate(acts):
        notice = notices.get(act.notice_id or 0)
        if notice is not None and place < _MOST_ACTS:
            duties = tuple(_duty_words(duty) for duty in notice.duties if duty.quote)
            act = replace(act, statements=(*act.statements, *dict.fromkeys(duties)))
        done.append(act)
    return done


def _duty_words(duty: Duty) -> Statement:
    """A duty's own sentence, with the subject that it takes over from the sentence before."""
    return Statement(
        text=duty.quote, article=duty.article, said=duty.who.text or "", exact=True,
        current=duty.state != "superseded",
    )  # fmt: skip
