"""Why something is as it is: a code with its parameters, rendered per language by i18n."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.records.fact import Fact


@dataclass(frozen=True, slots=True)
class Reason:
    """A dotted code such as ``severity.takes_effect`` and what fills its sentence.

    A parameter is a text, a number, None, JSON data, another reason, or a tuple of reasons.
    """

    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def to_json(self) -> dict[str, Any]:
        """As the archive keeps it; reasons among the parameters are kept the same way."""
        return {
            "code": self.code,
            "parameters": {name: _encoded(value) for name, value in self.parameters.items()},
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Reason:
        parameters = value.get("parameters") or {}
        return Reason(
            str(value["code"]), {name: _decoded(item) for name, item in parameters.items()}
        )

    def dumps(self) -> str:
        """The reason as one JSON text."""
        return json.dumps(self.to_json(), ensure_ascii=False, separators=(",", ":"))


def reason(code: str, **parameters: Any) -> Reason:
    """A reason, its parameters by name."""
    return Reason(code, parameters)


def loads_reason(text: str | None) -> Reason | None:
    """The reason of a JSON text; None for none, as rows of earlier releases have."""
    return Reason.from_json(json.loads(text)) if text else None


def fact_parameter(fact: Fact) -> dict[str, Any]:
    """A fact as a parameter: its kind and value."""
    return {"kind": str(fact.kind), "value": fact.value.to_json()}


@dataclass(frozen=True, slots=True)
class StoredReason:
    """A reason as kept: its English sentence, and its code unless an earlier release wrote it."""

    english: str
    reason: Reason | None = None

    def __bool__(self) -> bool:
        return bool(self.english)


def _encoded(value: Any) -> Any:
    if isinstance(value, Reason):
        return value.to_json()
    if isinstance(value, list | tuple):
        return [_encoded(item) for item in value]
    return value


def _decoded(value: Any) -> Any:
    if isinstance(value, Mapping) and value.keys() == {"code", "parameters"}:
        return Reason.from_json(value)
    if isinstance(value, list):
        return tuple(_decoded(item) for item in value)
    return value
