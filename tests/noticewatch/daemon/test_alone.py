"""What only one worker may do is done by one, and by the next one when that ends."""

import threading
import time

from domain.records.lease import LeaseKind
from noticewatch.daemon.alone import alone, hold_alone
from tests.noticewatch.daemon.operators import make_app


class Listening:
    """A worker that would listen; it says when it begins and ends."""

    def __init__(self, app, name, order):
        self.halt = threading.Event()
        self.began = threading.Event()
        self.name, self.order = name, order
        self.thread = threading.Thread(
            target=hold_alone, args=(app, "listener-ops", self.halt, self.work), daemon=True
        )
        self.thread.start()

    def work(self, ended):
        self.order.append(f"{self.name} begins")
        self.began.set()
        ended.wait(30)
        self.order.append(f"{self.name} ends")

    def stop(self):
        self.halt.set()
        self.thread.join(10)
        assert not self.thread.is_alive()


def test_one_listens_at_a_time_and_the_next_takes_over(tmp_path):
    app, order = make_app(tmp_path), []
    first = Listening(app, "first", order)
    assert first.began.wait(20)
    second = Listening(app, "second", order)
    time.sleep(0.5)
    assert not second.began.is_set()
    first.stop()
    assert second.began.wait(20)
    second.stop()
    deadline = time.monotonic() + 10
    while len(order) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert order[0] == "first begins"
    assert set(order) == {"first begins", "first ends", "second begins", "second ends"}


def test_a_role_that_another_has_is_left_out(tmp_path):
    app = make_app(tmp_path)
    with app.archive() as one, app.archive() as other:
        with alone(one, "upkeep") as mine:
            assert mine.holder == one.seat.id
            with alone(other, "upkeep") as theirs:
                assert theirs is None
            assert [lease.kind for lease in other.leases.valid()] == [LeaseKind.ROLE]
        with alone(other, "upkeep") as theirs:
            assert theirs.fence == 2
