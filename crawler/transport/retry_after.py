"""Read the ``Retry-After`` header of an answer; whatever stands there, no error comes of it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 86_400.0  # a site that asks for more is asked again after a day
_MOST_DIGITS = 15


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a header asks to wait, :data:`LONGEST_WAIT` at most; None where it says
    nothing that RFC 9110 knows."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return LONGEST_WAIT if len(text) > _MOST_DIGITS else min(float(text), LONGEST_WAIT)
    moment = _moment(text)
    if moment is None:
        return None
    return min(max(0.0, (moment - now).total_seconds()), LONGEST_WAIT)


def _moment(text: str) -> datetime | None:
    """An HTTP date; one without a zone is in UTC, as the zone of all of them is."""
    try:
        moment = parsedate_to_datetime(text[:100])
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
