"""Wrong guesses are counted for all processes of an archive."""

from datetime import UTC, datetime, timedelta

from archive.store import Archive

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


def test_ten_wrong_guesses_then_one_each_six_seconds_whichever_process_is_asked(tmp_path):
    now = [NOW]
    with (
        Archive.open(tmp_path, clock=lambda: now[0]) as one,
        Archive.open(tmp_path, clock=lambda: now[0]) as other,
    ):
        for number in range(10):
            process = one if number % 2 else other
            assert not process.guesses.exhausted("192.0.2.1")
            process.guesses.wrong("192.0.2.1")
        assert one.guesses.exhausted("192.0.2.1")
        assert other.guesses.exhausted("192.0.2.1")
        assert not one.guesses.exhausted("192.0.2.2")
        now[0] += timedelta(seconds=6)
        assert not other.guesses.exhausted("192.0.2.1")
        other.guesses.wrong("192.0.2.1")
        assert one.guesses.exhausted("192.0.2.1")
        now[0] += timedelta(seconds=60)
        one.guesses.wrong("192.0.2.3")  # clients that are back at ten are forgotten
        assert not one.guesses.exhausted("192.0.2.1")


def test_a_clock_that_goes_back_gives_no_guesses(tmp_path):
    now = [NOW]
    with Archive.open(tmp_path, clock=lambda: now[0]) as archive:
        for _ in range(10):
            archive.guesses.wrong("192.0.2.1")
        now[0] -= timedelta(hours=1)
        assert archive.guesses.exhausted("192.0.2.1")


def test_all_processes_get_one_key_of_a_name(tmp_path):
    with Archive.open(tmp_path) as one, Archive.open(tmp_path) as other:
        key = one.shared_keys.kept("links")
        assert other.shared_keys.kept("links") == key
        assert len(key) == 32
        assert other.shared_keys.kept("web") != key
