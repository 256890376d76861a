"""The shapes of the answers: every text is a quote that names the stored version it stands in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import TypedDict

MOST_BYTES = 8_000
_SAFE = 7_900
LONGEST_QUOTE = 900  # characters

Answer = dict[str, Any]


class QuotedActJson(TypedDict):
    id: int
    key: str | None
    title: str
    document_number: str | None


class QuotedVersionJson(TypedDict):
    posting: int
    number: int


class QuoteJson(TypedDict):
    text: str
    act: QuotedActJson
    article: str | None
    version: QuotedVersionJson
    sha256: str
    url: str
    status: str
    as_of: str


def not_found(reason: str, **more: Any) -> Answer:
    """Nothing is held; why, and what was looked at."""
    return {"found": False, "reason": reason, **more}


def fitted(answer: Answer, *lists: str) -> Answer:
    """The answer within its limit: the last rows of its lists are left out, and counted."""
    left = 0
    while _size(answer) > _SAFE:
        longest = max(lists, key=lambda name: len(_rows(answer, name)))
        rows = _rows(answer, longest)
        if not rows:
            return not_found("the answer is too large; ask for less", **_short(answer))
        answer[longest] = rows[:-1]
        left += 1
        answer["left_out"] = left
    return answer


def _rows(answer: Mapping[str, Any], name: str) -> Sequence[Any]:
    rows = answer.get(name)
    return rows if isinstance(rows, list) else []


def _size(answer: Answer) -> int:
    """As the protocol sends it, indented."""
    return len(json.dumps(answer, ensure_ascii=False, indent=2).encode("utf-8", "replace"))


def _short(answer: Answer) -> Answer:
    return {"as_of": answer["as_of"]} if "as_of" in answer else {}
