"""What a reader works out next from an alert's facts: by which day, and what of the old stock.

An example counts from the first working day on which the act applies; that a text is silent
on transition is said only where all of it could be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.facts.due_days import due_day
from domain.facts.working_days import next_working_day
from domain.records.change import Change
from domain.records.fact_values import DeadlineValue
from domain.records.notice import Notice, Version
from domain.records.states import AttachmentStatus, ChangeKind, FactKind
from i18n.fact_text import FactRow
from i18n.phrases import Lang, clip, day, say

_EXAMPLES = 2
# Words that speak of what was there before the act applied.
_OLD_STOCK = re.compile(
    "|".join((
        r"过渡(?:期|安排|措施)",
        r"本[^。；，\n]{1,10}(?:施行|实施|生效|发布|公布|印发)(?:之日)?[以之]?前",
        r"(?:施行|实施)之日起[^。；，\n]{1,12}内",
        r"按(?:照)?原(?:有)?(?:规定|办法|标准)",
        r"此前已|日前已|存量|老企业",
    ))
)  # fmt: skip
_SENTENCE_ENDS = re.compile(r"[。；\n]")
_BURDENS = (FactKind.DEADLINE, FactKind.FINE, FactKind.THRESHOLD, FactKind.CODE_FORMAT)
_TELLING = (ChangeKind.NEW, ChangeKind.REVISED, ChangeKind.ATTACHMENT_REVISED)


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkedExample:
    """A changed deadline on the calendar: days ready to print."""

    of: FactRow
    lead: str
    before: str
    after: str
    doubt: str


def examples(
    notice: Notice, rows: Sequence[FactRow], today: date, lang: Lang
) -> list[WorkedExample]:
    """When the changed deadlines would end if their period began on the first working day on
    which the act applies."""
    start = next_working_day(max(today, notice.effective or today)).day
    found: dict[tuple[date, date], WorkedExample] = {}
    for row in rows:
        if row.kind is not FactKind.DEADLINE or row.before is None or row.after is None:
            continue
        values = [fact.value for fact in (row.before, row.after)]
        periods = [v for v in values if isinstance(v, DeadlineValue) and v.duration]
        if len(periods) < 2:
            continue
        old, new = (due_day(value, start) for value in periods)
        if old is None or new is None or old.day == new.day or new.day == start:
            continue
        doubt = say("holidays", lang) if old.provisional or new.provisional else ""
        found.setdefault(
            (old.day, new.day),
            WorkedExample(
                of=row,
                lead=say("example", lang, date=day(start, lang)),
                before=day(old.day, lang),
                after=day(new.day, lang),
                doubt=doubt,
            ),
        )
    return list(found.values())[:_EXAMPLES]


def transition(notice: Notice, change: Change, rows: Sequence[FactRow], lang: Lang) -> str:
    """What a binding act that is still to apply says of what was there before it: its own
    words, or that it says nothing; '' where neither can be told."""
    if notice.stage != "final" or change.kind not in _TELLING or notice.effective is None:
        return ""
    if notice.effective < change.at.date() or not any(row.kind in _BURDENS for row in rows):
        return ""
    version = _version(notice, change)
    if version is None:
        return ""
    texts = [version.text, *(file.text or "" for file in version.attachments)]
    for text in texts:
        if match := _OLD_STOCK.search(text):
            return say("transition", lang, words=f"“{clip(_sentence(text, match), 120)}”")
    if any(file.status is not AttachmentStatus.OK for file in version.attachments):
        return ""
    moment = day(notice.effective, lang)
    return say("no_transition", lang, date=moment)


def _sentence(text: str, match: re.Match[str]) -> str:
    """The sentence that a match stands in, or what is near it in a very long one."""
    before = text[max(0, match.start() - 60) : match.start()]
    after = text[match.end() : match.end() + 60]
    return _SENTENCE_ENDS.split(before)[-1] + match[0] + _SENTENCE_ENDS.split(after)[0]


def _version(notice: Notice, change: Change) -> Version | None:
    for posting in notice.postings:
        if posting.id == change.posting_id and posting.versions:
            return posting.versions[-1]
    return None
