"""Postings merged into acts: lookup of copies, what the act says, merge and split."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from archive.backends.sqlite.connection import ArchiveError, dumps, stamp
from archive.backends.sqlite.search_index import reindex_notice, remove_notice
from archive.repositories.changes import Changes
from domain.acts.identity import SKETCH_SHARED, Copy, best_match
from domain.acts.issuers import bodies_of, canonical, jurisdiction_of
from domain.acts.titles import act_title, base_key, number_key, title_key
from domain.records.notice import Version
from domain.records.reason import reason
from domain.records.states import PostingState
from domain.text.normalization import normalise
from i18n.catalogue import english

_MAX_CANDIDATES = 60
_SPLIT_OFF = reason("change.split_off")
# What follows an act into the act that it is merged with.
_FOLLOWING = ("postings", "changes", "feedback", "acknowledgements", "outbox", "links")


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A field in which the copies of an act differ; ``values`` by address."""

    field: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Lead:
    """A posting with its latest version, as the act's fields are derived from it."""

    row: sqlite3.Row
    version: Version

    @property
    def official_rank(self) -> tuple[int, int, str, int]:
        """The lead issuer's own page first, withdrawn pages last, then the earliest."""
        publisher = canonical(self.row["publisher"])
        order = [body for name in self.version.issuers for body in sorted(bodies_of((name,)))]
        place = order.index(publisher) if publisher in order else len(order) + 1
        gone = int(self.row["state"] == PostingState.WITHDRAWN)
        return gone, place, self.row["published"] or "9999", self.row["id"]


class Grouping(Changes):
    # -- finding the act ------------------------------------------------------------------
    def _copy(self, posting: sqlite3.Row, version: Version) -> Copy:
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
            rows = self._rows(
                "SELECT posting_id FROM posting_keys WHERE kind = ? AND value = ?"
                " ORDER BY posting_id DESC LIMIT ?",
                (kind, value, _MAX_CANDIDATES),
            )
            numbers = [row["posting_id"] for row in rows]
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
            row = self._row("SELECT * FROM postings WHERE id = ?", (number,))
            version = self.latest_version(number)
            if row is not None and version is not None:
                candidates.append((number, self._copy(row, version)))
        return candidates

    def _matching_notice(self, copy: Copy, posting_id: int | None = None) -> tuple[int, str] | None:
        """The notice that this copy belongs to, and why."""
        match = best_match(copy, self._candidates(copy, posting_id))
        if match is None:
            return None
        notice_id = self._value("SELECT notice_id FROM postings WHERE id = ?", (match[0],))
        return int(notice_id), match[1]

    def _kept_apart(self, one: int, other: int) -> bool:
        return (
            self._value(
                "SELECT 1 FROM kept_apart WHERE posting_id = ? AND other_id = ?",
                (min(one, other), max(one, other)),
            )
            is not None
        )

    def _save_keys(self, posting_id: int, copy: Copy) -> None:
        self._run("DELETE FROM posting_keys WHERE posting_id = ?", (posting_id,))
        for kind, value in copy.keys:
            self._run("INSERT INTO posting_keys VALUES (?,?,?)", (kind, value, posting_id))

    # -- what the act says ----------------------------------------------------------------
    def _leads(self, notice_id: int) -> list[_Lead]:
        rows = self._rows("SELECT * FROM postings WHERE notice_id = ?", (notice_id,))
        versions = [(row, self.latest_version(row["id"])) for row in rows]
        leads = [_Lead(row, version) for row, version in versions if version is not None]
        return sorted(leads, key=lambda lead: lead.official_rank)

    def leading_version(self, notice_id: int) -> Version | None:
        """The newest text of the act's most official copy."""
        leads = self._leads(notice_id)
        return leads[0].version if leads else None

    def _refresh_notice(self, notice_id: int) -> None:
        """Derive the act's fields from its postings and bring the search index in step."""
        leads = self._leads(notice_id)
        if not leads:
            return
        fields = {**self._own_fields(leads), "changed_at": stamp(self.clock())}
        names = ", ".join(f"{name} = ?" for name in fields)
        self._run(
            f"UPDATE notices SET {names} WHERE id = ?",  # noqa: S608 (our own names)
            (*fields.values(), notice_id),
        )
        self._index(notice_id)

    def _own_fields(self, leads: Sequence[_Lead]) -> dict[str, str | None]:
        """What the pages of an act say of it, the most official first; as columns."""
        first = leads[0]
        issuers = max((lead.version.issuers for lead in leads), key=len)
        if first.version.issuers and len(first.version.issuers) == len(issuers):
            issuers = first.version.issuers
        number = _best_number(leads)
        key = number_key(number)
        dates = [lead.row["published"] for lead in leads if lead.row["published"]]
        title = first.version.title or first.row["title"]
        name = act_title(title, first.version.text)
        return {
            "title": title,
            "document_number": number,
            "issuers": dumps(list(issuers)),
            "jurisdiction": _jurisdiction(leads, issuers),
            "published": min(dates, default=None),
            "url": first.row["url"],
            "title_key": title_key(name),
            "base_key": base_key(name),
            "number_key": key.value if key and key.full else None,
        }

    def _index(self, notice_id: int) -> None:
        """Bring the search index in step with a notice."""
        reindex_notice(self._database, notice_id)

    def notice_differences(self, notice_id: int) -> list[Difference]:
        """Where the copies of an act differ, field by field; dates are expected to."""
        leads = self._leads(notice_id)
        fields = {
            "title": [normalise(lead.version.title) for lead in leads],
            "document_number": [_number_text(lead.version) for lead in leads],
            "issuers": ["、".join(sorted(bodies_of(lead.version.issuers))) for lead in leads],
            "published": [lead.row["published"] or "" for lead in leads],
            "text": [normalise(lead.version.text) for lead in leads],
            "attachments": [
                ",".join(sorted(item.sha256 or "" for item in lead.version.attachments))
                for lead in leads
            ],
        }
        return [
            Difference(
                field=name,
                values=tuple((lead.row["url"], _shown(name, lead)) for lead in leads),
            )
            for name, values in fields.items()
            if len(set(values)) > 1
        ]

    # -- corrections by hand --------------------------------------------------------------
    def split(self, posting_id: int) -> int:
        """Give a wrongly merged posting its own notice, for good; the new notice's id."""
        with self.write_tx():
            row = self._posting_row(posting_id)
            others = self._rows(
                "SELECT id FROM postings WHERE notice_id = ? AND id != ?",
                (row["notice_id"], posting_id),
            )
            if not others:
                raise ArchiveError(f"posting {posting_id} is the only one of its notice")
            for other in others:
                self._run(
                    "INSERT OR IGNORE INTO kept_apart VALUES (?,?,?)",
                    (
                        min(posting_id, other["id"]),
                        max(posting_id, other["id"]),
                        stamp(self.clock()),
                    ),
                )
            notice_id = self._new_notice(row["jurisdiction"], row["url"], row["first_seen"])
            self._run("UPDATE postings SET notice_id = ? WHERE id = ?", (notice_id, posting_id))
            self._run(
                "UPDATE changes SET notice_id = ?,"
                " kind = CASE kind WHEN 'copied' THEN 'new' ELSE kind END,"
                " reason = CASE kind WHEN 'copied' THEN ? ELSE reason END,"
                " reason_data = CASE kind WHEN 'copied' THEN ? ELSE reason_data END,"
                " state = CASE kind WHEN 'copied' THEN 'unclassified' ELSE state END"
                " WHERE posting_id = ?",
                (notice_id, english(_SPLIT_OFF), _SPLIT_OFF.dumps(), posting_id),
            )
            self._refresh_notice(row["notice_id"])
            self._refresh_notice(notice_id)
            return notice_id

    def merge(self, notice_id: int, other_id: int) -> None:
        """Make two notices one: the postings and history of ``other_id`` join ``notice_id``."""
        if notice_id == other_id:
            raise ArchiveError("a notice cannot be merged with itself")
        with self.write_tx():
            for number in (notice_id, other_id):
                if self._value("SELECT 1 FROM notices WHERE id = ?", (number,)) is None:
                    raise ArchiveError(f"there is no notice {number}")
            self._run(
                "DELETE FROM kept_apart WHERE"
                " posting_id IN (SELECT id FROM postings WHERE notice_id IN (?, ?))"
                " AND other_id IN (SELECT id FROM postings WHERE notice_id IN (?, ?))",
                (notice_id, other_id, notice_id, other_id),
            )
            for table in _FOLLOWING:
                self._run(
                    f"UPDATE {table} SET notice_id = ? WHERE notice_id = ?",  # noqa: S608
                    (notice_id, other_id),
                )
            self._run(
                "UPDATE relations SET target_id = ? WHERE target_id = ?", (notice_id, other_id)
            )
            for table in ("labels", "facts", "relations", "vectors"):
                self._run(f"DELETE FROM {table} WHERE notice_id = ?", (other_id,))  # noqa: S608
            self._run("DELETE FROM relations WHERE notice_id = target_id")
            self._unindex(other_id)
            self._run("DELETE FROM notices WHERE id = ?", (other_id,))
            self._refresh_notice(notice_id)

    def _unindex(self, notice_id: int) -> None:
        """Take a notice out of the search index."""
        remove_notice(self._database, notice_id)

    def _new_notice(self, jurisdiction: str, url: str, first_seen: str) -> int:
        return self._insert(
            "notices",
            {
                "title": "",
                "jurisdiction": jurisdiction,
                "url": url,
                "first_seen": first_seen,
                "changed_at": stamp(self.clock()),
            },
        )

    def _posting_row(self, posting_id: int) -> sqlite3.Row:
        row = self._row("SELECT * FROM postings WHERE id = ?", (posting_id,))
        if row is None:
            raise ArchiveError(f"there is no posting {posting_id}")
        return row


def _best_number(leads: Sequence[_Lead]) -> str | None:
    """The most telling printed number: with agency prefix, from the most official page."""
    printed = [lead.version.document_number for lead in leads if lead.version.document_number]
    full = [number for number in printed if (key := number_key(number)) and key.full]
    return next(iter(full or printed), None)


def _jurisdiction(leads: Sequence[_Lead], issuers: Sequence[str]) -> str:
    """CN as soon as a central site carries it or a central body issued it."""
    found = [lead.row["jurisdiction"] for lead in leads]
    if "CN" in found:
        return "CN"
    issued = jurisdiction_of(issuers)
    return "CN" if issued == "CN" else str(found[0])


def _number_text(version: Version) -> str:
    key = number_key(version.document_number)
    return key.value if key else normalise(version.document_number or "")


def _shown(field: str, lead: _Lead) -> str:
    version = lead.version
    values = {
        "title": version.title,
        "document_number": version.document_number or "",
        "issuers": "、".join(version.issuers),
        "published": lead.row["published"] or "",
        "text": f"{len(version.text)} characters, sha256 {version.text_sha256}",
        "attachments": "、".join(item.name for item in version.attachments),
    }
    return values[field]
