"""Make the template engine of the pages, with its filters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus
from zoneinfo import ZoneInfo

import jinja2

from domain.text.safe_output import clip, download_name, is_web_url
from i18n.unread_parts import unread_of
from noticewatch.web.views.marked_text import visible
from noticewatch.web.views.message_headline import message_headline

if TYPE_CHECKING:
    from config.model import Settings


def make_templates(settings: Settings) -> jinja2.Environment:
    """The engine for pages in the settings' time zone; every value is escaped and made
    visible."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("noticewatch.web", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=visible,
    )
    environment.filters["day"] = lambda value: value.isoformat() if value else ""
    environment.filters["minute"] = _local_minute(ZoneInfo(settings.timezone))
    environment.filters["day_of"] = _local_day(ZoneInfo(settings.timezone))
    environment.filters["web_url"] = lambda url: url if is_web_url(url) else ""
    environment.filters["clip"] = clip
    environment.filters["file_name"] = download_name
    environment.filters["unread"] = unread_of
    environment.filters["headline"] = lambda item: message_headline(item, settings)
    environment.filters["unquoted"] = unquote_plus
    return environment


def _local_minute(zone: ZoneInfo) -> Callable[[datetime | None], str]:
    return lambda value: value.astimezone(zone).strftime("%Y-%m-%d %H:%M") if value else ""


def _local_day(zone: ZoneInfo) -> Callable[[datetime | None], str]:
    return lambda value: value.astimezone(zone).date().isoformat() if value else ""
