"""Step of the schema: pages that are no notice, changes to be seen twice, lines that move."""

from __future__ import annotations

TABLES = """
CREATE TABLE faulty_pages (
  url TEXT PRIMARY KEY, source_key TEXT NOT NULL, reason_data TEXT NOT NULL,
  since TEXT NOT NULL, looks INTEGER NOT NULL, told_at TEXT) WITHOUT ROWID;
CREATE INDEX faulty_pages_by_source ON faulty_pages (source_key);
CREATE TABLE unconfirmed_changes (
  url TEXT PRIMARY KEY, source_key TEXT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL,
  fields TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX unconfirmed_changes_by_source ON unconfirmed_changes (source_key);
CREATE TABLE volatile_lines (
  source_key TEXT NOT NULL, shape TEXT NOT NULL, seen INTEGER NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (source_key, shape)) WITHOUT ROWID;
CREATE TABLE file_waits (
  url TEXT PRIMARY KEY, tries INTEGER NOT NULL, not_before TEXT NOT NULL) WITHOUT ROWID
"""
