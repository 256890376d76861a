"""Mark what was read from scans: facts with a character that may be another are not sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.law.duties import Duty
from domain.records.fact import Fact
from domain.records.notice import Attachment, Version

# Characters that turn a duty into another: numbers, units and negations.
_DECISIVE = re.compile(
    r"[0-9０-９.〇零一二三四五六七八九十百千万亿两半年月日天周时元%％不未无非禁免除]"
)

_ELSEWHERE = ("标题", "正文", "附件《")  # places of a fact that name no article


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


class _ScannedParts:
    """What of a version was read from scans: a place names an article more often than a file,
    so it is told by where the words stand."""

    def __init__(self, version: Version) -> None:
        self.scans = [_ScannedFile(one) for one in version.attachments if one.engine and one.text]
        others = [one.text for one in version.attachments if not one.engine]
        cells = [cell for block in version.blocks for row in block.rows for cell in row]
        texts = (version.title, version.text, *cells, *others) if self.scans else ()
        self._sure = "\n".join("".join(text.split()) for text in texts)

    def file_of(self, words: str, place: str) -> _ScannedFile | None:
        """The scan that words rest on; None where a text says them too."""
        named = next((scan for scan in self.scans if place.startswith(scan.place)), None)
        bare = "".join(words.split())
        if bare in self._sure or (named is None and place.startswith(_ELSEWHERE)):
            return None
        holding = (scan for scan in self.scans if bare in scan.bare)
        return named or next(holding, None) or next(iter(self.scans), None)


def marked_facts(facts: Sequence[Fact], version: Version) -> tuple[Fact, ...]:
    """The facts, those of scanned files with what can be said of their characters."""
    parts = _ScannedParts(version)
    return tuple(_marked(fact, parts) for fact in facts) if parts.scans else tuple(facts)


def _marked(fact: Fact, parts: _ScannedParts) -> Fact:
    file = parts.file_of(fact.quote, fact.where)
    if file is None:
        return fact
    doubtful = next(file.doubts(fact.quote), None) is not None
    return replace(fact, certainty="unsure" if doubtful else "scan")


def sure_duties(duties: Sequence[Duty], version: Version) -> tuple[Duty, ...]:
    """The duties without those of scanned files whose numbers or negations are not sure: a
    wrong duty costs more than one that is not listed."""
    parts = _ScannedParts(version)
    return tuple(duty for duty in duties if not (parts.scans and _is_doubtful(duty, parts)))


def _is_doubtful(duty: Duty, parts: _ScannedParts) -> bool:
    file = parts.file_of(duty.quote, duty.place)
    return file is not None and any(_DECISIVE.match(char) for char in file.doubts(duty.quote))
