"""Work that one of several processes has to itself for a time, and the processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class LeaseKind(StrEnum):
    """What can be had to oneself."""

    HOST = "host"  # a site: who has it makes all requests to it
    ACT = "act"  # the unclassified changes of an act
    CHANNEL = "channel"  # the messages of a channel
    ROLE = "role"  # what only one may do at a time: select, listen to Slack, look after things


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """Something had until a moment. ``fence`` rises each time that somebody takes it: a late
    holder is known by his."""

    kind: LeaseKind
    name: str
    holder: str
    fence: int
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedHost:
    """A site as it is leased; ``gap`` is the least time between two requests to it."""

    name: str
    region: str = "any"
    gap: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkerRecord:
    """A process that works on the archive, as it last said of itself."""

    id: str
    machine: str
    pid: int
    version: str
    roles: tuple[str, ...]
    regions: tuple[str, ...]  # whose sites it polls; empty: of all
    started: datetime
    seen: datetime
    vitals: Mapping[str, Any] = field(default_factory=dict)
