"""The levels at which bodies issue acts; what a source may state of its publisher."""

from __future__ import annotations

from typing import Literal, get_args

BodyLevel = Literal[
    "legislature",
    "state_council",
    "ministry",
    "provincial_legislature",
    "provincial_government",
    "province",
    "city_government",
    "city",
    "county",
    "other",
]

BODY_LEVELS: tuple[BodyLevel, ...] = get_args(BodyLevel)
"""The highest first."""
