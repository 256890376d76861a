"""Send a channel's messages in order, each once, and keep what became of them.

A message is claimed, sent, and its receipt kept. An attempt whose outcome is not known (the
process died, the answer never came) is asked for at the far side before it is sent again.
Trouble of a channel pauses the channel and leaves its messages as they are.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from archive.errors import LeaseHeld, LeaseLost
from archive.store import Archive
from domain.records.lease import LeaseKind
from domain.records.message import OutboxItem
from domain.records.states import OutboxKind, OutboxState
from notifier.channels.channel import Channel, Dead, Paused, Result, Retry, Sent
from notifier.delivery.link_tokens import with_tokens
from notifier.messages.reminders import reason_to_drop

logger = logging.getLogger(__name__)

ATTEMPT_SECONDS = 75.0  # no attempt starts later than this in a run, which ends within 120 s
TURN_SECONDS = 120.0  # that one waits for another sender of the same channel
WAIT_SECONDS = 30.0  # what one channel may wait in a run
PAUSE_SECONDS = 10.0  # before a refused token is tried again
FIRST_HOUR_CAP = 60.0
LATER_CAP = 900.0
_HOUR = 3600.0
_BATCH = 2000
_STUBBORN = 3  # failures after which a message lets the others go first
_HOPELESS = 15  # failures of one message on a channel that delivers the others
_GIVE_UP = timedelta(days=3)  # for a message that its recipient keeps deferring
_UNSENT = (OutboxState.PENDING, OutboxState.UNKNOWN)

R = TypeVar("R")
OpenArchive = Callable[[], Archive]


@dataclass(slots=True)
class Outcome:
    """What became of one channel's messages in one run."""

    sent: int = 0
    dead: int = 0
    failed: set[int] = field(default_factory=set)
    messages: list[str] = field(default_factory=list)


def back_off(failures: int, lasting: float) -> float:
    """Seconds until the next try: doubling with jitter, capped lower in the first hour."""
    cap = FIRST_HOUR_CAP if lasting < _HOUR else LATER_CAP
    return float(min(cap, 2.0 ** min(failures - 1, 12)) * random.uniform(0.6, 1.0))


def deliver(
    open_archive: OpenArchive,
    channels: Mapping[str, Channel],
    clock: Callable[[], datetime],
    stop: threading.Event | None = None,
    *,
    public_url: str | None = None,
) -> dict[str, Outcome]:
    """Send what is due, all channels side by side; returns within 120 seconds.

    ``public_url`` is where the links of messages lead that work without a login.
    """
    if not channels:
        return {}
    halt = stop or threading.Event()

    def work(name: str) -> Outcome:
        with open_archive() as archive, suppress(LeaseHeld), _alone(archive, name, halt) as mine:
            worker = ChannelWorker(mine, name, channels[name], clock, halt, public_url)
            try:
                return worker.run()
            except LeaseLost as lost:
                logger.warning("channel %s: %s", name, lost)
                return worker.outcome
        return Outcome()  # another worker empties the channel

    with ThreadPoolExecutor(max_workers=len(channels), thread_name_prefix="notify") as pool:
        jobs = {name: pool.submit(work, name) for name in channels}
        return {name: job.result() for name, job in jobs.items()}


@contextmanager
def _alone(archive: Archive, name: str, halt: threading.Event) -> Iterator[Archive]:
    """Be the only sender of a channel; messages that a dead one left half sent are taken up.
    The archive given refuses to write once another sender has taken over."""
    leases = archive.leases
    with leases.holding(LeaseKind.CHANNEL, name, wait=TURN_SECONDS, stop=halt) as lease:
        mine = archive.under(lease)
        mine.outbox.recover_sending(name)
        yield mine


def _line_of(item: OutboxItem) -> tuple[object, object]:
    """Messages that must keep their order: those of a thread, for each recipient by itself."""
    return item.thread or item.id, item.payload.get("to")


class ChannelWorker:
    """Empties the queue of one channel."""

    def __init__(
        self,
        archive: Archive,
        name: str,
        channel: Channel,
        clock: Callable[[], datetime],
        stop: threading.Event,
        public_url: str | None = None,
    ) -> None:
        self._archive = archive
        self._name = name
        self._channel = channel
        self._clock = clock
        self._stop = stop
        self._public_url = public_url
        self._started = time.monotonic()
        self._waited = 0.0
        self.outcome = Outcome()

    def run(self) -> Outcome:
        while not self._over():
            if not self._wait_for_channel():
                break
            wait = self._pass()
            if wait is None or not self._wait(wait):
                break
        return self.outcome

    def _over(self) -> bool:
        return self._stop.is_set() or time.monotonic() - self._started > ATTEMPT_SECONDS

    def _wait(self, seconds: float) -> bool:
        """Sleep if the budget allows it; False when the rest is left to the next run."""
        elapsed = time.monotonic() - self._started
        if seconds > WAIT_SECONDS - self._waited or elapsed + seconds > ATTEMPT_SECONDS:
            return False
        self._waited += max(seconds, 0.01)
        return not self._stop.wait(max(seconds, 0.01))

    def _wait_for_channel(self) -> bool:
        """Wait until a pause of the channel is over; False when the next run must go on."""
        state = self._archive.notifier_state.channel(self._name)
        until = state.get("paused_until")
        left = (datetime.fromisoformat(until) - self._clock()).total_seconds() if until else 0
        if left <= 0:
            return True
        waiting = self._archive.outbox.find(channel=self._name, states=_UNSENT, limit=1)
        if not waiting or self._wait(left):
            return bool(waiting)
        if not self.outcome.failed:
            self.outcome.failed.add(waiting[0].id)
            self.outcome.messages.append(
                f"{self._name}: still waits {left:.0f} s: {state.get('reason', '')}"
            )
        return False

    def _pass(self) -> float | None:
        """Go through the queue once. Seconds until something is due again, None if nothing."""
        held: set[object] = set()
        earliest: datetime | None = None
        queue = self._archive.outbox.find(channel=self._name, states=_UNSENT, limit=_BATCH)
        urgent = {
            _line_of(item)
            for item in queue
            if item.kind is not OutboxKind.REMINDER and item.next_attempt <= self._clock()
        }
        for item in queue:
            if self._over():
                return None
            line = _line_of(item)
            if line in held:
                continue
            # An alert kept for the morning goes ahead of an answer to it that cannot wait.
            early = item.attempts == 0 and item.kind is not OutboxKind.REMINDER and line in urgent
            if item.next_attempt > self._clock() and not early:
                earliest = min(earliest or item.next_attempt, item.next_attempt)
            else:
                result = self._attempt(item)
                if isinstance(result, Paused):
                    return None
                if isinstance(result, Retry) and not result.message_only:
                    return 0.0
                if isinstance(result, Sent | Dead):
                    continue
                earliest = earliest or self._clock() + timedelta(seconds=1)
            if item.thread and item.kind is not OutboxKind.REMINDER:
                held.add(line)
        if len(queue) == _BATCH and earliest is None:
            return 0.0
        return (earliest - self._clock()).total_seconds() if earliest else None

    def _attempt(self, item: OutboxItem) -> Result | None:
        """One message: ask if its fate is unknown, else claim and send. None: not ours."""
        root = self._root(item)
        result: Result | None = None
        if dropped := self._needless(item):
            self._archive.outbox.mark_sent(item.id, {"dropped": dropped}, self._clock())
            return Sent()
        if item.state is OutboxState.UNKNOWN:
            result = self._guarded(self._channel.ask, item, root)
        if result is None:
            if not self._archive.outbox.mark_sending(item.id, self._clock()):
                return None
            result = self._guarded(self._send, item, root)
            self._record(item, result)
        else:
            self._record(item, result, asked=True)
        return result

    def _send(self, item: OutboxItem, root: OutboxItem | None) -> Result:
        payload = with_tokens(
            self._archive,
            item.payload,
            self._public_url,
            channel=self._name,
            key=item.dedupe_key,
            now=self._clock(),
        )
        return self._channel.send(replace(item, payload=payload), root)

    def _needless(self, item: OutboxItem) -> str:
        """Why a message need not be sent any more; '' when it must."""
        if item.kind is OutboxKind.REMINDER and (why := reason_to_drop(self._archive, item)):
            return why
        to = item.payload.get("to")
        if isinstance(to, str) and self._archive.unsubscriptions.has(self._name, to):
            return "unsubscribed"
        return ""

    def _root(self, item: OutboxItem) -> OutboxItem | None:
        if item.kind not in (OutboxKind.REPLY, OutboxKind.REMINDER) or item.thread is None:
            return None
        return self._archive.outbox.thread_root(self._name, item.thread)

    def _guarded(
        self,
        act: Callable[[OutboxItem, OutboxItem | None], R],
        item: OutboxItem,
        root: OutboxItem | None,
    ) -> R | Retry:
        """The one broad catch: a fault of our own in one message must not stop the others."""
        try:
            return act(item, root)
        except Exception as error:
            logger.exception("channel %s: message %d", self._name, item.id)
            words = f"{type(error).__name__}: {error}"[:300]
            return Retry(error=words, unknown=True, message_only=True)

    def _record(self, item: OutboxItem, result: Result, *, asked: bool = False) -> None:
        now = self._clock()
        if isinstance(result, Sent):
            self._archive.outbox.mark_sent(item.id, result.receipt, now)
            self.outcome.sent += 1
            self.outcome.failed.discard(item.id)
            if self._archive.notifier_state.channel(self._name):
                self._archive.notifier_state.set_channel(self._name, {})
            return
        self.outcome.failed.add(item.id)
        if isinstance(result, Paused):
            self._pause(item, result, now, unknown=asked)
        elif isinstance(result, Dead) or self._hopeless(item, result, now):
            self._archive.outbox.mark_dead(item.id, result.error)
            self.outcome.dead += 1
            self.outcome.messages.append(f"{self._name}: dead letter {item.id}: {result.error}")
        else:
            self._retry(item, result, now, asked=asked)

    def _hopeless(self, item: OutboxItem, result: Retry, now: datetime) -> bool:
        """A message that fails for days while its channel is well."""
        if item.attempts < _HOPELESS:
            return False
        if result.message_only:
            return now - item.created > _GIVE_UP
        return not self._archive.notifier_state.channel(self._name).get("failures")

    def _pause(self, item: OutboxItem, result: Paused, now: datetime, *, unknown: bool) -> None:
        """Somebody must act: no message is blamed, the next run tries one again."""
        self._archive.outbox.mark_retry(
            item.id, result.error, now, unknown=unknown, count_attempt=False
        )
        until = now + timedelta(seconds=PAUSE_SECONDS)
        self._archive.notifier_state.set_channel(
            self._name, {"paused_until": until.isoformat(), "reason": result.error, "stopped": True}
        )
        self.outcome.messages.append(f"{self._name}: paused: {result.error}")

    def _retry(self, item: OutboxItem, result: Retry, now: datetime, *, asked: bool) -> None:
        if result.message_only:
            lasting = (now - item.created).total_seconds()
            delay = result.after or back_off(item.attempts + 1, lasting)
            self._put_back(item, result, now + timedelta(seconds=delay), asked=asked)
            return
        state = self._archive.notifier_state.channel(self._name)
        failures = int(state.get("failures", 0)) + 1
        since = datetime.fromisoformat(state["since"]) if state.get("since") else now
        delay = back_off(failures, (now - since).total_seconds())
        if result.after is not None:
            delay = result.after + random.uniform(0.05, 0.3)
        until = now + timedelta(seconds=delay)
        extra = back_off(item.attempts - _STUBBORN + 1, 0) if item.attempts >= _STUBBORN else 0
        self._put_back(item, result, until + timedelta(seconds=extra), asked=asked)
        self._archive.notifier_state.set_channel(
            self._name,
            {
                "failures": failures,
                "since": since.isoformat(),
                "paused_until": until.isoformat(),
                "reason": result.error,
            },
        )
        self.outcome.messages.append(f"{self._name}: waits {delay:.0f} s: {result.error}")

    def _put_back(self, item: OutboxItem, result: Retry, when: datetime, *, asked: bool) -> None:
        self._archive.outbox.mark_retry(
            item.id, result.error, when, unknown=result.unknown or asked, count_attempt=not asked
        )
