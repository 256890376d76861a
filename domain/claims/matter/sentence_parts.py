"""The parts of an official sentence, and what of it a change replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.claims.claim import OfficialSource
from domain.claims.matter.matters import Matter
from domain.claims.official_words import source_of
from domain.questions.question_concepts import Concept

SENTENCE_CUT = re.compile(r"[，,；;：。]")
# 由7月31日延长至10月31日, “50条”更正为“200条”
_CHANGED = re.compile(r"(?:延长|推迟|修改|更正|更改|改|调整|缩短|放宽)(?:至|到|为)")


def source_of_matter(best: Matter) -> OfficialSource:
    """The act with the sentence that a claim is held against."""
    return source_of(best.act, best.sentence)


def before_change(text: str) -> str:
    """The part of a sentence that tells what a change replaced: 由7月31日延长至10月31日."""
    match = _CHANGED.search(text)
    return text[: match.start()] if match else ""


def nearest_part(text: str, concepts: Sequence[Concept]) -> str:
    """The part of a sentence with most of a claim's words; of several the first."""
    parts = [part for part in SENTENCE_CUT.split(text) if part.strip()] or [text]
    return max(parts, key=lambda part: sum(one.stands_in(part) for one in concepts))
