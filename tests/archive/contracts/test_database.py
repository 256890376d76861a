"""Every backend's database: transactions, rows in and out, errors in one sentence."""

from __future__ import annotations

import errno
import subprocess
from typing import Any

import pytest

from archive.errors import ArchiveError
from archive.ports import Backend, Database
from tests.archive.contracts.engines import Engine
from tests.archive.contracts.stored_notices import rolled_back

_INSERT = "INSERT INTO translations (key, text, provider, at) VALUES (?, ?, 'p', 't')"
_COUNT = "SELECT count(*) FROM translations"
_TEXT = "SELECT text FROM translations WHERE key = ?"


@pytest.fixture
def database(backend: Backend) -> Database:
    return backend.database


def put(database: Database, key: str, text: str = "") -> None:
    with database.transaction():
        database.run(_INSERT, (key, text))


def put_both(database: Database, key: str, other: str) -> None:
    with database.transaction():
        put(database, key)
        put(database, other)


def saved_search(name: str) -> dict[str, Any]:
    return {"name": name, "query": "电池", "who": "甲", "created": "2026-11-01"}


# A transaction


def test_a_committed_transaction_is_seen_by_others(database: Database, engine: Engine) -> None:
    with database.transaction():
        database.run(_INSERT, ("a", "甲"))
        assert engine.open(read_only=True).database.value(_COUNT) == 0
    assert engine.open(read_only=True).database.value(_TEXT, ("a",)) == "甲"


def test_an_exception_rolls_everything_back(database: Database) -> None:
    put(database, "before")
    with rolled_back(database):
        database.run(_INSERT, ("a", ""))
        database.run("DELETE FROM translations WHERE key = 'before'")
        assert database.value(_COUNT) == 1
    assert [row["key"] for row in database.rows("SELECT key FROM translations")] == ["before"]
    assert not database.in_transaction


def test_a_refused_statement_rolls_everything_back(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)unique"):
        put_both(database, "a", "a")
    assert database.value(_COUNT) == 0
    put(database, "a")
    assert database.value(_COUNT) == 1


def test_a_nested_transaction_commits_with_the_outer_one(database: Database) -> None:
    with database.transaction():
        with database.transaction():
            database.run(_INSERT, ("inner", ""))
        still_inside = database.in_transaction
        database.run(_INSERT, ("outer", ""))
    assert (still_inside, database.in_transaction) == (True, False)
    assert database.value(_COUNT) == 2


def test_a_nested_transaction_is_undone_with_the_outer_one(database: Database) -> None:
    with rolled_back(database), database.transaction():
        database.run(_INSERT, ("inner", ""))
    assert not database.in_transaction
    assert database.value(_COUNT) == 0


def test_an_exception_caught_outside_the_inner_block_undoes_nothing(database: Database) -> None:
    """Nested calls are no savepoints: what the outer block catches, it may commit."""
    with database.transaction():
        try:
            with database.transaction():
                database.run(_INSERT, ("inner", ""))
                raise KeyError("inner")
        except KeyError:
            database.run(_INSERT, ("outer", ""))
    assert database.value(_COUNT) == 2


def test_a_second_writer_waits_for_the_first(database: Database, engine: Engine) -> None:
    """It reads what the first one committed, so that no update is lost."""
    put(database, "n", "0")
    command = engine.in_another_process(
        "from tests.archive.contracts.test_database import count_up\n"
        "print('ready', flush=True)\nsys.stdin.readline()\ncount_up(backend.database)"
    )
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "ready\n"
    with database.transaction():
        assert other.stdin is not None
        other.stdin.write("go\n")
        other.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(0.4)
        count_up(database)
    other.communicate(timeout=30)
    assert other.returncode == 0
    assert database.value(_TEXT, ("n",)) == "2"


def count_up(database: Database) -> None:
    """Read a number and write the next one, in one transaction."""
    with database.transaction():
        number = int(database.value(_TEXT, ("n",))) + 1
        database.run("UPDATE translations SET text = ? WHERE key = 'n'", (str(number),))


def test_readers_do_not_wait_for_a_writer(database: Database, engine: Engine) -> None:
    reader = engine.open(read_only=True).database
    put(database, "a")
    with database.transaction():
        database.run(_INSERT, ("b", ""))
        assert reader.value(_COUNT) == 1
    assert reader.value(_COUNT) == 2


def test_a_database_for_reading_refuses_to_write(database: Database, engine: Engine) -> None:
    put(database, "a")
    reader = engine.open(read_only=True)
    assert reader.read_only
    with pytest.raises(ArchiveError, match="for reading only"):
        put(reader.database, "b")
    assert reader.database.value(_COUNT) == 1


def test_writes_belong_into_a_transaction(database: Database) -> None:
    with pytest.raises(AssertionError, match="transaction"):
        database.run(_INSERT, ("a", ""))
    with pytest.raises(AssertionError, match="transaction"):
        database.insert("saved_searches", saved_search("a"))
    assert database.value(_COUNT) == database.value("SELECT count(*) FROM saved_searches") == 0


# Rows


def test_rows_are_read_by_name_and_by_place(database: Database) -> None:
    put(database, "a", "甲")
    [row] = database.rows("SELECT key, text FROM translations")
    assert (row["key"], row[1], list(row), list(row.keys())) == (
        "a", "甲", ["a", "甲"], ["key", "text"],
    )  # fmt: skip


def test_a_row_and_a_value_are_the_first_one_or_none(database: Database) -> None:
    sql = "SELECT key, text FROM translations WHERE text = ? ORDER BY key"
    assert database.row(sql, ("甲",)) is None
    assert database.value(sql, ("甲",)) is None
    assert database.rows(sql, ("甲",)) == []
    put(database, "b", "甲")
    put(database, "a", "甲")
    row = database.row(sql, ("甲",))
    assert row is not None
    assert row["key"] == database.value(sql, ("甲",)) == "a"


def test_a_stream_yields_the_same_rows_in_order(database: Database) -> None:
    with database.transaction():
        for number in range(2500):
            database.run(_INSERT, (f"{number:04}", str(number)))
    sql = "SELECT key, text FROM translations WHERE key >= ? ORDER BY key"
    stream = database.stream(sql, ("0100",))
    assert next(stream)["text"] == "100"
    assert database.value(_COUNT) == 2500  # other reads do not disturb it
    assert [int(row[1]) for row in stream] == list(range(101, 2500))


def test_run_counts_the_rows_that_it_touched(database: Database) -> None:
    with database.transaction():
        for key in ("a", "b", "c"):
            assert database.run(_INSERT, (key, "")) == 1
        update = "UPDATE translations SET text = 'x' WHERE key < ?"
        assert [database.run(update, (key,)) for key in ("c", "a")] == [2, 0]
        assert database.run("DELETE FROM translations") == 3


def test_insert_answers_the_id_of_its_row(database: Database) -> None:
    with database.transaction():
        ids = [database.insert("saved_searches", saved_search(name)) for name in ("甲", "乙")]
    assert ids[0] < ids[1]
    sql = "SELECT name FROM saved_searches WHERE id = ?"
    assert [database.value(sql, (one,)) for one in ids] == ["甲", "乙"]


def test_an_id_is_not_given_again(database: Database) -> None:
    """Ids of the archive's records stand in links; a deleted one names nothing else later."""
    with database.transaction():
        first = database.insert("saved_searches", saved_search("甲"))
        database.run("DELETE FROM saved_searches")
        assert database.insert("saved_searches", saved_search("乙")) > first


@pytest.mark.parametrize(
    "text",
    ["", " 前后 ", "一\r\n二\n", "粤工信〔2026〕1号", "𠮷𫚖", "e\u0301 é", "'; DROP TABLE x; --", "\x01\x7f\ufffd",
     "％_%?:a", "长" * 100_000],
)  # fmt: skip
def test_text_without_nul_comes_back_as_it_went_in(database: Database, text: str) -> None:
    put(database, "a", text)
    assert database.value(_TEXT, ("a",)) == text
    assert database.value("SELECT key FROM translations WHERE text = ?", (text,)) == "a"


def test_bytes_numbers_and_nothing_keep_their_kind(database: Database) -> None:
    sql = "SELECT * FROM (SELECT ? AS a, ? AS b, ? AS c, ? AS d)"
    given = (bytes(range(256)), 2**53 + 1, 0.1, None)
    row = database.row(sql, given)
    assert row is not None
    assert tuple(row) == given


def test_a_row_needs_what_it_refers_to(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.transaction():
        database.insert(
            "labels",
            {"notice_id": 99, "topic": "t", "score": 1.0, "evidence": "[]", "model": "m"},
        )
    assert database.value("SELECT count(*) FROM labels") == 0


# Errors


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "is full; nothing was changed"),
        (errno.EACCES, "cannot be written: "),
        (errno.EROFS, "cannot be written: "),
        (errno.EIO, "Input/output error"),
    ],
)
@pytest.mark.parametrize("inside", ["explained", "transaction"])
def test_errors_of_the_file_system_are_one_sentence(
    database: Database, number: int, said: str, inside: str
) -> None:
    error = OSError(number, "Input/output error" if number == errno.EIO else "Refused")
    with pytest.raises(ArchiveError) as caught, getattr(database, inside)():
        raise error
    sentence = str(caught.value)
    assert said in sentence
    assert "\n" not in sentence
    assert caught.value.__cause__ is error


def test_a_full_disk_is_one_sentence_and_changes_nothing(backend: Backend, engine: Engine) -> None:
    put(backend.database, "a")
    engine.fill_disk(backend)
    with pytest.raises(ArchiveError, match=r"^the disk of .* is full; nothing was changed$"):
        put(backend.database, "b", "长" * 1_000_000)
    assert backend.database.value(_COUNT) == 1
    assert not backend.database.in_transaction


def test_other_errors_pass_as_they_are(database: Database) -> None:
    """A mistake of the program is not hidden behind a sentence for operators."""
    with pytest.raises(ZeroDivisionError), database.explained():
        raise ZeroDivisionError
    with pytest.raises(Exception, match="no_such_table") as caught:
        database.rows("SELECT * FROM no_such_table")
    assert not isinstance(caught.value, ArchiveError)


def test_what_was_committed_is_there_when_opened_again(backend: Backend, engine: Engine) -> None:
    put(backend.database, "a", "甲")
    engine.close()
    assert engine.open().database.value(_TEXT, ("a",)) == "甲"
