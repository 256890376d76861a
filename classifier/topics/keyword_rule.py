"""Label by key words: the fallback when the trained heads cannot be read, and the baseline."""

from __future__ import annotations

from collections.abc import Sequence

from classifier.topics.lexicon import is_strong
from classifier.topics.passages import Passage
from classifier.topics.prototypes import term_hits
from config.model import Topic
from domain.records.fact import Evidence, Label

MODEL = "rules:terms"
_EVIDENCE = 5


def label_by_terms(passages: Sequence[Passage], topics: Sequence[Topic]) -> tuple[Label, ...]:
    """A topic for each whose terms stand in a passage that bears a mark of the field."""
    strong = [passage for passage in passages if is_strong(passage.text)]
    labels = []
    for topic in topics:
        found = [passage for passage in strong if term_hits(topic, passage.text)]
        if found:
            evidence = tuple(Evidence(text=p.text, where=p.where) for p in found[:_EVIDENCE])
            labels.append(Label(topic=topic.id, score=0.5, evidence=evidence, model=MODEL))
    return tuple(labels)
