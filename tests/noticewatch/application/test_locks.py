"""Lock a file against other processes."""

import multiprocessing
import os
import time

import pytest

from config.file_lock import LockHeld, file_lock


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
