"""CONTRACT: classify every change that the archive says is undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.store import Archive
from config.model import RegisteredAct, Topic


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassifyReport:
    classified: int
    relevant: int
    rules_only: bool = False  # the model was missing or broken: classified by rules
    errors: tuple[str, ...] = ()


def run(
    archive: Archive, topics: Sequence[Topic], register: Sequence[RegisteredAct], *,
    encoder: str = "bundled", limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> ClassifyReport:
    raise NotImplementedError
