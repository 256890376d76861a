"""The address of one request, read once: scheme, host and port."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """An absolute address with the host and port that it leads to."""

    url: str
    scheme: str
    host: str
    port: int  # the scheme's own when the address names none; 0: no port number at all

    @classmethod
    def of(cls, url: str) -> Target:
        try:
            parts = urlsplit(url)
        except ValueError:  # http://[ and the like: nothing that may be visited
            return cls(url, "", "", 0)
        try:
            port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
        except ValueError:
            port = 0
        return cls(url, parts.scheme, (parts.hostname or "").lower(), port)

    @property
    def host_port(self) -> str:
        return f"{self.host}:{self.port}"
