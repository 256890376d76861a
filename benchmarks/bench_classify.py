"""Classifying a mix with five per cent relevant notices, beside embedding every passage.

Prints one JSON object. Both sides read the same generated notices in the same run with the same
model on the same threads, loaded before the clock starts, in CPU seconds, which other work on the
machine does not stretch: the product (prefilter, vectors of what
passes, heads, and the vector of every title) and plain sentence-transformers over every passage
followed by the same heads. The passages come from the project's labelled data with their figures
redrawn; notices of neighbouring fields (lead-acid, e-bikes, battery making) are among the rest.

Last, on notices that all hold duties: the CPU of reading the duties beside that of classifying.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from typing import Any

from classifier.duties import read_duties
from classifier.duties.duty_evaluation import labelled_document
from classifier.encoder.bundled_weights import Floats, ensure_folder
from classifier.encoder.encoders import BUNDLED_ID, clean_for_encoding
from classifier.encoder.sentence_transformer import SentenceTransformerModel
from classifier.topics.examples import Example, shipped_examples
from classifier.topics.heads import load_heads
from classifier.topics.lexicon import has_trace
from classifier.topics.passages import Passage, notice_passages
from classifier.topics.predictor import TopicClassifier
from classifier.topics.prefilter import PassageFilter, SelectedPassage
from config.loader import load_topics
from config.paths import TRAINING_DATA

NOTICES = 120
RELEVANT = 0.05
NEIGHBOURS = 0.10  # of the notices, those that name batteries but are of another field
BATCH = 50
DUTIES_SHARE = 0.25  # of the CPU that classifying a notice takes


class InProcess:
    """sentence-transformers in this process, as plain use has it."""

    id = BUNDLED_ID
    dim = 384

    def __init__(self) -> None:
        self.model = SentenceTransformerModel(str(ensure_folder()))
        self.texts = 0

    def embed_documents(self, texts: Sequence[str]) -> Floats:
        self.texts += len(texts)
        return self.model.encode([clean_for_encoding(text) for text in texts], batch_size=32)

    embed_queries = embed_documents


class OpenGate(PassageFilter):
    """Lets every passage through: what is measured against."""

    def select(self, passages: Sequence[Passage]) -> list[SelectedPassage]:
        self.threshold = -1.0
        chosen = super().select(passages)
        known = {item.passage.text for item in chosen}
        rest = [p for p in passages if p.text not in known]
        return chosen + [self._plain(p) for p in rest]

    def _plain(self, passage: Passage) -> SelectedPassage:
        return SelectedPassage(passage, passage.text, self.heads.prepare(passage.text), 0.0)


def notices(count: int, seed: int = 7) -> Iterator[tuple[str, str, bool]]:
    """Title, text and whether the notice is of the field."""
    rng = random.Random(seed)
    examples = shipped_examples(load_topics())
    passages = [e for e in examples if e.kind == "passage"]
    titles = [e for e in examples if e.kind == "title"]
    inside = [e for e in passages if e.labels]
    near = [e for e in passages if not e.labels and "电池" in e.text]
    far = [e for e in passages if not e.labels and not has_trace(e.text)]
    for number in range(count):
        kind = number / count
        relevant = kind < RELEVANT
        body = [" ".join(_varied(rng, e) for e in rng.sample(far, 2)) for _ in range(12)]
        if relevant:
            body[2:8] = [_varied(rng, rng.choice(inside)) for _ in range(6)]
        elif kind < RELEVANT + NEIGHBOURS:
            body[2:6] = [_varied(rng, rng.choice(near)) for _ in range(4)]
        pool = [t for t in titles if bool(t.labels) == relevant]
        yield rng.choice(pool).text + f"（{number}）", "\n".join(body), relevant


def _varied(rng: random.Random, example: Example) -> str:
    """The passage with other figures, so that no two notices share a text."""
    return re.sub(r"\d", lambda _: str(rng.randint(1, 9)), example.text) + f"（{rng.random():.6f}）"


def _timed(
    judge: TopicClassifier, corpus: Sequence[Sequence[Passage]], *, titles: bool
) -> tuple[float, list[bool]]:
    started = time.process_time()
    found: list[bool] = []
    for at in range(0, len(corpus), BATCH):
        batch = corpus[at : at + BATCH]
        found.extend(prediction.relevant for prediction in judge.predict_many(batch))
        if titles:
            judge.vectors([passages[0].text for passages in batch])
    return time.process_time() - started, found


def _recall(found: Sequence[bool], wanted: Sequence[bool]) -> float:
    return sum(f for f, w in zip(found, wanted, strict=True) if w) / sum(wanted)


def _duties_row(judge: TopicClassifier) -> dict[str, Any]:
    """CPU of the duties of the labelled notices beside that of classifying the same notices."""
    written = (TRAINING_DATA / "duties_dev.jsonl").read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line) for line in written]
    corpus = [notice_passages(line["title"], line["text"]) for line in lines]
    documents = [labelled_document(line) for line in lines]
    read_duties(documents[0])  # the patterns compile before the clock starts
    classified, _ = _timed(judge, corpus, titles=True)
    started = time.process_time()
    for document in documents:
        read_duties(document)
    spent = time.process_time() - started
    share = spent / classified
    return {
        "what": "CPU of duties beside that of classifying the same notices",
        "value": round(1000 * spent / len(lines), 2), "unit": "ms a notice",
        "reference": f"classifying: {1000 * classified / len(lines):.2f} ms", "ratio": share,
        "budget": "<= 0.25", "ok": share <= DUTIES_SHARE,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    count = 60 if parser.parse_args().quick else NOTICES
    made = list(notices(count))
    corpus = [notice_passages(title, text) for title, text, _ in made]
    wanted = [relevant for *_, relevant in made]
    encoder = InProcess()
    encoder.embed_documents(["先热身"] * 4)
    topics, heads = load_topics(), load_heads()
    ours = TopicClassifier(topics, heads, encoder=encoder)
    plain = TopicClassifier(topics, heads, encoder=encoder)
    plain.prefilter = OpenGate(heads)
    encoder.texts = 0
    seconds, found = _timed(ours, corpus, titles=True)
    encoded = encoder.texts
    encoder.texts = 0
    plain_seconds, plain_found = _timed(plain, corpus, titles=False)
    ratio = plain_seconds / seconds
    recall, plain_recall = _recall(found, wanted), _recall(plain_found, wanted)
    rows = [
        {"what": "notices a CPU second, 5 % relevant", "value": round(count / seconds, 2),
         "unit": "1/s", "reference": f"sentence-transformers, every passage: "
         f"{count / plain_seconds:.2f}", "ratio": ratio, "budget": ">= 10", "ok": ratio >= 10},
        {"what": "relevance recall beside it", "value": round(recall, 4), "unit": "",
         "reference": f"{plain_recall:.4f}", "ratio": None, "budget": "within 0.005",
         "ok": recall >= plain_recall - 0.005},
        _duties_row(ours),
    ]  # fmt: skip
    notes = [
        f"{count} notices, {sum(map(len, corpus))} passages; encoded {encoded} texts (every title "
        f"included) against {encoder.texts}",
        f"false alarms: {sum(f and not w for f, w in zip(found, wanted, strict=True))} against "
        f"{sum(f and not w for f, w in zip(plain_found, wanted, strict=True))}",
    ]
    print(json.dumps({"rows": rows, "notes": notes}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
