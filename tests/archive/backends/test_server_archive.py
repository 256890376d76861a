"""An archive on a PostgreSQL server: opening, what is refused, cut connections, new versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import psycopg
import pytest

from archive.backends.factory import open_backend
from archive.backends.postgresql import server_connection
from archive.backends.postgresql.sql_dialect import with_driver_marks
from archive.backends.postgresql.table_statements import schema_statements, step_statements
from archive.backends.shape_reader import schema_shape
from archive.ports import Backend
from archive.store import Archive, ArchiveError, SearchRequest
from tests.builders import make_observation
from tests.fakes.postgres_server import PostgresServer

_PUT = "INSERT INTO translations (key, text, provider, at) VALUES (?, ?, 'p', 't')"
_COUNT = "SELECT count(*) FROM translations"
_CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = 'noticewatch' AND datname = '{}'"
)


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[str]:
    """The name of a database without any table."""
    name = postgres.new_database()
    yield name
    postgres.drop(name)


@pytest.fixture
def url(postgres: PostgresServer, database: str) -> str:
    return postgres.url(database)


@pytest.fixture
def backend(tmp_path: Path, url: str) -> Iterator[Backend]:
    opened = open_backend(tmp_path, create=True, read_only=False, url=url)
    yield opened
    opened.database.close()


def refused(folder: Path, url: str, **options: bool) -> str:
    """The sentence with which opening is refused."""
    wanted = {"create": True, "read_only": False, **options}
    with pytest.raises(ArchiveError) as caught:
        open_backend(folder, url=url, **wanted)
    return str(caught.value)


# Opening


def test_there_is_no_archive_until_one_is_made(tmp_path: Path, url: str) -> None:
    assert "there is no archive in postgresql://" in refused(tmp_path, url, create=False)
    assert "there is no archive in postgresql://" in refused(tmp_path, url, read_only=True)
    with Archive.open(tmp_path, url=url) as archive:
        assert archive.notices.counts()["notices"] == 0
    with Archive.open(tmp_path, url=url, create=False, read_only=True) as archive:
        assert archive.integrity.verify() == []
    assert not (tmp_path / "archive.db").exists()


def test_two_that_open_at_once_make_one_archive(tmp_path: Path, url: str) -> None:
    said: list[object] = []

    def opened() -> None:
        with Archive.open(tmp_path, url=url) as archive:
            said.append(archive.integrity.verify())

    threads = [Thread(target=opened) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [[], [], [], []]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP TABLE archive_identity", "another program's database"),
        ("DELETE FROM archive_identity", "another program's database"),
        ("UPDATE archive_identity SET version = 9999", "upgrade noticewatch"),
        (
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
            " CREATE TRIGGER hide AFTER DELETE ON versions EXECUTE FUNCTION f()",
            "a trigger that is none of ours (hide)",
        ),
    ],
)
def test_what_is_none_of_ours_is_refused(
    tmp_path: Path, url: str, statement: str, said: str
) -> None:
    Archive.open(tmp_path, url=url).close()
    with psycopg.connect(url) as other:
        other.execute(statement.encode())
    assert said in refused(tmp_path, url)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://a:geheim@db/x", "archive_url holds a password"),
        ("postgresql://a@db/x?password=geheim", "archive_url holds a password"),
        ("postgresql://a@db", "archive_url is not understood"),
        ("mysql://a:geheim@db/x", "archive_url is not understood"),
        ("postgresql://a@127.0.0.1:9/x?connect_timeout=1", "cannot be reached"),
    ],
)
def test_an_address_is_refused_in_one_sentence_without_its_password(
    tmp_path: Path, address: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTICEWATCH_ARCHIVE_PASSWORD", "geheim")
    sentence = refused(tmp_path, address)
    assert said in sentence
    assert "geheim" not in sentence.replace("a:geheim@", "")
    assert "\n" not in sentence


def test_a_database_that_is_missing_is_named(tmp_path: Path, postgres: PostgresServer) -> None:
    assert '"no_such" does not exist' in refused(tmp_path, postgres.url("no_such"))


# A cut connection


def cut(postgres: PostgresServer, database: str) -> None:
    postgres.execute(_CUT.format(database))


def test_reading_and_writing_go_on_after_a_cut(
    backend: Backend, postgres: PostgresServer, database: str
) -> None:
    for number in range(3):
        cut(postgres, database)
        with backend.database.transaction():
            backend.database.run(_PUT, (str(number), ""))
        cut(postgres, database)
        assert backend.database.value(_COUNT) == number + 1


def test_a_cut_inside_a_transaction_undoes_it(
    backend: Backend, postgres: PostgresServer, database: str
) -> None:
    """What was done is not known to be all: the caller is told and begins anew."""

    def interrupted() -> None:
        with backend.database.transaction():
            backend.database.run(_PUT, ("a", ""))
            cut(postgres, database)
            backend.database.run(_PUT, ("b", ""))

    with pytest.raises(ArchiveError, match=r"the connection to postgresql:\S+ was cut"):
        interrupted()
    assert not backend.database.in_transaction
    assert backend.database.value(_COUNT) == 0
    with backend.database.transaction():
        backend.database.run(_PUT, ("a", ""))
    assert backend.database.value(_COUNT) == 1


def test_a_server_that_restarts_is_waited_for(tmp_path: Path) -> None:
    from tests.fakes.postgres_server import running_postgres

    with running_postgres() as server:
        backend = open_backend(
            tmp_path, create=True, read_only=False, url=server.url(server.new_database())
        )
        with backend.database.transaction():
            backend.database.run(_PUT, ("a", ""))
        server.stop(at_once=False)
        read: list[int] = []
        reading = Thread(target=lambda: read.append(backend.database.value(_COUNT)))
        reading.start()
        server.start()
        reading.join()
        assert read == [1]
        backend.database.close()


def test_a_writer_that_waits_too_long_is_told(
    backend: Backend, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_connection, "LOCK_SECONDS", 1)
    other = open_backend(tmp_path, create=True, read_only=False, url=url)
    with (
        backend.database.transaction(),
        pytest.raises(ArchiveError, match="stayed locked by another process"),
        other.database.transaction(),
    ):
        raise AssertionError("two writers at once")
    with other.database.transaction():
        other.database.run(_PUT, ("a", ""))
    other.database.close()


def test_the_revision_changes_with_every_commit(backend: Backend) -> None:
    seen = [backend.database.revision()]
    assert backend.database.revision() == seen[0]
    for key in "ab":
        with backend.database.transaction():
            backend.database.run(_PUT, (key, ""))
        seen.append(backend.database.revision())
    assert len(set(seen)) == 3


def test_a_dump_is_a_whole_archive(tmp_path: Path, url: str, postgres: PostgresServer) -> None:
    """As docs/scale.md says: pg_dump, pg_restore into an empty database, the evidence folder."""
    with Archive.open(tmp_path, url=url) as archive:
        archive.ingest(make_observation(title="废旧动力电池通知"))
    postgres.run_tool("pg_dump", "--format=custom", "--file=archive.dump", url)
    restored = postgres.new_database()
    postgres.run_tool(
        "pg_restore", "--no-owner", f"--dbname={postgres.url(restored)}", "archive.dump"
    )
    with Archive.open(tmp_path, url=postgres.url(restored), create=False) as copy:
        assert copy.integrity.verify() == []
        assert copy.search(SearchRequest(query="动力电池")).total == 1
        assert copy.maintenance.state().missing_indexes == ()
        assert copy.ingest(make_observation("https://a.gov.cn/2", "另一通知")).notice_id == 2
    postgres.drop(restored)


# Statements and versions


@pytest.mark.parametrize(
    ("sql", "absent", "marked"),
    [
        ("SELECT ? AS a", (), "SELECT %s AS a"),
        ("a = ? AND b = '?' AND \"c?\" = ?", (), "a = %s AND b = '?' AND \"c?\" = %s"),
        ("a LIKE '%?''%' AND b % 2 = ?", (), "a LIKE '%%?''%%' AND b %% 2 = %s"),
        ("? IS NULL OR a = ?", (0,), "NULL IS NULL OR a = %s"),
        ("VALUES (?, '?', ?, ?)", (1, 2), "VALUES (%s, '?', NULL, NULL)"),
    ],
)
def test_marks_are_translated_outside_of_quoted_text(
    sql: str, absent: tuple[int, ...], marked: str
) -> None:
    assert with_driver_marks(sql, absent) == marked


def test_an_earlier_version_is_brought_to_the_tables_of_a_fresh_one(
    postgres: PostgresServer, database: str
) -> None:
    """From version to version as the engine's own description of its tables tells them."""
    fresh = postgres.new_database()
    try:
        with (
            psycopg.connect(postgres.url(database)) as old,
            psycopg.connect(postgres.url(fresh)) as new,
        ):
            for statement in schema_statements(schema_shape(12)):
                old.execute(statement.encode())
            for version in range(12, schema_shape().version):
                steps = step_statements(schema_shape(version), schema_shape(version + 1))
                for statement in steps:
                    old.execute(statement.encode())
            for statement in schema_statements(schema_shape()):
                new.execute(statement.encode())
            assert described(old) == described(new)
    finally:
        postgres.drop(fresh)


def described(connection: psycopg.Connection[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Columns, keys and indexes, in order of their names."""
    columns = connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity,"
        " collation_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    ).fetchall()
    indexes = connection.execute(
        "SELECT tablename::text, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"
    ).fetchall()
    keys = connection.execute(
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
    ).fetchall()
    return [*columns, *indexes, *keys]


def test_every_table_of_the_file_is_one_of_the_server(backend: Backend) -> None:
    there = {row[0] for row in backend.database.rows(
        "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()"
    )}  # fmt: skip
    assert {table.name for table in schema_shape().tables} < there


def test_values_come_back_as_they_do_from_a_file(backend: Backend) -> None:
    row = backend.database.row(
        "SELECT sum(n) AS whole, avg(n) AS mean, max(n) > 1 AS truth FROM (SELECT 1 AS n UNION"
        " SELECT 2) AS few"
    )
    assert row is not None
    assert [row["whole"], row["mean"], row["truth"]] == [3, 1.5, 1]
    assert [type(value) for value in row] == [int, float, int]
