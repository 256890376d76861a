"""How the database engine of an archive stands, for those who operate it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EngineRole = Literal["file", "primary", "replica"]


@dataclass(frozen=True, kw_only=True, slots=True)
class EngineState:
    """One look at an engine; what an engine does not know of itself stays empty."""

    name: str
    version: str
    role: EngineRole
    place: str  # without any password
    lag_seconds: float = 0.0  # of a replica behind its primary, or of the slowest behind this one
    missing_indexes: tuple[str, ...] = ()
    lock_waits: int = 0  # sessions that wait for another one's lock
    connections: int = 0
    most_connections: int = 0
