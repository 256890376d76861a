"""Texts that make a regular expression work hardest, read off the expression itself.

A pattern costs more than linear time where a part that repeats can begin at many places, or end
at many: a text that repeats just that part shows it. For every pattern the texts here repeat its
characters, pairs of them, and each of its parts behind what stands before it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]  # no public door to a parsed pattern
from re import _parser  # type: ignore[attr-defined]
from typing import Any

ROOMS = ("config", "domain", "i18n", "archive", "crawler", "classifier", "notifier", "noticewatch")
FILLING = " \t\n1a一《》|<\"'，。、：（(年月日万元第条"
MOST_CHARACTERS = 14
MOST_PAIRS = 60
_FUNCTIONS = {"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "split"}
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Used:
    """A pattern as the product uses it, and where."""

    pattern: re.Pattern[str]
    where: str


def patterns(root: Path) -> Iterator[Used]:
    """Every pattern over text in the product that stands there as a constant or in a module's
    tables."""
    seen: set[tuple[str, int]] = set()
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            for used in [*_in_tables(root, path), *_in_calls(root, path)]:
                key = (used.pattern.pattern, used.pattern.flags)
                if key not in seen:
                    seen.add(key)
                    yield used


def _in_tables(root: Path, path: Path) -> Iterator[Used]:
    from importlib import import_module

    place = path.relative_to(root)
    name = ".".join(place.with_suffix("").parts).removesuffix(".__init__")
    if "re." not in path.read_text(encoding="utf-8") or name.endswith("__main__"):
        return
    for variable, value in vars(import_module(name)).items():
        for pattern in _patterns_in(value):
            yield Used(pattern=pattern, where=f"{place}:{variable}")


def _patterns_in(value: Any, depth: int = 3) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, dict):
        for one in value.values():
            yield from _patterns_in(one, depth - 1)
    elif depth and isinstance(value, tuple | list):
        for one in value:
            yield from _patterns_in(one, depth - 1)


def _in_calls(root: Path, path: Path) -> Iterator[Used]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        first = node.args[0]
        named = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        constant = isinstance(first, ast.Constant) and isinstance(first.value, str)
        if named and node.func.attr in _FUNCTIONS and constant:
            where = f"{path.relative_to(root)}:{node.lineno}"
            yield Used(pattern=re.compile(first.value), where=where)


# ------------------------------------------------------------------ texts


Unit = tuple[str, str, str]  # what stands before, what is repeated, what ends it


def pumped(unit: Unit, size: int) -> str:
    """A text of about ``size`` characters that repeats one part."""
    before, part, end = unit
    return before + part * ((size - len(before)) // len(part)) + end


def units(pattern: re.Pattern[str]) -> Iterator[Unit]:
    """What to repeat for one pattern, each kind once."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    found: dict[Unit, None] = {}
    own = list(dict.fromkeys([*_characters(tree), *FILLING]))
    for one in own:
        found["", one, ""] = None
    own = own[:MOST_CHARACTERS]
    for one, other in [(a, b) for a in own for b in own if a != b][:MOST_PAIRS]:
        found["", one + other, ""] = None
    for before, part in _parts(tree, ""):
        for end in ("", "\0"):
            found[before, part, end] = None
            found["", before + part, end] = None
    yield from (unit for unit in found if unit[1])


def _characters(tree: Iterable[Any]) -> Iterator[str]:
    for op, value in tree:
        if op is ops.LITERAL:
            yield chr(value)
        elif op is ops.IN:
            yield from _of_class(value)[:2]
        else:
            for inner in _inner(op, value):
                yield from _characters(inner)


def _inner(op: Any, value: Any) -> list[Any]:
    if op in _REPEATS:
        return [value[2]]
    if op is ops.SUBPATTERN:
        return [value[3]]
    if op is ops.BRANCH:
        return list(value[1])
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [value[1]]
    return [value] if op is ops.ATOMIC_GROUP else []


def _of_class(items: Any) -> list[str]:
    """Some characters of a class, or one outside a refused one."""
    kinds = {ops.CATEGORY_DIGIT: "5", ops.CATEGORY_SPACE: " ", ops.CATEGORY_WORD: "w"}
    found = []
    refused = bool(items) and items[0][0] is ops.NEGATE
    for op, value in items:
        if op is ops.LITERAL:
            found.append(chr(value))
        elif op is ops.RANGE:
            found.append(chr(value[0]))
        elif op is ops.CATEGORY:
            found.append(kinds.get(value, "x"))
    return [next(one for one in "x一 |" if one not in found)] if refused else found


def _parts(tree: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    """Each part that repeats, as a sample, with a sample of what stands before it."""
    for op, value in tree:
        if op in _REPEATS:
            yield before, _sample(value[2])
        for inner in _inner(op, value):
            yield from _parts(inner, before)
        before = (before + _sample([(op, value)]))[-40:]


def _sample(tree: Iterable[Any]) -> str:
    """A text that fits a pattern, as far as that can be said simply."""
    return "".join(_sample_of(op, value) for op, value in tree)


def _sample_of(op: Any, value: Any) -> str:
    if op is ops.LITERAL:
        return chr(value)
    if op is ops.NOT_LITERAL:
        return "x" if value != ord("x") else "y"
    if op is ops.ANY:
        return "一"
    if op is ops.IN:
        return (_of_class(value) or ["x"])[0]
    if op in _REPEATS:
        return _sample(value[2]) * max(1, min(value[0], 4))
    if op in (ops.SUBPATTERN, ops.ATOMIC_GROUP, ops.BRANCH):
        return _sample(_inner(op, value)[0])
    return ""
