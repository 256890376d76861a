"""Select the passages of a notice that deserve the embedding model, with recall near one.

A passage must bear a trace of the field's vocabulary (or of an operator's topic) and a light
linear model over its words must not rule it out. In a notice of the field (by its title, or by
many of its passages), under a heading of the field, and where an article of the field is cited
by its number, passages without a battery word (逾期不改的，处一万元以下罚款) pass too, in their
context. In a notice of a neighbouring field only passages with a strong mark of this one pass.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifier.topics.heads import Heads, PassageFeatures
from classifier.topics.lexicon import has_trace, is_strong
from classifier.topics.passages import TITLE, Passage
from classifier.topics.sections import under_headings
from classifier.topics.subject import SubjectMark, names_neighbour, subject_of
from classifier.topics.table_rows import without_like_rows
from config.field.field_lexicon import load_lexicon
from config.model import Topic

ALONE = 2  # up to so many passages without a title are decided one by one, not as a notice
MOST = 400  # passages of a notice that are encoded
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千0-9]+条")
_FIELD_LEAST, _FIELD_SHARE = 3, 0.25  # strong passages that make a notice of the field
_CONTEXT_ASPECT = 0.12  # a passage in context must show at least this much of some topic


@dataclass(frozen=True)
class SelectedPassage:
    """A passage that passed. ``text`` is what the model reads; ``in_context`` says that the
    notice, not the passage, names the field."""

    passage: Passage
    text: str
    features: PassageFeatures
    score: float
    in_context: bool = False


class PassageFilter:
    """Chooses by words alone; topics of the operator's own let their terms pass."""

    def __init__(self, heads: Heads, own_topics: Sequence[Topic] = ()) -> None:
        self.heads = heads
        self.threshold = heads.thresholds["gate"]["passage"]
        terms = [term for topic in own_topics for term in topic.terms]
        self._own = re.compile("|".join(map(re.escape, terms)), re.IGNORECASE) if terms else None

    def select(self, passages: Sequence[Passage]) -> list[SelectedPassage]:
        """The passages worth encoding, in reading order, at most :data:`MOST`."""
        strong = [p for p in passages if p.where != TITLE and is_strong(p.text)]
        field = any(p.where == TITLE and self._of_field(p.text) for p in passages) or (
            len(strong) >= _FIELD_LEAST and len(strong) >= _FIELD_SHARE * len(passages)
        )
        # A sanction clause stands far from its duty and names it by number only.
        near = len(passages) > ALONE and not field and is_neighbouring_field(passages)
        marked = [p for p in strong if not near or subject_of(p.text) is SubjectMark.NAMED]
        articles = {p.where for p in marked if _ARTICLE.fullmatch(p.where)}
        selected: list[SelectedPassage] = []
        seen: set[str] = set()
        for passage, in_part in zip(passages, under_headings(passages), strict=True):
            if passage.text in seen:
                continue
            seen.add(passage.text)
            cites = in_part or not articles.isdisjoint(_ARTICLE.findall(passage.text))
            if near and not cites and passage.where != TITLE and not self._marked(passage.text):
                continue
            found = self._assess(passage, field or cites)
            if found is not None:
                selected.append(found)
        selected = without_like_rows(selected, self.heads)
        if len(selected) > MOST:
            limit = sorted((item.score for item in selected), reverse=True)[MOST - 1]
            selected = [item for item in selected if item.score >= limit][:MOST]
        return selected

    def _marked(self, text: str) -> bool:
        own = self._own is not None and self._own.search(text) is not None
        return own or is_strong(text) or subject_of(text) is SubjectMark.NAMED

    def _of_field(self, title: str) -> bool:
        if not has_trace(title):
            return False
        score = self.heads.prefilter_score(self.heads.prepare(title))
        return score >= self.heads.thresholds["gate"]["title"]

    def _assess(self, passage: Passage, field: bool) -> SelectedPassage | None:
        text = passage.text
        own = self._own is not None and self._own.search(text) is not None
        if has_trace(text) or own:
            features = self.heads.prepare(text)
            score = self.heads.prefilter_score(features)
            if own or score >= self.threshold:
                return SelectedPassage(passage, text, features, max(score, float(own)))
        if not field or len(text) < 8 or is_strong(text):
            return None
        text = load_lexicon().context + text
        features = self.heads.prepare(text)
        best = max(self.heads.score(features, None).topics.values())
        return (
            SelectedPassage(passage, text, features, best, True)
            if best >= _CONTEXT_ASPECT
            else None
        )


def is_neighbouring_field(passages: Sequence[Passage]) -> bool:
    """True if the title names a neighbouring field, or more passages name one than ours."""
    if any(p.where == TITLE and names_neighbour(p.text) for p in passages):
        return True
    body = [p.text for p in passages if p.where != TITLE]
    near = sum(names_neighbour(text) for text in body)
    return near > max(1, sum(subject_of(text) is SubjectMark.NAMED for text in body))
