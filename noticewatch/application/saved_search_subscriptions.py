"""Saved searches as subscriptions: what the notifier serves beside those of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from archive.store import Archive
    from config.model import Settings, Subscription
    from domain.records.handling import SavedSearch

RHYTHMS = ("immediately", "daily 08:00", "weekly mon 08:00")
_LISTS = {"topic": "topics", "jurisdiction": "jurisdictions", "severity": "severities"}


def with_saved_searches(settings: Settings, archive: Archive) -> Settings:
    """The settings with a subscription more for each saved search that names a channel; one
    whose channel is no longer set up waits until it is."""
    more = [
        subscription_of(saved)
        for saved in archive.saved_searches.all()
        if saved.channel in settings.channels and saved.when
    ]
    if not more:
        return settings
    return settings.model_copy(update={"subscriptions": (*settings.subscriptions, *more)})


def subscription_of(saved: SavedSearch) -> Subscription:
    """Words and filters of the search; its dates and its mode do not concern what is yet to
    come. Raises ValueError for what no subscription can be."""
    from config.model import Subscription

    asked: dict[str, list[str]] = {}
    words = ""
    for name, value in parse_qsl(saved.query):
        if name == "q":
            words = value
        elif name in _LISTS:
            asked.setdefault(_LISTS[name], []).append(value)
    return Subscription.model_validate(
        {"channel": saved.channel, "when": saved.when, "words": words, **asked}
    )
