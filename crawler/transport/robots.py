"""Read robots.txt as RFC 9309 says: a 4xx means no rules, a 5xx means wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crawler.transport.download import FetchError
from domain.records.reason import reason
from domain.records.states import FailureKind

ROBOTS_TOKEN = "noticewatch"  # noqa: S105 (the product's name in robots.txt)
_LONGEST = 512_000


@dataclass(frozen=True, slots=True)
class Robots:
    """What robots.txt of one host says; ``status`` is for the health table."""

    status: str
    rules: Any = None
    crawl_delay: float = 0.0

    def allows(self, url: str) -> bool:
        return self.rules is None or bool(self.rules.can_fetch(url, ROBOTS_TOKEN))


def robots_of(response: Any, address: str) -> Robots:
    """The rules of an answer to a request for robots.txt."""
    status = int(response.status)
    if status >= 500:
        why = reason("source.robots_wait", status=status)
        raise FetchError(FailureKind.ROBOTS_WAIT, why, address)
    if status != 200:
        return Robots(f"{status}: no rules")
    from protego import Protego

    rules = Protego.parse(response.body[:_LONGEST].decode("utf-8", "replace"))
    delay = float(rules.crawl_delay(ROBOTS_TOKEN) or 0)
    told = f", Crawl-delay {delay:g}" if delay else ""
    return Robots(f"200: obeyed{told}", rules, delay)
