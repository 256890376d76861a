"""The register and the archive as the law that claims are held against, as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from config.registered_act import RegisteredAct
from domain.claims.claim_reading import article_number
from domain.claims.known_acts import KnownAct, OfficialSentence, known_act
from domain.claims.words.claim_sentences import case_sentences, law_sentences
from domain.law.act_history import ActHistory
from domain.law.asked_and_answered import answered
from domain.law.duties import Duty
from domain.law.law_list import entries_beside_the_law, law_entries
from domain.law.provisions import Provision, provisions_on
from domain.records.notice import Notice
from i18n.headline_text import duty_text

if TYPE_CHECKING:
    from archive.store import Archive

_MOST_SENTENCES = 1500  # of one act
_MOST_LIKELY = 16  # acts that are read for a claim
_LONGEST_ASKED = 400  # characters of a claim by which acts are looked for
_MOST_ACTS = 400  # of the archive whose duties are looked through for a claim that names none


@dataclass(frozen=True, kw_only=True)
class HeldLaw:
    """Register and archive as of a day; the text of an act is read when a claim names it."""

    archive: Archive | None
    day: date
    acts: Sequence[KnownAct]
    notices: dict[int, Notice]
    encoder: str | None = None  # by which sentences near in meaning are found
    _words: dict[str, Sequence[OfficialSentence]] = field(default_factory=dict)
    _by_notice: dict[int, KnownAct] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        archive: Archive | None,
        register: Sequence[RegisteredAct],
        day: date,
        *,
        notices: Sequence[Notice] | None = None,
        encoder: str | None = None,
    ) -> HeldLaw:
        """The law of a day; without an archive the register alone. ``notices`` are the relevant
        ones, where they are at hand; without an ``encoder`` words alone find sentences."""
        if notices is None:
            notices = archive.overview.relevant_notices() if archive is not None else ()
        if archive is not None:
            notices = [*notices, *archive.overview.changing_notices()]
        by_id = {notice.id: notice for notice in notices}
        by_key = {act.key: act for act in register}
        acts = [
            known_act(entry, by_key.get(entry.key or ""), by_id.get(entry.id or 0))
            for entry in (
                *law_entries(register, notices, day),
                *entries_beside_the_law(notices, day),
            )
        ]
        return cls(
            archive=archive, day=day, acts=_with_duties(acts, by_id), notices=by_id,
            encoder=encoder,
        )  # fmt: skip

    def likely(self, text: str) -> Sequence[KnownAct]:
        """The acts of the archive whose texts have most of a sentence's words or are nearest to
        its meaning."""
        if self.archive is None:
            return ()
        from noticewatch.application.asked.asking import notices_about

        if not self._by_notice:
            self._by_notice.update({act.notice_id: act for act in self.acts if act.notice_id})
        ids = notices_about(self.archive, text[:_LONGEST_ASKED], _MOST_LIKELY, self.encoder)
        return [self._by_notice[number] for number in ids if number in self._by_notice]

    def closeness(self, text: str, sentences: Sequence[str]) -> Sequence[float] | None:
        """How near sentences come to a text in meaning; None without an encoder."""
        if self.encoder is None:
            return None
        from noticewatch.application.asked.passage_meaning import passage_meaning

        return passage_meaning(self.encoder).closeness(text, sentences)

    def words_of(self, act: KnownAct) -> Sequence[OfficialSentence]:
        """What the register says of an act, and its own text as far as it is held; of its
        duties those that stand in the text of the day."""
        if act.ref not in self._words:
            text = self._text(act)
            reads = "".join(item.text for item in text if item.current)
            paused = {item.text.rstrip("。；") for item in text if item.paused}
            told = [
                replace(
                    item, current=not text or item.text.rstrip("。；") in reads,
                    paused=item.text.rstrip("。；") in paused,
                )
                if item.exact
                else item
                for item in act.statements
            ]  # fmt: skip
            self._words[act.ref] = (*told, *text)
        return self._words[act.ref]

    def _text(self, act: KnownAct) -> list[OfficialSentence]:
        if self.archive is None or act.notice_id is None:
            return []
        told = self.archive.ledger.history(act.notice_id)
        history = [] if told is None else told.provisions()
        reading = {id(item) for item in _reading(history, self.day)}
        notice = self.notices.get(act.notice_id)
        case = notice is not None and notice.stage == "case"
        punished = _punished(notice.duties if notice else ())
        found = [
            OfficialSentence(
                text=sentence, article=item.article, exact=True, current=id(item) in reading,
                said=f"{asked} {opening} {punished.get(article_number(item.article), '')}".strip(),
                paused=id(item) in reading and _is_paused(told, item, sentence, self.day),
            )
            for item, text, asked in answered(history)
            for sentence, opening in (case_sentences(text) if case else law_sentences(text))
        ]  # fmt: skip
        return found[:_MOST_SENTENCES]


def _is_paused(told: ActHistory | None, item: Provision, sentence: str, day: date) -> bool:
    """Whether an article, or the part of it in which a sentence stands, is not applied."""
    if told is None:
        return False
    part = sentence.strip().rstrip("。；;")
    return told.paused(item.article, day) is not None or told.paused_part(part, day) is not None


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
            told = [words for duty in notice.duties for words in _duty_words(duty)]
            act = replace(act, statements=(*act.statements, *dict.fromkeys(told)))
        done.append(act)
    return done


def _duty_words(duty: Duty) -> list[OfficialSentence]:
    """A duty's own sentence, with the subject that it takes over from the sentence before and
    the English that is made of it."""
    english = duty_text(duty, "en")
    said = f"{duty.who.text or ''} {english}".strip()
    words = OfficialSentence(text=duty.quote, article=duty.article, said=said, exact=True)
    return [words] if words.text else []


def _punished(duties: Iterable[Duty]) -> dict[str, str]:
    """For each article that punishes, the words of the duties whose breach it punishes."""
    found: dict[str, str] = {}
    for duty in duties:
        for item in duty.sanctions:
            if item.article and item.act_id is None:
                number = article_number(item.article)
                words = f"{duty.who.text or ''} {duty.quote}"
                found[number] = f"{found.get(number, '')} {words}".strip()
    return found
