"""One article checked, and held against another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.claims.act_names import KnownNames
from domain.claims.checker import check_text, read_text
from domain.claims.claim import CheckedClaim, ClaimVerdict, Conflict
from domain.claims.conflicts import find_conflicts
from noticewatch.application.check.law_book import HeldLaw
from noticewatch.application.user_errors import NoticewatchError

LONGEST = 200_000  # characters of an article


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckReport:
    """The claims of an article with their verdicts as of a day; ``conflicts`` with another."""

    as_of: date
    claims: Sequence[CheckedClaim]
    conflicts: Sequence[Conflict] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many claims got each verdict, every verdict named."""
        found = Counter(claim.verdict for claim in self.claims)
        return {verdict.value: found[verdict] for verdict in ClaimVerdict}

    @property
    def acts(self) -> frozenset[str]:
        """The references of the acts that the verdicts rest on."""
        return frozenset(ref for claim in self.claims for ref in claim.acts)


def check_article(law: HeldLaw, text: str, other: str | None = None) -> CheckReport:
    """Check a text; NoticewatchError where it is longer than an article is."""
    for given in (text, other or ""):
        if len(given) > LONGEST:
            raise NoticewatchError(f"this text is longer than {LONGEST:,} characters")
    conflicts = []
    if other is not None:
        names = KnownNames.of(law.acts)
        ours = [item.reading for item in read_text(text, names) if not item.opinion]
        theirs = [item.reading for item in read_text(other, names) if not item.opinion]
        conflicts = find_conflicts(ours, theirs)
    return CheckReport(as_of=law.day, claims=check_text(text, law), conflicts=conflicts)
