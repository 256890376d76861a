"""Text of a cell whose characters have properties of their own: struck ones are no text."""

from __future__ import annotations

import re
from typing import Any

from domain.text.raised_marks import raised

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # 第一行_x000D_第二行


def rich_text(element: Any) -> str:
    """The text of ``si`` or ``is``: its runs without phonetic readings beside them."""
    parts = []
    for child in element:
        name = _local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.append(_run(child))
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """Characters that XML cannot hold are stored by their numbers."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def is_on(element: Any) -> bool:
    """Whether a property such as ``strike`` is there and not switched off."""
    return element is not None and (element.get("val") or "1") not in {"0", "false"}


def _run(run: Any) -> str:
    text = "".join(each.text or "" for each in run if _local(each) == "t")
    properties = next((each for each in run if _local(each) == "rPr"), None)
    if properties is None:
        return text
    if is_on(properties.find("{*}strike")):
        return ""
    align = properties.find("{*}vertAlign")
    return raised(text) if align is not None and align.get("val") == "superscript" else text


def _local(element: Any) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
