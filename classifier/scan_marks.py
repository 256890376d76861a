"""Mark what was read from scans: facts with a character that may be another are not sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.law.duties import Duty
from domain.records.fact import Fact
from domain.records.notice import Attachment

# Characters that turn a duty into another: numbers, units and negations.
_DECISIVE = re.compile(
    r"[0-9０-９.〇零一二三四五六七八九十百千万亿两半年月日天周时元%％不未无非禁免除]"
)


class _ScannedFile:
    """The text of one attachment without blanks, and its characters that are not sure."""

    def __init__(self, file: Attachment) -> None:
        self.place = f"附件《{file.name}》"
        places = [place for place, char in enumerate(file.text) if not char.isspace()]
        self.bare = "".join(file.text[place] for place in places)
        unsure = {place for start, end in file.unsure for place in range(start, end)}
        self.unsure = [at for at, place in enumerate(places) if place in unsure]

    def doubts(self, words: str) -> Iterator[str]:
        """Characters of these words that are not sure wherever they stand; all of them where
        the text does not have the words as they are quoted."""
        words = "".join(words.split())
        if not self.unsure or not words:
            return
        at = self.bare.find(words)
        if at < 0:
            yield from words
        while at >= 0:
            yield from (self.bare[n] for n in self.unsure if at <= n < at + len(words))
            at = self.bare.find(words, at + 1)


def marked_facts(facts: Sequence[Fact], attachments: Sequence[Attachment]) -> tuple[Fact, ...]:
    """The facts, those of scanned files with what can be said of their characters."""
    scans = _scans(attachments)
    return tuple(_marked(fact, scans) for fact in facts) if scans else tuple(facts)


def _marked(fact: Fact, scans: Sequence[_ScannedFile]) -> Fact:
    file = _file_of(fact.where, scans)
    if file is None:
        return fact
    doubtful = next(file.doubts(fact.quote), None) is not None
    return replace(fact, certainty="unsure" if doubtful else "scan")


def sure_duties(duties: Sequence[Duty], attachments: Sequence[Attachment]) -> tuple[Duty, ...]:
    """The duties without those of scanned files whose numbers or negations are not sure: a
    wrong duty costs more than one that is not listed."""
    scans = _scans(attachments)
    return tuple(duty for duty in duties if not _is_doubtful(duty, scans))


def _is_doubtful(duty: Duty, scans: Sequence[_ScannedFile]) -> bool:
    file = _file_of(duty.place, scans)
    return file is not None and any(_DECISIVE.match(char) for char in file.doubts(duty.quote))


def _scans(attachments: Sequence[Attachment]) -> list[_ScannedFile]:
    return [_ScannedFile(file) for file in attachments if file.engine and file.text]


def _file_of(place: str, scans: Sequence[_ScannedFile]) -> _ScannedFile | None:
    return next((file for file in scans if place.startswith(file.place)), None)
