"""What the service is made of, part by part: watchdog, alarms, gate, stages, logs, vitals."""

import asyncio
import json
import logging
import os
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.repositories.outbox import Outbox
from archive.store import Archive
from config.model import Settings
from noticewatch.application.application import Application
from noticewatch.application.heartbeat import read_heartbeat, write_heartbeat
from noticewatch.application.locks import file_lock
from noticewatch.application.logging_setup import secret_values, set_up_logging, without_secrets
from noticewatch.daemon import maintenance, stage_process, watchdog, weekly_selftest
from noticewatch.daemon.operator_alarms import Alarms
from noticewatch.daemon.pass_lock import PassLock
from noticewatch.daemon.watchdog import StageStatuses, Watchdog, take_note
from tests.fakes.slack import FakeSlack

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


def make_app(tmp_path, **settings):
    app = Application(data_dir_option=tmp_path / "data", clock=lambda: NOW)
    app.__dict__["settings"] = Settings(data_dir=str(tmp_path / "data"), **settings)
    return app


@pytest.fixture
def slack(monkeypatch):
    monkeypatch.setenv("OPS_TOKEN", "xoxb-operators")
    fake = FakeSlack()
    yield fake
    fake.close()


def with_operators(tmp_path, slack):
    return make_app(
        tmp_path,
        channels={
            "operators": {
                "type": "slack", "token_env": "OPS_TOKEN", "channel": "COPS",
                "api_base_url": slack.url, "purpose": "health",
            }
        },
        subscriptions=(),
    )  # fmt: skip


# ------------------------------------------------------------------ watchdog


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


# ------------------------------------------------------------------ alarms


def messages(app):
    with app.archive() as archive:
        return [item.payload["text"] for item in archive.outbox.find()]


def test_a_trouble_is_told_once_and_once_when_it_is_over(tmp_path, slack):
    app = with_operators(tmp_path, slack)
    for _ in range(2):  # a restart knows what was told
        alarms = Alarms(app, app.clock)
        alarms.raise_alarm("disk", "the disk is nearly full", "free some space", red=True)
        alarms.raise_alarm("disk", "the disk is nearly full", "free some space", red=True)
    alarms.resolve("disk", "there is room again")
    alarms.resolve("disk", "there is room again")
    alarms.resolve("model", "never rung")
    told = messages(app)
    assert len(told) == 2
    assert "nearly full" in told[0]
    assert "room again" in told[1]


def test_operators_hear_of_an_archive_that_cannot_be_written(tmp_path, slack, monkeypatch):
    app = with_operators(tmp_path, slack)
    alarms = Alarms(app, app.clock)

    def full(self, *_, **__):
        raise ArchiveError("the disk is full; nothing was changed")

    with app.archive():
        pass
    with monkeypatch.context() as broken:
        broken.setattr(Outbox, "enqueue", full)
        for _ in range(3):
            alarms.raise_alarm("stage-crawl", "the crawl stage does not work", "the disk is full")
        assert [m["channel"] for m in slack.messages] == ["COPS"]
        assert "crawl stage" in slack.messages[0]["text"]
    alarms.resolve("stage-crawl", "the crawl stage works again")
    assert "works again" in messages(app)[0]


def test_a_channel_that_delivers_nothing_and_dead_letters_are_told(tmp_path, slack):
    from domain.records.message import NewOutboxItem

    app = with_operators(tmp_path, slack)
    with app.archive() as archive:
        first, second = archive.outbox.enqueue(
            [
                NewOutboxItem(
                    channel="operators", dedupe_key=str(n), kind="test", payload={"text": "x"}
                )
                for n in range(2)
            ]
        )
        archive.outbox.mark_sending(first, NOW - timedelta(hours=2))
        archive.outbox.mark_retry(first, "down", NOW)
        archive.outbox.mark_dead(second, "refused")
    maintenance.check_deliveries(app, Alarms(app, app.clock))
    told = " ".join(messages(app))
    assert "channel operators delivers nothing since 2026-11-27 00:00" in told
    assert "1 message was refused for good" in told


# ------------------------------------------------------------------ the pass lock


def test_batches_share_the_pass_lock_and_wait_for_a_command(tmp_path):
    path = tmp_path / "pass.lock"
    order = []

    async def main():
        gate = PassLock(path)
        async with gate.held(), gate.held():
            order.append("two at once")
        with file_lock(path, wait=False):
            waiting = asyncio.create_task(enter(gate))
            await asyncio.sleep(0.4)
            assert order == ["two at once"]
        await asyncio.wait_for(waiting, 10)

    async def enter(gate):
        async with gate.held():
            order.append("after the command")

    asyncio.run(main())
    assert order == ["two at once", "after the command"]
    with file_lock(path, wait=False):
        assert path.exists()


# ------------------------------------------------------------------ the classifier's process


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
    with file_lock(tmp_path / "data" / "classify.lock"):  # a command is at it
        done = asyncio.run(stage_process.classify_apart(app, lambda _: None))
    assert done.classified == 0


# ------------------------------------------------------------------ logs and figures

SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-1111-2222-abcdef",
    "HOOK": "https://hooks.example/services/T000/B000/XXXXXXXXXXXX",
    "MAILPASS": "correct horse battery",
    "NOTICEWATCH_WEB_PEOPLE": "anna:editor:annas-secret rolf:reader:rolfs-secret",
}


def secret_settings(form="lines"):
    return Settings.model_validate(
        {
            "channels": {
                "a": {"type": "slack", "channel": "C1"},
                "b": {"type": "slack_webhook", "url_env": "HOOK"},
                "c": {
                    "type": "email",
                    "sender": "a@x.cn",
                    "to": ["b@x.cn"],
                    "password_env": "MAILPASS",
                },
            },
            "subscriptions": [],
            "log": {"format": form, "level": "info"},
        }
    )


@pytest.mark.parametrize("form", ["lines", "json"])
def test_no_secret_ever_reaches_the_log(monkeypatch, capsys, form):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        set_up_logging(secret_settings(form))
        log = logging.getLogger("test")
        log.warning("posting to %s with %s", SECRETS["HOOK"], SECRETS["SLACK_BOT_TOKEN"])
        try:
            raise OSError(f"login with {SECRETS['MAILPASS']} refused by http://u:pass99@proxy/")
        except OSError:
            log.exception("mail failed")
        log.info("Authorization: Bearer abcdefgh12345678")
    finally:
        root.handlers[:], root.level = before
    said = capsys.readouterr().err
    assert "mail failed" in said
    for hidden in (*SECRETS.values(), "XXXXXXXXXXXX", "pass99", "abcdefgh12345678"):
        assert hidden not in said
    if form == "json":
        lines = [json.loads(line) for line in said.splitlines()]
        assert [line["level"] for line in lines] == ["warning", "error", "info"]
        assert "Traceback" in lines[1]["trace"]


def test_secrets_are_the_values_of_the_variables_that_the_settings_name(monkeypatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    assert set(SECRETS.values()) <= set(secret_values(secret_settings()))
    assert {"annas-secret", "rolfs-secret"} <= set(secret_values(secret_settings()))
    assert without_secrets("token xoxp-123456789012 and text") == "token ••• and text"


def test_vitals_say_whether_the_service_is_alive(tmp_path, monkeypatch):
    assert read_heartbeat(tmp_path) is None
    write_heartbeat(tmp_path, started=time.time(), stages={"crawl": {"hung": False}})
    vitals = read_heartbeat(tmp_path)
    assert vitals.fresh
    assert vitals.pid == os.getpid()
    assert vitals.rss_bytes > 1_000_000
    assert vitals.open_files > 2
    monkeypatch.setattr(time, "time", lambda: vitals.beat + 3600)
    assert not read_heartbeat(tmp_path).fresh
    (tmp_path / "service.json").write_text("{broken")
    assert read_heartbeat(tmp_path) is None


# ------------------------------------------------------------------ clocks


def test_a_clock_that_ran_ahead_holds_nothing_back(tmp_path):
    from domain.records.message import NewOutboxItem
    from domain.records.source_run import PageState

    later = NOW + timedelta(days=30)
    with Archive.open(tmp_path, clock=lambda: later) as archive:
        archive.outbox.enqueue(
            [NewOutboxItem(channel="a", dedupe_key="1", kind="test", payload={})]
        )
        archive.notifier_state.set_channel("a", {"paused_until": later.isoformat(), "failures": 3})
        page = PageState(
            url="http://127.0.0.1/1", source_key="s", column_key="c", etag=None, last_modified=None,
            raw_sha256=None, checked_at=later, changed_at=None, next_check=later, gone_looks=0,
        )  # fmt: skip
        archive.pages.save_page(page)
    with Archive.open(tmp_path, clock=lambda: NOW) as archive:
        assert archive.outbox.find(due=NOW) == []
        assert archive.clock_repair.mend(NOW) == 3
        assert len(archive.outbox.find(due=NOW)) == 1
        assert archive.notifier_state.channel("a") == {}
        assert archive.pages.page(page.url).next_check == NOW
        assert archive.clock_repair.mend(NOW) == 0


def test_a_selftest_waits_for_its_hour_and_tells_a_failure(tmp_path, slack, monkeypatch):
    app = with_operators(tmp_path, slack)
    results = iter([{"ok": False, "problems": ["not crawled"]}, {"ok": True, "problems": []}])

    async def apart(_):
        return next(results)

    monkeypatch.setattr(weekly_selftest, "_selftest_apart", apart)
    alarms = Alarms(app, app.clock)
    with app.archive() as archive:
        for day in (0, 1, 7, 8, 14):  # a Friday; the test is due on Mondays
            app.clock = alarms.clock = lambda day=day: NOW + timedelta(days=day)
            asyncio.run(weekly_selftest.selftest_when_due(app, archive, alarms))
    told = messages(app)
    assert len(told) == 2
    assert "self-test failed" in told[0]
    assert "passes again" in told[1]


def test_figures_of_archive_sources_channels_and_service(tmp_path):
    from domain.records.message import NewOutboxItem
    from domain.records.source_run import SourceRun
    from domain.records.states import SourceState
    from noticewatch.application.metrics import gauge, metrics_text

    hour_ago = NOW - timedelta(hours=1)
    with Archive.open(tmp_path, clock=lambda: NOW) as archive:
        archive.sources.record_run(
            SourceRun(
                key="cn-x", started=hour_ago, finished=hour_ago, state=SourceState.OK, reason="",
                rows=1, new=0, revised=0, withdrawn=0, requests=1, not_modified=0,
            )
        )  # fmt: skip
        (number,) = archive.outbox.enqueue(
            [NewOutboxItem(channel="a", dedupe_key="1", kind="test", payload={})]
        )
        archive.outbox.mark_sending(number, hour_ago)
        stages = StageStatuses()
        stages.add("crawl", 1.0)
        write_heartbeat(tmp_path, started=1.0, stages=stages.as_json())
        told = metrics_text(archive, tmp_path, NOW).splitlines()
    for line in (
        'noticewatch_source_up{source="cn-x",state="ok"} 1',
        'noticewatch_source_last_success_seconds{source="cn-x"} 3600',
        'noticewatch_channel_undelivered_seconds{channel="a"} 3600',
        "noticewatch_service_up 1",
        'noticewatch_stage_failures{stage="crawl"} 0',
    ):
        assert line in told
    assert gauge("x", [({"a": 'b"\\\n'}, 1)])[-1] == 'noticewatch_x{a="b\\"\\\\\\n"} 1'


def test_messages_wait_a_little_while_very_many_sources_are_read(tmp_path, monkeypatch):
    """A network that is down must not be eighty messages."""
    from noticewatch.daemon import crawl_loop
    from noticewatch.daemon.jobs import JobRunner
    from noticewatch.daemon.stage_guard import StageGuard

    app = make_app(tmp_path)
    guard = StageGuard(StageStatuses(), Alarms(app, app.clock))
    loop = crawl_loop.CrawlLoop(app=app, archive=None, guard=guard, jobs=JobRunner())
    assert not loop.many_at_once()
    loop.busy = {f"cn-{number}" for number in range(20)}
    assert loop.many_at_once()
    monkeypatch.setattr(crawl_loop, "TOGETHER_SECONDS", 0.0)
    assert not loop.many_at_once()
    loop.busy = set()
    assert not loop.many_at_once()


def test_a_classifier_whose_service_is_gone_says_nothing(tmp_path):
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "noticewatch.daemon.stage_process"],
        input=b"",
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_what_is_free_goes_back_to_the_system():
    from noticewatch.daemon import memory

    if memory._libc() is None:
        pytest.skip("not the C library of GNU")
    memory.limit_arenas()

    def pages():
        return int(Path("/proc/self/statm").read_text().split()[1])

    kept = [bytearray(2000) for _ in range(30_000)]
    full = pages()
    kept = kept[::1000]  # the pages between them are free, the end of the heap is not
    memory.give_back()
    assert len(kept) == 30
    assert (full - pages()) * os.sysconf("SC_PAGE_SIZE") > 30_000_000


def test_a_classifier_on_a_full_disk_says_so_in_one_sentence(tmp_path):
    """The real process: no traceback, and the service hears the reason."""
    app = Application(data_dir_option=tmp_path / "data")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "archive.db").write_bytes(b"no database" * 100)
    with pytest.raises(stage_process.StageFailed, match="not an archive database"):
        asyncio.run(stage_process.classify_apart(app, lambda _: None))
