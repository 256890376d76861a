"""Say what became of a change: where it was told, or why it was not."""

from __future__ import annotations

from archive.store import Archive
from config.model import Settings, Subscription
from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.states import ChangeKind, ChangeState
from notifier.messages.notification_context import NotificationContext
from notifier.selection.matching import Candidate, of_a_copy, relevant, wanted_by, worth_telling


def delivery_phrases(
    archive: Archive, settings: Settings, notice: Notice
) -> dict[int, tuple[str, ...]]:
    """Phrases for each change of an act, by the change's id."""
    worth = {told.change.id for told in worth_telling(archive, notice.changes)}
    states = archive.changes.states(notice.id)
    messages = archive.outbox.of_notice(notice.id)
    context = NotificationContext(settings)
    found: dict[int, tuple[str, ...]] = {}
    for change in notice.changes:
        told = [message for message in messages if change.id in message.change_ids]
        phrases = [f"{message.channel}: {message.kind} {message.state}" for message in told]
        if states[change.id] is ChangeState.UNCLASSIFIED:
            phrases.append("waits for the next `classify`")
        elif change.id not in worth:
            phrases.append(_not_worth(notice, change))
        elif states[change.id] is ChangeState.CLASSIFIED:
            phrases.append("waits for the next `notify`")
        else:
            served = {message.channel for message in told}
            item = Candidate(change=change, notice=notice)
            phrases += _by_subscription(archive, settings, context, item, served)
        found[change.id] = tuple(dict.fromkeys(phrases)) or ("no subscription",)
    return found


def _by_subscription(
    archive: Archive,
    settings: Settings,
    context: NotificationContext,
    told: Candidate,
    without: set[str],
) -> list[str]:
    """What each subscription made of a change, but for those of some channels."""
    return [
        f"{subscription.channel}: "
        + _by(subscription, told.change, bool(wanted_by(archive, subscription, [told], context)))
        for subscription in settings.subscriptions
        if subscription.channel not in without
    ]


def _not_worth(notice: Notice, change: Change) -> str:
    if change.kind is ChangeKind.COPIED:
        return "not told: a copy of a known act"
    if of_a_copy(notice, change):
        return "not told: another site's copy of the act"
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
