"""Explanations in questions and answers: the answers state something, the questions ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from domain.law.provisions import Provision

# 问：…？ 答：…。
_QUESTION, _ANSWER = re.compile(r"^(?:问|Q)[：:]\s*"), re.compile(r"^(?:答|A)[：:]\s*")


def answered(provisions: Iterable[Provision]) -> Iterator[tuple[Provision, str, str]]:
    """The provisions with their texts; of questions and answers the answers alone, each with
    what was asked."""
    asked = ""
    for item in provisions:
        text = item.text.strip()
        if _QUESTION.match(text) and "\n" not in text:
            asked = _QUESTION.sub("", text)
        elif asked and _ANSWER.match(text):
            yield item, _ANSWER.sub("", text), asked
        else:
            yield item, item.text, ""
