"""Back up, restore and tidy an archive by command."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.errors import ArchiveError
from archive.store import Archive
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.main import cli
from tests.noticewatch.invoked import as_json, findings, run

pytestmark = pytest.mark.usefixtures("inside")


def fill(tmp_path, count=3, relevant=0):
    """An archive of imported notices with evidence."""
    lines = [
        {
            "url": f"https://a.example/{number}",
            "title": f"关于开展第{number}次节能宣传的通知",
            "text": f"请各单位参加第{number}次活动，地点见第{number}号会议室。",
            "published": "2026-11-01",
        }
        for number in range(count)
    ]
    lines += [
        {
            "url": f"https://b.example/{number}",
            "title": f"关于第{number}批废旧动力电池溯源信息报送的通知",
            "text": f"逾期不报送第{number}批溯源信息的，处一万元以上三万元以下罚款。",
            "published": "2026-11-02",
        }
        for number in range(relevant)
    ]
    file = tmp_path / "notices.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    run("import", str(file))


@pytest.mark.model
def test_backups_rotate_share_their_evidence_and_can_be_restored(tmp_path):
    from noticewatch.application.backup import rotate_backup

    fill(tmp_path, count=3)
    copies = tmp_path / "copies"
    (copies / "noticewatch-by-hand").mkdir(parents=True)
    start = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)
    with Archive.open(tmp_path / "data") as archive:
        before = archive.notices.counts()
        for day in range(4):
            rotate_backup(archive, copies, 2, now=start + timedelta(days=day))
    dated = sorted(path.name for path in copies.glob("noticewatch-2*"))
    assert dated == ["noticewatch-20261129T033000", "noticewatch-20261130T033000"]
    assert (copies / "noticewatch-by-hand").exists()
    files = list((copies / dated[1] / "evidence").rglob("*.gz"))
    assert files
    assert all(path.stat().st_nlink == 2 for path in files)

    fill(tmp_path, count=6)
    told = as_json("restore", str(copies / dated[1]))
    with Archive.open(tmp_path / "data") as archive:
        assert archive.notices.counts() == before
        assert archive.integrity.verify() == []
    with Archive.open(Path(told["aside"])) as archive:
        assert archive.notices.counts()["notices"] == 6
    fill(tmp_path, count=6)
    with Archive.open(tmp_path / "data") as archive:
        assert archive.notices.counts()["notices"] == 6


def test_a_damaged_copy_is_not_restored(tmp_path):
    fill(tmp_path, count=2)
    run("backup", "copy")
    next((tmp_path / "copy" / "evidence").rglob("*.gz")).unlink()
    done = run("restore", "copy", code=1)
    assert isinstance(done.exception, NoticewatchError)
    assert "not sound" in str(done.exception)
    with Archive.open(tmp_path / "data") as archive:
        assert archive.integrity.verify() == []


class Killed(BaseException):
    """Stands for kill -9: nothing that cleans up after an error runs before the process ends."""


@pytest.mark.parametrize("moves", range(5))
def test_a_restore_that_is_killed_loses_nothing(tmp_path, monkeypatch, moves):
    fill(tmp_path, count=2)
    with Archive.open(tmp_path / "data") as archive:
        archive.maintenance.backup(tmp_path / "copy")
    fill(tmp_path, count=3)
    left = [moves]
    rename = Path.rename

    def killed_later(path, target):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", killed_later)
    with suppress(Killed):
        run("restore", "copy")
    monkeypatch.setattr(Path, "rename", rename)
    with suppress(ArchiveError), Archive.open(tmp_path / "data") as archive:
        assert archive.notices.counts()["notices"] in {2, 3}  # never an empty one
        assert archive.integrity.verify() == [] or moves == 1
    run("restore", "copy")
    with Archive.open(tmp_path / "data") as archive:
        assert archive.notices.counts()["notices"] == 2
        assert archive.integrity.verify() == []
    assert not (tmp_path / "data" / "restoring").exists()


def test_nothing_is_restored_under_a_running_service(tmp_path):
    from config.file_lock import file_lock

    fill(tmp_path, count=1)
    run("backup", "copy")
    with file_lock(tmp_path / "data" / "run.lock"):
        assert "stop `noticewatch run`" in str(run("restore", "copy", code=1).exception)


@pytest.mark.model
def test_tidy_shows_sizes_prunes_what_is_irrelevant_and_verify_says_so(tmp_path):
    fill(tmp_path, count=5, relevant=1)
    report = as_json("tidy")
    assert report["before"]["evidence_files"] == 6
    assert report["before"]["database_bytes"] > 100_000
    app = Application(clock=lambda: datetime.now(UTC) + timedelta(days=400))
    plan = CliRunner().invoke(
        cli, ["tidy", "--prune-days", "365", "--vacuum", "--dry-run", "--json"], obj=app
    )
    planned = json.loads(plan.stdout)["pruned"]
    assert planned["files"] == 5
    assert len(list((tmp_path / "data" / "evidence").rglob("*.gz"))) == 6
    done = CliRunner().invoke(cli, ["tidy", "--prune-days", "365", "--vacuum", "--json"], obj=app)
    assert json.loads(done.stdout)["pruned"] == {**planned, "dry_run": False}
    assert len(list((tmp_path / "data" / "evidence").rglob("*.gz"))) == 1
    found = findings("--verify")["evidence"]
    assert found["state"] == "ok"
    assert "5 originals were pruned" in found["detail"]
    next((tmp_path / "data" / "evidence").rglob("*.gz")).unlink()
    assert findings("--verify", code=1)["evidence"]["state"] == "error"
