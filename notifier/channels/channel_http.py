"""One POST with the standard library, its outcome sorted for the outbox."""

from __future__ import annotations

import http.client
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from notifier.channels.channel import Paused, Retry, retry_after

TIMEOUT = 10.0
_MOST_BODY = 4096


@dataclass(frozen=True, kw_only=True, slots=True)
class HttpResponse:
    """What the far side said; ``retry_after`` in seconds."""

    status: int
    body: str
    retry_after: float | None = None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET elsewhere: the answer is taken as it is."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def never_left(error: BaseException) -> bool:
    """Whether a request failed before anything was sent."""
    reason = getattr(error, "reason", error)
    return isinstance(reason, ConnectionRefusedError | socket.gaierror)


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, timeout: float = TIMEOUT
) -> HttpResponse | Retry:
    """Send a body; a Retry when no complete answer came (``unknown`` if it may have arrived)."""
    request = urllib.request.Request(url, data=body, headers=dict(headers), method="POST")  # noqa: S310
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=timeout) as response:
            text = response.read(_MOST_BODY).decode("utf-8", "replace")
            return HttpResponse(status=response.status, body=text)
    except urllib.error.HTTPError as error:
        with error:
            return HttpResponse(
                status=error.code,
                body=_body(error),
                retry_after=retry_after(error.headers.get("Retry-After")),
            )
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        text = f"{type(reason).__name__}: {reason}"
        return Retry(error=text, unknown=not never_left(error))


def _body(error: urllib.error.HTTPError) -> str:
    try:
        return error.read(_MOST_BODY).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""


def passing_trouble(answer: HttpResponse) -> Retry | Paused | None:
    """What a status means when it is not about this message; None for 2xx, 400, 413, 422."""
    error = f"HTTP {answer.status} {answer.body[:120]}".strip()
    if answer.status in (408, 425, 429) or answer.status >= 500:
        return Retry(error=error, after=answer.retry_after)
    if 200 <= answer.status < 300 or answer.status in (400, 413, 422):
        return None
    return Paused(error=error)
