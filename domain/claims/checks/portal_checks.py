"""The portal of a claim against the portals known, with their acts and days."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.claims.claim import CheckedSlot, OfficialSource
from domain.claims.claim_reading import ClaimReading, NamedPortal
from domain.claims.known_acts import OfficialSentence
from domain.claims.words.bearing import states_current_law

_SHORTEST = 6  # characters of a portal's name
_OPENED = re.compile(
    r"\b(?:launch\w*|went live|go(?:es)? live|opened|online|start\w*|operat\w+)\b|上线|启用|"
    r"开通|运行"
)


def check_portals(
    reading: ClaimReading, source: OfficialSource, words: Sequence[OfficialSentence]
) -> list[CheckedSlot]:
    """A slot for each portal that a claim names: whether its act has it, and whether it is
    still the one."""
    found = []
    keys = {act.key for act in reading.acts if act.key}
    for portal in reading.portals:
        terms = portal.terms
        if _named_in(portal, words):
            found.append(_slot(portal, source, equal=True))
            continue
        over = terms.until is not None
        stale = over and states_current_law(reading.bare) and terms.act not in keys
        if stale or (over and keys and terms.act not in keys):
            found.append(_slot(portal, source, equal=False, outdated=True))
        elif not keys or terms.act in keys:
            found.append(_slot(portal, source, equal=True))
        else:
            found.append(_slot(portal, source, equal=None))
    return found


def _named_in(portal: NamedPortal, words: Sequence[OfficialSentence]) -> bool:
    """Whether an act's own text names the portal, which is then right of that act."""
    own = [item.text for item in words if item.exact and item.current]
    names = (portal.terms.zh, *portal.terms.names)
    return any(name in text for text in own for name in names if len(name) >= _SHORTEST)


def _slot(
    portal: NamedPortal, source: OfficialSource, *, equal: bool | None, outdated: bool = False
) -> CheckedSlot:
    until = f" (until {portal.terms.until})" if portal.terms.until else ""
    return CheckedSlot(
        slot="platform", claim=portal.terms.zh, official=portal.terms.zh + until, equal=equal,
        source=source, outdated=outdated, proves=bool(equal),
    )  # fmt: skip
