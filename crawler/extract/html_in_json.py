"""The piece of HTML that an answer in JSON carries (``data.html``), however it is wrapped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

_DEEPEST = 8
_MOST_TEXTS = 5000
_TAG = re.compile(r"<(?:a|li|tr|td|p|div|span|ul|table|h\d)[\s>/]", re.I)
_ESCAPED = re.compile(
    r"&(?:amp;)?lt;(?:a|li|tr|p|div|span|ul|table|h\d)(?:[\s/]|&(?:amp;)?gt;)", re.I
)
_CALL = re.compile(r"\s*(?:/\*\*/)?\s*[\w.$]{1,80}\s*\((?=\s*[\[{\"])")


def html_piece(text: str) -> str | None:
    """The longest piece of HTML among the texts of a JSON answer; None where it has none or is
    no JSON."""
    content = _json(text)
    pieces = [unescaped_html(piece) for piece in _texts(content)]
    return max((piece for piece in pieces if _TAG.search(piece)), key=len, default=None)


def unescaped_html(text: str) -> str:
    """HTML whose tags are escaped (``&lt;li&gt;``, twice in some answers), as HTML."""
    for _ in range(2):
        if _TAG.search(text) or not _ESCAPED.search(text):
            break
        text = unescape(text)
    return text


def _json(text: str) -> Any:
    """The JSON of a text, without a byte order mark or a call around it; None for other texts."""
    bare = text.strip().lstrip("\ufeff")
    if call := _CALL.match(bare):
        bare = bare[call.end() :].rstrip().rstrip(";").rstrip().removesuffix(")")
    if bare[:1] not in ("{", "[", '"'):
        return None
    try:
        return json.loads(bare)
    except (ValueError, RecursionError):
        return None


def _texts(content: Any) -> Iterator[str]:
    """The texts in a JSON value, also those in JSON that stands in a text."""
    waiting: list[tuple[Any, int]] = [(content, 0)]
    for _ in range(_MOST_TEXTS):
        if not waiting:
            return
        value, depth = waiting.pop()
        if isinstance(value, str):
            inner = _json(value) if value.lstrip()[:1] in ("{", "[") else None
            if inner is None:
                yield value
            elif depth < _DEEPEST:
                waiting.append((inner, depth + 1))
        elif isinstance(value, dict | list) and depth < _DEEPEST:
            parts = value.values() if isinstance(value, dict) else value
            waiting.extend((part, depth + 1) for part in parts)
