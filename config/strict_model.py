"""The base of all models of settings and sources, and the words that several of them share."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["en", "zh", "both"]


class Model(BaseModel):
    # Built when first used: a command that reads only the settings need not pay for sources.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
