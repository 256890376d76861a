"""Which part of the work a process does, and for the sites of which regions."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from config.strict_model import Model

WorkerRole = Literal["crawl", "classify", "notify", "web"]
WORKER_ROLES: tuple[WorkerRole, ...] = get_args(WorkerRole)


class WorkerSettings(Model):
    """What `noticewatch run` does here; other processes on the same archive do the rest."""

    roles: tuple[WorkerRole, ...] = Field(default=WORKER_ROLES, min_length=1)
    """What this process does; others of the same archive may do the same or the rest."""
    regions: tuple[str, ...] = ()
    """The regions whose sources it polls, as the source files name them; without it all."""
    lease_seconds: Annotated[float, Field(ge=2, le=3600)] = 60
    """How long work stays with a process that says nothing; the same for all."""
