"""What a notice says first: its facts as a table, and one line of what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.acts.status import NO_LONGER_BINDING
from domain.facts.fact_pairing import core_value
from domain.law.told_facts import told_by_duties
from domain.records.change import Change
from domain.records.fact import Fact
from domain.records.notice import Notice
from domain.records.reason import StoredReason
from domain.records.states import SEVERITY_RANK, ChangeKind, FactKind
from i18n.en.fact_sentences import fact_change_sentence, fact_sentence
from i18n.fact_text import FactRow, changed_facts, stated_facts
from i18n.phrases import Lang, effect_name, fact_name, place_name

# What a reader asks of every act: a row says so where the text is silent.
ASKED = (FactKind.EFFECTIVE_DATE, FactKind.DEADLINE, FactKind.FINE, FactKind.PORTAL)
_TELLING = {
    FactKind.DEADLINE, FactKind.FINE, FactKind.EFFECTIVE_DATE, FactKind.COMMENT_DEADLINE,
    FactKind.EXPIRY_DATE, FactKind.THRESHOLD, FactKind.CODE_FORMAT,
}  # fmt: skip
REFERENCES = (FactKind.REPEALS, FactKind.CITES, FactKind.IMPLEMENTS)
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
    kind: FactKind | None = None


def last_change_of_facts(notice: Notice) -> Change | None:
    """The newest change that touched a fact; a scan that was read since touches none."""
    for change in reversed(notice.own_changes):
        if change.kind is ChangeKind.ATTACHMENT_READ:
            continue
        if change.facts_before or (change.facts_after and change.kind is not ChangeKind.NEW):
            return change
    return None


def shown_severity(notice: Notice) -> tuple[str, StoredReason]:
    """Severity and rule that go with what is told first: those of the act, or of the change
    that its facts came by, where that is more severe and the act is not over."""
    own = (notice.severity, notice.rule)
    change = last_change_of_facts(notice)
    if change is None or not change.severity_rule or notice.status in NO_LONGER_BINDING:
        return own
    changed = (change.severity, change.rule)
    return min(changed, own, key=lambda pair: SEVERITY_RANK.get(pair[0], 2))


def fact_table(notice: Notice, lang: Lang, earlier: Sequence[Fact] | None = None) -> list[TableRow]:
    """The facts that the last change touched with before and after, then what else the act
    states, most asked for first, then what is asked of every act and it does not state.

    ``earlier``: the facts of the edition or draft before, for an act that has not changed
    since it was first seen.
    """
    changed, compared = _compared(notice, earlier)
    told = {mark for row in changed for mark in _marks(row)}
    others = [fact for fact in notice.facts if not told_by_duties(fact, notice.duties)]
    stated = [row for row in stated_facts(others) if told.isdisjoint(_marks(row))]
    rows = [_table_row(row, lang, compared=True) for row in changed]
    # A decision that amends an act says nothing of what it leaves as it was.
    compared = compared and not _amends(notice)
    rows += [
        _table_row(row, lang, compared=compared and row.kind not in REFERENCES) for row in stated
    ]
    known = {row.kind for row in changed} | {fact.kind for fact in notice.facts}
    silent = [kind for kind in ASKED if kind not in known]
    if notice.stage in ("final", "draft") or rows:
        rows += [TableRow(what=fact_name(kind, lang), kind=kind) for kind in silent]
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
        kind=row.kind,
    )


@dataclass(frozen=True, kw_only=True)
class FactShelves:
    """The rows of an act's facts by what a reader asks: what changed, days, limits, the rest."""

    changes: tuple[TableRow, ...]
    dates: tuple[TableRow, ...]
    limits: tuple[TableRow, ...]
    others: tuple[TableRow, ...]


_DATES = (FactKind.EFFECTIVE_DATE, FactKind.DEADLINE, FactKind.COMMENT_DEADLINE,
          FactKind.EXPIRY_DATE)  # fmt: skip


def fact_shelves(rows: Sequence[TableRow]) -> FactShelves:
    """Each row on one shelf, in their order."""
    stated = [row for row in rows if row.after and not row.compared]
    dates = tuple(row for row in stated if row.kind in _DATES)
    limits = tuple(row for row in stated if row.kind is FactKind.THRESHOLD)
    return FactShelves(
        changes=tuple(row for row in rows if row.compared),
        dates=dates,
        limits=limits,
        others=tuple(row for row in stated if row not in dates and row not in limits),
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
