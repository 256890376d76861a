"""Tell who has an act and whether its handling is closed, for messages that list many acts."""

from __future__ import annotations

from datetime import datetime

from archive.store import Archive
from domain.records.handling import Acknowledgement


class HandledActs:
    """Where the handling of acts stands; each is read once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known: dict[int, Acknowledgement] = {}

    def owner(self, notice_id: int) -> str:
        """Who has the act: the person it is assigned to, else who took it; '' for nobody."""
        handled = self._of(notice_id)
        if handled.state == "open" or not handled.history:
            return ""
        return handled.assignee or handled.history[-1].who

    def closed(self, notice_id: int, since: datetime | None = None) -> bool:
        """Whether the act is closed; of a change found at ``since``, whether it was closed after
        that."""
        handled = self._of(notice_id)
        if handled.state != "closed":
            return False
        return since is None or handled.history[-1].at >= since

    def _of(self, notice_id: int) -> Acknowledgement:
        if notice_id not in self._known:
            self._known[notice_id] = self._archive.acknowledgements.of_notice(notice_id)
        return self._known[notice_id]
