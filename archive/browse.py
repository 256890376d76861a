"""What people look through: search, the latest changes and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from archive.codec import change_of, outbox_item_of, posting_of
from archive.read import Read
from archive.records import Change, OutboxItem, Posting, SearchResult
from archive.search import Filters, search

if TYPE_CHECKING:
    import numpy as np

_NO_FILTERS = Filters()


class Browse(Read):
    def search(
        self,
        query: str,
        *,
        mode: Literal["text", "meaning", "hybrid"] = "text",
        vector: np.ndarray | None = None,
        encoder_id: str = "",
        filters: Filters = _NO_FILTERS,
        limit: int = 20,
        cursor: str | None = None,
        facets: bool = False,
    ) -> SearchResult:
        """See :func:`archive.search.search`."""
        return search(
            self._database,
            query,
            vector=vector,
            encoder_id=encoder_id,
            mode=mode,
            filters=filters,
            limit=limit,
            cursor=cursor,
            facets=facets,
        )

    def recent_changes(self, *, limit: int, relevant_only: bool = False) -> list[Change]:
        """The latest changes that were news or edits, newest first; copies are neither."""
        rows = self._rows(
            "SELECT c.* FROM changes c JOIN notices n ON n.id = c.notice_id"
            " WHERE c.kind != 'copied' AND (? = 0 OR n.relevant_because IS NOT NULL)"
            " ORDER BY c.id DESC LIMIT ?",
            (int(relevant_only), limit),
        )
        return [change_of(row) for row in rows]

    def posting(self, posting_id: int) -> Posting | None:
        """A copy with its versions."""
        row = self._row("SELECT * FROM postings WHERE id = ?", (posting_id,))
        return None if row is None else posting_of(row, self._versions(row["id"]))

    def latest_messages(self, *, limit: int) -> list[OutboxItem]:
        """What was sent or is to be sent, newest first."""
        rows = self._rows("SELECT * FROM outbox ORDER BY id DESC LIMIT ?", (limit,))
        return [outbox_item_of(row) for row in rows]

    def data_version(self) -> tuple[int, int]:
        """A mark that differs once this or another connection has committed something."""
        return int(self._value("PRAGMA data_version")), self._database.total_changes
