"""Derive what an act says from its postings, the most official first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.column_values import dumps, stamp
from archive.ports import Clock, Database, SearchIndex
from archive.repositories.versions import Versions
from archive.services.standing.act_leads import (
    ActLead,
    disagreeing,
    issued_by_json,
    issuers_from,
    issuers_of,
    leads_of,
    trusted,
)
from domain.acts.issuers import bodies_of, jurisdiction_of
from domain.acts.titles import act_number_key, act_title, base_key, number_key, title_key
from domain.records.notice import Version
from domain.records.states import Standing
from domain.text.act_numbers.standard_numbers import standard_number
from domain.text.normalization import normalise

_SHEET = re.compile(r"修改单|勘误|更正")  # in the title of what amends a standard
_MOST_OF_A_SOURCE = 20
# Of a site's pages of one act so many are looked at: the first that are still there.
_LEADING = (
    "SELECT p.* FROM postings p JOIN (SELECT id, row_number() OVER (PARTITION BY source_key"
    " ORDER BY id != coalesce(?, 0), state = 'withdrawn', id) AS place"
    " FROM postings WHERE notice_id = ?) ranked ON ranked.id = p.id"
    " WHERE ranked.place <= ? ORDER BY p.id"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A field in which the copies of an act differ; ``values`` by address."""

    field: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ActSummary:
    """What an act says, derived from its postings, the most official first."""

    db: Database
    clock: Clock
    index: SearchIndex
    versions: Versions

    def leads(self, notice_id: int, *, besides: int | None = None) -> list[ActLead]:
        """The act's postings, the most official first; of each site the first
        ``_MOST_OF_A_SOURCE`` only, and the posting ``besides``."""
        rows = self.db.rows(_LEADING, (besides, notice_id, _MOST_OF_A_SOURCE))
        versions = [(row, self.versions.latest(row["id"])) for row in rows]
        return leads_of([(row, version) for row, version in versions if version is not None])

    def leading_version(self, notice_id: int) -> Version | None:
        """The newest text of the act's most official copy."""
        leads = self.leads(notice_id)
        return leads[0].version if leads else None

    def refresh(self, notice_id: int) -> None:
        """Derive the act's fields from its postings and bring the search index in step."""
        leads = self.leads(notice_id)
        if not leads:
            return
        before = self._spoken_by(notice_id)
        fields = {**self.own_fields(leads), "changed_at": stamp(self.clock())}
        names = ", ".join(f"{name} = ?" for name in fields)
        self.db.run(
            f"UPDATE notices SET {names} WHERE id = ?",  # noqa: S608 (our own names)
            (*fields.values(), notice_id),
        )
        self._save_standings(notice_id, leads)
        if before not in (None, self._spoken_by(notice_id)):
            self._forget_what_others_said(notice_id)
        self.index.put(notice_id)

    def _spoken_by(self, notice_id: int) -> tuple[int, str] | None:
        """Whether an act is known officially, and the level of its issuers; None for an act that
        was not judged yet."""
        row = self.db.row("SELECT * FROM notices WHERE id = ?", (notice_id,))
        if row is None or row["confirmed"] is None:
            return None
        return row["confirmed"], min((body.level for body in issuers_from(row)), default="")

    def _save_standings(self, notice_id: int, leads: Sequence[ActLead]) -> None:
        """What each page is beside the others; those of a site beyond so many are copies."""
        odd = disagreeing(leads)
        self.db.run(
            "UPDATE postings SET standing = ?, disagrees = 0 WHERE notice_id = ?"  # noqa: S608 (ours)
            " AND coalesce(standing, '') != ?"
            f" AND id NOT IN ({self.db.dialect.numbers})",
            (Standing.COPY, notice_id, Standing.COPY, dumps([lead.row["id"] for lead in leads])),
        )
        for lead in leads:
            kept = (lead.standing.value, int(lead.row["id"] in odd))
            if kept != (lead.row["standing"], lead.row["disagrees"]):
                self.db.run(
                    "UPDATE postings SET standing = ?, disagrees = ? WHERE id = ?",
                    (*kept, lead.row["id"]),
                )

    def _forget_what_others_said(self, notice_id: int) -> None:
        """Nothing that was read out of another site's page is carried over to the act as its
        issuer published it, nor what people settled about that page."""
        for table in ("labels", "facts", "duties", "names", "vectors"):
            self.db.run(f"DELETE FROM {table} WHERE notice_id = ?", (notice_id,))  # noqa: S608
        self.db.run(
            "UPDATE notices SET title_en = NULL, stage = NULL, relevant_because = NULL,"
            " effective = NULL, expires = NULL, model = NULL, authority = NULL WHERE id = ?",
            (notice_id,),
        )
        settled = self.db.value(
            "SELECT state FROM acknowledgements WHERE notice_id = ? ORDER BY id DESC LIMIT 1",
            (notice_id,),
        )
        if settled not in {None, "open"}:
            self.db.insert(
                "acknowledgements",
                {
                    "notice_id": notice_id,
                    "state": "open",
                    "who": "noticewatch",
                    "at": stamp(self.clock()),
                    "note": "seen on the issuer's own site",
                },
            )

    def own_fields(self, leads: Sequence[ActLead]) -> dict[str, str | int | None]:
        """What the pages of an act say of it, the most official first; as columns."""
        first, sure = leads[0], trusted(leads)
        issuers = max((lead.version.issuers for lead in sure), key=len)
        if first.version.issuers and len(first.version.issuers) == len(issuers):
            issuers = first.version.issuers
        number = _best_number(sure)
        dates = [lead.row["published"] for lead in sure if lead.row["published"]]
        title = first.version.title or first.row["title"]
        name = act_title(title, first.version.text)
        return {
            "title": title,
            "document_number": number,
            "issuers": dumps(list(issuers)),
            "jurisdiction": _jurisdiction(sure, issuers),
            "published": min(dates, default=None),
            "url": first.row["url"],
            "title_key": title_key(name),
            "base_key": base_key(name),
            "number_key": _own_key(number, title),
            "issued_by": dumps(issued_by_json(issuers_of(leads))),
            "confirmed": int(first.standing is Standing.OFFICIAL),
        }

    def differences(self, notice_id: int) -> list[Difference]:
        """Where the copies of an act differ, field by field; dates are expected to."""
        leads = self.leads(notice_id)
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


def _best_number(leads: Sequence[ActLead]) -> str | None:
    """The most telling printed number: with agency prefix, from the most official page."""
    printed = [lead.version.document_number for lead in leads if lead.version.document_number]
    full = [number for number in printed if (key := number_key(number)) and key.full]
    return next(iter(full or printed), None)


def _own_key(number: str | None, title: str) -> str | None:
    """The key by which others name an act; the number of a standard is not that of the sheet that
    amends it."""
    key = act_number_key(number)
    sheet = standard_number(number or "") is not None and _SHEET.search(title) is not None
    return key.value if key and key.full and not sheet else None


def _jurisdiction(leads: Sequence[ActLead], issuers: Sequence[str]) -> str:
    """CN as soon as a central site carries it or a central body issued it."""
    found = [lead.row["jurisdiction"] for lead in leads]
    if "CN" in found:
        return "CN"
    issued = jurisdiction_of(issuers)
    return "CN" if issued == "CN" else str(found[0])


def _number_text(version: Version) -> str:
    key = number_key(version.document_number)
    return key.value if key else normalise(version.document_number or "")


def _shown(field: str, lead: ActLead) -> str:
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
