"""Retry-After in all that sites write there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.transport.retry_after import LONGEST_WAIT, retry_after
from crawler.transport.target import Target

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("86401", LONGEST_WAIT),
        ("77777777777777", LONGEST_WAIT),
        ("9" * 5000, LONGEST_WAIT),
        ("Mon, 23 Nov 2026 08:02:00 GMT", 120.0),
        ("Mon, 23 Nov 2026 08:02:00", 120.0),  # without a zone
        ("Mon, 23 Nov 2026 08:02:00 -0000", 120.0),
        ("Mon, 23 Nov 2026 16:02:00 +0800", 120.0),
        ("Mon, 23 Nov 2020 08:02:00 GMT", 0.0),
        ("Mon, 23 Nov 9999 08:02:00 GMT", LONGEST_WAIT),
    ],
)
def test_a_wait_is_read_and_never_longer_than_a_day(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    "value",
    [
        None, "", "²", "１２０", "-5", "1.5", "1e9", "inf", "soon", "Mon, 99 Nov 2026 08:02:00 GMT",
        "Mon, 23 Nov 0000 08:02:00 GMT", "Mon, 23 Nov 2026 08:02:00 +99999999", "\x00", "," * 4000,
        "Mon, 23 Nov 2026 99999999999999999999:02:00 GMT",
    ],
)  # fmt: skip
def test_what_says_no_time_is_no_error(value: str | None) -> None:
    assert retry_after(value, NOW) in (None, 0.0)


@pytest.mark.parametrize("url", ["http://[", "http://a]b/", "http://x:²/", "http://x:99999999/"])
def test_an_address_that_is_none_leads_nowhere(url: str) -> None:
    assert Target.of(url).port == 0
