"""Watch the service and end it when it hangs."""

import threading

import pytest

from archive.errors import ArchiveError
from noticewatch.daemon import watchdog
from noticewatch.daemon.watchdog import StageStatuses, Watchdog, take_note


def make_watchdog(tmp_path, monkeypatch, **more):
    monkeypatch.setattr(watchdog, "LOOK_SECONDS", 0.01)
    ended, left = threading.Event(), []
    halt = threading.Event()
    made = Watchdog(
        tmp_path, StageStatuses(), halt, again=ended.set, leave=lambda code: (left.append(code), ended.set()),
        stop_seconds=0.05, **more,
    )  # fmt: skip
    return made, ended, left


def test_a_loop_that_does_not_answer_is_started_anew_and_told_why(tmp_path, monkeypatch):
    dog, ended, left = make_watchdog(tmp_path, monkeypatch, beat_seconds=0.05)
    dog.start()
    assert ended.wait(10)
    assert left == []
    assert "event loop did not answer" in take_note(tmp_path)
    assert take_note(tmp_path) is None


def test_a_hung_stage_is_named_and_a_well_one_is_not(tmp_path, monkeypatch):
    dog, _, _ = make_watchdog(tmp_path, monkeypatch)
    dog.stages.add("notify", limit=-1.0)
    dog.stages.add("crawl", limit=60.0)
    assert dog.verdict() == ""
    with dog.stages.running("crawl"), dog.stages.running("notify"):
        assert dog.verdict() == "stage notify hung"
    assert dog.verdict() == ""


def test_whatever_still_runs_the_process_ends_in_time(tmp_path, monkeypatch):
    dog, ended, left = make_watchdog(tmp_path, monkeypatch)
    dog.start()
    dog.halt.set()
    assert ended.wait(10)
    assert left == [0]


def test_stages_count_failures_in_a_row_and_forget_them():
    stages = StageStatuses()
    stages.add("crawl", 60.0)
    for _ in range(2):
        with pytest.raises(ArchiveError), stages.running("crawl"):
            raise ArchiveError("the disk is full")
    told = stages.as_json()["crawl"]
    assert (told["failures"], told["error"]) == (2, "ArchiveError: the disk is full")
    with stages.running("crawl"):
        assert stages.as_json()["crawl"]["running"] == 1
    assert stages.as_json()["crawl"]["failures"] == 0
