"""Read the labelled texts the heads are fitted on, and group those worded alike."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from classifier.topics.lexicon import has_trace
from classifier.topics.ngrams import ngrams
from config import paths
from config.field.field_lexicon import load_lexicon
from config.model import Topic

DATA_DIR = paths.TRAINING_DATA
Kind = Literal["passage", "title", "context", "prototype", "feedback"]


# Topics that a passage of any field can show: only these need a word of the field to count.
_SHARED = {"penalty", "portal", "hazardous-transport", "environmental-permit", "standards"}


@dataclass(frozen=True)
class Example:
    """A text and its topics. Of a ``prototype`` only its own topic is known."""

    text: str
    labels: tuple[str, ...]
    kind: Kind
    origin: str  # who worded it: the file, with the voice where it has several, or "feedback"
    stage: str | None = None


def shipped_examples(topics: Sequence[Topic]) -> list[Example]:
    """Everything the project's own data says, in a fixed order."""
    examples: list[Example] = []
    for name in ("passages", "authored", "voices", "boundaries"):
        for line in _lines(name):
            examples.extend(_passage_examples(line, _origin(name, line)))
    for name in ("titles", "authored_titles", "voices_titles", "boundaries_titles"):
        for line in _lines(name):
            labels = tuple(line["labels_title"])
            if labels or not line["relevant"]:  # else the title hides what the notice is about
                stage = line.get("stage") if line["relevant"] else None  # else set without care
                origin = _origin(name, line)
                examples.append(Example(line["title"], labels, "title", origin, stage))
    for topic in topics:
        for sentence in (*topic.prototypes_zh, *topic.prototypes_en):
            examples.append(Example(sentence, (topic.id,), "prototype", "topics"))
    return examples


def _origin(name: str, line: dict[str, Any]) -> str:
    """The author of a line. One that was written with another author's texts in sight names him
    (``author``) and is held out together with his."""
    voice = f"{name}:{line['voice']}" if "voice" in line else name
    return str(line.get("author", voice))


def _lines(name: str) -> list[dict[str, Any]]:
    text = (DATA_DIR / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def _passage_examples(line: dict[str, Any], origin: str) -> list[Example]:
    labels = tuple(line["labels"])
    if not line.get("context"):
        return [Example(line["text"], labels, "passage", origin, line.get("stage"))]
    # Its notice alone places such a passage in the field: alone it has no topic.
    examples = [Example(load_lexicon().context + line["text"], labels, "context", origin)]
    if not has_trace(line["text"]) and set(labels) <= _SHARED:
        examples.append(Example(line["text"], (), "passage", origin))
    return examples


def data_sha256(examples: Sequence[Example]) -> str:
    """Names the data that heads were fitted on."""
    lines = (json.dumps([e.text, e.labels, e.kind, e.stage], ensure_ascii=False) for e in examples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def group_alike(texts: Sequence[str], least: float = 0.3) -> list[int]:
    """A group number for each text; texts that share much of their wording (headlines of one
    notice, variants of one sentence) have the same, so that no split parts them."""
    shingles = [{gram for gram in ngrams(text) if len(gram) == 3} for text in texts]
    holders: dict[str, list[int]] = {}
    parent = list(range(len(texts)))

    def root(item: int) -> int:
        while parent[item] != item:
            item = parent[item]
        return item

    for number, own in enumerate(shingles):
        shared: dict[int, int] = {}
        for gram in own:
            for other in holders.setdefault(gram, []):
                shared[other] = shared.get(other, 0) + 1
            holders[gram].append(number)
        for other, count in shared.items():
            if count / (len(own) + len(shingles[other]) - count) >= least:
                first, last = sorted((root(number), root(other)))
                parent[last] = first
    return [root(number) for number in range(len(texts))]
