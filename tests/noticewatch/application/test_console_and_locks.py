import multiprocessing
import os
import time

import pytest

from noticewatch.application.console import cut, text_table, width
from noticewatch.application.locks import LockHeld, file_lock


def test_han_characters_take_two_columns():
    assert width("溯源abc") == 7
    lines = text_table(("a", "b"), [("溯源", "x"), ("abcd", "y")]).split("\n")
    assert [
        line.index(mark) + line.count("溯源") * 2
        for line, mark in zip(lines[1:], "xy", strict=True)
    ] == [
        6,
        6,
    ]


def test_cut_keeps_within_columns():
    assert cut("溯源管理", 8) == "溯源管理"
    assert cut("溯源管理办法", 8) == "溯源管…"
    assert width(cut("溯源管理办法", 8)) <= 8


def _hold(path, ready, seconds):
    with file_lock(path):
        ready.set()
        time.sleep(seconds)


def test_a_second_process_is_refused_or_waits(tmp_path):
    path = tmp_path / "pass.lock"
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_hold, args=(path, ready, 1.0))
    process.start()
    assert ready.wait(20)
    with pytest.raises(LockHeld, match="another noticewatch process"), file_lock(path, wait=False):
        pass
    waited = []
    with file_lock(path, on_wait=lambda: waited.append(True)):
        process.join(5)
    assert waited == [True]


def test_a_killed_process_leaves_no_lock(tmp_path):
    path = tmp_path / "pass.lock"
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_hold, args=(path, ready, 60.0))
    process.start()
    assert ready.wait(20)
    os.kill(process.pid, 9)
    process.join(5)
    with file_lock(path, wait=False):
        assert path.exists()
