"""Schema step: articles that were checked and kept, and the acts that their verdicts rest on."""

from __future__ import annotations

TABLES = """
CREATE TABLE leads (
  id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, text TEXT NOT NULL,
  text_sha256 TEXT NOT NULL UNIQUE, url TEXT NOT NULL, publisher TEXT NOT NULL, published TEXT,
  who TEXT NOT NULL, added TEXT NOT NULL, checked TEXT, report TEXT, moved TEXT, moved_at TEXT);
CREATE TABLE lead_acts (
  lead_id INTEGER NOT NULL REFERENCES leads (id), ref TEXT NOT NULL, digest TEXT NOT NULL,
  notice_id INTEGER, PRIMARY KEY (lead_id, ref)) WITHOUT ROWID;
CREATE INDEX lead_acts_by_notice ON lead_acts (notice_id) WHERE notice_id IS NOT NULL
"""
