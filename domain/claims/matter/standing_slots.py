"""What a claim tells as law that is a draft, over or suspended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.matter.matters import DRAFT, Matter
from domain.claims.matter.sentence_parts import source_of_matter
from domain.claims.words.bearing import is_past, tells_force

# is suspended, on hold; 暂停执行, 眼下不再
_PAUSED = re.compile(r"suspen|on hold|paus|for the time being|暂停|暂缓|暂不|中止|不再")


def standing_slots(reading: ClaimReading, best: Matter, focus: Sequence[str]) -> list[CheckedSlot]:
    """A draft told as law, or what is over told as what holds; a text that has just spoken of a
    draft goes on about it."""
    status = best.act.status
    if status == "draft" and best.act.ref in focus[:1] and not tells_force(reading.text):
        return []
    source = source_of_matter(best)
    if status == "draft" and not DRAFT.search(reading.text.lower()):
        told = best.sure or tells_force(reading.text)
        equal = False if told else None
        return [
            CheckedSlot(
                slot="status", claim="in force", official="draft", equal=equal, source=source
            )
        ]
    if best.sentence.paused and not _PAUSED.search(reading.text.lower()):
        return [
            CheckedSlot(
                slot="status", claim="in force", official="suspended", source=source,
                equal=None if is_past(reading.text) else False, outdated=True,
            )
        ]  # fmt: skip
    if best.act.over and not is_past(reading.text):
        return [
            CheckedSlot(
                slot="status", claim="in force", official=status, equal=False, source=source,
                outdated=True,
            )
        ]  # fmt: skip
    return []
