"""Store what was seen: new, unchanged, changed, copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.column_values import day, dumps, stamp
from archive.ports import Database, Row
from archive.repositories.changes import Changes, NewChange
from archive.repositories.notices import Notices
from archive.repositories.postings import Postings
from archive.repositories.versions import Versions
from archive.services.act_relations import ActRelations
from archive.services.act_summary import ActSummary
from archive.services.confirmation import Confirmation, Verdict
from archive.services.fingerprints import fingerprint_of_observation, fingerprint_of_version
from archive.services.merging import ActMatch, Merging
from archive.services.standing.act_leads import ActLead
from archive.services.standing.address_owner import adopt, may_take_over, of_another_publisher
from archive.services.version_writer import VersionWriter
from archive.services.withdrawals import Withdrawals
from domain.acts.copy_differences import says_otherwise
from domain.acts.identity import SAME_NUMBER
from domain.acts.titles import number_key
from domain.records.notice import Version
from domain.records.observation import IngestResult, Observation
from domain.records.reason import Reason, reason
from domain.records.states import ChangeKind, PostingState, Standing
from domain.text.normalization import normalise

if TYPE_CHECKING:
    from domain.diff.diff_model import Diff


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Ingest:
    """Store what was seen: new, unchanged, changed, copied."""

    db: Database
    versions: Versions
    version_writer: VersionWriter
    withdrawals: Withdrawals
    notices: Notices
    postings: Postings
    merging: Merging
    summary: ActSummary
    changes: Changes
    relations: ActRelations
    confirmation: Confirmation

    def store(self, observation: Observation, *, confirm: bool = False) -> IngestResult:
        """Store what was seen, evidence first, in one transaction: nothing but
        ``last_seen`` when text, metadata and attachment hashes equal the latest version; else
        a new version, its change, the identity merge, the search index and the work for the
        classifier. A posting that was withdrawn and is back yields ``restored``.

        ``confirm``: a change is stored only when the look before showed the same; until then
        the result is ``unconfirmed`` and nothing but that look is remembered."""
        observation = observation.without_nul()
        known = self.versions.latest_at(observation.url)
        same = known is not None and _same(observation, known[1])
        if not same and not confirm:
            with self.db.explained():
                self.version_writer.keep_evidence(observation)
        with self.db.transaction():
            # Another process may have stored the page meanwhile: look again under the lock.
            latest = self.versions.latest_at(observation.url)
            if latest is None:
                return self._first(observation)
            posting, version = latest
            if known is None or known[1].id != version.id:
                same = _same(observation, version)
            handed_over = of_another_publisher(observation, posting)
            if handed_over and not may_take_over(self.db, observation, posting, version):
                return _nothing(posting)
            if confirm and same:
                self.confirmation.is_back(observation.url, observation.capture.fetched_at)
            elif confirm and not handed_over:
                verdict = self.confirmation.judge(observation, version)
                if verdict is Verdict.UNCONFIRMED:
                    return _nothing(posting, unconfirmed=True)
                same = verdict is Verdict.UNCHANGED
            if posting["source_key"] != observation.source_key:
                adopt(self.db, observation, posting["id"])
                posting = self.postings.row(posting["id"])
            self.withdrawals.seen(posting, observation.capture.fetched_at, observation)
            if same and not handed_over:
                return self._unchanged(observation, posting, version)
            return self._changed(observation, posting, version, handed_over=handed_over)

    def _first(self, observation: Observation) -> IngestResult:
        self.version_writer.keep_evidence(observation)
        at = stamp(observation.capture.fetched_at)
        notice_id = self.notices.add(observation.jurisdiction, observation.url, at)
        posting_id = self.db.insert(
            "postings",
            {
                "notice_id": notice_id,
                "source_key": observation.source_key,
                "column_key": observation.column_key,
                "publisher": observation.publisher,
                "jurisdiction": observation.jurisdiction,
                "level": observation.level,
                "speaks_for": dumps(list(observation.speaks_for)),
                "url": observation.url,
                "title": observation.parsed.title,
                "published": day(observation.parsed.dates.published),
                "first_seen": at,
                "last_seen": at,
                "state": PostingState.LIVE,
            },
        )
        version = self.version_writer.add(observation, posting_id, None)
        posting = self.postings.row(posting_id)
        copy = self.merging.copy_of(posting, version)
        match = self.merging.matching_notice(copy, posting, version)
        self.merging.save_keys(posting_id, copy)
        kind, why = ChangeKind.NEW, reason("change.first_seen")
        if match is not None:
            spoke = self.summary.leads(match.notice_id)
            self.db.run(
                "UPDATE postings SET notice_id = ? WHERE id = ?", (match.notice_id, posting_id)
            )
            self.db.run("DELETE FROM notices WHERE id = ?", (notice_id,))
            notice_id = match.notice_id
            kind, why = self._of_a_known_act(posting_id, notice_id, spoke, match)
        self.summary.refresh(notice_id)
        change_id = self.changes.add(
            self.postings.row(posting_id),
            NewChange(
                kind=kind,
                at=observation.capture.fetched_at,
                versions=(None, version.number),
                reason=why,
                baseline=observation.baseline,
            ),
        )
        self.relations.relate(notice_id)
        return IngestResult(
            notice_id=notice_id,
            posting_id=posting_id,
            version_id=version.id,
            change_id=change_id,
            kind=kind,
        )

    def _of_a_known_act(
        self, posting_id: int, notice_id: int, spoke: Sequence[ActLead], match: ActMatch
    ) -> tuple[ChangeKind, Reason]:
        """What one more page of an act is: new where it is the first of the issuer's own, or
        where a higher site says otherwise than the one that spoke so far; else a copy."""
        leads = self.summary.leads(notice_id, besides=posting_id)
        own = next(lead for lead in leads if lead.row["id"] == posting_id)
        official = [lead for lead in leads if lead.standing is Standing.OFFICIAL]
        if official == [own]:
            return ChangeKind.NEW, reason("change.confirmed")
        before = spoke[0] if spoke else own
        higher = own is leads[0] and own.site_rank < before.site_rank
        if not official and higher and says_otherwise(own.version.text, before.version.text):
            return ChangeKind.NEW, reason("change.higher_site")
        return ChangeKind.COPIED, reason("change.copied", why=reason(match.why))

    def _unchanged(self, observation: Observation, posting: Row, version: Version) -> IngestResult:
        self.version_writer.complete_attachments(observation, posting, version)
        restored = self.withdrawals.restore(posting, version.number, observation.capture.fetched_at)
        return IngestResult(
            notice_id=posting["notice_id"],
            posting_id=posting["id"],
            version_id=None,
            change_id=restored.id if restored else None,
            kind=restored.kind if restored else None,
        )

    def _changed(
        self, observation: Observation, posting: Row, before: Version, *, handed_over: bool
    ) -> IngestResult:
        """``handed_over``: the page is the issuer's own now, and was another site's before."""
        self.version_writer.keep_evidence(observation)
        after = self.version_writer.add(observation, posting["id"], before)
        kind = _kind(posting, before, after)
        from domain.diff.compare import (
            diff_versions,  # the comparison is loaded only where it is made
        )
        from domain.diff.second_look import quiet

        volatile = self.confirmation.lines.of_source(observation.source_key)
        diff = diff_versions(quiet(before, volatile), quiet(after, volatile))
        self.db.run(
            "UPDATE postings SET title = ?, published = coalesce(?, published), level = ?,"
            " speaks_for = ? WHERE id = ?",
            (
                after.title,
                day(after.dates.published),
                observation.level,
                dumps(list(observation.speaks_for)),
                posting["id"],
            ),
        )
        posting = self.postings.row(posting["id"])
        self.merging.save_keys(posting["id"], self.merging.copy_of(posting, after))
        posting = self._join_by_number(posting, before, after)
        self.summary.refresh(posting["notice_id"])
        self.merging.part_what_differs(posting)
        posting = self.postings.row(posting["id"])
        substantive, why = self._weight(posting, diff, before, after)
        if handed_over and posting["standing"] == Standing.OFFICIAL:
            kind, substantive, why = ChangeKind.NEW, True, reason("change.confirmed")
        change_id = self.changes.add(
            posting,
            NewChange(
                kind=kind,
                at=observation.capture.fetched_at,
                versions=(None if kind is ChangeKind.NEW else before.number, after.number),
                substantive=substantive,
                reason=why,
                baseline=observation.baseline,
                of_a_copy=posting["standing"] == Standing.COPY,
            ),
        )
        self.relations.relate(posting["notice_id"])
        return IngestResult(
            notice_id=posting["notice_id"],
            posting_id=posting["id"],
            version_id=after.id,
            change_id=change_id,
            kind=kind,
        )

    def _weight(
        self, posting: Row, diff: Diff, before: Version, after: Version
    ) -> tuple[bool, Reason]:
        """Whether a change is one of the act, and why. What a copy changes never is."""
        if posting["standing"] == Standing.COPY:
            code = "change.copy_disagrees" if posting["disagrees"] else "change.of_a_copy"
            return False, reason(code)
        if diff.substantive and self._told_by_a_copy(posting, before, after):
            return False, reason("change.told_by_a_copy")
        return diff.substantive, diff.reason

    def _join_by_number(self, posting: Row, before: Version, after: Version) -> Row:
        """A page that shows its document number only now may turn out to be a known act."""
        if number_key(after.document_number) == number_key(before.document_number):
            return posting
        alone = self.db.value(
            "SELECT count(*) FROM postings WHERE notice_id = ?", (posting["notice_id"],)
        )
        copy = self.merging.copy_of(posting, after)
        match = self.merging.matching_notice(copy, posting, after)
        if alone == 1 and match is not None and match.why == SAME_NUMBER:
            self.merging.merge(match.notice_id, posting["notice_id"], by_hand=False)
            return self.postings.row(posting["id"])
        return posting

    def _told_by_a_copy(self, posting: Row, before: Version, after: Version) -> bool:
        """A change that five official sites make one after the other is told once.

        Paragraphs are compared, as each site's copy has its own furniture around them.
        """
        old, new = (
            {normalise(line) for line in version.text.split("\n")} for version in (before, after)
        )
        was, files = (_files(version) for version in (before, after))
        if old == new and was == files:
            return False  # only metadata changed
        rows = self.db.rows(
            "SELECT id FROM postings WHERE notice_id = ? AND id != ? AND standing = ?",
            (posting["notice_id"], posting["id"], Standing.OFFICIAL),
        )
        change = _Change(new - old, old - new, files - was, was - files)
        for row in rows:
            other, first = self.versions.latest(row["id"]), self.versions.get(row["id"], 1)
            if other and first and change.made_in(other) and not change.made_in(first):
                return True
        return False


def _nothing(posting: Row, *, unconfirmed: bool = False) -> IngestResult:
    """Nothing is kept: what another site says of a page that is not its own, or a change that
    a second look must show too (``unconfirmed``)."""
    return IngestResult(
        notice_id=posting["notice_id"],
        posting_id=posting["id"],
        version_id=None,
        change_id=None,
        kind=None,
        unconfirmed=unconfirmed,
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


def _kind(posting: Row, before: Version, after: Version) -> ChangeKind:
    if posting["state"] == PostingState.WITHDRAWN:
        return ChangeKind.RESTORED
    differing = fingerprint_of_version(before).differing(fingerprint_of_version(after))
    if differing == {"files"}:
        return ChangeKind.ATTACHMENT_REVISED
    if differing == {"title"}:
        return ChangeKind.RETITLED
    return ChangeKind.REVISED
