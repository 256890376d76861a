"""Tables of what concerns our companies: names found in notices, and obligations."""

from __future__ import annotations

TABLES = """
CREATE TABLE names (
  id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notices (id),
  entity TEXT NOT NULL, supplier TEXT, name TEXT NOT NULL, kind TEXT NOT NULL,
  quote TEXT NOT NULL, place TEXT NOT NULL);
CREATE INDEX names_by_notice ON names (notice_id);
CREATE INDEX names_by_entity ON names (entity, notice_id);
CREATE TABLE obligations (
  id INTEGER PRIMARY KEY, entity TEXT NOT NULL, duty_id TEXT NOT NULL, notice_id INTEGER NOT NULL,
  state TEXT NOT NULL, owner TEXT, due TEXT, reason TEXT NOT NULL DEFAULT '',
  duty TEXT NOT NULL, last_review TEXT, law_changed_since TEXT, asked_by TEXT, ended TEXT,
  created TEXT NOT NULL, changed TEXT NOT NULL, UNIQUE (entity, duty_id));
CREATE INDEX obligations_by_notice ON obligations (notice_id);
CREATE TABLE obligation_evidence (
  id INTEGER PRIMARY KEY, obligation_id INTEGER NOT NULL REFERENCES obligations (id),
  kind TEXT NOT NULL, value TEXT NOT NULL, name TEXT NOT NULL, who TEXT NOT NULL,
  at TEXT NOT NULL);
CREATE INDEX obligation_evidence_of ON obligation_evidence (obligation_id)
"""
