"""What a catalogue of one language is made of: sentences with named places."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from domain.records.fact import Fact
from domain.records.states import FactKind
from i18n.phrases import counted

# A template such as "takes effect {day}", or a function with a parameter for each place.
Sentence = str | Callable[..., str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """The sentences of one language by code; ``joint`` stands between reasons of a list."""

    sentences: Mapping[str, Sentence]
    joint: str


def places(sentence: Sentence) -> frozenset[str]:
    """The names of the parameters that a sentence wants."""
    if callable(sentence):
        return frozenset(inspect.signature(sentence).parameters)
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def fill(sentence: Sentence, values: Mapping[str, Any], joint: str) -> str:
    """A sentence with its places filled in; a template joins the texts of a list."""
    if callable(sentence):
        return sentence(**values)
    return sentence.format(**{name: _shown(value, joint) for name, value in values.items()})


def _shown(value: Any, joint: str) -> object:
    return joint.join(map(str, value)) if isinstance(value, tuple) else counted(value)


def fact_of_parameter(parameter: Mapping[str, Any]) -> Fact:
    """The fact that a reason carries as its kind and value."""
    return Fact.from_json(
        kind=FactKind(parameter["kind"]), value=parameter["value"], quote="", where=""
    )
