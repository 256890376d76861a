"""The time zone of Chinese authorities, in which their days begin and end."""

from __future__ import annotations

from datetime import timedelta, timezone

BEIJING = timezone(timedelta(hours=8))  # the same all year
