"""POST JSON once with hard bounds on time and size; no redirect is followed."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import Any

from config.http_post import HttpPostFailed, http_post

_MOST_BODY = 1_000_000


class TranslationFailed(Exception):
    """No translation came; the message never holds a secret. ``status``: of the HTTP answer."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


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
    sent, own = json.dumps(body).encode(), {"Content-Type": "application/json", **headers}
    try:
        response = http_post(url, sent, own, timeout=seconds, most_bytes=_MOST_BODY + 1)
    except HttpPostFailed as error:
        if isinstance(error.reason, TimeoutError):
            raise TranslationFailed(f"no answer within {seconds:.0f} s") from error
        raise TranslationFailed(type(error.reason).__name__) from error
    except ValueError as error:
        raise TranslationFailed(type(error).__name__) from error
    if not 200 <= response.status < 300:
        raise TranslationFailed(f"HTTP {response.status}", status=response.status)
    raw = response.body
    if len(raw) > _MOST_BODY:
        raise TranslationFailed("the answer is too large")
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise TranslationFailed("the answer is no JSON") from error
    if not isinstance(answer, dict):
        raise TranslationFailed("the answer is no JSON object")
    return answer
