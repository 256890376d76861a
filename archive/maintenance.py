"""Checking, copying and rebuilding an archive."""

from __future__ import annotations

from archive.classified import Classified
from archive.evidence import EvidenceDamaged, EvidenceMissing, chain_sha256, sha256_of
from archive.search_index import index_problems


class Maintenance(Classified):
    def verify(self) -> list[str]:
        """Problems found: broken hash chain, missing or altered evidence, index out of step."""
        problems = [f"the database is damaged: {row[0]}" for row in self._integrity()]
        return [
            *problems,
            *self._chain_problems(),
            *self._evidence_problems(),
            *index_problems(self._database),
        ]

    def _integrity(self) -> list[tuple[str]]:
        rows = self._rows("PRAGMA quick_check(5)")
        return [(row[0],) for row in rows if row[0] != "ok"]

    def _chain_problems(self) -> list[str]:
        problems, previous = [], ""
        rows = self._database.execute(
            "SELECT id, url, number, text, fetched_at, raw_sha256, text_sha256, chain_sha256"
            " FROM versions ORDER BY id"
        )
        for row in rows:
            where = f"version {row['number']} of {row['url']}"
            if sha256_of(row["text"].encode()) != row["text_sha256"]:
                problems.append(f"the text of {where} was altered after it was stored")
            expected = chain_sha256(
                previous, row["raw_sha256"], row["text_sha256"], row["url"], row["fetched_at"]
            )
            if expected != row["chain_sha256"]:
                problems.append(f"the hash chain is broken at {where}")
            previous = row["chain_sha256"]
        return problems

    def _evidence_problems(self) -> list[str]:
        problems = []
        rows = self._rows(
            "SELECT raw_sha256 AS sha256, min(url) AS url FROM versions GROUP BY raw_sha256"
            " UNION SELECT sha256, min(url) FROM attachments WHERE sha256 NOT NULL GROUP BY sha256"
        )
        for row in rows:
            try:
                self._evidence.get(row["sha256"])
            except EvidenceMissing:
                problems.append(f"the evidence {row['sha256']} of {row['url']} is missing")
            except EvidenceDamaged:
                problems.append(f"the evidence {row['sha256']} of {row['url']} was altered")
        return problems
