"""Read what the archive knows of the end and the validity of relevant acts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.column_values import parse_day
from archive.ports import Database
from domain.law.known_end import KnownEnd
from domain.records.states import Standing

# The newest version of each page of a relevant act; those on a site that may speak first.
_PAGES = (
    "SELECT n.id, n.repealed_from, p.standing, v.validity,"
    " CASE WHEN length(v.text) < ? AND NOT EXISTS"
    " (SELECT 1 FROM attachments a WHERE a.version_id = v.id) THEN v.text END AS short,"
    " r.title AS ender, r.document_number AS ender_number FROM notices n"
    " JOIN postings p ON p.notice_id = n.id JOIN versions v ON v.posting_id = p.id"
    " AND v.number = (SELECT max(number) FROM versions WHERE posting_id = p.id)"
    " LEFT JOIN relations r ON r.notice_id = n.id AND r.kind = 'repealed_by'"
    " WHERE n.relevant_because IS NOT NULL AND p.state != 'withdrawn'"
    " ORDER BY n.id, coalesce(p.standing, '') != ?, p.id"
)
_SHORT = 400  # characters of a text that may be a list's row alone
# For example 标准状态：现行.
_FIELD = re.compile(r"[^：:\s]{2,10}[：:]")


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEnds:
    """What is known of acts beside their own texts, by notice."""

    db: Database

    def of_relevant(self) -> dict[int, KnownEnd]:
        """The state of every relevant act that has one to tell."""
        found: dict[int, KnownEnd] = {}
        for row in self.db.rows(_PAGES, (_SHORT, Standing.OFFICIAL.value)):
            before = found.get(row["id"])
            validity = row["validity"] or None
            official = row["standing"] in (None, Standing.OFFICIAL.value)
            if before is not None and before.validity:
                validity, official = before.validity, before.official
            found[row["id"]] = KnownEnd(
                validity=validity,
                official=official,
                listed_only=_is_row(row["short"]) and (before is None or before.listed_only),
                repealed_from=parse_day(row["repealed_from"]),
                repealed_by=row["ender_number"] or row["ender"],
            )
        return found


def _is_row(short: str | None) -> bool:
    """Whether a text has nothing but the fields of a list's row, or nothing at all."""
    return short is not None and all(_FIELD.match(line) for line in short.split("\n") if line)
