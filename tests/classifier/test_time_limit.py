"""Work of the classifier is stopped when its time is over, patterns included."""

from __future__ import annotations

import re
import threading
import time

import pytest

from classifier.time_limit import TimeUp, time_limit


def test_a_pattern_that_never_ends_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(TimeUp), time_limit(0.1):
        re.search(r"(?:a|a)*b", "a" * 60)
    assert time.monotonic() - started < 5
    with time_limit(0.1):
        assert sum(range(1000)) == 499500, "what is quick goes on"


def test_outside_the_main_thread_nothing_is_stopped() -> None:
    ends: list[str] = []

    def work() -> None:
        with time_limit(0.001):
            ends.append(str(sum(range(200_000))))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ends == [str(sum(range(200_000)))]
