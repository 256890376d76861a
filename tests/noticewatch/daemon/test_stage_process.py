"""Run the classifier in a process of its own."""

import asyncio
import sys

import pytest

from noticewatch.application.application import Application
from noticewatch.daemon import stage_process
from tests.noticewatch.daemon.operators import make_app


def stand_in(monkeypatch, program):
    real = asyncio.create_subprocess_exec

    def instead(*_, **options):
        return real(sys.executable, "-c", program, **options)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", instead)


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import os; os.kill(os.getpid(), 11)", "ended with -11"),
        ("import time; time.sleep(60)", "no sign of life"),
        ("print('no json', flush=True)", "broke off"),
    ],
)
def test_a_classifier_that_crashes_or_hangs_costs_only_itself(
    tmp_path, monkeypatch, program, words
):
    stand_in(monkeypatch, program)
    app = make_app(tmp_path)
    with pytest.raises(stage_process.StageFailed, match=words):
        asyncio.run(stage_process.classify_apart(app, lambda _: None, silent_seconds=3.0))


def test_an_empty_archive_is_classified_by_nobody(tmp_path):
    app = make_app(tmp_path)
    with app.archive():
        pass
    done = asyncio.run(stage_process.classify_apart(app, lambda _: None))
    assert done.classified == 0


def test_a_classifier_whose_service_is_gone_says_nothing(tmp_path):
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "noticewatch.daemon.stage_process"],
        input=b"",
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_classifier_on_a_full_disk_says_so_in_one_sentence(tmp_path):
    """The real process: no traceback, and the service hears the reason."""
    app = Application(data_dir_option=tmp_path / "data")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "archive.db").write_bytes(b"no database" * 100)
    with pytest.raises(stage_process.StageFailed, match="not an archive database"):
        asyncio.run(stage_process.classify_apart(app, lambda _: None))
