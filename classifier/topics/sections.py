"""Find the passages that stand under a heading of the field in a notice of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from classifier.topics.passages import Passage
from classifier.topics.subject import SubjectMark, subject_of

_LONGEST_HEADING = 30
_NUMBER = r"[0-9〇零一二三四五六七八九十百]{1,4}"
# Enumerators from the highest to the lowest, for example 第四章, 第二节, 三、, （二） or 1. .
_LEVELS = (
    rf"第{_NUMBER}编",
    rf"第{_NUMBER}章",
    rf"第{_NUMBER}节",
    rf"第{_NUMBER}条",
    r"[一二三四五六七八九十]{1,3}、",
    r"[（(][一二三四五六七八九十]{1,3}[）)]",
    r"[0-9]{1,2}[.．、]",
)
_ENUMERATOR = re.compile("|".join(f"({level})" for level in _LEVELS))


def under_headings(passages: Sequence[Passage]) -> Iterator[bool]:
    """Whether each passage stands under a heading that names the subject, such as
    （二）动力电池回收利用; such a part ends at the next heading of its level or of a higher one."""
    part: int | None = None  # the level of the heading under which the passage stands
    for passage in passages:
        found = _ENUMERATOR.match(passage.text)
        level = None if found is None else found.lastindex
        if part is not None and level is not None and level <= part:
            part = None
        yield part is not None
        if part is None and level is not None and _is_heading(passage.text):
            part = level


def _is_heading(text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADING
        and not text.rstrip("。").count("。")
        and "，" not in text
        and subject_of(text) is SubjectMark.NAMED
    )
