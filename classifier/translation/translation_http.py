"""POST JSON once with hard bounds on time and size; no redirect is followed."""

from __future__ import annotations

import http.client
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

_MOST_BODY = 1_000_000


class TranslationFailed(Exception):
    """No translation came; the message never holds a secret. ``status``: of the HTTP answer."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key to another host: the answer is taken as it is."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def post_json(
    url: str, body: Mapping[str, Any], headers: Mapping[str, str], seconds: float
) -> Mapping[str, Any]:
    """The JSON object of the answer. A far side that drips bytes is left after ``seconds``:
    the wait is bounded whatever the sockets do."""
    found: list[Mapping[str, Any] | TranslationFailed] = []

    def ask() -> None:
        try:
            found.append(_ask(url, body, headers, seconds))
        except TranslationFailed as error:
            found.append(error)

    waiting = threading.Thread(target=ask, daemon=True, name="translation")
    waiting.start()
    waiting.join(seconds)
    if not found:
        raise TranslationFailed(f"no answer within {seconds:.0f} s")
    if isinstance(found[0], TranslationFailed):
        raise found[0]
    return found[0]


def _ask(
    url: str, body: Mapping[str, Any], headers: Mapping[str, str], seconds: float
) -> Mapping[str, Any]:
    request = urllib.request.Request(  # noqa: S310 (the settings allow http and https only)
        url,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **headers},
        method="POST",
    )
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=seconds) as response:
            raw = response.read(_MOST_BODY + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise TranslationFailed(f"HTTP {error.code}", status=error.code) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise TranslationFailed(f"{type(reason).__name__}") from error
    if len(raw) > _MOST_BODY:
        raise TranslationFailed("the answer is too large")
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise TranslationFailed("the answer is no JSON") from error
    if not isinstance(answer, dict):
        raise TranslationFailed("the answer is no JSON object")
    return answer
