"""Step 15: scanned files that wait to be read, and what of their text is not sure."""

from __future__ import annotations

# ``pages``: those read so far, by their number in the file; empty once the file is read.
TABLES = """
CREATE TABLE scans (
  sha256 TEXT PRIMARY KEY REFERENCES files (sha256), name TEXT NOT NULL, queued TEXT NOT NULL,
  count INTEGER NOT NULL, pages TEXT NOT NULL DEFAULT '{}', engine TEXT NOT NULL DEFAULT '',
  done_at TEXT) WITHOUT ROWID;
CREATE INDEX scans_waiting ON scans (queued) WHERE done_at IS NULL;
ALTER TABLE files ADD COLUMN unsure TEXT;
ALTER TABLE facts ADD COLUMN certainty TEXT NOT NULL DEFAULT ''
"""
