"""Decide when a known page is rechecked, and what its being gone means."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from domain.records.reason import Reason, reason

# Age of the youngest of publication and last change -> time to the next look.
_STEPS = (
    (timedelta(days=2), timedelta(hours=1)),
    (timedelta(days=7), timedelta(hours=6)),
    (timedelta(days=30), timedelta(days=1)),
    (timedelta(days=180), timedelta(days=7)),
)
_SELDOM = timedelta(days=30)
REGISTERED = timedelta(days=1)
YOUNG = timedelta(days=7)  # a change of such a page gets its second look in the same pass
# A missing page is looked at again soon, so that a withdrawal is confirmed within the hour.
SUSPECT = timedelta(minutes=30)

# For example /404.html; a mere /error.html may be an outage and speaks by its text.
_MISSING_PATH = re.compile(
    r"/(?:error[_-]?)?(?:404|not_?found|page_?not_?found)\w*(?:\.\w+)?/?$", re.I
)


def next_look(
    now: datetime,
    published: date | None,
    changed_at: datetime | None,
    *,
    registered: bool = False,
) -> datetime:
    """Hourly for a young or lately changed page, by steps down to monthly.

    The moments are spread by up to a tenth of the interval, from the page's own times, so that
    a first pass does not make all its pages due at once.
    """
    old = age(now, published, changed_at)
    interval = next((step for limit, step in _STEPS if old <= limit), _SELDOM)
    if registered:
        interval = min(interval, REGISTERED)
    return now + interval


def age(now: datetime, published: date | None, changed_at: datetime | None) -> timedelta:
    """How long ago a page was published or last changed, the later of the two."""
    ages = []
    if published is not None:
        ages.append(now.date() - published)
    if changed_at is not None:
        ages.append(now - changed_at)
    return max(timedelta(0), min(ages, default=timedelta(0)))


def spread(moment: datetime, now: datetime, url: str) -> datetime:
    """The moment moved forward by up to a tenth of its distance, always alike for one address."""
    part = (sum(url.encode()) % 100) / 1000
    return moment + (moment - now) * part


def removal_reason(asked: str, landed: str) -> Reason | None:
    """Why the address an answer came from says that the notice is gone, or None."""
    if landed == asked:
        return None
    path = urlsplit(landed).path
    if _MISSING_PATH.search(path):
        return reason("removal.error_page")
    if path in {"", "/", "/index.html", "/index.shtml"} and urlsplit(asked).path != path:
        return reason("removal.home_page")
    return None


def confirms(now: datetime, first_look: datetime | None, looks: int, *, everything: bool) -> bool:
    """Whether this look at a missing notice is the second one that a withdrawal needs."""
    if looks < 1:
        return False
    return everything or first_look is None or now - first_look >= SUSPECT
