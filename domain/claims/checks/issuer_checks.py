"""The bodies of a claim against those that issued its act."""

from __future__ import annotations

import re

from domain.acts.issuers import spellings_of
from domain.claims.claim import CheckedSlot, OfficialSource
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct, is_issuer
from domain.claims.words.claim_bodies import NamedBody, is_open_list
from domain.claims.words.plain_form import plain

_ISSUING = re.compile(
    r"\b(?:issu\w+|publish\w*|releas\w+|promulgat\w+|announc\w+|unveil\w*|launch\w*|"
    r"adopt\w*|enact\w*|pass(?:ed|es)|draft\w*|"
    r"co-issued|jointly|signed|put out|roll\w* out|led by|headed by|behind|campaign|run by|"
    r"carried out|conduct\w*|by)\b"
    r"|印发|发布|公布|出台|联合|颁布|制定|开展|启动|通过|会同|牵头|下发|部署"
)
# Somebody to whom something is sent is no issuer.
_TO_WHOM = re.compile(
    r"\b(?:report\w*|submit\w*|appl\w+|fil(?:e|ed|ing)|register\w*|notif\w+|declare\w*|"
    r"upload\w*|available|contact\w*|approv\w+|inspect\w*|fined)\b[^,;.]{0,40}\b(?:to|with|"
    r"from|by|of|at|for) (?:the )?(?:local |competent )?$"
    r"|(?:\bto|\bwith) (?:the )?(?:local |competent )?$|[向报经至][^，。]{0,2}$"
)

# by the customs administration alone; 由工信部单独发布
_ALONE = re.compile(
    r"\b(?:alone|solely|only by|on its own|single-handedly|without any other)\b|单独|独家|一家"
)


def check_issuers(
    reading: ClaimReading, act: KnownAct, source: OfficialSource
) -> list[CheckedSlot]:
    """One slot for the bodies that a claim gives as issuers, one for how many there are."""
    if not _ISSUING.search(plain(reading.text)):
        return []
    named = [body for body in reading.bodies if _issues(reading, body)]
    found = [_bodies(reading, named, act, source)] if named else []
    if reading.count is not None:
        found.append(_count(reading, act, source))
    return found


def other_bodies(
    reading: ClaimReading, act: KnownAct, official: str, source: OfficialSource
) -> list[CheckedSlot]:
    """Bodies that a claim names for something else: to whom one reports, who inspects."""
    issuing = issuers_of(reading)
    found = []
    for body in reading.bodies:
        if body.name in issuing or (is_issuer(act, body.name) and _issues(reading, body)):
            continue
        if not any(form in official for form in spellings_of(body.name)):
            found.append(
                CheckedSlot(
                    slot="bodies", claim=body.name, official=None, equal=None, source=source
                )
            )
    return found


def issuers_of(reading: ClaimReading) -> frozenset[str]:
    """The bodies that a sentence gives as issuers."""
    if not _ISSUING.search(plain(reading.text)):
        return frozenset()
    return frozenset(body.name for body in reading.bodies if _issues(reading, body))


def _issues(reading: ClaimReading, body: NamedBody) -> bool:
    before = plain(reading.text)[max(0, body.start - 70) : body.start]
    if before.rstrip().endswith("由"):
        return True
    return _TO_WHOM.search(before) is None


def _bodies(
    reading: ClaimReading, named: list[NamedBody], act: KnownAct, source: OfficialSource
) -> CheckedSlot:
    wrong = [body.name for body in named if not is_issuer(act, body.name)]
    unsure = not act.issuers or (bool(wrong) and not act.whole_issuers)
    equal = None if unsure else not wrong
    if equal and _incomplete(reading, named, act):
        equal = False if _ALONE.search(plain(reading.text)) and act.whole_issuers else None
    return CheckedSlot(
        slot="bodies", claim="、".join(dict.fromkeys(body.name for body in named)),
        official="、".join(sorted(act.issuers)) or None, equal=equal, source=source,
    )  # fmt: skip


def _incomplete(reading: ClaimReading, named: list[NamedBody], act: KnownAct) -> bool:
    """Some of several issuers given as if they were all; the first of them may stand for all."""
    names = {body.name for body in named}
    whole = act.number_of_issuers or len(act.issuers)
    if len(names) >= whole or reading.count is not None or is_open_list(reading.text):
        return False
    return len(names) > 1 or _ALONE.search(plain(reading.text)) is not None


def number_of_issuers(reading: ClaimReading) -> int | None:
    """How many bodies a sentence counts, those that it names beside others among them."""
    if reading.count is None:
        return None
    named = len(issuers_of(reading)) if reading.count.others else 0
    return reading.count.number + named


def _count(reading: ClaimReading, act: KnownAct, source: OfficialSource) -> CheckedSlot:
    number = number_of_issuers(reading)
    official = act.number_of_issuers
    return CheckedSlot(
        slot="bodies", claim=f"{number} bodies",
        official=None if official is None else f"{official} bodies",
        equal=None if official is None else number == official, source=source,
    )  # fmt: skip
