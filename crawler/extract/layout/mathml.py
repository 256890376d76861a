"""A formula of MathML as one line of text."""

from __future__ import annotations

import re
from typing import Any

from domain.text.raised_marks import raised

_RAISED_ONLY = re.compile(r"[⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ⁿⁱ]+")
_SINGLE = re.compile(r"[\w.%‰]+|[(（][^()（）]*[)）]")


def mathml_text(element: Any) -> str:
    """The text of ``math`` or of any element inside it."""
    if not isinstance(element.tag, str):
        return ""
    name = element.tag.rsplit("}", 1)[-1]
    if name.startswith("annotation") or name == "mphantom":
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    parts = [mathml_text(child) for child in element]
    if name == "mfrac" and len(parts) == 2:
        return "/".join(map(_bracketed, parts))
    if name == "msup" and len(parts) == 2:
        marks = raised(parts[1])
        return _bracketed(parts[0]) + (
            marks if _RAISED_ONLY.fullmatch(marks) else f"^{_bracketed(parts[1])}"
        )
    if name == "msub" and len(parts) == 2:
        return f"{_bracketed(parts[0])}_{_bracketed(parts[1])}"
    if name == "msqrt":
        return f"√({''.join(parts)})"
    return "".join(parts)


def _bracketed(text: str) -> str:
    return text if _SINGLE.fullmatch(text) else f"({text})"
