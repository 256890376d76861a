"""The law list of a register and an archive, as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from domain.law.law_list import LawEntry, law_entries

if TYPE_CHECKING:
    from archive.store import Archive
    from config.registered_act import RegisteredAct
    from domain.records.notice import Notice


def listed_law(
    archive: Archive,
    register: Sequence[RegisteredAct],
    day: date,
    today: date,
    notices: Sequence[Notice] | None = None,
) -> list[LawEntry]:
    """Every act of the list; ``notices`` are the relevant ones where they are read already."""
    known = archive.on_day(day).overview.relevant_notices() if notices is None else notices
    return law_entries(register, known, day, archive.known_ends.of_relevant(), today)
