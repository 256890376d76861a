"""Send one HTTP POST with the standard library; redirects are not followed."""

from __future__ import annotations

import http.client
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class HttpResponse:
    """What the far side answered, whatever its status; the body up to a bound."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class HttpPostFailed(Exception):
    """No complete answer came; ``reason`` is the error beneath."""

    def __init__(self, reason: BaseException) -> None:
        super().__init__(f"{type(reason).__name__}: {reason}")
        self.reason = reason

    @property
    def never_left(self) -> bool:
        """Whether it failed before anything was sent."""
        return failed_before_sending(self.reason)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET, or carry a key to another host."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def failed_before_sending(error: BaseException) -> bool:
    """Whether a request failed before anything was sent."""
    reason = getattr(error, "reason", error)
    return isinstance(reason, ConnectionRefusedError | socket.gaierror)


def http_post(
    url: str, body: bytes, headers: Mapping[str, str], *, timeout: float, most_bytes: int
) -> HttpResponse:
    """Send a body and read at most ``most_bytes`` of the answer; HttpPostFailed without one."""
    request = urllib.request.Request(url, data=body, headers=dict(headers), method="POST")  # noqa: S310 (addresses come from the settings)
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=timeout) as response:
            return HttpResponse(
                status=response.status,
                body=response.read(most_bytes),
                headers=dict(response.headers),
            )
    except urllib.error.HTTPError as error:
        with error:
            return HttpResponse(
                status=error.code, body=_error_body(error, most_bytes), headers=dict(error.headers)
            )
    except (OSError, http.client.HTTPException) as error:
        raise HttpPostFailed(getattr(error, "reason", error)) from error


def _error_body(error: urllib.error.HTTPError, most_bytes: int) -> bytes:
    try:
        return error.read(most_bytes)
    except (OSError, http.client.HTTPException):
        return b""
