"""kill -9 at random moments of sending, to a Slack and a mail server that misbehave besides.

Slack answers some posts with 429 or 500, cuts some connections, accepts some and never says
so; the mail server defers and drops. Afterwards everything is sent until the outbox is empty,
and what arrived is counted: each alert once in Slack and in the file; in mail every further
copy under the Message-ID of the first.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from archive.store import Archive
from config.model import Settings
from notifier.channels import slack_bot as slack_channel
from notifier.run import run
from tests.fakes.slack import FakeSlack, Fault, goes_on
from tests.fakes.smtp import FakeSmtp
from tests.notifier.conftest import Clock, World

ACTS = 6  # new acts before each kill
SOURCES = 60  # so many that none reaches its day's budget of alerts
CHANNELS = ("chat", "mail", "file")
FAULTS = (
    Fault("status", status=429, retry_after="0.2"),
    Fault("status", status=500),
    Fault("status", status=503, accepted=True),
    Fault("drop"),
    Fault("refuse"),
    Fault("hang"),
    Fault("garbage"),
    Fault("drop", method="conversations.history"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Far:
    """Where the messages go."""

    slack_url: str
    mail_port: int
    folder: str

    def settings(self) -> Settings:
        channels = {
            "chat": {"type": "slack", "channel": "C1", "api_base_url": self.slack_url},
            "mail": {
                "type": "email", "host": "127.0.0.1", "port": self.mail_port, "security": "none",
                "sender": "nw@example.com", "to": ["a@example.com", "b@example.com"],
            },
            "file": {"type": "file", "path": f"{self.folder}/told.jsonl"},
        }  # fmt: skip
        subscriptions = [{"channel": name} for name in CHANNELS]
        return Settings.model_validate({"channels": channels, "subscriptions": subscriptions})


def send_once(folder: str, far: Far) -> None:
    """One pass of the notifier, in a process that may die."""
    slack_channel.TIMEOUT = 1
    with Archive.open(Path(folder)) as archive:
        run(archive, far.settings())


def kill_senders(world: World, far: Far, slack: FakeSlack, smtp: FakeSmtp, kills: int) -> int:
    """Kill a sender at ``kills`` random moments after its first contact; how many acts."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    chance = random.Random(20261127)
    acts = killed = 0
    while killed < kills:
        for _ in range(ACTS):
            acts += 1
            world.act(
                f"第{acts}号关于动力电池溯源管理的通知", number=f"粤工信〔2026〕{acts}号",
                source=f"cn-gd-{acts % SOURCES}",
            )  # fmt: skip
        slack.faults = chance.sample(FAULTS, 1) if chance.random() < 0.5 else []
        smtp.mailbox.drop = int(chance.random() < 0.15)
        if chance.random() < 0.15:
            smtp.mailbox.defer["b@example.com"] = 1
        sender = context.Process(target=send_once, args=(str(world.folder), far))
        before = len(slack.calls) + smtp.mailbox.attempts
        sender.start()
        while len(slack.calls) + smtp.mailbox.attempts == before and sender.is_alive():
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.15))
        sender.kill()
        sender.join()
        killed += sender.exitcode == -9
        if killed % 20 == 0:
            print(f"{killed} of {kills} kills, {acts} acts", file=sys.stderr)
    return acts


def drain(world: World, far: Far, slack: FakeSlack) -> dict[str, int]:
    """Send what is left, the faults gone; the states of the outbox at the end."""
    slack.faults = []
    for _ in range(30):
        run(world.archive, far.settings(), clock=world.clock)
        if set(world.states()) == {"sent"}:
            break
        world.clock.offset += timedelta(minutes=2)
    return world.states()


def measure(kills: int) -> dict[str, Any]:
    os.environ["SLACK_BOT_TOKEN"] = "xoxb-benchmark"
    slack_channel.TIMEOUT = 2
    folder = Path(tempfile.mkdtemp(prefix="noticewatch-bench-"))
    slack, smtp = FakeSlack(), FakeSmtp()
    slack.latency = 0.004
    smtp.start()
    world = World(folder / "data", Clock())
    far = Far(slack_url=slack.url, mail_port=smtp.port, folder=str(folder))
    try:
        acts = kill_senders(world, far, slack, smtp, kills)
        states = drain(world, far, slack)
        told = [message for message in slack.messages if not goes_on(message)]
        posted = Counter(m["metadata"]["event_payload"]["dedupe_key"] for m in told)
        mailed = Counter((to, mail["Message-ID"]) for to, mail in smtp.mailbox.received)
        lines = (folder / "told.jsonl").read_text("utf-8").splitlines()
        written = Counter(json.loads(line)["dedupe_key"] for line in lines)
    finally:
        world.archive.close()
        slack.close()
        smtp.stop()
        shutil.rmtree(folder, ignore_errors=True)
    again = sum(mailed.values()) - len(mailed)
    rows = [
        _row("Slack: alerts missed", acts - len(posted), kills),
        _row("Slack: alerts posted twice", sum(posted.values()) - len(posted), kills),
        _row("file: alerts missed or written twice", abs(acts - sum(written.values())), kills),
        _row("mail: alerts missed", 2 * acts - len(mailed), kills),
        _row("messages left unsent", sum(states.values()) - states.get("sent", 0), kills),
    ]
    notes = [
        f"{kills} kills, {acts} acts, {sum(posted.values())} posts, {sum(mailed.values())} mails",
        f"{again} mails came again, each under the Message-ID of the first",
    ]
    return {"rows": rows, "notes": notes}


def _row(what: str, value: int, kills: int) -> dict[str, Any]:
    return {
        "what": f"kill -9 at {kills} moments of sending, {what}",
        "value": value, "unit": "", "reference": None, "ratio": None, "budget": "0",
        "ok": value == 0,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--quick", action="store_true", help="fewer kills")
    options = parser.parse_args()
    print(json.dumps(measure(20 if options.quick else options.kills), ensure_ascii=False))


if __name__ == "__main__":
    main()
