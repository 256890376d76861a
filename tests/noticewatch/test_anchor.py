"""What is kept outside the archive shows what is done to it: heads in digests, timestamps."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.store import Archive
from config.model import EvidenceSettings, Settings
from noticewatch.application.application import Application
from noticewatch.application.timestamping import TimestampUnusable, check_timestamps, stamp_head
from noticewatch.daemon.maintenance import upkeep
from noticewatch.daemon.operator_alarms import Alarms
from tests.fakes.command import write_settings
from tests.fakes.slack import FakeSlack
from tests.fakes.tsa import FakeTsa
from tests.noticewatch import filled
from tests.noticewatch.invoked import as_json, findings, run

pytest.importorskip("rfc3161_client")


@pytest.fixture
def tsa() -> Iterator[FakeTsa]:
    service = FakeTsa()
    yield service
    service.close()


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    fake = FakeSlack()
    yield fake
    fake.close()


def _head(folder: Path) -> str:
    with Archive.open(folder / "data", read_only=True) as archive:
        head = archive.chain.head()
    assert head is not None
    return head.sha256


def _rewrite(folder: Path) -> None:
    """The newest version is deleted, and the chain made to end before it: all hashes agree."""
    with sqlite3.connect(folder / "data" / "archive.db") as db:
        last = db.execute("SELECT max(id) FROM versions").fetchone()[0]
        (posting, number) = db.execute(
            "SELECT posting_id, number FROM versions WHERE id = ?", (last,)
        ).fetchone()
        db.execute("DELETE FROM changes WHERE posting_id = ? AND to_version = ?", (posting, number))
        db.execute("DELETE FROM attachments WHERE version_id = ?", (last,))
        db.execute("DELETE FROM versions WHERE id = ?", (last,))
        end = db.execute("SELECT chain_sha256 FROM versions ORDER BY id DESC").fetchone()[0]
        db.execute("UPDATE archive_state SET value = ? WHERE key = 'chain_end'", (end,))


@pytest.mark.usefixtures("inside")
def test_a_head_from_a_digest_and_a_timestamp_show_a_chain_that_was_shortened(
    tmp_path: Path, slack: FakeSlack, tsa: FakeTsa, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tsa.write_root(tmp_path / "root.pem")
    write_settings(
        tmp_path, slack,
        subscriptions=[{"channel": "compliance", "when": "weekly mon 09:00"}],
        evidence={"timestamp_url": tsa.url, "timestamp_roots": str(root)},
    )  # fmt: skip
    monkeypatch.setenv("TOKEN", "xoxb-1")
    filled.fill(tmp_path / "data")
    head = _head(tmp_path)
    run("digest", "--send")
    assert f"chain head {head}" in json.dumps(slack.messages, ensure_ascii=False)
    assert head in as_json("timestamp")["timestamp"]
    assert (run("timestamp").stdout, tsa.asked) == ("nothing new to sign\n", 1)
    found = findings("--verify", "--head", head)
    assert {found[name]["state"] for name in ("evidence", "timestamps", "chain head")} == {"ok"}
    assert found["chain head"]["detail"].endswith("vouches for the first 3 versions")
    _rewrite(tmp_path)
    found = findings("--verify", "--head", head, code=1)
    assert "no longer holds the head" in found["timestamps"]["detail"]
    assert "is not in the chain" in found["chain head"]["detail"]
    assert {found[name]["state"] for name in ("timestamps", "chain head")} == {"error"}


class Vault:
    """An application whose archive is stamped by a service."""

    def __init__(self, folder: Path, tsa: FakeTsa, **evidence: str) -> None:
        filled.fill(folder / "data")
        self.folder = folder
        self.app = Application(clock=lambda: filled.NOW + timedelta(days=1))
        self.app.__dict__["settings"] = Settings(
            data_dir=str(folder / "data"),
            evidence=EvidenceSettings(timestamp_url=tsa.url, **evidence),
            channels={"operators": {"type": "terminal", "purpose": "health"}},
            subscriptions=(),
        )

    def stamp(self) -> str | None:
        with self.app.archive() as archive:
            return stamp_head(self.app, archive)

    def problems(self) -> list[str]:
        with self.app.archive() as archive:
            return [item.problem for item in check_timestamps(self.app, archive)]

    @property
    def files(self) -> list[Path]:
        return sorted((self.folder / "data" / "evidence" / "timestamps").glob("*"))


@pytest.mark.parametrize("fault", [500, b"", b"no timestamp", b"\x30\x80" * 200])
def test_what_is_no_timestamp_is_not_kept(tmp_path: Path, tsa: FakeTsa, fault: int | bytes) -> None:
    vault = Vault(tmp_path, tsa)
    tsa.fault = fault
    with pytest.raises(TimestampUnusable, match=tsa.url):
        vault.stamp()
    assert vault.files == []


def test_an_answer_to_another_request_is_not_kept(tmp_path: Path, tsa: FakeTsa) -> None:
    vault = Vault(tmp_path, tsa)
    vault.stamp()
    (kept,) = vault.files
    tsa.fault = kept.read_bytes()
    kept.unlink()
    with pytest.raises(TimestampUnusable, match="of another request"):
        vault.stamp()
    assert vault.files == []


def test_a_timestamp_of_another_service_or_head_is_found(tmp_path: Path, tsa: FakeTsa) -> None:
    other = FakeTsa()
    vault = Vault(tmp_path, tsa, timestamp_roots=str(tsa.write_root(tmp_path / "root.pem")))
    vault.stamp()
    (kept,) = vault.files
    assert vault.problems() == [""]
    forged = Vault(tmp_path / "forged", other)
    forged.stamp()
    kept.write_bytes(forged.files[0].read_bytes())
    other.close()
    (problem,) = vault.problems()
    assert problem.startswith("no sound timestamp")


def test_files_that_are_no_timestamps_and_links_are_left_alone(
    tmp_path: Path, tsa: FakeTsa
) -> None:
    vault = Vault(tmp_path, tsa)
    vault.stamp()
    (kept,) = vault.files
    (tmp_path / "secret").write_text("x", "utf-8")
    (kept.parent / f"20260101T000000Z-{'a' * 64}.tsr").symlink_to(tmp_path / "secret")
    (kept.parent / "note.txt").write_text("x", "utf-8")
    assert vault.problems() == [""]
    (kept.parent / f"20260101T000000Z-{'b' * 64}.tsr").write_bytes(b"\x30" * 3_000_000)
    assert len(vault.problems()) == 2


def test_a_service_signs_each_night_and_a_backup_takes_the_timestamps_along(
    tmp_path: Path, tsa: FakeTsa
) -> None:
    vault = Vault(tmp_path, tsa)
    tsa.fault = 503
    alarms = Alarms(vault.app, vault.app.clock)
    upkeep(vault.app, alarms)
    with vault.app.archive() as archive:
        (told,) = [str(item.payload) for item in archive.outbox.find()]
        assert "could not be signed" in told
        archive.marks.set("nightly", None)
    tsa.fault = None
    upkeep(vault.app, alarms)
    assert len(vault.files) == 1
    with vault.app.archive() as archive:
        archive.maintenance.backup(tmp_path / "copy")
    copied = tmp_path / "copy" / "evidence" / "timestamps" / vault.files[0].name
    assert copied.read_bytes() == vault.files[0].read_bytes()


def test_an_address_with_a_password_is_refused() -> None:
    """It would stand in errors and in the log; the settings hold no secrets."""
    with pytest.raises(ValueError, match="timestamp_url"):
        EvidenceSettings(timestamp_url="https://ann:s3cret@tsa.example/")


def test_without_a_service_nothing_is_asked(tmp_path: Path, tsa: FakeTsa) -> None:
    vault = Vault(tmp_path, tsa)
    vault.app.__dict__["settings"] = Settings(data_dir=str(tmp_path / "data"))
    assert vault.stamp() is None
    assert (tsa.asked, vault.problems()) == (0, [])
