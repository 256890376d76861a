"""Storing what was seen (DESIGN section 7, promise 1): new, unchanged, changed, copied."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from archive.backends.sqlite.connection import day, stamp
from archive.services.fingerprints import fingerprint_of_observation, fingerprint_of_version
from archive.services.withdrawals import Presence
from domain.acts.identity import SAME_NUMBER
from domain.acts.titles import number_key
from domain.records.notice import Version
from domain.records.observation import IngestResult, Observation
from domain.records.reason import reason
from domain.records.states import ChangeKind, PostingState
from domain.text.normalization import normalise


class Ingest(Presence):
    def ingest(self, observation: Observation) -> IngestResult:
        """Store what was seen, evidence first, in one transaction (promise 1): nothing but
        ``last_seen`` when text, metadata and attachment hashes equal the latest version; else
        a new version, its change, the identity merge, the search index and the work for the
        classifier. A posting that was withdrawn and is back yields ``restored``."""
        observation = _without_nul(observation)
        known = self._latest(observation.url)
        same = known is not None and _same(observation, known[1])
        if not same:
            with self._explained():
                self._keep_evidence(observation)
        with self.write_tx():
            # Another process may have stored the page meanwhile: look again under the lock.
            latest = self._latest(observation.url)
            if latest is None:
                return self._first(observation)
            posting, version = latest
            if known is None or known[1].id != version.id:
                same = _same(observation, version)
            self._seen(posting, observation.capture.fetched_at, observation)
            if same:
                return self._unchanged(observation, posting, version)
            return self._changed(observation, posting, version)

    # -- the three outcomes ---------------------------------------------------------------
    def _first(self, observation: Observation) -> IngestResult:
        self._keep_evidence(observation)
        at = stamp(observation.capture.fetched_at)
        notice_id = self._new_notice(observation.jurisdiction, observation.url, at)
        posting_id = self._insert(
            "postings",
            {
                "notice_id": notice_id,
                "source_key": observation.source_key,
                "column_key": observation.column_key,
                "publisher": observation.publisher,
                "jurisdiction": observation.jurisdiction,
                "url": observation.url,
                "title": observation.parsed.title,
                "published": day(observation.parsed.dates.published),
                "first_seen": at,
                "last_seen": at,
                "state": PostingState.LIVE,
            },
        )
        version = self._add_version(observation, posting_id, None)
        posting = self._posting_row(posting_id)
        copy = self._copy(posting, version)
        match = self._matching_notice(copy, posting_id)
        self._save_keys(posting_id, copy)
        kind, why = ChangeKind.NEW, reason("change.first_seen")
        if match is not None:
            self._run("UPDATE postings SET notice_id = ? WHERE id = ?", (match[0], posting_id))
            self._run("DELETE FROM notices WHERE id = ?", (notice_id,))
            notice_id, kind = match[0], ChangeKind.COPIED
            why = reason("change.copied", why=reason(match[1]))
        self._refresh_notice(notice_id)
        change_id = self._add_change(
            self._posting_row(posting_id),
            kind,
            observation.capture.fetched_at,
            versions=(None, version.number),
            reason=why,
            baseline=observation.baseline,
        )
        self._relate(notice_id)
        return IngestResult(
            notice_id=notice_id,
            posting_id=posting_id,
            version_id=version.id,
            change_id=change_id,
            kind=kind,
        )

    def _unchanged(
        self, observation: Observation, posting: sqlite3.Row, version: Version
    ) -> IngestResult:
        self._complete_attachments(observation, posting, version)
        restored = self._restore(posting, version.number, observation.capture.fetched_at)
        return IngestResult(
            notice_id=posting["notice_id"],
            posting_id=posting["id"],
            version_id=None,
            change_id=restored.id if restored else None,
            kind=restored.kind if restored else None,
        )

    def _changed(
        self, observation: Observation, posting: sqlite3.Row, before: Version
    ) -> IngestResult:
        self._keep_evidence(observation)
        after = self._add_version(observation, posting["id"], before)
        kind = _kind(posting, before, after)
        from domain.diff.compare import (
            diff_versions,  # the comparison is loaded only where it is made
        )

        diff = diff_versions(before, after)
        substantive, why = diff.substantive, diff.reason
        if substantive and self._told_by_a_copy(posting, before, after):
            substantive, why = False, reason("change.told_by_a_copy")
        self._run(
            "UPDATE postings SET title = ?, published = coalesce(?, published) WHERE id = ?",
            (after.title, day(after.dates.published), posting["id"]),
        )
        self._save_keys(posting["id"], self._copy(posting, after))
        posting = self._join_by_number(posting, before, after)
        self._refresh_notice(posting["notice_id"])
        change_id = self._add_change(
            posting,
            kind,
            observation.capture.fetched_at,
            versions=(before.number, after.number),
            substantive=substantive,
            reason=why,
            baseline=observation.baseline,
        )
        self._relate(posting["notice_id"])
        return IngestResult(
            notice_id=posting["notice_id"],
            posting_id=posting["id"],
            version_id=after.id,
            change_id=change_id,
            kind=kind,
        )

    def _join_by_number(self, posting: sqlite3.Row, before: Version, after: Version) -> sqlite3.Row:
        """A page that shows its document number only now may turn out to be a known act."""
        if number_key(after.document_number) == number_key(before.document_number):
            return posting
        alone = self._value(
            "SELECT count(*) FROM postings WHERE notice_id = ?", (posting["notice_id"],)
        )
        match = self._matching_notice(self._copy(posting, after), posting["id"])
        if alone == 1 and match is not None and match[1] == SAME_NUMBER:
            self.merge(match[0], posting["notice_id"])
            return self._posting_row(posting["id"])
        return posting

    def _told_by_a_copy(self, posting: sqlite3.Row, before: Version, after: Version) -> bool:
        """A change that five sites make one after the other is told once.

        Paragraphs are compared, as each site's copy has its own furniture around them.
        """
        old, new = (
            {normalise(line) for line in version.text.split("\n")} for version in (before, after)
        )
        was, files = (_files(version) for version in (before, after))
        if old == new and was == files:
            return False  # only metadata changed
        rows = self._rows(
            "SELECT id FROM postings WHERE notice_id = ? AND id != ?",
            (posting["notice_id"], posting["id"]),
        )
        change = _Change(new - old, old - new, files - was, was - files)
        for row in rows:
            other, first = self.latest_version(row["id"]), self.version(row["id"], 1)
            if other and first and change.made_in(other) and not change.made_in(first):
                return True
        return False


@dataclass(frozen=True, slots=True)
class _Change:
    """Paragraphs and files that came and went."""

    new: set[str]
    old: set[str]
    new_files: frozenset[str | None]
    old_files: frozenset[str | None]

    def made_in(self, version: Version) -> bool:
        body, files = normalise(version.text), _files(version)
        return (
            all(line in body for line in self.new)
            and not any(line in body for line in self.old)
            and self.new_files <= files
            and not self.old_files & files
        )


def _files(version: Version) -> frozenset[str | None]:
    return frozenset(item.sha256 for item in version.attachments)


def _same(observation: Observation, version: Version) -> bool:
    if (
        observation.attachments
        or version.attachments
        or not _letter_for_letter(observation, version)
    ):
        return fingerprint_of_observation(observation, version) == fingerprint_of_version(version)
    return True


def _letter_for_letter(observation: Observation, version: Version) -> bool:
    """The quick answer for nearly every page that is looked at again."""
    parsed = observation.parsed
    return (
        parsed.title == version.title
        and parsed.document_number == version.document_number
        and parsed.issuers == version.issuers
        and parsed.comment_deadline == version.comment_deadline
        and parsed.validity == version.validity
        and parsed.text == version.text
    )


def _kind(posting: sqlite3.Row, before: Version, after: Version) -> ChangeKind:
    if posting["state"] == PostingState.WITHDRAWN:
        return ChangeKind.RESTORED
    differing = fingerprint_of_version(before).differing(fingerprint_of_version(after))
    if differing == {"files"}:
        return ChangeKind.ATTACHMENT_REVISED
    if differing == {"title"}:
        return ChangeKind.RETITLED
    return ChangeKind.REVISED


def _without_nul(observation: Observation) -> Observation:
    """SQLite's text functions stop at NUL, and no document means one."""
    parsed = observation.parsed
    texts = [parsed.title, parsed.text, *(item.text for item in observation.attachments)]
    if not any("\x00" in text for text in texts):
        return observation
    return replace(
        observation,
        parsed=replace(
            parsed,
            title=parsed.title.replace("\x00", ""),
            blocks=tuple(
                replace(
                    block,
                    text=block.text.replace("\x00", ""),
                    rows=tuple(
                        tuple(cell.replace("\x00", "") for cell in row) for row in block.rows
                    ),
                )
                for block in parsed.blocks
            ),
        ),
        attachments=tuple(
            replace(item, text=item.text.replace("\x00", "")) for item in observation.attachments
        ),
    )
