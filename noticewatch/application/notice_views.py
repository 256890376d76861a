"""View models that pages, API and command line share: pure functions of archive records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.acts.status import NO_LONGER_BINDING
from domain.diff.compare import Diff, PartDiff
from domain.facts.fact_pairing import core_value
from domain.records.change import Change
from domain.records.fact import Fact
from domain.records.notice import Notice
from domain.records.states import ChangeKind, FactKind
from i18n.en.fact_sentences import fact_change_sentence, fact_sentence
from i18n.fact_text import FactRow, changed_facts, fact_text, stated_facts
from i18n.phrases import Lang, clip, effect_name, fact_name, kind_name, place_name
from i18n.reason_phrases import reason_text


def _part_json(part: PartDiff) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "label_before": part.label_before,
        "label_after": part.label_after,
        "spans": [{"op": span.op, "text": span.text} for span in part.spans],
    }


def diff_json(diff: Diff) -> dict[str, Any]:
    """The diff model as ``show --diff --json`` and the API give it."""
    return {
        "substantive": diff.substantive,
        "reason": diff.reason,
        "changed_characters": diff.changed_characters,
        "parts": [_part_json(part) for part in diff.parts],
        "fields": [
            {"field": field.field, "before": field.before, "after": field.after}
            for field in diff.fields
        ],
        "attachments": [
            {
                "kind": attachment.kind,
                "name_before": attachment.name_before,
                "name_after": attachment.name_after,
                "sha256_before": attachment.sha256_before,
                "sha256_after": attachment.sha256_after,
                "parts": [_part_json(part) for part in attachment.parts],
            }
            for attachment in diff.attachments
        ],
    }


# ------------------------------------------------------------- what a notice says

# What a reader asks of every act: a row says so where the text is silent.
ASKED = (FactKind.EFFECTIVE_DATE, FactKind.DEADLINE, FactKind.FINE, FactKind.PORTAL)
_TELLING = {
    FactKind.DEADLINE, FactKind.FINE, FactKind.EFFECTIVE_DATE, FactKind.COMMENT_DEADLINE,
    FactKind.EXPIRY_DATE, FactKind.THRESHOLD, FactKind.CODE_FORMAT,
}  # fmt: skip
REFERENCES = (FactKind.REPEALS, FactKind.CITES, FactKind.IMPLEMENTS)
_SAID_AT_MOST = 2
_NUMBERED = re.compile(r"(?<=by ).+ \(([^()]*号)\)")  # an act's number instead of its name
_NEWS = (ChangeKind.WITHDRAWN, ChangeKind.RESTORED, ChangeKind.STATUS)


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """What, before, after, effect and quote: a line of a notice's first table.

    Empty ``before`` or ``after``: the text is silent. ``compared`` tells whether there is an
    earlier text at all.
    """

    what: str
    before: str = ""
    before_where: str = ""
    after: str = ""
    after_where: str = ""
    effect: str = ""
    effect_key: str = ""
    quote: str = ""
    english: str = ""
    compared: bool = False
    unchanged: bool = False


def last_change_of_facts(notice: Notice) -> Change | None:
    """The newest change that touched a fact."""
    for change in reversed(notice.changes):
        if change.facts_before or (change.facts_after and change.kind is not ChangeKind.NEW):
            return change
    return None


_RANK = {"red": 0, "amber": 1}


def shown_severity(notice: Notice) -> tuple[str, str]:
    """Severity and rule that go with what is told first: those of the act, or of the change
    that its facts came by, where that is more severe and the act is not over."""
    own = (notice.severity, notice.severity_rule)
    change = last_change_of_facts(notice)
    if change is None or not change.severity_rule or notice.status in NO_LONGER_BINDING:
        return own
    changed = (change.severity, change.severity_rule)
    return min(changed, own, key=lambda pair: _RANK.get(pair[0], 2))


def fact_table(notice: Notice, lang: Lang, earlier: Sequence[Fact] | None = None) -> list[TableRow]:
    """The facts that the last change touched with before and after, then what else the act
    states, most asked for first, then what is asked of every act and it does not state.

    ``earlier``: the facts of the edition or draft before, for an act that has not changed
    since it was first seen.
    """
    changed, compared = _compared(notice, earlier)
    told = {mark for row in changed for mark in _marks(row)}
    stated = [row for row in stated_facts(notice.facts) if told.isdisjoint(_marks(row))]
    rows = [_table_row(row, lang, compared=True) for row in changed]
    # A decision that amends an act says nothing of what it leaves as it was.
    compared = compared and not _amends(notice)
    rows += [
        _table_row(row, lang, compared=compared and row.kind not in REFERENCES) for row in stated
    ]
    known = {row.kind for row in changed} | {fact.kind for fact in notice.facts}
    silent = [kind for kind in ASKED if kind not in known]
    if notice.stage in ("final", "draft") or rows:
        rows += [TableRow(what=fact_name(kind, lang)) for kind in silent]
    return rows


def _marks(row: FactRow) -> set[tuple[FactKind, str]]:
    """What tells that two rows state the same: the words, or the value."""
    fact = row.after or row.before
    return {(row.kind, row.quote), (row.kind, repr(core_value(fact)))} if fact else set()


def _amends(notice: Notice) -> bool:
    """Whether the act's facts were compared with those of an act that it amends."""
    change = last_change_of_facts(notice)
    kinds = {relation.kind for relation in notice.relations}
    return change is not None and change.kind is ChangeKind.NEW and "amends" in kinds


def _compared(notice: Notice, earlier: Sequence[Fact] | None) -> tuple[tuple[FactRow, ...], bool]:
    """The facts that differ from the text before, and whether there is a text before."""
    change = last_change_of_facts(notice)
    if change is not None:
        return changed_facts(change.facts_before, change.facts_after), True
    if earlier is None:
        return (), False
    before, after = (
        [fact for fact in facts if fact.kind not in REFERENCES] for facts in (earlier, notice.facts)
    )
    return changed_facts(before, after), True


def _table_row(row: FactRow, lang: Lang, *, compared: bool) -> TableRow:
    name, before, after = row.texts(lang)
    return TableRow(
        what=name,
        before=before,
        before_where=place_name(row.before.where, lang) if row.before else "",
        after=after,
        after_where=place_name(row.after.where, lang) if row.after else "",
        effect=effect_name(row.effect, lang),
        effect_key=row.effect,
        quote=row.quote,
        english=_english(row),
        compared=compared and bool(row.effect),
        unchanged=compared and not row.effect,
    )


@dataclass(frozen=True, kw_only=True)
class ActRow:
    """A fact of two acts beside each other; ``effect_key`` is empty where they are the same."""

    what: str
    before: str
    before_where: str
    before_quote: str
    after: str
    after_where: str
    after_quote: str
    effect: str
    effect_key: str
    english: str


def act_row(row: FactRow, lang: Lang) -> ActRow:
    name, before, after = row.texts(lang)
    old, new = row.before, row.after
    return ActRow(
        what=name,
        before=before,
        before_where=place_name(old.where, lang) if old else "",
        before_quote=old.quote if old else "",
        after=after,
        after_where=place_name(new.where, lang) if new else "",
        after_quote=new.quote if new else "",
        effect=effect_name(row.effect, lang),
        effect_key=row.effect,
        english=fact_change_sentence(old, new) if row.effect else "",
    )


def _english(row: FactRow) -> str:
    fact = row.after or row.before
    return fact_sentence(fact) if fact else ""


def one_line(notice: Notice, lang: Lang, earlier: Sequence[Fact] | None = None) -> str:
    """What a reader must know first: what changed, else what the act states; "" for an act
    without facts. ``earlier`` as in :func:`fact_table`."""
    parts: list[str] = []
    newest = notice.changes[-1] if notice.changes else None
    if newest and newest.kind in _NEWS:
        parts.append(_news(newest, lang))
        if newest.reason.startswith("repealed by"):
            return _sentence(parts, lang)  # what it stated matters no more
    changed, _ = _compared(notice, earlier)
    decisive = [row for row in changed if row.kind in _TELLING]
    if decisive:
        parts += [_change_phrase(row, lang) for row in decisive[:_SAID_AT_MOST]]
    else:
        stated = [row for row in stated_facts(notice.facts) if row.kind in _TELLING and row.after]
        parts += [_stated_phrase(row, lang) for row in stated[:_SAID_AT_MOST]]
    return _sentence(parts, lang)


def _sentence(parts: Iterable[str], lang: Lang) -> str:
    text = ("；" if lang == "zh" else "; ").join(parts)
    return text[:1].upper() + text[1:]


def _news(change: Change, lang: Lang) -> str:
    """What happened to an act; of its status what the archive gives as the reason."""
    if change.kind is not ChangeKind.STATUS:
        return kind_name(change.kind, lang)
    short = _NUMBERED.sub(r"\1", change.reason)
    return clip(reason_text(short, lang), 100) or kind_name(change.kind, lang)


def _change_phrase(row: FactRow, lang: Lang) -> str:
    if lang == "en":
        return fact_change_sentence(row.before, row.after)
    name, before, after = row.texts(lang)
    old, new = before.split(" (")[0], after.split(" (")[0]  # who and from when stand below
    effect = effect_name(row.effect, lang)
    return f"{name}：{old or '未载明'} → {new or '不再载明'}（{effect}）"


def _stated_phrase(row: FactRow, lang: Lang) -> str:
    fact = row.after
    if fact is None:
        return ""
    return fact_sentence(fact) if lang == "en" else f"{row.texts(lang)[0]}：{fact_text(fact, lang)}"


# ------------------------------------------------------------------ comparing


@dataclass(frozen=True, kw_only=True)
class ComparedPart:
    """A part of a comparison; ``part`` is None for one that stayed as it was."""

    label: str
    text: str
    part: PartDiff | None


def whole_text(diff: Diff, units: Sequence[tuple[str, str]]) -> list[ComparedPart]:
    """Every part of the new text in its order, with what was removed at its old place.

    ``units`` are label and body of each part of the new text, as the diff counts them.
    """
    result: list[ComparedPart] = []
    old = new = 0

    def kept_until(stop: int) -> None:
        nonlocal old, new
        for label, body in units[new:stop]:
            result.append(ComparedPart(label=label, text=body, part=None))
        old += max(0, stop - new)
        new = max(new, stop)

    for part, following in _with_following(diff.parts):
        if part.position_after is None:
            ahead = (part.position_before or 0) - old
            limit = len(units) if following is None else following
            kept_until(min(max(new, new + ahead), limit))
            old += 1
        else:
            kept_until(part.position_after)
            new = part.position_after + 1
            old += part.position_before is not None
        result.append(ComparedPart(label="", text="", part=part))
    kept_until(len(units))
    return result


def _with_following(parts: Sequence[PartDiff]) -> Iterable[tuple[PartDiff, int | None]]:
    """Each part with the place of the next one that stands in the new text."""
    following: int | None = None
    pairs: list[tuple[PartDiff, int | None]] = []
    for part in reversed(parts):
        pairs.append((part, following))
        if part.position_after is not None:
            following = part.position_after
    return reversed(pairs)
