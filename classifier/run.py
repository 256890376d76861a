"""Classify every change that the archive says is undone; may be killed at any time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from archive.errors import LeaseLost
from archive.store import Archive
from classifier.encoder.bundled_weights import Floats
from classifier.encoder.encoders import Encoder
from classifier.openings import CHARACTERS, opening_of
from classifier.stated_versions import (
    StatedDifference,
    StatedVersion,
    compared_acts,
    duty_periods,
    told_here,
)
from classifier.time_limit import TimeUp, time_limit
from classifier.topics.passages import LONGEST, TITLE, Passage, version_passages
from classifier.topics.predictor import Prediction, Predictor, make_predictor
from classifier.topics.register import Register, register_labels
from config.model import Stage, Topic
from config.registered_act import RegisteredAct
from domain.acts.near_line import near_line
from domain.diff.compare import diff_versions
from domain.diff.diff_model import Diff, PartDiff
from domain.law.classify_task import Classification, ClassifyTask, DutyPeriod
from domain.records.fact import Label
from domain.records.lease import Lease
from domain.records.notice import Version
from domain.records.reason import Reason
from domain.records.states import ChangeKind
from i18n.en.english_titles import title_en

log = logging.getLogger(__name__)

BATCH = 50
SECONDS = 20.0  # of processor time for the facts of one notice
_MOST_PASSAGES = 20_000  # of a notice
_KEPT_VECTORS = 60  # passages of a notice
_REVISIONS = (
    ChangeKind.REVISED, ChangeKind.ATTACHMENT_REVISED, ChangeKind.ATTACHMENT_READ,
    ChangeKind.RETITLED,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassifyReport:
    """What one run did."""

    classified: int
    relevant: int
    rules_only: bool = False  # the model was missing or broken: classified by rules
    errors: tuple[str, ...] = ()
    not_read_whole: tuple[str, ...] = ()  # sentences about notices that took too long


def run(
    archive: Archive, topics: Sequence[Topic], register: Sequence[RegisteredAct], *,
    encoder: str | Encoder = "bundled", limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> ClassifyReport:  # fmt: skip
    """Classify what is undone, a batch of notices with one call of the encoder. A notice that
    cannot be classified is reported and left undone, one that takes longer than
    :data:`SECONDS` is read by its opening; the others go on. Several may do this at once."""
    predictor = make_predictor(topics, encoder)
    batch = _BatchClassifier(predictor, Register(register), _confirmed_false_alarms(archive))
    done = _Done(archive, progress)
    while limit is None or done.count < limit:
        room = BATCH if limit is None else min(BATCH, limit - done.count)
        with archive.claims.claimed(room, skip=done.errors) as claim:
            if not claim.leases:
                break
            for task, result in batch.classify(claim.tasks) if claim.tasks else ():
                done.keep(task, result, claim.leases[task.notice_id])
    failure = (predictor.failure,) if done.classified and predictor.failure else ()
    return ClassifyReport(
        classified=done.classified, relevant=done.relevant, rules_only=bool(failure),
        errors=(*failure, *done.errors.values()), not_read_whole=tuple(batch.not_read_whole),
    )  # fmt: skip


@dataclass
class _Done:
    """What became of the changes of a run."""

    archive: Archive
    progress: Callable[[int], None] | None
    classified: int = 0
    relevant: int = 0
    errors: dict[int, str] = field(default_factory=dict)  # by the change

    @property
    def count(self) -> int:
        return self.classified + len(self.errors)

    def keep(self, task: ClassifyTask, result: Classification | str, lease: Lease) -> None:
        if isinstance(result, str):
            self.errors[task.change_id] = result
            return
        try:
            self.archive.claims.store(result, lease)
        except LeaseLost as lost:
            log.warning("change %d: %s", task.change_id, lost)
            return
        self.classified += 1
        self.relevant += result.relevant_because is not None
        if self.progress is not None:
            self.progress(self.classified)


def _confirmed_false_alarms(archive: Archive) -> frozenset[tuple[int, str]]:
    """Notices and texts that an editor has confirmed to be no concern of ours."""
    return frozenset(
        (entry.notice_id, entry.text_sha256)
        for entry in archive.feedback.find()
        if entry.verdict == "not_relevant" and entry.confirmed_by is not None
    )


class _BatchClassifier:
    """Classifies the tasks of a batch with one call of the encoder."""

    def __init__(
        self, predictor: Predictor, register: Register, false_alarms: frozenset[tuple[int, str]]
    ) -> None:
        self.not_read_whole: list[str] = []
        self.predictor = predictor
        self.register = register
        self.false_alarms = false_alarms

    def classify(
        self, tasks: Sequence[ClassifyTask]
    ) -> Iterator[tuple[ClassifyTask, Classification | str]]:
        """Each task with its classification, or with what went wrong."""
        try:
            passages, predictions, titles = self._predicted(tasks)
        except Exception as error:
            yield from self._one_by_one(tasks, error)
            return
        for number, task in enumerate(tasks):
            vector = None if titles is None else titles[number]
            try:
                yield task, self._one(task, passages[number], predictions[number], vector)
            except TimeUp:
                yield task, self._set_aside(task)
            except Exception as error:  # one odd notice must not stop the others
                yield task, _failed(task, error)

    def _predicted(
        self, tasks: Sequence[ClassifyTask]
    ) -> tuple[list[list[Passage]], list[Prediction], list[Floats] | None]:
        """Passages and predictions of a batch, and the vectors of its titles."""
        passages = [_passages(task.version) for task in tasks]
        # Not against the clock: what is encoded is bounded, and a question to the encoder's
        # process must not be left without its answer being read.
        predictions = self.predictor.predict_many(passages)
        titles = self.predictor.vectors([task.version.title[:LONGEST] for task in tasks])
        return passages, predictions, titles

    def _one_by_one(
        self, tasks: Sequence[ClassifyTask], error: Exception
    ) -> Iterator[tuple[ClassifyTask, Classification | str]]:
        """A batch that took too long or failed as a whole: one of them is to blame."""
        if len(tasks) > 1:
            for task in tasks:
                yield from self.classify([task])
        elif isinstance(error, TimeUp):
            yield tasks[0], self._set_aside(tasks[0])
        else:
            yield tasks[0], _failed(tasks[0], error)

    def _set_aside(self, task: ClassifyTask) -> Classification | str:
        """A notice that takes too long is read by its opening, and that is said."""
        short = opening_of(task)
        try:
            (passages,), (prediction,), titles = self._predicted([short])
            vector = None if titles is None else titles[0]
            result = self._one(short, passages, prediction, vector)
        except Exception as error:
            return _failed(task, error)
        self.not_read_whole.append(
            f"change {task.change_id}: not read whole, as that took longer than "
            f"{SECONDS:.0f} s; labels and facts are of its first {CHARACTERS} characters"
        )
        return result

    def _one(
        self, task: ClassifyTask, passages: Sequence[Passage], prediction: Prediction,
        vector: Floats | None,
    ) -> Classification:  # fmt: skip
        version = task.version
        with time_limit(SECONDS):
            read = self._read(task, passages, prediction)
        changed = self.predictor.topics_of(version.title, read.changed) if read.changed else ()
        topics = tuple(label.topic for label in read.labels if task.before is None)
        return Classification(
            change_id=task.change_id,
            labels=read.labels,
            facts=read.stated.facts,
            duties=read.stated.duties,
            stage=read.stage,
            title_en=title_en(version.title, version.issuers, read.stage),
            relevant_because=read.because,
            model=prediction.model,
            near=None if read.because or self._silenced(task) else _near(prediction),
            change_topics=changed or topics,
            facts_before=read.differs.facts_before,
            facts_after=read.differs.facts_after,
            duties_before=read.differs.duties_before,
            duties_after=read.differs.duties_after,
            duty_periods=read.periods,
            vectors=self._vectors(vector, passages if read.because else ()),
            vectors_encoder=None if vector is None else self.predictor.vectors.encoder.id,
            effects_key=task.effects_key,
        )

    def _silenced(self, task: ClassifyTask) -> bool:
        return (task.notice_id, task.version.text_sha256) in self.false_alarms

    def _read(
        self, task: ClassifyTask, passages: Sequence[Passage], prediction: Prediction
    ) -> _Reading:
        """All that patterns and comparisons say of a notice: what may take long."""
        version = task.version
        silenced = self._silenced(task)
        matches = [] if silenced else self.register.matches(passages)
        labels = prediction.labels or register_labels(matches, prediction.model)
        labels = () if silenced else labels
        because = None
        if labels or matches:
            because = "labels" if prediction.relevant else "register"
        stage = self.predictor.stage_of(version.title, version.text)
        stated = StatedVersion.of(version, stage) if because else StatedVersion()
        stage = stated.stage or stage
        differs = StatedDifference()
        changed: list[Passage] = []
        if because and task.before is not None and task.kind in _REVISIONS:
            differs = StatedDifference.of([(StatedVersion.of(task.before, stage), stated)])
            changed = changed_passages(diff_versions(task.before, version))
        elif because:
            compared = [compared_acts(acts, stage) for acts in task.acts]
            differs = StatedDifference.of(compared)
            stated = replace(stated, duties=told_here(stated.duties, compared))
        periods = duty_periods(task, stated) if because else ()
        return _Reading(labels, because, stated, differs, periods, changed, stage)

    def _vectors(self, title: Floats | None, passages: Sequence[Passage]) -> dict[str, bytes]:
        """What search by meaning looks through: the title, and of a relevant notice the passages
        that were encoded to label it."""
        if title is None:
            return {}
        known = (
            (f"{number} {passage.where}", self.predictor.vectors.known(passage.text))
            for number, passage in enumerate(passages, 1)
            if passage.where != TITLE
        )
        kept = [(place, vector) for place, vector in known if vector is not None][:_KEPT_VECTORS]
        found = [("title", title), *kept]
        return {place: vector.astype("<f4").tobytes() for place, vector in found}


def _passages(version: Version) -> list[Passage]:
    with time_limit(SECONDS):
        return version_passages(version)[:_MOST_PASSAGES]


def _failed(task: ClassifyTask, error: Exception) -> str:
    return f"change {task.change_id}: {type(error).__name__}: {error}"


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read of a notice without asking the model."""

    labels: tuple[Label, ...]
    because: str | None
    stated: StatedVersion
    differs: StatedDifference
    periods: tuple[DutyPeriod, ...]
    changed: list[Passage]
    stage: Stage | None


def _near(prediction: Prediction) -> Reason | None:
    return near_line(prediction.relevance, prediction.near) if prediction.near else None


def changed_passages(diff: Diff) -> list[Passage]:
    """The parts that a diff touches, in the new wording, removed ones in the old."""
    parts = [*diff.parts, *(part for item in diff.attachments for part in item.parts)]
    found = []
    for part in parts:
        if part.kind in ("moved", "renumbered"):
            continue
        for text in _wordings(part):
            where = part.label_after or part.label_before or ""
            found.append(Passage(text, where))
    return found


def _wordings(part: PartDiff) -> list[str]:
    old = "".join(span.text for span in part.spans if span.op != "insert").strip()
    new = "".join(span.text for span in part.spans if span.op != "delete").strip()
    return [text for text in dict.fromkeys((new, old)) if text]
