"""A formula of Office as one line of text: (a+b)/c, x², √(x), ∑_(i=1)^n x_i."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from domain.text.raised_marks import raised

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# one thing that needs no brackets: 95%, xy, (a+b), 回收率, x_1
_SINGLE = re.compile(r"[\w.%‰]+|[^\W_]?[²³⁴-⁹]*|[(（][^()（）]*[)）]")
_RAISED_ONLY = re.compile(r"[⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ⁿⁱ]+")


def formula_text(element: Any) -> str:
    """The text of an ``m:oMath`` or of any element inside it."""
    if not isinstance(element.tag, str) or not element.tag.startswith(MATH):
        if element.tag == f"{_WORD}t":
            return element.text or ""
        return "".join(map(formula_text, element)) if _shown_word(element) else ""
    name = element.tag[len(MATH) :]
    if name == "t":
        return element.text or ""
    if name == "r" and _hidden(element):
        return ""
    writer = _WRITERS.get(name)
    if writer is not None:
        return writer(element)
    return "" if name.endswith("Pr") else "".join(map(formula_text, element))


def _shown_word(element: Any) -> bool:
    return isinstance(element.tag, str) and not element.tag.endswith(("Pr", "}del", "}moveFrom"))


def _hidden(run: Any) -> bool:
    """Struck and hidden characters of a formula, by the properties of the word processor."""
    off = {"0", "false", "off"}
    properties = run.find(f"{_WORD}rPr")
    marks = [] if properties is None else list(properties)
    names = {f"{_WORD}{name}" for name in ("vanish", "strike", "dstrike")}
    return any(m.tag in names and (m.get(f"{_WORD}val") or "1") not in off for m in marks)


def _part(element: Any, name: str) -> str:
    part = element.find(f"{MATH}{name}")
    return "" if part is None else formula_text(part).strip()


def _property(element: Any, name: str, default: str) -> str:
    """A property's value by its path; an empty value is one."""
    found = element.find("/".join(f"{MATH}{each}" for each in name.split("/")))
    if found is None:
        return default
    value: str = found.get(f"{MATH}val") or ""
    return value


def _bracketed(text: str) -> str:
    return text if _SINGLE.fullmatch(text) else f"({text})"


def _fraction(element: Any) -> str:
    over, under = _part(element, "num"), _part(element, "den")
    if _property(element, "fPr/type", "bar") == "noBar":
        return f"({over} {under})"
    return f"{_bracketed(over)}/{_bracketed(under)}"


def _raised(text: str) -> str:
    """An exponent in raised characters where they exist: ², otherwise ^(a+b)."""
    if not text:
        return ""
    marks = raised(text)
    return marks if _RAISED_ONLY.fullmatch(marks) else f"^{_bracketed(text)}"


def _lowered(text: str) -> str:
    return f"_{_bracketed(text)}" if text else ""


def _base(element: Any) -> str:
    return _bracketed(_part(element, "e"))


def _argument(text: str) -> str:
    return text if text.startswith("(") and _SINGLE.fullmatch(text) else f"({text})"


def _root(element: Any) -> str:
    degree = (
        "" if _property(element, "radPr/degHide", "0") in {"1", "on", ""} else _part(element, "deg")
    )
    return f"{raised(degree)}√({_part(element, 'e')})"


def _nary(element: Any) -> str:
    sign = _property(element, "naryPr/chr", "∫")
    under, over = _lowered(_part(element, "sub")), _part(element, "sup")
    return f"{sign}{under}{f'^{_bracketed(over)}' if over else ''} {_part(element, 'e')}".strip()


def _delimited(element: Any) -> str:
    begin = _property(element, "dPr/begChr", "(")
    between = _property(element, "dPr/sepChr", "|")
    end = _property(element, "dPr/endChr", ")")
    parts = [formula_text(each).strip() for each in element.iterchildren(f"{MATH}e")]
    return begin + between.join(parts) + end


def _accent(element: Any) -> str:
    return _part(element, "e") + _property(element, "accPr/chr", "\u0302")


def _matrix(element: Any) -> str:
    rows = [
        ", ".join(formula_text(cell).strip() for cell in row.iterchildren(f"{MATH}e"))
        for row in element.iterchildren(f"{MATH}mr")
    ]
    return f"[{'; '.join(rows)}]"


def _lines(element: Any) -> str:
    return "; ".join(formula_text(each).strip() for each in element.iterchildren(f"{MATH}e"))


def _phantom(element: Any) -> str:
    shown = _property(element, "phantPr/show", "1") not in {"0", "off"}
    return _part(element, "e") if shown else ""


_WRITERS: dict[str, Callable[[Any], str]] = {
    "f": _fraction, "rad": _root, "nary": _nary, "d": _delimited, "m": _matrix,
    "eqArr": _lines, "acc": _accent, "phant": _phantom,
    "sSup": lambda e: _base(e) + _raised(_part(e, "sup")),
    "sSub": lambda e: _base(e) + _lowered(_part(e, "sub")),
    "sSubSup": lambda e: _base(e) + _lowered(_part(e, "sub")) + _raised(_part(e, "sup")),
    "sPre": lambda e: _lowered(_part(e, "sub")) + _raised(_part(e, "sup")) + _base(e),
    "func": lambda e: _part(e, "fName") + _argument(_part(e, "e")),
    "limLow": lambda e: _base(e) + _lowered(_part(e, "lim")),
    "limUpp": lambda e: _base(e) + f"^({_part(e, 'lim')})",
    "oMathPara": lambda e: "\n".join(formula_text(each) for each in e.iterchildren(f"{MATH}oMath")),
}  # fmt: skip
