"""Find topics that a passage shows only together with the title of its notice.

A line of a list (车用动力电池编码导则) says what it is about, the title (行业标准制修订计划) what
is done with it. Title and line are read as one text, by words alone: nothing is encoded for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from classifier.topics.heads import Heads
from classifier.topics.passages import TITLE, Passage
from classifier.topics.prefilter import SelectedPassage
from classifier.topics.subject import SubjectMark, subject_of

TITLE_CUT = 0.6  # the probability from which such a topic is given
MOST = 40  # passages of a notice that are read so

Found = tuple[float, SelectedPassage]


def topics_by_title(
    heads: Heads, passages: Sequence[Passage], selected: Sequence[SelectedPassage]
) -> dict[str, list[Found]]:
    """Topics, each with its passages. A title that names the subject shows its topics itself."""
    titles = [passage.text for passage in passages if passage.where == TITLE]
    if not titles or subject_of(titles[0]) is SubjectMark.NAMED:
        return {}
    found: dict[str, list[Found]] = {}
    for item in _named(selected)[:MOST]:
        together = heads.score(heads.prepare(f"{titles[0]}：{item.passage.text}"), None)
        for topic, score in together.topics.items():
            if score >= TITLE_CUT:
                found.setdefault(topic, []).append((score, item))
    return found


def _named(selected: Sequence[SelectedPassage]) -> list[SelectedPassage]:
    return [
        item
        for item in selected
        if not item.in_context
        and item.passage.where != TITLE
        and subject_of(item.passage.text) is SubjectMark.NAMED
    ]
