"""POST a message to a channel's address and sort the outcome for the outbox."""

from __future__ import annotations

from collections.abc import Mapping

from config.http_post import HttpPostFailed, HttpResponse, http_post
from notifier.channels.channel import Paused, Retry, parse_retry_after

TIMEOUT = 10.0
_MOST_BODY = 4096
_ABOUT_THE_MESSAGE = (400, 413, 422)


def post_message(url: str, body: bytes, headers: Mapping[str, str]) -> HttpResponse | Retry:
    """Send a body; a Retry when no complete answer came (``unknown`` if it may have arrived)."""
    try:
        return http_post(url, body, headers, timeout=TIMEOUT, most_bytes=_MOST_BODY)
    except HttpPostFailed as error:
        return Retry(error=str(error), unknown=not error.never_left)


def body_text(answer: HttpResponse) -> str:
    """The answer's body as text, as far as an error message shows it."""
    return answer.body.decode("utf-8", "replace")[:120]


def channel_trouble(answer: HttpResponse) -> Retry | Paused | None:
    """What a status means when it is not about this message; None for 2xx, 400, 413, 422."""
    error = f"HTTP {answer.status} {body_text(answer)}".strip()
    if answer.status in (408, 425, 429) or answer.status >= 500:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Retry(error=error, after=parse_retry_after(headers.get("retry-after")))
    if 200 <= answer.status < 300 or answer.status in _ABOUT_THE_MESSAGE:
        return None
    return Paused(error=error)
