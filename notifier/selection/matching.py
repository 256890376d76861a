"""Decide which changes are worth telling, and which of them a subscription asks for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.store import Archive
from config.model import Subscription
from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.states import ChangeKind, Standing
from notifier.messages.headline import effective_severity, is_confirmation
from notifier.messages.notification_context import NotificationContext

# These speak of the page, not of its words: there is no wording that could be cosmetic.
_ALWAYS_TOLD = (ChangeKind.WITHDRAWN, ChangeKind.RESTORED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A change worth telling, with its act."""

    change: Change
    notice: Notice

    @property
    def severity(self) -> str:
        return effective_severity(self.notice, self.change)[0]


def subscription_key(subscription: Subscription) -> str:
    """Names a subscription by channel, rhythm and filters; its time may change without a new
    name."""
    filters = subscription.model_dump(
        mode="json",
        include={"topics", "jurisdictions", "publishers", "stages", "kinds", "severities",
                 "min_score", "language"},
    )  # fmt: skip
    for name in ("words", "entity"):
        if value := getattr(subscription, name):
            filters[name] = value
    digest = hashlib.sha256(json.dumps(filters, sort_keys=True).encode()).hexdigest()[:12]
    return f"{subscription.channel}:{subscription.when.split()[0]}:{digest}"


def relevant(notice: Notice) -> bool:
    """Ours by a topic, by an act of the register that it touches, or as it harms a company of
    ours."""
    harms = bool(notice.names) and notice.severity == "red"
    return bool(notice.labels) or notice.relevant_because is not None or harms


def of_a_copy(notice: Notice, change: Change) -> bool:
    """Whether a change is one of another site's copy: it says nothing of the act."""
    return any(
        posting.id == change.posting_id and posting.standing is Standing.COPY
        for posting in notice.postings
    )


def worth_telling(archive: Archive, changes: Iterable[Change]) -> list[Candidate]:
    """The substantive changes of relevant acts, each with its act (without versions)."""
    notices: dict[int, Notice | None] = {}
    told = []
    for change in changes:
        if change.kind is ChangeKind.COPIED:
            continue
        if not change.substantive and change.kind not in _ALWAYS_TOLD:
            continue
        if change.notice_id not in notices:
            notices[change.notice_id] = archive.notices.get(change.notice_id, versions=False)
        notice = notices[change.notice_id]
        if notice is not None and relevant(notice) and not of_a_copy(notice, change):
            told.append(Candidate(change=change, notice=notice))
    return _without_unconfirmed_news(told)


def _without_unconfirmed_news(told: list[Candidate]) -> list[Candidate]:
    """What was not told yet when the issuer published it is told as the issuer's only."""
    confirmed = {item.notice.id: item.change.id for item in told if is_confirmation(item.change)}
    return [
        item
        for item in told
        if item.change.kind is not ChangeKind.NEW
        or item.change.id >= confirmed.get(item.notice.id, 0)
    ]


def matches(subscription: Subscription, told: Candidate, context: NotificationContext) -> bool:
    """Whether a subscription asks for this change."""
    change, notice = told.change, told.notice
    if not _wants(subscription.jurisdictions, [notice.jurisdiction]):
        return False
    if not _wants(subscription.kinds, [change.kind.value]):
        return False
    if not _wants(subscription.severities, [told.severity]):
        return False
    if not _wants(subscription.stages, [notice.stage] if notice.stage else []):
        return False
    if subscription.publishers != "all" and not _wants(
        subscription.publishers, _publishers(notice, context)
    ):
        return False
    return _wants_topics(subscription, told)


def wanted_by(
    archive: Archive,
    subscription: Subscription,
    told: Iterable[Candidate],
    context: NotificationContext,
) -> list[Candidate]:
    """The changes that a subscription asks for, by its filters and its words."""
    wanted = [item for item in told if matches(subscription, item, context)]
    if subscription.entity is not None:
        wanted = [item for item in wanted if _concerns(archive, subscription.entity, item, context)]
    if not subscription.words or not wanted:
        return wanted
    having = archive.overview.having(subscription.words, {item.notice.id for item in wanted})
    return [item for item in wanted if item.notice.id in having]


def _concerns(archive: Archive, key: str, told: Candidate, context: NotificationContext) -> bool:
    """Whether an act applies or may apply to an entity, or names it. What cannot be judged, as
    the file of entities cannot be read, is told."""
    entities = [entity for entity in context.entities if entity.key == key]
    if not entities:
        return True
    return archive.reach.concerned(told.notice, entities).may_be_for(key)


def _wants(wanted: Sequence[str] | str, present: Iterable[str]) -> bool:
    return wanted == "all" or any(item in wanted for item in present)


def _publishers(notice: Notice, context: NotificationContext) -> list[str]:
    keys = {posting.source_key for posting in notice.postings}
    names = [context.sources[key].publisher for key in keys if key in context.sources]
    return [*keys, *names, *notice.issuers]


def _wants_topics(subscription: Subscription, told: Candidate) -> bool:
    """By the topics of the act and of the change; an act that is relevant only because it
    touches a registered act has none and concerns every subscriber."""
    labels = told.notice.labels
    if not labels and not told.change.labels:
        return True
    strong = {label.topic for label in labels if label.score >= subscription.min_score}
    known = {label.topic for label in labels}
    strong.update(topic for topic in told.change.labels if topic not in known)
    return bool(strong) and _wants(subscription.topics, strong)
