"""One holder at a time of each piece of work, whatever the order of things."""

import os
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError, LeaseHeld, LeaseLost
from archive.services.leasing.seat import Seat
from archive.store import Archive
from domain.records.lease import LeaseKind, SharedHost

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
SECONDS = 60.0
SITE = SharedHost(name="a.gov.cn", region="cn", gap=timedelta(seconds=3))


class Clock:
    """One worker's clock, ahead of or behind the others by some seconds."""

    def __init__(self, skew=0.0):
        self.skew = timedelta(seconds=skew)
        self.now = NOW

    def __call__(self):
        return self.now + self.skew


class Workers:
    """Some workers on one archive, each with a clock of its own."""

    def __init__(self, folder, skews=(0.0, 0.0)):
        self.stack = ExitStack()
        self.clocks = [Clock(skew) for skew in skews]
        self.archives = [
            self.stack.enter_context(
                Archive.open(folder, clock=clock, seat=Seat(folder=folder / "workers"))
            )
            for clock in self.clocks
        ]
        self.stack.callback(lambda: [archive.seat.leave() for archive in self.archives])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stack.close()

    def __getitem__(self, number):
        return self.archives[number].leases

    def pass_time(self, seconds):
        for clock in self.clocks:
            clock.now += timedelta(seconds=seconds)

    def die(self, number):
        """As ``kill -9`` does: the kernel closes the file, nothing else happens."""
        seat = self.archives[number].seat
        os.close(seat._file)
        seat._file = os.open(os.devnull, os.O_RDONLY)


@pytest.fixture
def workers(tmp_path):
    with Workers(tmp_path) as made:
        yield made


def test_a_lease_is_one_holders_until_it_is_given_back(workers):
    first, second = workers[0], workers[1]
    (mine,) = first.take(LeaseKind.ROLE, ["upkeep"])
    assert first.take(LeaseKind.ROLE, ["upkeep"]) == []  # not twice by the same one either
    assert second.take(LeaseKind.ROLE, ["upkeep"]) == []
    first.release([mine])
    (theirs,) = second.take(LeaseKind.ROLE, ["upkeep"])
    assert (mine.fence, theirs.fence) == (1, 2)
    assert [lease.holder for lease in first.valid()] == [second.seat.id]


def test_what_was_renewed_lasts_and_what_was_not_is_taken_over(workers):
    first, second = workers[0], workers[1]
    (mine,) = first.take(LeaseKind.CHANNEL, ["compliance"])
    workers.pass_time(0.9 * SECONDS)
    assert first.renew_all() == 1
    workers.pass_time(0.9 * SECONDS)
    assert second.take(LeaseKind.CHANNEL, ["compliance"]) == []
    workers.pass_time(0.1 * SECONDS)
    (theirs,) = second.take(LeaseKind.CHANNEL, ["compliance"])
    assert theirs.fence == mine.fence + 1
    assert not first.renew(mine)
    first.release([mine])  # a late holder changes nothing
    assert first.renew_all() == 0
    assert [lease.fence for lease in second.valid()] == [theirs.fence]


def test_a_late_holders_write_is_refused_and_nothing_of_it_stays(workers):
    late, second = workers.archives
    (mine,) = late.leases.take(LeaseKind.ACT, ["7"])
    fenced = late.fenced(lambda: late.leases.check([mine]))
    fenced.marks.set("written", "in time")
    workers.pass_time(2 * SECONDS)
    fenced.marks.set("written", "late, but nobody else has it")
    workers.pass_time(2 * SECONDS)
    second.leases.take(LeaseKind.ACT, ["7"])
    with pytest.raises(LeaseLost, match="act 7 is another worker's by now"):
        fenced.marks.set("written", "too late")
    assert second.marks.get("written") == "late, but nobody else has it"
    assert late.seat.refused == 1


def test_what_a_dead_process_had_is_free_at_once_and_its_hosts_a_moment_later(workers):
    dead, heir = workers[0], workers[1]
    dead.take(LeaseKind.ROLE, ["upkeep"])
    dead.take_hosts([[SITE]])
    assert heir.take_hosts([[SITE]]) == {}
    workers.die(0)
    assert len(heir.take(LeaseKind.ROLE, ["upkeep"])) == 1
    assert heir.take_hosts([[SITE]]) == {}  # its connections may not be closed yet
    workers.pass_time(1.0)
    assert heir.take_hosts([[SITE]])[SITE.name].fence == 2


def test_the_next_holder_of_a_host_keeps_the_gap(workers):
    first, second = workers[0], workers[1]
    held = first.take_hosts([[SITE]])
    first.release(list(held.values()), {SITE.name: SITE.gap})
    assert second.take_hosts([[SITE]]) == {}
    workers.pass_time(2.9)
    assert second.take_hosts([[SITE]]) == {}
    workers.pass_time(0.1)
    assert second.take_hosts([[SITE]]).keys() == {SITE.name}


def test_a_source_of_several_hosts_gets_all_or_none(workers):
    other = SharedHost(name="files.gov.cn")
    workers[0].take_hosts([[other]])
    both = [SITE, other]
    assert workers[1].take_hosts([both]) == {}
    assert workers[1].take_hosts([both, [SITE], [SITE]]).keys() == {SITE.name}


@pytest.mark.parametrize("skew", [-15.0, 15.0], ids=["behind", "ahead"])
def test_clocks_may_differ_by_a_quarter_of_a_lease(tmp_path, skew):
    """A holder that renews in time loses nothing to one whose clock is off, and is not sure of
    itself any more before that one can take over."""
    with Workers(tmp_path, skews=(0.0, skew)) as workers:
        (mine,) = workers[0].take(LeaseKind.ROLE, ["upkeep"])
        every = workers[0].seat.renew_every
        for _ in range(8):
            workers.pass_time(every)
            assert workers[1].take(LeaseKind.ROLE, ["upkeep"]) == []
            assert workers[0].renew(mine)
        workers.pass_time(SECONDS - every)  # so long the holder is sure of it without asking
        taken = workers[1].take(LeaseKind.ROLE, ["upkeep"])
        assert bool(taken) == (skew >= every)
        workers.pass_time(2 * every)
        assert taken or workers[1].take(LeaseKind.ROLE, ["upkeep"])


def test_a_lease_of_a_clock_that_ran_ahead_holds_nothing_up(tmp_path):
    with Workers(tmp_path, skews=(6 * 3600.0, 0.0)) as workers:
        workers[0].take(LeaseKind.ROLE, ["upkeep"])
        workers[0].take_hosts([[SITE]])
        assert workers[1].valid() == []
        assert len(workers[1].take(LeaseKind.ROLE, ["upkeep"])) == 1
        assert len(workers[1].take_hosts([[SITE]])) == 1


def test_waiting_ends_when_it_is_free_or_when_it_takes_too_long(workers):
    (mine,) = workers[0].take(LeaseKind.ROLE, ["selection"])
    with pytest.raises(LeaseHeld, match="another worker has the role selection"):
        workers[1].holding(LeaseKind.ROLE, "selection", wait=0.0).__enter__()
    halt = threading.Event()
    halt.set()
    with pytest.raises(LeaseHeld):
        workers[1].holding(LeaseKind.ROLE, "selection", wait=60.0, stop=halt).__enter__()
    workers[0].release([mine])
    with workers[1].holding(LeaseKind.ROLE, "selection") as lease:
        assert lease.fence == 2
    assert workers[0].valid() == []


def test_what_could_not_be_given_back_is_given_back_as_soon_as_it_can(workers, monkeypatch):
    first, second = workers[0], workers[1]
    (mine,) = first.take(LeaseKind.ROLE, ["upkeep"])
    with monkeypatch.context() as full:
        full.setattr(first.db, "read_only", True)  # nothing can be written
        with pytest.raises(ArchiveError):
            first.release([mine])
    assert second.take(LeaseKind.ROLE, ["upkeep"]) == []
    first.renew_all()
    assert len(second.take(LeaseKind.ROLE, ["upkeep"])) == 1


def test_what_dead_processes_left_is_swept_away(workers):
    keeper = workers[0]
    keeper.take(LeaseKind.ROLE, ["upkeep"])
    workers[1].take(LeaseKind.ACT, ["7"])
    workers.die(1)
    keeper.forget()
    assert [path.name for path in keeper.seat.folder.iterdir()] == [keeper.seat.id]
    assert [lease.kind for lease in keeper.valid()] == [LeaseKind.ROLE]
    (mine,) = keeper.take(LeaseKind.ACT, ["7"])
    assert mine.fence == 2
    keeper.release([mine])
    workers.pass_time(3 * 86400)
    keeper.forget()
    assert keeper.take(LeaseKind.ACT, ["7"])[0].fence == 1  # long after anybody could be late


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["take", "renew", "release", "late release", "renew all", "wait", "die"]),
        st.integers(0, 2),
        st.sampled_from(["1", "2"]),
        st.sampled_from([1.0, 20.0, 59.0, 61.0]),
    ),
    max_size=30,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_whatever_happens_there_is_one_valid_holder_and_fences_rise(tmp_path_factory, steps):
    with Workers(tmp_path_factory.mktemp("any"), skews=(0.0, 5.0, -5.0)) as workers:
        model = _Model(workers)
        for what, number, name, seconds in steps:
            model.step(what, number, name, seconds)


class _Model:
    """What must be true after each step, kept beside the archive."""

    def __init__(self, workers):
        self.workers = workers
        self.fences = {"1": 0, "2": 0}
        self.last = {}  # by name: who took it last, and not given back
        self.dead = set()
        self.held = {}  # by worker and name: the lease as the worker knows it

    def step(self, what, number, name, seconds):
        leases = self.workers[number]
        mine = self.held.get((number, name))
        if what == "wait":
            self.workers.pass_time(seconds)
        elif number in self.dead:
            return
        elif what == "take":
            for lease in leases.take(LeaseKind.ACT, [name]):
                assert lease.fence > self.fences[name]
                self.fences[name] = lease.fence
                self.last[name] = number
                self.held[number, name] = lease
        elif what == "renew all":
            leases.renew_all()
        elif mine is None:
            return
        elif what == "renew":
            assert leases.renew(mine) == self._is_newest(number, name)
        elif what in {"release", "late release"}:
            newest = self._is_newest(number, name)
            before = leases.valid()
            leases.release([mine])
            if newest:
                del self.last[name]
            else:
                assert leases.valid() == before
            if what == "release":
                del self.held[number, name]
        elif what == "die":
            self.workers.die(number)
            self.dead.add(number)
        self._check()

    def _is_newest(self, number, name):
        mine = self.held[number, name]
        return self.last.get(name) == number and mine.fence == self.fences[name]

    def _check(self):
        """Each act has at most one whose write is taken: the one who took it last."""
        for name in self.fences:
            writers = [number for number in range(3) if self._may_write(number, name)]
            assert len(writers) <= 1
            assert not writers or writers == [self.last.get(name)]

    def _may_write(self, number, name):
        mine = self.held.get((number, name))
        if mine is None:
            return False
        archive = self.workers.archives[number]
        row = archive._backend.database.row(
            "SELECT holder, fence FROM act_leases WHERE notice_id = ?", (int(name),)
        )
        return (row["holder"], row["fence"]) == (mine.holder, mine.fence)
