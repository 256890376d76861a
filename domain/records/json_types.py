"""Types of the JSON that notices are given out as; hints say what a plain type cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any


@dataclass(frozen=True, kw_only=True)
class JsonHint:
    """Format or description of a value, for a JSON Schema that is made from the type."""

    format: str = ""
    description: str = ""

    def __get_pydantic_json_schema__(
        self, core_schema: Any, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        given = {"format": self.format, "description": self.description}
        return {**handler(core_schema), **{name: text for name, text in given.items() if text}}


IsoDay = Annotated[str, JsonHint(format="date")]
"""A calendar date: 2026-11-18."""

IsoMoment = Annotated[str, JsonHint(format="date-time")]
"""A moment with its offset from UTC: 2026-11-18T04:00:00Z."""
