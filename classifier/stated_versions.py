"""What a version of an act states, and how it differs from what was stated before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from classifier.duties import read_duties
from classifier.facts import compare_facts, read_facts
from classifier.facts.fact_document import Document, read_document
from classifier.scan_marks import marked_facts, sure_duties
from config.model import Stage
from domain.law.classify_task import ClassifyTask, ComparedActs, DutyPeriod
from domain.law.duties import Duty
from domain.law.duty_changes import duties_on, with_terms
from domain.law.duty_pairs import changed_duties
from domain.law.stage_correction import obliges_nobody, stage_by_duties
from domain.records.fact import Fact
from domain.records.notice import Version

# 由2027年6月30日延长至2027年12月31日
_MOVES = re.compile(
    r"(?:延长|延期|顺延|推迟|展期|延后|延缓|宽限|放宽|提前|调整|变更|改)(?:至|到|为)|延至"
)


@dataclass(frozen=True, slots=True)
class StatedVersion:
    """What a version states: facts, duties, and the stage as its duties show it."""

    facts: tuple[Fact, ...] = ()
    duties: tuple[Duty, ...] = ()
    stage: Stage | None = None

    @classmethod
    def of(cls, version: Version, stage: Stage | None) -> StatedVersion:
        document = version_document(version)
        duties = sure_duties(read_duties(document), version)
        shown = stage_by_duties(stage, version.title, duties, blocks=version.blocks)
        told = () if obliges_nobody(shown, version.title) else duties
        return cls(marked_facts(read_facts(document), version), told, shown)


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedDifference:
    """Facts and duties that differ between versions, or between acts and those they change."""

    facts_before: tuple[Fact, ...] = ()
    facts_after: tuple[Fact, ...] = ()
    duties_before: tuple[Duty, ...] = ()
    duties_after: tuple[Duty, ...] = ()

    @classmethod
    def of(cls, pairs: Sequence[tuple[StatedVersion, StatedVersion]]) -> StatedDifference:
        facts = [compare_facts(old.facts, new.facts) for old, new in pairs]
        duties = [changed_duties(old.duties, new.duties) for old, new in pairs]
        return cls(
            facts_before=tuple(fact for gone, _ in facts for fact in gone),
            facts_after=tuple(fact for _, came in facts for fact in came),
            duties_before=tuple(duty for gone, _ in duties for duty in gone),
            duties_after=tuple(duty for _, came in duties for duty in came),
        )


def compared_acts(acts: ComparedActs, stage: Stage | None) -> tuple[StatedVersion, StatedVersion]:
    """What an act states before and after another one."""
    before = StatedVersion.of(acts.before, stage)
    same = acts.before.text_sha256 == acts.after.text_sha256 and acts.before.text == acts.after.text
    after = before if same else StatedVersion.of(acts.after, stage)
    then = with_terms(after.duties, acts.earlier)
    return (
        replace(before, duties=with_terms(before.duties, acts.earlier)),
        replace(after, duties=with_terms(then, acts.events)),
    )


def told_here(
    duties: Sequence[Duty], compared: Sequence[tuple[StatedVersion, StatedVersion]]
) -> tuple[Duty, ...]:
    """The duties of an act but for those that only say of another act's when it is due now: they
    are that act's, and would stay when their day is moved again."""
    moved = {
        duty.when.date
        for before, after in compared
        for duty in after.duties
        if duty.changed_by and duty.when is not None and duty not in before.duties
    }
    return tuple(
        duty for duty in duties
        if duty.when is None or duty.when.date is None or duty.when.date not in moved
        or not _MOVES.search(duty.quote)
    )  # fmt: skip


def duty_periods(task: ClassifyTask, stated: StatedVersion) -> tuple[DutyPeriod, ...]:
    """The duties of an act that others have changed, for each time in which they are the same."""
    if task.history is None:
        return ()
    found, read = [], {task.version.text: stated.duties}
    for period in task.periods:
        text = period.version.text
        if text not in read:
            read[text] = StatedVersion.of(period.version, stated.stage).duties
        since = period.since or task.history.first or date.min
        duties = duties_on(read[text], task.history, since)
        found.append(DutyPeriod(since=period.since, duties=duties))
    return tuple(found)


def version_document(version: Version) -> Document:
    """A version's title, body and attachments, cut for the readers."""
    return read_document(
        version.title, version.blocks, version.attachments,
        version.dates.published, version.issuers,
    )  # fmt: skip


def version_facts(version: Version) -> tuple[Fact, ...]:
    """Facts of a version's title, body and attachments."""
    return marked_facts(read_facts(version_document(version)), version)
