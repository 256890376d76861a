"""Scanned files: a queue of those to be read, and their text when it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from archive.column_values import dumps, stamp
from archive.evidence.chain import sha256_of
from archive.ports import Clock, Database, Row
from archive.repositories.changes import Changes, NewChange
from archive.services.act_summary import ActSummary
from domain.records.reason import reason
from domain.records.scan import ReadScan, ScanTask
from domain.records.states import ChangeKind, ChangeState, Standing

# Those of relevant acts first, and of these the newest: who waits for an alert waits least.
_NEXT = """
SELECT s.* FROM scans s WHERE s.done_at IS NULL ORDER BY EXISTS (
  SELECT 1 FROM attachments a JOIN versions v ON v.id = a.version_id
  JOIN postings p ON p.id = v.posting_id JOIN notices n ON n.id = p.notice_id
  WHERE a.sha256 = s.sha256 AND n.relevant_because IS NOT NULL) DESC,
  s.queued DESC, s.sha256 LIMIT 1
"""
# The pages whose newest text has the file, with their newest change that the classifier reads.
_PAGES = """
SELECT p.*, v.number, min(a.name) AS file FROM attachments a
  JOIN versions v ON v.id = a.version_id JOIN postings p ON p.id = v.posting_id
  WHERE a.sha256 = ? AND v.number = (SELECT max(number) FROM versions WHERE posting_id = p.id)
  GROUP BY p.id, v.number ORDER BY p.id
"""
_LAST = (
    "SELECT state, baseline FROM changes WHERE posting_id = ? AND kind IN"
    " ({kinds}) ORDER BY id DESC LIMIT 1"
)
_READ_KINDS = (
    ChangeKind.NEW, ChangeKind.REVISED, ChangeKind.ATTACHMENT_REVISED, ChangeKind.RETITLED,
    ChangeKind.RESTORED, ChangeKind.ATTACHMENT_READ,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Scans:
    """Scanned files: a queue of those to be read, and their text when it was."""

    db: Database
    clock: Clock
    changes: Changes
    summary: ActSummary

    def waiting(self) -> int:
        """How many files are still to be read."""
        return int(self.db.value("SELECT count(*) FROM scans WHERE done_at IS NULL"))

    def next(self) -> ScanTask | None:
        """The file that should be read first."""
        row = self.db.row(_NEXT)
        if row is None:
            return None
        pages = {int(number): page for number, page in json.loads(row["pages"]).items()}
        return ScanTask(sha256=row["sha256"], name=row["name"], pages=pages, engine=row["engine"])

    def keep_pages(self, task: ScanTask, pages: Mapping[int, str | None], engine: str) -> None:
        """Pages read so far, so that none is read twice; another engine begins anew."""
        with self.db.transaction():
            self.db.run(
                "UPDATE scans SET pages = ?, engine = ? WHERE sha256 = ? AND done_at IS NULL",
                (dumps({str(n): page for n, page in pages.items()}), engine, task.sha256),
            )

    def give_up(self, sha256: str) -> None:
        """A file whose bytes are not there any more is not asked for again."""
        with self.db.transaction():
            self._done(sha256, "")

    def store(self, sha256: str, read: ReadScan) -> None:
        """The text of a file, once for all pages that have it. It is no change of any page: no
        version is made. Whoever was told of the notice without it is told what it says."""
        with self.db.transaction():
            if not self._done(sha256, read.engine):
                return
            self.db.run(
                "UPDATE files SET status = ?, text = ?, tables = ?, text_sha256 = ?, unsure = ?"
                " WHERE sha256 = ?",
                (
                    read.status,
                    read.text,
                    dumps(read.tables) if read.tables else None,
                    sha256_of(read.text.encode()),
                    dumps(read.unsure) if read.unsure else None,
                    sha256,
                ),
            )
            self.db.run("UPDATE attachments SET status = ? WHERE sha256 = ?", (read.status, sha256))
            if read.text.strip():
                for page in self.db.rows(_PAGES, (sha256,)):
                    self._tell(page, sha256)

    def _done(self, sha256: str, engine: str) -> bool:
        done = self.db.run(
            "UPDATE scans SET done_at = ?, pages = '{}', engine = ?"
            " WHERE sha256 = ? AND done_at IS NULL",
            (stamp(self.clock()), engine, sha256),
        )
        return done > 0

    def _tell(self, page: Row, sha256: str) -> None:
        """Let the classifier read the page's notice with the text, and a reply follow where an
        alert has gone out without it."""
        if page["standing"] != Standing.COPY:
            last = self.db.row(
                _LAST.format(kinds=self.db.dialect.texts), (page["id"], dumps(list(_READ_KINDS)))
            )
            if last is not None and last["state"] == ChangeState.SELECTED and not last["baseline"]:
                self._add_change(page, sha256)
            else:
                self.changes.reclassify(page["notice_id"])
        self.summary.refresh(page["notice_id"])

    def _add_change(self, page: Row, sha256: str) -> None:
        self.changes.add(
            page,
            NewChange(
                kind=ChangeKind.ATTACHMENT_READ,
                at=self.clock(),
                versions=(page["number"], page["number"]),
                reason=reason("change.attachment_read", file=page["file"], sha256=sha256),
            ),
        )
