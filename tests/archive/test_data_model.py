"""The page on the data model: its queries run, its tables exist, its proof works by hand."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable

import sqlite_utils

from archive.store import Archive
from domain.records.observation import Observation
from tests.paths import ROOT

PAGE = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")


def test_queries_and_tables_of_the_page(
    archive: Archive, observe: Callable[..., Observation]
) -> None:
    number = "工信部联节〔2026〕17号"
    archive.ingest(observe(number=number))
    archive.ingest(observe("https://b.gov.cn/2", publisher="生态环境部", number=number))
    database = sqlite_utils.Database(archive.path)
    queries = re.findall(r"```sql\n(.*?)```", PAGE, re.S)
    assert len(queries) == 5
    answers = [list(database.query(query)) for query in queries]
    assert answers[3][0]["copies"] == 2
    rows = re.findall(r"^\| (`.*?) \|", PAGE, re.M)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named <= set(database.table_names())
    ours = {"translations", "vectors", "posting_keys", "archive_state", "_sqlite_migrations"}
    shown = {
        name
        for name in database.table_names()
        if not name.startswith(("notice_index", "search_", "sqlite_"))
    }
    assert shown - named - ours == set()
    database.close()


def test_the_chain_by_hand(archive: Archive, observe: Callable[..., Observation]) -> None:
    for text in ("甲。", "乙。"):
        archive.ingest(observe(text=text * 40))
    previous = ""
    for row in sqlite_utils.Database(archive.path).query("SELECT * FROM versions ORDER BY id"):
        packed = archive.data_dir / "evidence" / row["raw_sha256"][:2] / f"{row['raw_sha256']}.gz"
        assert hashlib.sha256(gzip.decompress(packed.read_bytes())).hexdigest() == row["raw_sha256"]
        assert hashlib.sha256(row["text"].encode()).hexdigest() == row["text_sha256"]
        covered = ("raw_sha256", "text_sha256", "url", "fetched_at", "title", "record_sha256")
        parts = [previous, *(row[name] for name in covered)]
        previous = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        assert previous == row["chain_sha256"]
