"""Very many replica hosts behind one socket: each has an address of its own in 127.0.0.0/8."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from benchmarks.soak_world import SUBJECTS, TEMPLATES
from noticewatch.demo.replica import Replica
from noticewatch.demo.replica_server import ReplicaHandler, ReplicaServer

REGIONS = ("cn", "any")


class HostReplica(Replica):
    """A replica that another's socket serves, under an address of its own."""

    def __init__(self, address: str, port: int, name: str) -> None:
        super().__init__("trs_static", name=name)
        self.address = address
        self.shared_port = port

    @property
    def base(self) -> str:
        return f"http://{self.address}:{self.shared_port}"


@dataclass
class ManyHosts:
    """The hosts by address, and what was published on them."""

    port: int
    seed: int = 5
    by_address: dict[str, HostReplica] = field(default_factory=dict)
    published: dict[str, datetime] = field(default_factory=dict)  # tokens that must be told
    numbers: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def add_host(self, number: int) -> HostReplica:
        address = f"127.{20 + number // 62500}.{number // 250 % 250}.{number % 250 + 1}"
        host = HostReplica(address, self.port, f"cn-many-{number:04d}")
        day = datetime.now(UTC).date()
        for old in range(3):
            host.add(f"关于第{number}处第{old}项日常工作的通知", day - timedelta(days=20 + old))
        self.by_address[address] = host
        return host

    def publish(self) -> str:
        """A relevant notice on some host that was read before."""
        self.numbers += 1
        token = f"第{self.numbers:04d}号事项"
        read = [host for host in self.by_address.values() if host.hits]
        host = self.chance.choice(read or list(self.by_address.values()))
        what, low = self.chance.choice(SUBJECTS), self.chance.randint(1, 9)
        words = {
            "what": what, "place": f"第{self.numbers}工作区", "days": 5 + low, "low": low,
            "high": low + 8, "month": 1 + self.numbers % 12,
        }  # fmt: skip
        title = f"关于规范废旧动力电池{what}{token}的通知"
        paragraphs = [line.format(**words) for line in TEMPLATES]
        host.add(title, datetime.now(UTC).date(), paragraphs)
        self.published[token] = datetime.now(UTC)
        return token

    @property
    def most_requests(self) -> int:
        """To any one host at the same time."""
        return max(host.max_concurrent for host in self.by_address.values())

    @property
    def most_connections(self) -> int:
        """To any one host at the same time, idle ones of killed or frozen processes included."""
        return max(host.max_connections for host in self.by_address.values())


@contextmanager
def many_hosts(folder: Path, count: int, every: str) -> Iterator[ManyHosts]:
    """``count`` hosts with a baseline each, and their source files in ``folder``."""
    world = ManyHosts(port=0)

    class Handler(ReplicaHandler):
        def setup(self) -> None:
            self.replica = world.by_address[self.request.getsockname()[0]]
            super().setup()

    server = _ManyServer(("0.0.0.0", 0), Handler)  # for 127.0.0.0/8
    world.port = int(server.server_address[1])
    (folder / "sources").mkdir()
    for number in range(count):
        host = world.add_host(number)
        record = host.source(
            host.name, schedule={"every": every}, publisher=f"演示机关{number}",
            name={"zh": f"演示机关{number}"}, region=REGIONS[number % 2],
        )  # fmt: skip
        text = yaml.safe_dump(record, allow_unicode=True)
        (folder / "sources" / f"{host.name}.yml").write_text(text, encoding="utf-8")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield world
    finally:
        server.shutdown()
        server.server_close()


class _ManyServer(ReplicaServer):
    """Takes connections from this machine only."""

    request_queue_size = 512

    def verify_request(self, request: object, client_address: object) -> bool:
        return isinstance(client_address, tuple) and str(client_address[0]).startswith("127.")
