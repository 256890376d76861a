"""``noticewatch init`` asked and answered in a real pseudo terminal."""

import os
import pty
import select
import subprocess
import sys
import time

import pytest

from config.loader import load_settings
from tests.paths import ROOT

CTRL_C = "\x03"
LIMIT = 60.0  # seconds until something is given up; nothing here is timed
# The child makes the terminal its own, so that Ctrl-C reaches it as it reaches a person's shell.
IN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-P", "-m", "noticewatch.cli", "init"])
"""


def dialogue(folder, answers):
    """The exit code and all that the terminal showed; an answer is typed after each ``: ``."""
    here, there = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", IN_TERMINAL], stdin=there, stdout=there, stderr=there, cwd=folder,
        start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )  # fmt: skip
    os.close(there)
    shown, waiting, typed = b"", list(answers), ""
    given_up = time.monotonic() + LIMIT
    try:
        while time.monotonic() < given_up:
            if not select.select([here], [], [], 1.0)[0]:
                if typed == CTRL_C:  # pressed again, as it can fall between prompt and reading
                    os.write(here, typed.encode())
                continue
            try:
                shown += os.read(here, 4096)
            except OSError:  # the other end is closed
                break
            if waiting and shown.endswith(b": "):
                typed = waiting.pop(0)
                os.write(here, typed.encode())
        return process.wait(LIMIT), shown.decode()
    finally:
        process.kill()
        os.close(here)


def test_a_person_is_asked_corrected_and_told_what_comes_next(tmp_path):
    slack, operators, mail, copies = "C0123456789\n", "C0987654321\n", "head@例子.cn\n", "/b/nw\n"
    answers = ["\n", slack, operators, mail, "mail.x.cn\n", "\n", "english\n", "en\n", copies]
    code, shown = dialogue(tmp_path, answers)
    assert code == 0, shown
    assert "'english' is not one of" in shown
    assert "SLACK_BOT_TOKEN (NOT set yet)" in shown
    assert "next: `noticewatch doctor`" in shown
    settings = load_settings(tmp_path / "noticewatch.yml")
    assert settings.channels["compliance"].channel == "C0123456789"
    assert settings.channels["operators"].purpose == "health"
    assert settings.channels["digest"].to == ("head@例子.cn",)
    assert settings.channels["digest"].host == "mail.x.cn"
    assert {subscription.language for subscription in settings.subscriptions} == {"en"}
    assert settings.backup.dest == "/b/nw"


@pytest.mark.parametrize("key", [CTRL_C, "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_breaking_off_leaves_nothing(tmp_path, key):
    code, shown = dialogue(tmp_path, ["\n", key])
    assert code == 130
    assert "Traceback" not in shown
    assert list(tmp_path.iterdir()) == []
