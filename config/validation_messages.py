"""Turn a pydantic validation error into one sentence about a key in a file."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_EXPECTED = {
    "float": "a number",
    "int": "a whole number",
    "bool": "true or false",
    "string": "text",
    "date": "a date such as 2026-01-31",
    "tuple": "a list",
    "list": "a list",
    "dict": "keys with values",
    "model": "keys with values",
}


def sentence(model: type[BaseModel], error: ValidationError) -> str:
    """``key.path: expected this, got that`` for the first fault that says most."""
    details = min(error.errors(include_url=False), key=_rank)
    path, known = _walk(model, details["loc"])
    kind = details["type"]
    if kind == "extra_forbidden":
        place = ".".join([*path, str(details["loc"][-1])])
        return f"{place}: unknown key{nearest_hint(str(details['loc'][-1]), known)}"
    place = ".".join(path)
    text = _expectation(details)
    return f"{place}: {text}" if place else text


def nearest_hint(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?``, or the known words if none is near."""
    words = sorted(known)
    near = difflib.get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    if near:
        return f", did you mean {near[0]!r}?"
    return f" (known: {', '.join(words)})" if words else ""


def _rank(details: ErrorDetails) -> tuple[bool, bool]:
    """Unknown keys first (they cause missing ones); of a list-or-word, what is in the list."""
    into_a_list = any(str(part).startswith("tuple[") for part in details["loc"])
    wrong_word = details["type"] == "literal_error" and _in_union(details)
    return (details["type"] != "extra_forbidden", wrong_word and not into_a_list)


def _in_union(details: ErrorDetails) -> bool:
    return bool(details["loc"]) and str(details["loc"][-1]).startswith("literal[")


_FIXED = {
    "missing": "expected a value, the key is missing",
    "union_tag_not_found": "expected a type, the key is missing",
    "too_short": "expected at least one entry, got none",
}
_LIMITS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


def _expectation(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    got = f"got {_shown(details['input'])}"
    if kind == "value_error":
        return str(context.get("error", details["msg"]))
    if kind in _FIXED:
        return _FIXED[kind]
    if kind == "literal_error":
        return f"expected {str(context['expected']).replace(chr(39), '')}, {got}"
    if kind == "union_tag_invalid":
        tags = str(context["expected_tags"]).replace("'", "")
        return f"expected a type of {tags}, got {str(context['tag'])!r}"
    if limit := next((each for each in _LIMITS if each in context), None):
        return f"expected {_LIMITS[limit]} {context[limit]:g}, {got}"
    if kind == "string_pattern_mismatch":
        return f"expected text of the form {context['pattern']}, {got}"
    expected = _EXPECTED.get(kind.split("_")[0])
    if expected is None:
        return f"{details['msg'][:1].lower()}{details['msg'][1:]}, {got}"
    return f"expected {_of_type(expected, details)}"


def _of_type(expected: str, details: ErrorDetails) -> str:
    got = f"got {_shown(details['input'])}"
    if expected == "a list" and any(str(part).startswith("tuple[") for part in details["loc"]):
        expected = "all or a list"
    if expected == "text" and isinstance(details["input"], int | float):
        got += " (put it in quotes)"
    return f"{expected}, {got}"


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "keys with values"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _walk(model: type[BaseModel], location: tuple[int | str, ...]) -> tuple[list[str], list[str]]:
    """The path as its author wrote it, and the keys known where it ends (or where it failed).

    Pydantic's own path also names the branch of a union that it tried; those parts are left out.
    """
    path: list[str] = []
    here: Any = model
    known: list[str] = []
    for part in location:
        here = _bare(here)
        if isinstance(here, type) and issubclass(here, BaseModel):
            known = list(here.model_fields)
            if part not in here.model_fields:
                break
            here = here.model_fields[str(part)].annotation
        elif get_origin(here) in (Union, types.UnionType):
            here = _branch(here, str(part))
            continue
        elif get_origin(here) in (dict, tuple, list):
            here = next((a for a in reversed(get_args(here)) if a is not Ellipsis), object)
        path.append(str(part))
    return path, known


def _bare(annotation: Any) -> Any:
    """An annotation without Annotated and without ``| None``."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        options = [option for option in get_args(annotation) if option is not type(None)]
        if len(options) == 1:
            return _bare(options[0])
    return annotation


def _branch(union: Any, name: str) -> Any:
    """The member of a union that pydantic calls ``name`` in a path."""
    for option in get_args(union):
        if isinstance(option, type) and issubclass(option, BaseModel):
            tag = option.model_fields.get("type")
            if tag is not None and name in get_args(tag.annotation):
                return option
        origin = get_origin(option)
        if origin is not None and name.startswith(
            "literal[" if origin is Literal else origin.__name__
        ):
            return option
    return object
