"""What became of a change: where it was told, or why it was not."""

from __future__ import annotations

from archive.records import Change, ChangeKind, Notice
from archive.store import Archive
from config.model import Settings, Subscription
from notifier.house import House
from notifier.selection import Told, relevant, wanted_by, worth_telling


def fates(archive: Archive, settings: Settings, notice: Notice) -> dict[int, tuple[str, ...]]:
    """Phrases for each change of an act, by the change's id."""
    house = House(settings)
    waiting = {change.id for change in archive.unselected_changes()}
    return {
        change.id: _fate(archive, settings, house, notice, change, waiting=change.id in waiting)
        for change in notice.changes
    }


def _fate(
    archive: Archive,
    settings: Settings,
    house: House,
    notice: Notice,
    change: Change,
    *,
    waiting: bool,
) -> tuple[str, ...]:
    told = [
        message for message in archive.notice_messages(notice.id) if change.id in message.change_ids
    ]
    phrases = [f"{message.channel}: {message.kind} {message.state}" for message in told]
    if not worth_telling(archive, [change]):
        return (*phrases, _not_worth(notice, change))
    if waiting:
        return (*phrases, "waits for the next `notify`")
    channels = {message.channel for message in told}
    for subscription in settings.subscriptions:
        if subscription.channel not in channels:
            wanted = wanted_by(archive, subscription, [Told(change=change, notice=notice)], house)
            phrases.append(f"{subscription.channel}: {_by(subscription, change, bool(wanted))}")
    return tuple(dict.fromkeys(phrases)) or ("no subscription",)


def _not_worth(notice: Notice, change: Change) -> str:
    if change.kind is ChangeKind.COPIED:
        return "not told: a copy of a known act"
    if not relevant(notice):
        return "not told: the act is not relevant"
    return "not told: cosmetic, nothing that a reader must act on"


def _by(subscription: Subscription, change: Change, wanted: bool) -> str:
    if not wanted:
        return "outside this subscription"
    if subscription.when != "immediately":
        return f"in its digest ({subscription.when})"
    if change.baseline:
        return "in the summary of the source's first pass (baseline)"
    return "in a summary, or before this subscription began"
