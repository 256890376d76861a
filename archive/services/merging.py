"""Find the act that a posting belongs to; merge and split acts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from archive.column_values import stamp
from archive.errors import ArchiveError
from archive.ports import Clock, Database, Row, SearchIndex
from archive.repositories.changes import Changes
from archive.repositories.notices import Notices
from archive.repositories.postings import Postings
from archive.repositories.versions import Versions
from archive.services.act_relations import ActRelations
from archive.services.act_summary import ActSummary
from archive.services.standing.act_leads import ActLead, voice_of
from archive.services.standing.act_rank import highest_first
from domain.acts.copy_differences import says_otherwise
from domain.acts.identity import SKETCH_SHARED, Copy, best_match, numbers_contradict, same_act
from domain.acts.standing import Voice, rivals
from domain.records.notice import Version
from domain.records.reason import reason
from domain.records.states import Standing

_MAX_CANDIDATES = 60
_MOST_VERSIONS = 20  # that are looked at for a text which a copy still has
_OF_SKETCH = (
    "SELECT posting_id FROM posting_keys WHERE kind = ? AND value = ?"
    " ORDER BY posting_id DESC LIMIT ?"
)
# However many copies there are, they do not hide the official page.
_OF_KEY = (
    "SELECT k.posting_id FROM posting_keys k JOIN postings p ON p.id = k.posting_id"
    " WHERE k.kind = ? AND k.value = ? ORDER BY coalesce(p.standing, '') = 'copy',"
    " k.posting_id DESC LIMIT ?"
)
# Nor do the acts of lower bodies, or pages in another's name, hide the highest body's own pages.
_OFFICIAL = """
SELECT k.posting_id FROM posting_keys k JOIN postings p ON p.id = k.posting_id
  JOIN notices n ON n.id = p.notice_id
WHERE k.kind = ? AND k.value = ? AND p.standing = 'official'
ORDER BY {highest_first}, k.posting_id DESC LIMIT ?"""
_MOST_OFFICIAL = 10
_SPLIT_OFF = reason("change.split_off")

# What follows an act into the act that it is merged with.
_FOLLOWING = ("postings", "changes", "feedback", "acknowledgements", "outbox", "links")


@dataclass(frozen=True, kw_only=True, slots=True)
class ActMatch:
    """The notice that a posting belongs to, and the code of why."""

    notice_id: int
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Merging:
    """Find the act that a posting belongs to; merge and split acts."""

    db: Database
    clock: Clock
    index: SearchIndex
    versions: Versions
    postings: Postings
    notices: Notices
    changes: Changes
    summary: ActSummary
    relations: ActRelations

    def copy_of(self, posting: Row, version: Version) -> Copy:
        published: date | None = version.dates.published or version.dates.signed
        return Copy(
            title=version.title,
            text=version.text,
            document_number=version.document_number,
            issuers=version.issuers,
            publisher=posting["publisher"],
            jurisdiction=posting["jurisdiction"],
            published=published,
            site=urlsplit(posting["url"]).netloc or posting["source_key"],
            file_texts=tuple(item.text for item in version.attachments if item.text),
            files=frozenset(item.sha256 for item in version.attachments if item.sha256),
        )

    def _candidates(self, copy: Copy, posting_id: int | None) -> list[tuple[int, Copy]]:
        """Postings (id, copy) that share a key with this one and are not kept apart from it."""
        found: dict[int, None] = {}
        shared: Counter[int] = Counter()
        for kind, value in copy.keys:
            numbers = self._sharing(kind, value)
            if kind == "sketch":
                shared.update(numbers)
            else:
                found |= dict.fromkeys(numbers)
        found |= {number: None for number, times in shared.items() if times >= SKETCH_SHARED}
        found.pop(posting_id or 0, None)
        candidates = []
        for number in list(found)[:_MAX_CANDIDATES]:
            if posting_id is not None and self._kept_apart(posting_id, number):
                continue
            row = self.db.row("SELECT * FROM postings WHERE id = ?", (number,))
            version = self.versions.latest(number)
            if row is not None and version is not None:
                candidates.append((number, self.copy_of(row, version)))
        return candidates

    def _sharing(self, kind: str, value: str) -> list[int]:
        """Postings of a key: where there are many, the highest official ones and the newest."""
        newest = _OF_SKETCH if kind == "sketch" else _OF_KEY
        rows = self.db.rows(newest, (kind, value, _MAX_CANDIDATES))
        if len(rows) == _MAX_CANDIDATES:
            official = _OFFICIAL.format(highest_first=highest_first(self.db.dialect))
            rows = [*self.db.rows(official, (kind, value, _MOST_OFFICIAL)), *rows]
        return list(dict.fromkeys(row["posting_id"] for row in rows))

    def matching_notice(self, copy: Copy, posting: Row, version: Version) -> ActMatch | None:
        """The notice that a posting belongs to, and why.

        A page that its own issuer has published joins an act that is known officially only by
        what the official pages say; what a copy says there proves nothing.
        """
        candidates = self._candidates(copy, posting["id"])
        voice = voice_of(posting, version)
        while (match := best_match(copy, candidates)) is not None:
            if not voice.confirmed or self._may_join(voice, version, match[0]):
                notice_id = self.postings.row(match[0])["notice_id"]
                return ActMatch(notice_id=int(notice_id), why=match[1])
            candidates = [item for item in candidates if item[0] != match[0]]
        return None

    def _may_join(self, voice: Voice, version: Version, posting_id: int) -> bool:
        return not self._is_copy(posting_id) and not self._contests(voice, version, posting_id)

    def _contests(self, voice: Voice, version: Version, posting_id: int) -> bool:
        """Whether a site of the same level publishes an act of this name as its own, with other
        words: nothing tells which of the two to believe, so both are kept and told."""
        other = self.versions.latest(posting_id)
        return (
            other is not None
            and rivals(voice, voice_of(self.postings.row(posting_id), other))
            and says_otherwise(other.text, version.text)
        )

    def _is_copy(self, posting_id: int) -> bool:
        """Whether a posting is the copy of an act that is known officially."""
        return (
            self.db.value(
                "SELECT 1 FROM postings p JOIN notices n ON n.id = p.notice_id"
                " WHERE p.id = ? AND p.standing = ? AND n.confirmed = 1",
                (posting_id, Standing.COPY),
            )
            is not None
        )

    def _kept_apart(self, one: int, other: int) -> bool:
        return (
            self.db.value(
                "SELECT 1 FROM kept_apart WHERE posting_id = ? AND other_id = ?",
                (min(one, other), max(one, other)),
            )
            is not None
        )

    def save_keys(self, posting_id: int, copy: Copy) -> None:
        self.db.run("DELETE FROM posting_keys WHERE posting_id = ?", (posting_id,))
        for kind, value in copy.keys:
            self.db.run("INSERT INTO posting_keys VALUES (?,?,?)", (kind, value, posting_id))

    def split(self, posting_id: int) -> int:
        """Give a wrongly merged posting its own notice, for good; the new notice's id."""
        with self.db.transaction():
            row = self.postings.row(posting_id)
            others = self.db.rows(
                "SELECT id FROM postings WHERE notice_id = ? AND id != ?",
                (row["notice_id"], posting_id),
            )
            if not others:
                raise ArchiveError(f"posting {posting_id} is the only one of its notice")
            for other in others:
                self.db.run(
                    "INSERT INTO kept_apart VALUES (?,?,?) ON CONFLICT DO NOTHING",
                    (
                        min(posting_id, other["id"]),
                        max(posting_id, other["id"]),
                        stamp(self.clock()),
                    ),
                )
            return self._part(row)

    def _part(self, posting: Row) -> int:
        """Give a posting a notice of its own; what the merge kept silent is told on both sides."""
        notice_id = self.notices.add(posting["jurisdiction"], posting["url"], posting["first_seen"])
        self.db.run(
            "UPDATE postings SET notice_id = ?, kept_together = 0 WHERE id = ?",
            (notice_id, posting["id"]),
        )
        self.db.run(
            "UPDATE changes SET notice_id = ? WHERE posting_id = ?", (notice_id, posting["id"])
        )
        for number in (posting["notice_id"], notice_id):
            self.summary.refresh(number)
            self._tell_what_was_silenced(number)
            self.changes.reclassify(number)
            self.relations.relate_again(number)
        return notice_id

    def _tell_what_was_silenced(self, notice_id: int) -> None:
        """An act of which nothing was told but as a copy is new now; a change that another page
        was said to have told before is told."""
        self.changes.tell(notice_id, "told_by_a_copy", _SPLIT_OFF)
        leads = self.summary.leads(notice_id)
        told = self.db.value(
            "SELECT 1 FROM changes WHERE notice_id = ? AND kind = 'new' LIMIT 1", (notice_id,)
        )
        if leads and told is None:
            self.changes.make_new(leads[0].row["id"], _SPLIT_OFF)

    def part_what_differs(self, posting: Row) -> None:
        """Undo merges that a posting's new text has proved false: of it with the act, or, when
        it leads the act, of its copies with it. A copy that keeps a text which the leading page
        once had stays one, as long as their numbers do not contradict each other."""
        leads = self.summary.leads(posting["notice_id"], besides=posting["id"])
        if len(leads) < 2:
            return
        own = next(lead for lead in leads if lead.row["id"] == posting["id"])
        others = [lead for lead in leads if lead is not own]
        if own is not leads[0]:
            if not own.row["kept_together"] and not any(
                self._hold_together(own, other) for other in others
            ):
                self._part(own.row)
            return
        for lead in others:
            rest = [own, *(other for other in others if other is not lead)]
            if not lead.row["kept_together"] and not any(
                self._hold_together(lead, other) for other in rest
            ):
                self._part(lead.row)

    def _hold_together(self, one: ActLead, other: ActLead) -> bool:
        """Whether a posting is the same act as any text that another one has had."""
        copy, latest = self.copy_of(one.row, one.version), self.copy_of(other.row, other.version)
        if same_act(copy, latest) or same_act(latest, copy):
            return True
        if numbers_contradict(copy, latest):
            return False
        earlier = self.versions.of_posting(other.row["id"])[-_MOST_VERSIONS:-1]
        return any(same_act(copy, self.copy_of(other.row, version)) for version in earlier)

    def merge(self, notice_id: int, other_id: int, *, by_hand: bool = True) -> None:
        """Make two notices one: the postings and history of ``other_id`` join ``notice_id``.
        What somebody merged by hand stays together whatever its pages say later."""
        if notice_id == other_id:
            raise ArchiveError("a notice cannot be merged with itself")
        with self.db.transaction():
            for number in (notice_id, other_id):
                if self.db.value("SELECT 1 FROM notices WHERE id = ?", (number,)) is None:
                    raise ArchiveError(f"there is no notice {number}")
            self.db.run(
                "DELETE FROM kept_apart WHERE"
                " posting_id IN (SELECT id FROM postings WHERE notice_id IN (?, ?))"
                " AND other_id IN (SELECT id FROM postings WHERE notice_id IN (?, ?))",
                (notice_id, other_id, notice_id, other_id),
            )
            self._keep_settlement_of_the_official(notice_id, other_id)
            if by_hand:
                self.db.run(
                    "UPDATE postings SET kept_together = 1 WHERE notice_id IN (?, ?)",
                    (notice_id, other_id),
                )
            for table in _FOLLOWING:
                self.db.run(
                    f"UPDATE {table} SET notice_id = ? WHERE notice_id = ?",  # noqa: S608
                    (notice_id, other_id),
                )
            self.db.run(
                "UPDATE relations SET target_id = ? WHERE target_id = ?", (notice_id, other_id)
            )
            for table in ("labels", "facts", "duties", "names", "relations", "vectors"):
                self.db.run(f"DELETE FROM {table} WHERE notice_id = ?", (other_id,))  # noqa: S608
            self.db.run("DELETE FROM relations WHERE notice_id = target_id")
            self.index.remove(other_id)
            self.db.run("DELETE FROM notices WHERE id = ?", (other_id,))
            self.summary.refresh(notice_id)
            self.relations.relate_again(notice_id)

    def _keep_settlement_of_the_official(self, notice_id: int, other_id: int) -> None:
        """What people settled about a page in another's name settles nothing of the act."""
        rows = self.db.rows(
            "SELECT id, confirmed FROM notices WHERE id IN (?, ?)", (notice_id, other_id)
        )
        if {row["confirmed"] for row in rows} != {0, 1}:
            return
        unconfirmed = next(row["id"] for row in rows if row["confirmed"] == 0)
        self.db.run("DELETE FROM acknowledgements WHERE notice_id = ?", (unconfirmed,))
