"""Label single texts: what ``noticewatch label`` and ``evaluate`` ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from archive.transfer.notice_json import fact_json, label_json
from classifier.encoder.encoders import Encoder
from classifier.facts import extract_facts_from_text
from classifier.topics.passages import MOST_CHARACTERS, Passage, notice_passages
from classifier.topics.predictor import Prediction, Predictor, make_predictor
from classifier.topics.register import Register, register_labels
from config.model import Topic
from config.registered_act import RegisteredAct

BATCH = 32


class Labeller:
    """Labels texts one by one or in batches; reusable, the model is loaded once."""

    def __init__(
        self, topics: Sequence[Topic], *, encoder: str | Encoder = "bundled",
        register: Sequence[RegisteredAct] = (),
    ) -> None:  # fmt: skip
        self.predictor: Predictor = make_predictor(topics, encoder)
        self.register = Register(register)

    def label_lines(self, lines: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """An answer a line, in order; the encoder is asked for several lines at once.

        A line is ``{"text"}``, ``{"title"}`` or both, with ``"published"`` where a date without
        a year needs it; anything else is answered with ``{"error"}``.
        """
        batch: list[Mapping[str, Any]] = []
        for line in lines:
            batch.append(line)
            if len(batch) == BATCH:
                yield from self._answer(batch)
                batch = []
        yield from self._answer(batch)

    def predictions(self, texts: Sequence[tuple[str, str]]) -> list[Prediction]:
        """Predictions of (title, text) pairs; one that is not of the field by its own words may
        be by an act of the register that it touches."""
        notices = [notice_passages(*pair) for pair in texts]
        return [
            prediction if prediction.labels else self._registered(passages, prediction)
            for passages, prediction in zip(
                notices, self.predictor.predict_many(notices), strict=True
            )
        ]

    def _registered(self, passages: Sequence[Passage], prediction: Prediction) -> Prediction:
        labels = register_labels(self.register.matches(passages), prediction.model)
        return replace(prediction, labels=labels, near=()) if labels else prediction

    def _answer(self, lines: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        read = [_read(line) for line in lines]
        good = [(given.title, given.text) for given in read if not isinstance(given, str)]
        predicted = iter(self.predictions(good))
        for given in read:
            if isinstance(given, str):
                yield {"error": given}
                continue
            prediction = next(predicted)
            facts = extract_facts_from_text(
                given.text[:MOST_CHARACTERS], given.title, published=given.published
            )
            yield {
                "labels": [label_json(label) for label in prediction.labels],
                "stage": self.predictor.stage_of(given.title, given.text),
                "facts": [fact_json(fact) for fact in facts],
                "model": prediction.model,
            }


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    title: str
    text: str
    published: date | None


def _read(line: Any) -> _Line | str:
    """What an input line holds, or what is wrong with it."""
    if not isinstance(line, Mapping):
        return "expected an object with text, or with title and text"
    title, text = line.get("title", ""), line.get("text", "")
    title, text = "" if title is None else title, "" if text is None else text
    if not isinstance(title, str) or not isinstance(text, str):
        return "title and text must be strings"
    if "title" not in line and "text" not in line:
        return "expected text, or title and text"
    published = line.get("published")
    try:
        day = date.fromisoformat(published) if published else None
    except (TypeError, ValueError):
        return "published must be a date like 2026-11-26"
    return _Line(title=_repaired(title), text=_repaired(text), published=day)


def _repaired(text: str) -> str:
    """Without NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
