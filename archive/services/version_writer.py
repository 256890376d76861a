"""Write versions down: evidence first, then the page and its attachments, chained."""

from __future__ import annotations

from dataclasses import dataclass

from archive.column_values import day, dumps, stamp
from archive.evidence.chain import CHAIN_END, chain_sha256, record_sha256, sha256_of
from archive.ports import Database, EvidenceStore, Row
from archive.repositories.changes import Changes
from archive.repositories.versions import Versions
from archive.row_mappers import encode_blocks
from archive.services.act_summary import ActSummary
from archive.services.fingerprints import earlier_copy, file_sha256
from domain.records.notice import Attachment, Version
from domain.records.observation import FetchedAttachment, Observation
from domain.records.states import AttachmentStatus

# of which text is kept
_READ = (AttachmentStatus.OK, AttachmentStatus.OCR, AttachmentStatus.PARTIAL)
# the status of a file whose scanned pages were read
_SCAN_READ = (
    "SELECT f.status FROM scans s JOIN files f USING (sha256)"
    " WHERE s.sha256 = ? AND s.done_at IS NOT NULL AND s.engine != ''"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionWriter:
    """Write versions down: evidence first, then the page and its attachments, chained."""

    db: Database
    files: EvidenceStore
    versions: Versions
    changes: Changes
    summary: ActSummary

    def _unprune(self, sha256: str) -> None:
        """Evidence that was pruned and is kept again."""
        self.db.run("DELETE FROM pruned_evidence WHERE sha256 = ?", (sha256,))

    def keep_evidence(self, observation: Observation) -> None:
        self.files.put(observation.capture.body)
        for item in observation.attachments:
            if item.capture is not None:
                self.files.put(item.capture.body)

    def add(self, observation: Observation, posting_id: int, before: Version | None) -> Version:
        parsed, capture = observation.parsed, observation.capture
        fetched_at = stamp(capture.fetched_at)
        raw, text = sha256_of(capture.body), sha256_of(parsed.text.encode())
        previous = self.db.value("SELECT chain_sha256 FROM versions ORDER BY id DESC LIMIT 1") or ""
        number = before.number + 1 if before else 1
        known = before.attachments if before else ()
        record = {
            "posting_id": posting_id,
            "number": number,
            "http_status": capture.status,
            "headers": dumps([list(pair) for pair in capture.headers]),
            "blocks": encode_blocks(parsed.blocks, parsed.text),
            "document_number": parsed.document_number,
            "index_number": parsed.index_number,
            "issuers": dumps(list(parsed.issuers)),
            "date_listed": day(parsed.dates.listed),
            "date_visible": day(parsed.dates.visible),
            "date_meta": day(parsed.dates.meta),
            "date_signed": day(parsed.dates.signed),
            "comment_deadline": day(parsed.comment_deadline),
            "validity": parsed.validity,
        }
        files = [
            (item.link.name, item.link.url, file_sha256(item, known))
            for item in observation.attachments
        ]
        recorded = record_sha256(record, files)
        chain = chain_sha256(previous, raw, text, capture.url, fetched_at, parsed.title, recorded)
        version_id = self.db.insert(
            "versions",
            {
                **record,
                "fetched_at": fetched_at,
                "url": capture.url,
                "raw_sha256": raw,
                "text_sha256": text,
                "record_sha256": recorded,
                "chain_sha256": chain,
                "title": parsed.title,
                "text": parsed.text,
            },
        )
        self.db.run(
            "INSERT INTO archive_state VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (CHAIN_END, chain),
        )
        self._unprune(raw)
        for position, item in enumerate(observation.attachments):
            self._add_attachment(version_id, position, item, known)
        version = self.versions.get(posting_id, number)
        assert version is not None
        return version

    def _add_attachment(
        self,
        version_id: int,
        position: int,
        item: FetchedAttachment,
        known: tuple[Attachment, ...],
    ) -> None:
        sha256, status = file_sha256(item, known), item.status
        if item.capture is not None:
            status = self._save_file(item)
            self._unprune(sha256_of(item.capture.body))
        elif sha256 is not None:
            earlier = earlier_copy(item, known)
            status = earlier.status if earlier else status
        self.db.insert(
            "attachments",
            {
                "version_id": version_id,
                "position": position,
                "name": item.link.name,
                "url": item.link.url,
                "sha256": sha256,
                "status": status,
            },
        )

    def _save_file(self, item: FetchedAttachment) -> AttachmentStatus:
        """The file's text once per content; a better extraction replaces a poorer one. A scan
        is queued to be read; what was read of it so stays. The status of what is kept."""
        assert item.capture is not None
        sha256 = sha256_of(item.capture.body)
        read = self.db.value(_SCAN_READ, (sha256,))
        if read is not None:
            return AttachmentStatus(read)
        self.db.run(
            "INSERT INTO files (sha256, bytes, status, media_type, text, tables, text_sha256)"
            " VALUES (?,?,?,?,?,?,?) ON CONFLICT (sha256) DO UPDATE SET status = excluded.status,"
            " text = excluded.text, tables = excluded.tables, text_sha256 = excluded.text_sha256"
            " WHERE files.status NOT IN (?,?,?) OR excluded.status IN (?,?,?)",
            (
                sha256,
                len(item.capture.body),
                item.status,
                item.media_type,
                item.text,
                dumps(item.tables) if item.tables else None,
                sha256_of(item.text.encode()),
                *_READ,
                *_READ,
            ),
        )
        if item.scans:
            self.db.run(
                "INSERT INTO scans (sha256, name, queued, count) VALUES (?,?,?,?)"
                " ON CONFLICT DO NOTHING",
                (sha256, item.link.name, stamp(item.capture.fetched_at), item.scans),
            )
        return item.status

    def complete_attachments(
        self, observation: Observation, posting: Row, version: Version
    ) -> None:
        """A file that could not be fetched with its version has come in: keep it there.

        It is no change of the page, but the classifier reads the version again.
        """
        missing = [item for item in version.attachments if item.sha256 is None]
        came = [
            (earlier, item)
            for item in observation.attachments
            if item.capture is not None and (earlier := earlier_copy(item, missing)) is not None
        ]
        if not came:
            return
        self.keep_evidence(observation)
        for earlier, item in came:
            status = self._save_file(item)
            assert item.capture is not None
            self.db.run(
                "UPDATE attachments SET sha256 = ?, status = ?, completed_at = ? WHERE id = ?",
                (
                    sha256_of(item.capture.body),
                    status,
                    stamp(item.capture.fetched_at),
                    earlier.id,
                ),
            )
        self.changes.reclassify(posting["notice_id"])
        self.summary.refresh(posting["notice_id"])
