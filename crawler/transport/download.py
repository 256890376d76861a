"""Download one request over Scrapy, as our own records and error kinds."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from crawler.adapters.adapter import ListRequest, ListResponse
from domain.records.reason import Reason, reason
from domain.records.states import FailureKind
from i18n.catalogue import english

Download = Callable[[Any], Awaitable[Any]]  # scrapy.Request -> scrapy.Response


class FetchError(Exception):
    """A request that brought nothing usable; ``kind`` decides the source's state."""

    def __init__(
        self, kind: FailureKind, why: Reason, url: str, *, retry_after: float | None = None
    ) -> None:
        super().__init__(english(why))
        self.kind = kind
        self.reason = why
        self.url = url
        self.retry_after = retry_after


async def fetch_once(download: Download, request: Any, url: str) -> Any:
    """Scrapy's response to one request; whatever stops it is a :class:`FetchError`."""
    from scrapy import exceptions as errors

    try:
        return await download(request)
    except errors.DownloadTimeoutError as error:
        raise FetchError(FailureKind.TIMEOUT, reason("source.timeout"), url) from error
    except errors.CannotResolveHostError as error:
        raise FetchError(FailureKind.DNS, reason("source.host_unresolved"), url) from error
    except errors.DownloadConnectionRefusedError as error:
        raise FetchError(
            FailureKind.CONNECTION, reason("source.connection_refused"), url
        ) from error
    except errors.DownloadCancelledError as error:
        raise FetchError(FailureKind.OVERSIZE, reason("source.oversize"), url) from error
    except errors.ResponseDataLossError as error:
        raise FetchError(FailureKind.TRUNCATED, reason("source.truncated"), url) from error
    except errors.IgnoreRequest as error:
        raise FetchError(FailureKind.BOMB, reason("source.bomb"), url) from error
    except (errors.DownloadFailedError, errors.UnsupportedURLSchemeError, OSError) as error:
        raise FetchError(FailureKind.CONNECTION, _connection_failed(error), url) from error
    except Exception as error:
        if _is_network(error):
            raise FetchError(FailureKind.CONNECTION, _connection_failed(error), url) from error
        raise


def redirect_target(response: Any, url: str) -> str | None:
    """The absolute address that a redirect names, None where the response is none."""
    if response.status not in {301, 302, 303, 307, 308}:
        return None
    location = response.headers.get(b"Location")
    if not location:
        return None
    from w3lib.url import safe_url_string

    try:
        return urljoin(url, safe_url_string(location.strip()))
    except ValueError as error:  # http://[ and the like
        why = reason("source.redirect_nowhere")
        raise FetchError(FailureKind.REFUSED_REDIRECT, why, url) from error


def answer_of(ask: ListRequest, url: str, response: Any, now: datetime) -> ListResponse:
    """What came, in our own record; ``url`` is where the redirects ended."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return ListResponse(
        ask=ask,
        url=url,
        status=int(response.status),
        headers=headers,
        body=response.body,
        fetched_at=now,
    )


def _connection_failed(error: BaseException) -> Reason:
    return reason("source.connection_failed", error=_brief(error))


def _brief(error: BaseException) -> str:
    """One line; the reasons that Twisted wraps in a list of failures are taken out of it."""
    reasons = getattr(error, "reasons", None) or getattr(error.__cause__, "reasons", None)
    if reasons:
        error = getattr(reasons[-1], "value", error)
    text = re.sub(r"\s+", " ", str(error)) or type(error).__name__
    return text[:160]


def _is_network(error: Exception) -> bool:
    """Errors of the TLS and HTTP libraries that Scrapy lets through unwrapped, and what odd
    headers and addresses make of them."""
    return type(error).__module__.split(".")[0] in {"twisted", "OpenSSL", "service_identity"} or (
        isinstance(error, ValueError | EOFError | ArithmeticError | LookupError | TypeError)
    )
