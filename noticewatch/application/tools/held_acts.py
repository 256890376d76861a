"""The acts as of a day, found by what people call them, and quoted from their stored versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from archive.store import Archive
from config.loader import load_register
from domain.claims.act_mentions import find_mentions
from domain.claims.act_names import KnownNames
from domain.claims.known_acts import KnownAct
from domain.law.law_list import LawEntry, law_entries
from domain.law.law_lookup import find_law
from domain.law.provisions import provisions_on
from domain.records.notice import Notice, Version
from i18n.law_text import status_line
from noticewatch.application.check.law_book import HeldLaw
from noticewatch.application.tools.answer_shapes import LONGEST_QUOTE, Answer, QuoteJson
from noticewatch.application.tools.verbatim import passages, verbatim

_CANDIDATES = 6


@dataclass(frozen=True, kw_only=True)
class HeldActs:
    """Register and archive as of a day."""

    archive: Archive
    day: date
    _versions: dict[int, Version | None] = field(default_factory=dict)
    _texts: dict[int, str] = field(default_factory=dict)

    @cached_property
    def notices(self) -> list[Notice]:
        return self.archive.overview.relevant_notices()

    @cached_property
    def entries(self) -> list[LawEntry]:
        return law_entries(load_register(), self.notices, self.day)

    @cached_property
    def law(self) -> HeldLaw:
        return HeldLaw.of(self.archive, load_register(), self.day, notices=self.notices)

    @cached_property
    def names(self) -> KnownNames:
        return KnownNames.of(self.law.acts)

    def entry_of(self, act: KnownAct) -> LawEntry:
        return next(
            item for item in self.entries if (item.id, item.key) == (act.notice_id, act.key)
        )

    def find(self, called: str) -> LawEntry | list[LawEntry]:
        """The act that is called so, by id, key, number, title or name; else what comes near."""
        plain = called.strip()
        if plain.isdecimal():
            return next((item for item in self.entries if item.id == int(plain)), [])
        by_key = [item for item in self.entries if item.key == plain]
        if by_key:
            return by_key[0]
        named = {item.act.ref: item.act for item in find_mentions(plain, self.names) if item.act}
        if len(named) == 1:
            return self.entry_of(next(iter(named.values())))
        near = find_law(self.entries, plain) if len(plain) >= 2 else []
        return near[0] if len(near) == 1 else near[:_CANDIDATES]

    def version(self, notice_id: int) -> Version | None:
        """The stored version that speaks for an act."""
        if notice_id not in self._versions:
            self._versions[notice_id] = self.archive.summary.leading_version(notice_id)
        return self._versions[notice_id]

    def reads(self, notice_id: int, words: str) -> bool:
        """Whether words stand in an act as it reads on the day: what a later act has changed
        is no longer its law."""
        if notice_id not in self._texts:
            reads = provisions_on(self.archive.ledger.provisions(notice_id), self.day)
            self._texts[notice_id] = "\n".join(item.text for item in reads)
        return verbatim(words, self._texts[notice_id]) is not None

    def quote(self, notice_id: int, words: str, article: str | None = None) -> QuoteJson | None:
        """Words of an act as they stand in its stored version; None where they do not."""
        version = self.version(notice_id)
        found = verbatim(words, version.text) if version is not None else None
        entry = next((item for item in self.entries if item.id == notice_id), None)
        if version is None or not found:
            return None
        notice = self.archive.notices.get(notice_id, versions=False)
        return {
            "text": found[:LONGEST_QUOTE],
            "act": {
                "id": notice_id, "key": entry.key if entry else None,
                "title": notice.title if notice else version.title,
                "document_number": notice.document_number if notice else None,
            },
            "article": article,
            "version": {"posting": version.posting_id, "number": version.number},
            "sha256": version.text_sha256,
            "url": notice.url if notice else "",
            "status": status_line(entry, "en") if entry else str(notice.status if notice else ""),
            "as_of": self.day.isoformat(),
        }  # fmt: skip

    def quotes(
        self, notice_ids: Sequence[int], words: str, article: str | None = None
    ) -> list[QuoteJson]:
        """Words as they stand in the first of some acts that has them, whole or else sentence
        by sentence: an amended article is put together from two texts."""
        for notice_id in notice_ids:
            if whole := self.quote(notice_id, words, article):
                return [whole]
        found: list[QuoteJson] = []
        for piece in passages(words):
            tried = (self.quote(notice_id, piece, article) for notice_id in notice_ids)
            found += [one for one in tried if one is not None][:1]
        return found


@contextmanager
def held_acts(opened: Callable[[], Archive], day: date) -> Iterator[HeldActs]:
    """The acts of an archive that is opened for reading only."""
    with opened() as archive:
        yield HeldActs(archive=archive, day=day)


def act_json(entry: LawEntry) -> Answer:
    """An act of the list, without any of its text."""
    return {
        "id": entry.id, "key": entry.key, "title": entry.title, "title_en": entry.title_en,
        "document_number": entry.document_number, "issuers": list(entry.issuers),
        "jurisdiction": entry.jurisdiction, "status": entry.status,
        "status_line": status_line(entry, "en"), "held": entry.held, "evidence": entry.evidence,
        "effective": entry.effective.isoformat() if entry.effective else None,
        "ended": entry.ended.isoformat() if entry.ended else None,
        "replaced_by": list(entry.replaced_by),
    }  # fmt: skip
