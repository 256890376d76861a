"""Compare the two versions of a change."""

from __future__ import annotations

from dataclasses import dataclass

from archive.repositories.changes import Changes
from archive.repositories.versions import Versions
from archive.services.line_memory import LineMemory
from domain.diff.diff_model import Diff


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparisons:
    """Compare the two versions of a change."""

    changes: Changes
    versions: Versions
    lines: LineMemory

    def of_change(self, change_id: int) -> Diff | None:
        """The diff of a change's two versions; None for a change with one version only."""
        change = self.changes.get(change_id)
        if change is None or change.from_version is None or change.to_version is None:
            return None
        if change.from_version == change.to_version:
            return None
        before = self.versions.get(change.posting_id, change.from_version)
        after = self.versions.get(change.posting_id, change.to_version)
        if before is None or after is None:
            return None
        from domain.diff.compare import (
            diff_versions,  # the comparison is loaded only where it is made
        )
        from domain.diff.second_look import quiet

        volatile = self.lines.of_posting(change.posting_id)
        return diff_versions(quiet(before, volatile), quiet(after, volatile))
