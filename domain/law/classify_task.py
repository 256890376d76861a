"""The classifier's task for one change, and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from domain.law.duties import Duty
from domain.records.fact import Fact, Label
from domain.records.notice import Version
from domain.records.reason import Reason
from domain.records.states import ChangeKind

if TYPE_CHECKING:
    from domain.law.act_history import ActEvent, ActHistory


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedActs:
    """An act as it read before and as it reads after another one; ``events`` are the terms that
    the other one sets without wording the text anew, ``earlier`` those that were set by then."""

    before: Version
    after: Version
    events: tuple[ActEvent, ...] = ()
    earlier: tuple[ActEvent, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ActPeriod:
    """How an act reads from a day on (None: as issued), until the next period begins."""

    since: date | None
    version: Version


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyPeriod:
    """The duties of an act from a day on (None: as issued), until the next period begins."""

    since: date | None
    duties: tuple[Duty, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectsKey:
    """Hashes of what others do to an act, and to those that it changes: a task is read with
    them, and while it waits another act may do more."""

    own: str
    of_targets: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassifyTask:
    """One change that the classifier has not seen: the whole version and, for a revision,
    the version before it. ``acts``: for a new act those that it replaces or changes.
    ``history`` with its ``periods``: of an act that others have changed. ``effects_key``: what
    others did to it, and to those that it changes, when the task was handed out."""

    change_id: int
    notice_id: int
    kind: ChangeKind
    jurisdiction: str
    publisher: str
    version: Version
    before: Version | None = None
    acts: tuple[ComparedActs, ...] = ()
    history: ActHistory | None = None
    periods: tuple[ActPeriod, ...] = ()
    effects_key: EffectsKey | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Classification:
    """What the classifier says of one change; ``change_topics`` and facts before/after
    speak of what changed, ``labels`` and ``facts`` of the whole document. ``effects_key``: that of
    the task (None: not compared); where the act's is another by now, it is read anew."""

    change_id: int
    labels: tuple[Label, ...]
    facts: tuple[Fact, ...]
    stage: str | None
    relevant_because: str | None
    model: str
    title_en: str | None = None
    change_topics: tuple[str, ...] = ()
    facts_before: tuple[Fact, ...] = ()
    facts_after: tuple[Fact, ...] = ()
    duties: tuple[Duty, ...] = ()
    duty_periods: tuple[DutyPeriod, ...] = ()  # where others have changed the act
    duties_before: tuple[Duty, ...] = ()
    duties_after: tuple[Duty, ...] = ()
    near: Reason | None = None  # of a notice that is not relevant: why it came near the line
    vectors: Mapping[str, bytes] = field(default_factory=dict)  # place -> float32 bytes
    vectors_encoder: str | None = None  # the encoder's id; None: that of ``model``
    effects_key: EffectsKey | None = None
