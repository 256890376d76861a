"""Classify every change that the archive says is undone; may be killed at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from archive.store import Archive
from classifier.encoder.bundled_weights import Floats
from classifier.encoder.encoders import Encoder
from classifier.facts import compare_facts, extract_facts
from classifier.openings import CHARACTERS, opening_of
from classifier.time_limit import TimeUp, time_limit
from classifier.topics.passages import LONGEST, TITLE, Passage, version_passages
from classifier.topics.predictor import Prediction, Predictor, make_predictor
from classifier.topics.register import Match, Register
from config.model import RegisteredAct, Topic
from domain.diff.compare import diff_versions
from domain.diff.diff_model import Diff, PartDiff
from domain.records.classify_task import Classification, ClassifyTask
from domain.records.fact import Fact, Label
from domain.records.notice import Version
from domain.records.states import ChangeKind
from i18n.en.english_titles import title_en

BATCH = 50
SECONDS = 20.0  # of processor time for the facts of one notice
_MOST_PASSAGES = 20_000  # of a notice
_KEPT_VECTORS = 60  # passages of a notice
_REVISIONS = (ChangeKind.REVISED, ChangeKind.ATTACHMENT_REVISED, ChangeKind.RETITLED)


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
    :data:`SECONDS` is read by its opening; the others go on."""
    predictor = make_predictor(topics, encoder)
    false_alarms = _confirmed_false_alarms(archive)
    batch = _BatchClassifier(predictor, Register(register), false_alarms)
    classified = relevant = 0
    errors: dict[int, str] = {}
    while limit is None or classified + len(errors) < limit:
        room = BATCH if limit is None else min(BATCH, limit - classified - len(errors))
        waiting = archive.classification.pending(limit=room + len(errors))
        tasks = [task for task in waiting if task.change_id not in errors][:room]
        if not tasks:
            break
        for task, result in batch.classify(tasks):
            if isinstance(result, str):
                errors[task.change_id] = result
                continue
            archive.classification.store(result)
            classified += 1
            relevant += result.relevant_because is not None
            if progress is not None:
                progress(classified)
    failure = (predictor.failure,) if classified and predictor.failure else ()
    return ClassifyReport(
        classified=classified, relevant=relevant, rules_only=bool(failure),
        errors=(*failure, *errors.values()), not_read_whole=tuple(batch.not_read_whole),
    )  # fmt: skip


def _confirmed_false_alarms(archive: Archive) -> frozenset[tuple[int, str]]:
    """Notices and texts that an editor has confirmed to be no concern of ours."""
    return frozenset(
        (entry.notice_id, entry.text_sha256)
        for entry in archive.feedback.find()
        if entry.verdict == "not_relevant" and entry.confirmed_by is not None
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read of a notice without asking the model."""

    labels: tuple[Label, ...]
    because: str | None
    facts: tuple[Fact, ...]
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]
    changed: list[Passage]
    stage: str | None


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
            facts=read.facts,
            stage=read.stage,
            title_en=title_en(version.title, version.issuers, read.stage),
            relevant_because=read.because,
            model=prediction.model,
            change_topics=changed or topics,
            facts_before=read.before,
            facts_after=read.after,
            vectors=self._vectors(vector, passages if read.because else ()),
            vectors_encoder=None if vector is None else self.predictor.vectors.encoder.id,
        )

    def _read(
        self, task: ClassifyTask, passages: Sequence[Passage], prediction: Prediction
    ) -> _Reading:
        """All that patterns and comparisons say of a notice: what may take long."""
        version = task.version
        silenced = (task.notice_id, version.text_sha256) in self.false_alarms
        matches = [] if silenced else self.register.matches(passages)
        labels = prediction.labels or _register_labels(matches, prediction.model)
        labels = () if silenced else labels
        because = None
        if labels or matches:
            because = "labels" if prediction.relevant else "register"
        facts = version_facts(version) if because else ()
        before: tuple[Fact, ...] = ()
        after: tuple[Fact, ...] = ()
        changed: list[Passage] = []
        if because and task.before is not None and task.kind in _REVISIONS:
            before, after = compare_facts(version_facts(task.before), facts)
            changed = changed_passages(diff_versions(task.before, version))
        elif because:
            before, after = _between_acts(task.acts)
        stage = self.predictor.stage_of(version.title, version.text)
        return _Reading(labels, because, facts, before, after, changed, stage)

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


def _between_acts(
    acts: Sequence[tuple[Version, Version]],
) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The facts that changed from acts to those that replaced them or to their amended texts."""
    before: list[Fact] = []
    after: list[Fact] = []
    for old, new in acts:
        gone, came = compare_facts(version_facts(old), version_facts(new))
        before += gone
        after += came
    return tuple(before), tuple(after)


def version_facts(version: Version) -> tuple[Fact, ...]:
    """Facts of a version's title, body and attachments."""
    return extract_facts(
        version.title, version.blocks, attachments=version.attachments,
        published=version.dates.published, issuers=version.issuers,
    )  # fmt: skip


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


def _register_labels(matches: Sequence[Match], model: str) -> tuple[Label, ...]:
    """Topics of the registered acts that are touched, resting on the passages that show it."""
    found: dict[str, list[Match]] = {}
    for match in matches:
        for topic in match.act.topics:
            found.setdefault(topic, []).append(match)
    return tuple(
        Label(
            topic=topic, score=1.0, model=f"register+{model}",
            evidence=tuple(dict.fromkeys(match.evidence for match in items))[:5],
        )
        for topic, items in found.items()
    )  # fmt: skip
