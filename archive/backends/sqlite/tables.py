"""The tables, as sqlite-utils migrations: they open in Datasette with readable names.

Times are UTC text of fixed width, dates ISO text, structures JSON text. A new step is added
below the last one, never changed afterwards, and :data:`VERSION` rises with it.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

log = logging.getLogger(__name__)

_MANY = 5000  # notices whose indexing takes long enough to be announced
APPLICATION_ID = 0x6E777463  # "nwtc"
VERSION = 18

_FIRST = """
CREATE TABLE sources (
  key TEXT PRIMARY KEY, state TEXT NOT NULL, since TEXT NOT NULL, reason TEXT NOT NULL,
  last_polled TEXT, last_ok TEXT, newest TEXT, rows INTEGER NOT NULL DEFAULT 0,
  baseline_done INTEGER NOT NULL DEFAULT 0, robots TEXT NOT NULL DEFAULT '');
CREATE TABLE source_runs (
  id INTEGER PRIMARY KEY, source_key TEXT NOT NULL, started TEXT NOT NULL,
  finished TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, rows INTEGER NOT NULL,
  new INTEGER NOT NULL, revised INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
  requests INTEGER NOT NULL, not_modified INTEGER NOT NULL, errors TEXT NOT NULL,
  newest TEXT, robots TEXT NOT NULL, parameters TEXT NOT NULL);
CREATE INDEX source_runs_by_source ON source_runs (source_key, id);
CREATE TABLE health_events (
  id INTEGER PRIMARY KEY, source_key TEXT NOT NULL, before TEXT, after TEXT NOT NULL,
  at TEXT NOT NULL, reason TEXT NOT NULL, told_at TEXT);
CREATE INDEX health_events_untold ON health_events (id) WHERE told_at IS NULL;
CREATE TABLE pages (
  url TEXT PRIMARY KEY, source_key TEXT NOT NULL, column_key TEXT NOT NULL, etag TEXT,
  last_modified TEXT, raw_sha256 TEXT, checked_at TEXT, changed_at TEXT, next_check TEXT,
  gone_looks INTEGER NOT NULL DEFAULT 0);
CREATE TABLE page_params (url TEXT PRIMARY KEY, params TEXT NOT NULL);
CREATE TABLE listings (
  source_key TEXT NOT NULL, column_key TEXT NOT NULL, url TEXT NOT NULL,
  title TEXT NOT NULL, published TEXT, first_listed TEXT NOT NULL, last_listed TEXT NOT NULL,
  PRIMARY KEY (source_key, column_key, url)) WITHOUT ROWID;
CREATE INDEX listings_by_url ON listings (url);
CREATE TABLE notices (
  id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, title_en TEXT,
  document_number TEXT, issuers TEXT NOT NULL DEFAULT '[]', jurisdiction TEXT NOT NULL,
  published TEXT, effective TEXT, expires TEXT, status TEXT, stage TEXT, authority TEXT,
  severity TEXT NOT NULL DEFAULT 'grey', severity_rule TEXT NOT NULL DEFAULT '',
  relevant_because TEXT, first_seen TEXT NOT NULL, changed_at TEXT NOT NULL,
  repealed_from TEXT, url TEXT NOT NULL, title_key TEXT NOT NULL DEFAULT '',
  base_key TEXT NOT NULL DEFAULT '',
  number_key TEXT, model TEXT);
CREATE INDEX notices_by_first_seen ON notices (first_seen);
CREATE INDEX notices_by_change ON notices (changed_at);
CREATE INDEX notices_relevant ON notices (relevant_because, id) WHERE relevant_because IS NOT NULL;
CREATE INDEX notices_by_title_key ON notices (title_key);
CREATE INDEX notices_by_base_key ON notices (base_key);
CREATE INDEX notices_by_number ON notices (number_key) WHERE number_key IS NOT NULL;
CREATE TABLE postings (
  id INTEGER PRIMARY KEY AUTOINCREMENT, notice_id INTEGER NOT NULL REFERENCES notices (id),
  source_key TEXT NOT NULL, column_key TEXT NOT NULL, publisher TEXT NOT NULL,
  jurisdiction TEXT NOT NULL, url TEXT NOT NULL UNIQUE, title TEXT NOT NULL, published TEXT,
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, state TEXT NOT NULL,
  gone_looks INTEGER NOT NULL DEFAULT 0);
CREATE INDEX postings_by_notice ON postings (notice_id);
CREATE INDEX postings_by_source ON postings (source_key, column_key);
CREATE TABLE posting_keys (
  kind TEXT NOT NULL, value TEXT NOT NULL,
  posting_id INTEGER NOT NULL REFERENCES postings (id),
  PRIMARY KEY (kind, value, posting_id)) WITHOUT ROWID;
CREATE INDEX posting_keys_by_posting ON posting_keys (posting_id);
CREATE TABLE kept_apart (
  posting_id INTEGER NOT NULL REFERENCES postings (id),
  other_id INTEGER NOT NULL REFERENCES postings (id), at TEXT NOT NULL,
  PRIMARY KEY (posting_id, other_id)) WITHOUT ROWID;
CREATE TABLE versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, posting_id INTEGER NOT NULL REFERENCES postings (id),
  number INTEGER NOT NULL, fetched_at TEXT NOT NULL, url TEXT NOT NULL,
  raw_sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL, chain_sha256 TEXT NOT NULL,
  http_status INTEGER NOT NULL, headers TEXT NOT NULL, title TEXT NOT NULL,
  text TEXT NOT NULL, blocks TEXT, document_number TEXT, index_number TEXT,
  issuers TEXT NOT NULL, date_listed TEXT, date_visible TEXT, date_meta TEXT,
  date_signed TEXT, comment_deadline TEXT, validity TEXT, UNIQUE (posting_id, number));
CREATE TABLE files (
  sha256 TEXT PRIMARY KEY, bytes INTEGER NOT NULL, status TEXT NOT NULL,
  media_type TEXT NOT NULL, text TEXT NOT NULL, tables TEXT);
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY, version_id INTEGER NOT NULL REFERENCES versions (id),
  position INTEGER NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL,
  sha256 TEXT REFERENCES files (sha256), status TEXT NOT NULL);
CREATE INDEX attachments_by_version ON attachments (version_id, position);
CREATE TABLE changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, notice_id INTEGER NOT NULL REFERENCES notices (id),
  posting_id INTEGER NOT NULL REFERENCES postings (id), kind TEXT NOT NULL, at TEXT NOT NULL,
  posting_url TEXT NOT NULL, from_version INTEGER, to_version INTEGER,
  substantive INTEGER NOT NULL, reason TEXT NOT NULL, baseline INTEGER NOT NULL,
  labels TEXT NOT NULL DEFAULT '[]', facts_before TEXT NOT NULL DEFAULT '[]',
  facts_after TEXT NOT NULL DEFAULT '[]', severity TEXT NOT NULL DEFAULT 'grey',
  severity_rule TEXT NOT NULL DEFAULT '', state TEXT NOT NULL,
  told INTEGER NOT NULL DEFAULT 0);
CREATE INDEX changes_by_notice ON changes (notice_id, id);
CREATE INDEX changes_by_time ON changes (at);
CREATE INDEX changes_unclassified ON changes (id) WHERE state = 'unclassified';
CREATE INDEX changes_unselected ON changes (id) WHERE state = 'classified';
CREATE TABLE labels (
  id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notices (id),
  topic TEXT NOT NULL, score REAL NOT NULL, evidence TEXT NOT NULL, model TEXT NOT NULL);
CREATE INDEX labels_by_notice ON labels (notice_id);
CREATE INDEX labels_by_topic ON labels (topic, notice_id);
CREATE TABLE facts (
  id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notices (id),
  kind TEXT NOT NULL, value TEXT NOT NULL, quote TEXT NOT NULL, place TEXT NOT NULL);
CREATE INDEX facts_by_notice ON facts (notice_id);
CREATE INDEX facts_by_kind ON facts (kind, notice_id);
CREATE TABLE relations (
  id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notices (id),
  kind TEXT NOT NULL, title TEXT NOT NULL, document_number TEXT,
  target_id INTEGER REFERENCES notices (id), probable INTEGER NOT NULL, effect TEXT,
  title_key TEXT NOT NULL, number_key TEXT);
CREATE INDEX relations_by_notice ON relations (notice_id);
CREATE INDEX relations_by_target ON relations (target_id);
CREATE INDEX relations_open_title ON relations (title_key) WHERE target_id IS NULL;
CREATE INDEX relations_open_number ON relations (number_key) WHERE target_id IS NULL;
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL,
  dedupe_key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, notice_id INTEGER,
  change_ids TEXT NOT NULL, thread TEXT, payload TEXT NOT NULL, state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, next_attempt TEXT NOT NULL, created TEXT NOT NULL,
  last_attempt TEXT, sent TEXT, receipt TEXT NOT NULL DEFAULT '{}',
  error TEXT NOT NULL DEFAULT '');
CREATE INDEX outbox_by_state ON outbox (state, channel, next_attempt);
CREATE INDEX outbox_by_thread ON outbox (channel, thread, id);
CREATE INDEX outbox_by_notice ON outbox (notice_id);
CREATE TABLE pruned_evidence (sha256 TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE archive_state (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE channel_state (channel TEXT PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE subscriptions (key TEXT PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE feedback (
  id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notices (id),
  verdict TEXT NOT NULL, topic TEXT, who TEXT NOT NULL, at TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '', text_sha256 TEXT NOT NULL DEFAULT '',
  confirmed_by TEXT, confirmed_at TEXT);
CREATE INDEX feedback_by_notice ON feedback (notice_id);
CREATE TABLE acknowledgements (
  id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notices (id),
  state TEXT NOT NULL, who TEXT NOT NULL, assignee TEXT, at TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '');
CREATE INDEX acknowledgements_by_notice ON acknowledgements (notice_id, id);
CREATE TABLE audit (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL,
  subject TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '{}');
CREATE TABLE vectors (
  encoder TEXT NOT NULL, kind TEXT NOT NULL,
  notice_id INTEGER NOT NULL REFERENCES notices (id), place TEXT NOT NULL, vector BLOB NOT NULL,
  PRIMARY KEY (encoder, kind, notice_id, place)) WITHOUT ROWID;
CREATE INDEX vectors_by_notice ON vectors (notice_id);
CREATE TABLE translations (
  key TEXT PRIMARY KEY, text TEXT NOT NULL, provider TEXT NOT NULL, at TEXT NOT NULL);
"""

# What the hash chain covers besides text and bytes; empty for versions stored before.
_RECORDS = """
ALTER TABLE versions ADD COLUMN record_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE attachments ADD COLUMN completed_at TEXT;
ALTER TABLE files ADD COLUMN text_sha256 TEXT;
"""

_LINKS = """
CREATE TABLE links (
  token_sha256 TEXT PRIMARY KEY, purpose TEXT NOT NULL,
  notice_id INTEGER, channel TEXT NOT NULL, recipient TEXT NOT NULL,
  created TEXT NOT NULL, expires TEXT NOT NULL, used_at TEXT,
  used_by TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE INDEX links_by_notice ON links (notice_id) WHERE notice_id IS NOT NULL;
CREATE TABLE unsubscribed (
  channel TEXT NOT NULL, recipient TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (channel, recipient)) WITHOUT ROWID;
"""

_SAVED_SEARCHES = """
CREATE TABLE saved_searches (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, query TEXT NOT NULL,
  who TEXT NOT NULL, created TEXT NOT NULL, channel TEXT, rhythm TEXT);
"""


def half_made(tables: set[str]) -> bool:
    """The first opening was killed before its first step was committed."""
    return tables <= {"_sqlite_migrations", "idx__sqlite_migrations_migration_set_name"}


# Beside each English sentence its code and parameters; rows of before have none.
_REASON_CODES = """
ALTER TABLE changes ADD COLUMN reason_data TEXT;
ALTER TABLE changes ADD COLUMN severity_rule_data TEXT;
ALTER TABLE notices ADD COLUMN severity_rule_data TEXT
"""

_SOURCE_REASON_CODES = """
ALTER TABLE sources ADD COLUMN reason_data TEXT;
ALTER TABLE source_runs ADD COLUMN reason_data TEXT;
ALTER TABLE health_events ADD COLUMN reason_data TEXT
"""


# What a pass cost: a day's budget of a source is counted from it.
_SOURCE_USE = """
ALTER TABLE source_runs ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_runs ADD COLUMN fresh_rows INTEGER NOT NULL DEFAULT 0
"""

# Duties of acts, one row each; what the columns repeat of ``value`` is there to be searched.
_DUTIES = """
CREATE TABLE duties (
  id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notices (id),
  duty_key TEXT NOT NULL, role TEXT, kind TEXT, modality TEXT NOT NULL, act TEXT NOT NULL,
  value TEXT NOT NULL);
CREATE INDEX duties_by_notice ON duties (notice_id);
CREATE INDEX duties_by_role ON duties (role, notice_id);
ALTER TABLE changes ADD COLUMN duties_before TEXT NOT NULL DEFAULT '[]';
ALTER TABLE changes ADD COLUMN duties_after TEXT NOT NULL DEFAULT '[]'
"""


def migrate(database: sqlite3.Connection, version: int = VERSION) -> None:
    """Bring the file to a schema, the newest unless a test wants an earlier one; safe when two
    processes open it at once."""
    from sqlite_utils import Database

    migrations = _steps()
    # One writer: the second process waits here and then finds nothing pending.
    database.execute("BEGIN IMMEDIATE")
    try:
        db = Database(database)
        later = [one.name for one in migrations.pending(db) if int(one.name[1:4]) > version]
        migrations.apply(db, stop_before=later)
        database.execute(f"PRAGMA application_id={APPLICATION_ID}")
        database.execute(f"PRAGMA user_version={version}")
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def _steps() -> Migrations:
    from sqlite_utils import Migrations

    migrations = Migrations("noticewatch")
    _steps_of_first_releases(migrations)
    _later_steps(migrations)
    _steps_of_duties_and_questions(migrations)
    return migrations


def _steps_of_first_releases(migrations: Migrations) -> None:
    from archive.backends.sqlite.search_index import create_search_tables, rebuild_index

    @migrations()
    def m001_first(db: Database) -> None:
        _execute_all(db, _FIRST)
        create_search_tables(db.conn)

    @migrations()
    def m002_archive_records(db: Database) -> None:
        _execute_all(db, _RECORDS)
        rebuild_index(db.conn)  # letters and digits are one word since, blank or not

    @migrations()
    def m003_notifier_links(db: Database) -> None:
        _execute_all(db, _LINKS)

    @migrations()
    def m004_web_saved_searches(db: Database) -> None:
        _execute_all(db, _SAVED_SEARCHES)

    @migrations()
    def m005_archive_links(db: Database) -> None:
        count = db.conn.execute("SELECT count(*) FROM notices").fetchone()[0]
        if count >= _MANY:
            log.warning("%d notices are indexed anew, once; this takes some minutes", count)
        rebuild_index(db.conn)  # marks between words are linked over since


def _later_steps(migrations: Migrations) -> None:
    from archive.backends.sqlite import (
        crawl_memory_step,
        page_looks_step,
        reason_codes_step,
        standing_step,
    )

    @migrations()
    def m006_crawl_memory(db: Database) -> None:
        _execute_all(db, crawl_memory_step.TABLES)
        crawl_memory_step.carry_over(db.conn)

    @migrations()
    def m007_reason_codes(db: Database) -> None:
        _execute_all(db, _REASON_CODES)
        reason_codes_step.carry_over(db.conn)

    @migrations()
    def m008_source_reason_codes(db: Database) -> None:
        _execute_all(db, _SOURCE_REASON_CODES)

    @migrations()
    def m009_page_looks(db: Database) -> None:
        _execute_all(db, page_looks_step.TABLES)

    standing_step.add_to(migrations)

    @migrations()
    def m011_duties(db: Database) -> None:
        _execute_all(db, _DUTIES)

    @migrations()
    def m012_source_use(db: Database) -> None:
        _execute_all(db, _SOURCE_USE)


def _steps_of_duties_and_questions(migrations: Migrations) -> None:
    from archive.backends.sqlite import (
        english_cards,
        entities_step,
        law_in_time_step,
        leads_step,
        leases_step,
        scans_step,
    )

    @migrations()
    def m013_law_in_time(db: Database) -> None:
        _execute_all(db, law_in_time_step.TABLES)

    @migrations()
    def m014_entities(db: Database) -> None:
        _execute_all(db, entities_step.TABLES)

    @migrations()
    def m015_leads(db: Database) -> None:
        _execute_all(db, leads_step.TABLES)

    @migrations()
    def m016_english_cards(db: Database) -> None:
        db.conn.execute(english_cards.TABLE)
        english_cards.fill_cards(db.conn)

    @migrations()
    def m017_scans(db: Database) -> None:
        _execute_all(db, scans_step.TABLES)

    @migrations()
    def m018_leases(db: Database) -> None:
        _execute_all(db, leases_step.TABLES)


def _execute_all(db: Database, script: str) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)
