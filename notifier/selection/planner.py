"""Plan which changes are told to whom: from unlooked-at changes to outbox messages.

Only substantive changes of relevant acts are alerted; a copy or a cosmetic edit never is. The
first pass over a source and a flood of changes become one summary. A later change of an act
that had its own alert goes into that thread.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from archive.store import Archive
from config.model import Settings, Subscription
from domain.records.message import NewOutboxItem
from domain.records.states import SEVERITY_RANK, OutboxKind
from i18n.headline_text import told_text
from i18n.phrases import SEVERITY_MARK, Lang, jurisdiction_name, say
from notifier.channels.channel_factory import open_channel
from notifier.messages.alert import RenderContext, build_alert
from notifier.messages.blind_spots import BlindSpot, blind_spots
from notifier.messages.headline import is_confirmation
from notifier.messages.notification_context import NotificationContext
from notifier.messages.reminders import plan_reminders
from notifier.render.envelope import Envelope
from notifier.render.lines import Entry, Summary
from notifier.render.renderer import Renderer
from notifier.selection.alert_budget import waiting_items, within_budget
from notifier.selection.matching import Candidate, subscription_key, wanted_by, worth_telling

MOST_CHANGES = 100_000
_LOUD_PART = 5  # a source that brings more than a fifth of a burst may be summed up alone
_CONFIRMED = ":confirmed"  # the end of a thread's name that begins with the issuer's own page


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What one pass decided; nothing is written yet."""

    change_ids: tuple[int, ...] = ()
    items: tuple[NewOutboxItem, ...] = ()
    pending: dict[str, tuple[int, ...]] = field(default_factory=dict)  # for digests


def plan_messages(
    archive: Archive, settings: Settings, context: NotificationContext, now: datetime
) -> Selection:
    """Look at every new change and decide; the caller writes the result in one transaction."""
    changes, waiting = within_budget(
        archive, archive.outbox.unselected_changes(limit=MOST_CHANGES), now
    )
    held = tuple(waiting_items(waiting, settings, now))
    if not changes:
        return Selection(items=held)
    told = worth_telling(archive, changes)
    planner = _Planner(archive, settings, context, now, total=sum(c.baseline for c in changes))
    pending: dict[str, tuple[int, ...]] = {}
    for subscription in settings.subscriptions:
        wanted = wanted_by(archive, subscription, told, context)
        if subscription.when != "immediately":
            key = subscription_key(subscription)
            ids = [item.change.id for item in wanted]
            pending[key] = tuple(dict.fromkeys([*pending.get(key, ()), *ids]))
            wanted = [w for w in wanted if w.severity == "red" and not w.change.baseline]
        planner.serve(subscription, wanted)
    return Selection(
        change_ids=tuple(change.id for change in changes),
        items=(*held, *planner.items),
        pending=pending,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadRoot:
    """The message that an act's thread hangs on."""

    key: str
    thread: str


class _Planner:
    """Turns the wanted changes of each subscription into items, no act twice in a channel."""

    def __init__(
        self,
        archive: Archive,
        settings: Settings,
        context: NotificationContext,
        now: datetime,
        *,
        total: int,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._context = context
        self._now = now
        self._total = total
        self._claimed: set[tuple[str, int]] = set()
        self._roots: dict[tuple[str, int], ThreadRoot] = {}  # by channel and notice
        self._blind: tuple[BlindSpot, ...] = blind_spots(archive.sources.all(), context, now)
        self.items: list[NewOutboxItem] = []

    def serve(self, subscription: Subscription, wanted: list[Candidate]) -> None:
        channel = subscription.channel
        fresh = [item for item in wanted if (channel, item.change.id) not in self._claimed]
        self._claimed.update((channel, item.change.id) for item in fresh)
        baseline = [item for item in fresh if item.change.baseline]
        single = [item for item in fresh if not item.change.baseline]
        if baseline:
            self._summarise(subscription, baseline, "baseline")
        alone, flood = self._apart(single, subscription.burst)
        self._alert(subscription, alone)
        severe = [item for item in flood if item.severity == "red"]
        if len(severe) <= subscription.burst:
            self._alert(subscription, severe)
        if flood:
            self._summarise(subscription, flood, "burst")

    def _apart(
        self, wanted: list[Candidate], burst: int
    ) -> tuple[list[Candidate], list[Candidate]]:
        """Those to be told alone, and those to be summed up where they are too many: first the
        sources that bring most of them, so that a flood of one drowns no other's alert."""
        if len(wanted) <= burst:
            return wanted, []
        source_of = self._archive.changes.sources_of([item.change.id for item in wanted])
        sources = Counter(source_of.values())
        left, loud = len(wanted), set[str]()
        for source, count in sources.most_common():
            if left <= burst or count * _LOUD_PART <= burst:
                break
            loud.add(source)
            left -= count
        if left > burst:
            return [], wanted
        flooding = {number for number, source in source_of.items() if source in loud}
        return (
            [item for item in wanted if item.change.id not in flooding],
            [item for item in wanted if item.change.id in flooding],
        )

    def _alert(self, subscription: Subscription, wanted: list[Candidate]) -> None:
        for told in sorted(wanted, key=_urgency):
            self.items += self._single(subscription, told)

    def _single(self, subscription: Subscription, told: Candidate) -> list[NewOutboxItem]:
        channel, change = subscription.channel, told.change
        confirmed = is_confirmation(change)
        root = None if confirmed else self._root(channel, told.notice.id)
        own_thread = f"notice:{told.notice.id}{_CONFIRMED if confirmed else ''}"
        key = f"alert:{channel}:{change.id}"
        setting = self._context.setting(self._now, subscription.language)
        notice = self._archive.notices.get(told.notice.id) or told.notice
        blind = [
            spot.line(setting.lang, self._context)
            for spot in self._blind
            if spot.jurisdiction == notice.jurisdiction
        ]
        diff = self._archive.comparisons.of_change(change.id) if change.from_version else None
        concerned = self._archive.reach.concerned(notice, self._context.entities)
        alert = build_alert(notice, change, diff, setting, tuple(blind[:2]), concerned)
        owners = tuple(self._context.addressee(name, channel) for name in alert.owners)
        alert = replace(alert, owners=owners)
        envelope = Envelope(
            channel=channel,
            key=key,
            kind=OutboxKind.REPLY if root else OutboxKind.ALERT,
            now=self._now,
            notice_id=notice.id,
            change_ids=(change.id,),
            thread=root.thread if root else own_thread,
            not_before=self._not_before(subscription, told.severity),
            root_key=root.key if root else None,
            public_url=self._settings.web.public_url,
        )
        if not root:
            self._roots[channel, notice.id] = ThreadRoot(key=key, thread=own_thread)
        renderer = self._renderer(channel)
        return renderer.alert(alert, envelope) + plan_reminders(
            self._reachable(subscription), notice, alert, envelope, renderer, self._context.zone
        )

    def _reachable(self, subscription: Subscription) -> Subscription:
        """With its deputy as the channel can reach them."""
        deputy = subscription.deputy
        if not deputy:
            return subscription
        named = self._context.addressee(deputy, subscription.channel)
        return subscription.model_copy(update={"deputy": named})

    def _renderer(self, channel: str) -> Renderer:
        return open_channel(self._settings.channels[channel]).renderer

    def _root(self, channel: str, notice_id: int) -> ThreadRoot | None:
        """The act's first alert in a channel; None when it never had one. An act that was
        merged with another goes on in the thread that either of them had; one that its issuer
        has published in the thread of that alert, not of the one before."""
        known = self._roots.get((channel, notice_id))
        if known:
            return known
        told = self._archive.outbox.of_notice(notice_id)
        for item in sorted(told, key=lambda one: not (one.thread or "").endswith(_CONFIRMED)):
            if item.channel != channel or item.kind is OutboxKind.REMINDER:
                continue
            if (item.thread or "").startswith("notice:"):
                key = item.dedupe_key.removesuffix(f":{item.payload.get('to')}")
                root = ThreadRoot(key=key, thread=item.thread or "")
                self._roots[channel, notice_id] = root
                return root
        return None

    def _not_before(self, subscription: Subscription, severity: str) -> datetime | None:
        """The end of the quiet hours that it is now; RED is told at once."""
        if severity == "red" or subscription.quiet_hours is None:
            return None
        return quiet_until(subscription.quiet_hours, self._now.astimezone(self._context.zone))

    def _summarise(self, subscription: Subscription, wanted: list[Candidate], why: str) -> None:
        channel = subscription.channel
        ids = tuple(sorted(item.change.id for item in wanted))
        digest = hashlib.sha256(repr(ids).encode()).hexdigest()[:16]
        key = f"summary:{channel}:{digest}"
        setting = self._context.setting(self._now, subscription.language)
        second = _summary_headline(wanted, why, self._total, "zh")
        red = any(item.severity == "red" for item in wanted)
        summary = Summary(
            lang=setting.lang,
            headline=_summary_headline(wanted, why, self._total, setting.lang),
            headline_second=second if subscription.language == "both" else "",
            entries=tuple(_entry(item, setting.lang) for item in _acts(wanted)),
            notes=(_by_topic(wanted, setting),),
        )
        envelope = Envelope(
            channel=channel,
            key=key,
            kind=OutboxKind.SUMMARY,
            now=self._now,
            change_ids=ids,
            thread=key,
            not_before=self._not_before(subscription, "red" if red else "grey"),
            public_url=self._settings.web.public_url,
        )
        self.items += self._renderer(channel).summary(summary, envelope)


def _urgency(told: Candidate) -> tuple[int, int]:
    return SEVERITY_RANK[told.severity], told.change.id


def _acts(wanted: list[Candidate]) -> list[Candidate]:
    """Each act once, RED on top."""
    first: dict[int, Candidate] = {}
    for told in sorted(wanted, key=_urgency):
        first.setdefault(told.notice.id, told)
    return list(first.values())


def _entry(told: Candidate, lang: Lang) -> Entry:
    place = jurisdiction_name(told.notice.jurisdiction, lang)
    what = told_text(told.notice, told.change, lang)
    mark = SEVERITY_MARK.get(told.severity, SEVERITY_MARK["grey"])
    return Entry(lead=f"{mark} {place} · {what} ·", title=told.notice.title, url=told.notice.url)


def _summary_headline(wanted: list[Candidate], why: str, total: int, lang: Lang) -> str:
    severities = Counter(item.severity for item in _acts(wanted))
    counts = " ".join(
        f"{SEVERITY_MARK[level]}{severities[level]}" for level in SEVERITY_RANK if severities[level]
    )
    number = len(_acts(wanted))
    if why == "baseline":
        words = say("summary_baseline", lang, n=number, total=max(total, number))
    else:
        words = say("summary_burst", lang, n=len(wanted), acts=number)
    return f"{words} · {counts}"


def _by_topic(wanted: list[Candidate], setting: RenderContext) -> str:
    topics = Counter(label.topic for item in _acts(wanted) for label in item.notice.labels)
    listed = [f"{setting.topic_name(topic)} {number}" for topic, number in topics.most_common(8)]
    return f"{say('topics', setting.lang)}: {', '.join(listed)}" if listed else ""


def quiet_until(hours: str, local: datetime) -> datetime | None:
    """When the quiet hours that ``local`` lies in end; None outside them."""
    start, end = (tuple(int(part) for part in moment.split(":")) for moment in hours.split("-"))
    now = (local.hour, local.minute)
    inside = start <= now < end if start <= end else now >= start or now < end
    if not inside:
        return None
    until = local.replace(hour=end[0], minute=end[1], second=0, microsecond=0)
    return until if until > local else until + timedelta(days=1)
