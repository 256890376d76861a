"""Step 18: what several processes share: leases of work, workers, keys and guessing clients."""

from __future__ import annotations

# A fence is kept when a lease ends: it must rise at the next one. ``due``: a host is left alone
# until then. Leases of acts name no foreign key: an act may be merged away while it is held.
TABLES = """
CREATE TABLE hosts (
  host TEXT PRIMARY KEY, region TEXT NOT NULL DEFAULT 'any', due TEXT,
  gap REAL NOT NULL DEFAULT 0, holder TEXT, fence INTEGER NOT NULL, lease_until TEXT NOT NULL);
CREATE TABLE act_leases (
  notice_id INTEGER PRIMARY KEY, holder TEXT, fence INTEGER NOT NULL, lease_until TEXT NOT NULL);
CREATE TABLE channel_leases (
  channel TEXT PRIMARY KEY, holder TEXT, fence INTEGER NOT NULL, lease_until TEXT NOT NULL);
CREATE TABLE role_leases (
  role TEXT PRIMARY KEY, holder TEXT, fence INTEGER NOT NULL, lease_until TEXT NOT NULL);
CREATE TABLE workers (
  id TEXT PRIMARY KEY, machine TEXT NOT NULL, pid INTEGER NOT NULL, version TEXT NOT NULL,
  roles TEXT NOT NULL, regions TEXT NOT NULL, started TEXT NOT NULL, seen TEXT NOT NULL,
  vitals TEXT NOT NULL DEFAULT '{}');
CREATE TABLE guesses (
  client TEXT PRIMARY KEY, left_over REAL NOT NULL, at TEXT NOT NULL);
CREATE TABLE shared_keys (name TEXT PRIMARY KEY, value TEXT NOT NULL)
"""
