"""What the server of a replica, its faults and the site itself know of each other."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from email.message import Message
from io import BufferedIOBase
from typing import Protocol

from noticewatch.demo.replica_site import ReplicaContent, ReplicaSite


@dataclass(slots=True)
class RequestRecord:
    """A request as the server saw it."""

    method: str
    path: str
    started: float
    headers: dict[str, str]
    ended: float = 0.0
    status: int = 0


@dataclass(slots=True)
class Fault:
    """What goes wrong, and for which requests."""

    name: str
    match: str = ""  # part of the path; empty: every request but robots.txt
    kind: str = ""  # list, shell, detail, file
    times: int | None = None
    value: str = ""


class ServedPages(Protocol):
    """The pages of a platform; also how a list of theirs looks when it has changed."""

    def handle(self, path: str, asked: Mapping[str, str]) -> ReplicaContent | None: ...

    def altered(self, fault: str, page: str) -> str | None: ...


class ServedSite(Protocol):
    """The site that is asked."""

    site: ReplicaSite
    encoding: str
    declare_encoding: bool
    validators: bool
    robots: str | int
    slow_seconds: float

    @property
    def pages(self) -> ServedPages: ...

    @property
    def port(self) -> int: ...

    @property
    def stopped(self) -> bool: ...

    def connection(self, change: int) -> None: ...

    def recorded(self, hit: RequestRecord) -> AbstractContextManager[None]: ...

    def fault_for(self, path: str, kind: str) -> Fault | None: ...

    def wait(self, seconds: float) -> None: ...

    def encode(self, content: ReplicaContent) -> ReplicaContent: ...


class Exchange(Protocol):
    """A request with the connection that its answer goes to."""

    path: str
    hit: RequestRecord
    close_connection: bool

    @property
    def headers(self) -> Message: ...

    @property
    def wfile(self) -> BufferedIOBase: ...

    @property
    def replica(self) -> ServedSite: ...

    def send(
        self,
        status: int,
        body: bytes,
        media_type: str = ...,
        headers: dict[str, str] | None = None,
    ) -> None: ...

    def send_response(self, code: int) -> None: ...

    def send_header(self, keyword: str, value: str) -> None: ...

    def end_headers(self) -> None: ...
