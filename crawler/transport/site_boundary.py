"""Decide which addresses a source's requests may go to: its own hosts and those allowed."""

from __future__ import annotations

import asyncio
import socket

from config.addresses import is_internal
from config.model import Source
from crawler.transport.download import FetchError
from crawler.transport.target import Target
from domain.records.reason import Reason, reason
from domain.records.states import FailureKind


class SiteBoundary:
    """The hosts of one source."""

    def __init__(self, source: Source) -> None:
        self.own = {Target.of(column.url).host_port for column in source.columns}
        self.allowed = {host for entry in source.http.allowed_hosts for host in _host_entry(entry)}

    def refusal(self, target: Target) -> Reason | None:
        """Why an address must not be requested, or None."""
        if target.scheme not in {"http", "https"}:
            if not target.scheme:
                return reason("source.scheme_missing")
            return reason("source.scheme", scheme=target.scheme)
        if self.is_own(target):
            return None
        if target.host_port in self.allowed:  # written down by the operator, an inner one too
            return None
        if is_internal(target.host):
            return reason("source.internal_host", host=target.host_port)
        return reason("source.other_host", host=target.host_port)

    def is_own(self, target: Target) -> bool:
        """One of the source's hosts; http to https on the ordinary ports is the same site."""
        if target.host_port in self.own:
            return True
        twins = {f"{target.host}:80", f"{target.host}:443"}
        return target.port in {80, 443} and bool(twins & self.own)

    async def refuse_internal(self, target: Target) -> None:
        """A name of another host that resolves to an inner address is refused too."""
        if self.is_own(target) or is_internal(target.host):  # configured as that very address
            return
        loop = asyncio.get_running_loop()
        name, url = target.host, target.url
        try:
            found = await loop.getaddrinfo(name, target.port, type=socket.SOCK_STREAM)
        except OSError as error:
            why = reason("source.named_host_unresolved", host=name)
            raise FetchError(FailureKind.DNS, why, url) from error
        if any(is_internal(str(entry[4][0])) for entry in found):
            why = reason("source.resolves_inside", host=name)
            raise FetchError(FailureKind.REFUSED_REDIRECT, why, url)


def _host_entry(entry: str) -> set[str]:
    """``host:port`` of an allowed host; without a port, both ordinary ones."""
    host = entry.strip().lower().removeprefix("http://").removeprefix("https://").rstrip("/")
    name, _, port = host.rpartition(":")
    return {host} if name and port.isdigit() else {f"{host}:80", f"{host}:443"}
