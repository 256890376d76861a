"""Decide whether a notice is relevant, and whether it came near the line.

A passage that stands alone is judged by its own threshold. In a notice the passages are so many
chances to err, so each must also have the subject (:mod:`classifier.topics.subject`): one that
names it needs a fair likeness; one that reads like a mere mention, or uses
words of other fields as well, must be surer; one without it does not count. In a notice of a
neighbouring field (铅蓄电池, 电动自行车 …), whose every clause reads like one of ours, only what
names the subject counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifier.topics.heads import RELEVANCE, PassageScores
from classifier.topics.passages import TITLE, Passage
from classifier.topics.prefilter import ALONE, SelectedPassage, is_neighbouring_field
from classifier.topics.subject import (
    SubjectMark,
    is_mention,
    is_regulated_title,
    subject_of,
    titles_neighbour,
)
from domain.records.fact import Evidence

NAMED_CUT = 0.4  # of a passage that names the subject
UNNAMED_CUT = 0.75  # of a passage whose words other fields use as well
MENTION_CUT = 0.8  # of a passage that reads like a mere mention
NEIGHBOUR_CUT = 0.75  # of a passage that names the subject in a notice of a neighbouring field
REGULATED_CUT = 0.08  # of a title that names the thing with what the field's rules are about
NEVER = 2.0  # no probability reaches it
NEAR_CUTS = {SubjectMark.NAMED: 0.2, SubjectMark.POSSIBLE: 0.5}  # from which a passage came near
SHOWN = 3  # passages that say why a notice came near


@dataclass(frozen=True)
class RelevantPassage:
    """A passage with its own likeness to the field."""

    passage: Passage
    score: float
    subject: SubjectMark

    @property
    def is_title(self) -> bool:
        return self.passage.where == TITLE


@dataclass(frozen=True, kw_only=True)
class RelevanceVerdict:
    """How likely the notice is of the field, whether that is enough, and what came near.

    ``by_title``: its title alone says so, whatever topic it shows.
    """

    score: float
    relevant: bool
    by_title: bool = False
    near: tuple[Evidence, ...] = ()


def judge_relevance(
    passages: Sequence[Passage],
    scored: Sequence[tuple[SelectedPassage, PassageScores]],
    thresholds: Mapping[str, float],
) -> RelevanceVerdict:
    """The verdict on a notice of these passages, of which some were scored."""
    own = [
        RelevantPassage(item.passage, scores.relevance, subject_of(item.passage.text))
        for item, scores in scored
        if not item.in_context
    ]
    best = max((item.score for item in own), default=0.0)
    if len(passages) <= ALONE and all(passage.where != TITLE for passage in passages):
        relevant = best >= thresholds[RELEVANCE]
        return RelevanceVerdict(score=best, relevant=relevant)
    cuts = _cuts(passages, own, thresholds)
    passed = [item for item in own if item.score >= cuts(item)]
    by_title = any(item.is_title and is_regulated_title(item.passage.text) for item in passed)
    near = () if passed else _near(own)
    return RelevanceVerdict(score=best, relevant=bool(passed), by_title=by_title, near=near)


@dataclass(frozen=True)
class _Cuts:
    """The probability that each passage of a notice must reach."""

    title: float
    near: bool  # the notice is of a neighbouring field
    mention: bool  # its title is of a course, a budget, a competition
    any_subject: bool

    def __call__(self, item: RelevantPassage) -> float:
        if item.is_title and not self.near and is_regulated_title(item.passage.text):
            return MENTION_CUT if self.mention else REGULATED_CUT
        if item.subject is SubjectMark.NAMED:
            if self.near and not item.is_title:
                return NEIGHBOUR_CUT
            usual = self.title if item.is_title else NAMED_CUT
            mentioned = self.mention or is_mention(item.passage.text)
            return max(usual, MENTION_CUT) if mentioned else usual
        if self.near:
            return NEVER
        if item.is_title:
            return self.title if self.any_subject else NEVER
        return UNNAMED_CUT if item.subject is SubjectMark.POSSIBLE else NEVER


def _cuts(
    passages: Sequence[Passage], own: Sequence[RelevantPassage], thresholds: Mapping[str, float]
) -> _Cuts:
    titles = [passage.text for passage in passages if passage.where == TITLE]
    near = is_neighbouring_field(passages) or any(map(titles_neighbour, titles))
    alone = len(passages) == len(titles)  # no body says what a title leaves open
    return _Cuts(
        title=thresholds[f"{RELEVANCE}.title"],
        near=near,
        mention=any(map(is_mention, titles)),
        any_subject=alone or any(item.subject is not SubjectMark.NONE for item in own),
    )


def _near(own: Sequence[RelevantPassage]) -> tuple[Evidence, ...]:
    """The passages with the subject that came near the line, the nearest first."""
    found = [item for item in own if item.score >= NEAR_CUTS.get(item.subject, NEVER)]
    found.sort(key=lambda item: -item.score)
    return tuple(Evidence(text=i.passage.text, where=i.passage.where) for i in found[:SHOWN])
