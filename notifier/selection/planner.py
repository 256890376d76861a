"""Which changes are told to whom: from unlooked-at changes to messages in the outbox.

Only substantive changes of relevant acts are alerted; a copy or a cosmetic edit never is. The
first pass over a source and a flood of changes become one summary. A later change of an act
that had its own alert goes into that thread.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from archive.store import Archive
from config.model import Settings, Subscription
from domain.records.change import Change
from domain.records.message import NewOutboxItem
from domain.records.notice import Notice
from domain.records.states import ChangeKind
from i18n.phrases import SEVERITY_MARK, Lang, jurisdiction_name, say
from notifier.messages.alert import RenderContext, build_alert
from notifier.messages.headline import effective_severity, what_happened
from notifier.messages.reminders import plan_reminders
from notifier.messages.source_messages import BlindSpot, blind_spots
from notifier.notification_context import NotificationContext
from notifier.render.envelope import Envelope, alert_items, summary_items
from notifier.render.lines import Entry, Summary

MOST_CHANGES = 100_000
_SEVERITY_ORDER = {"red": 0, "amber": 1, "grey": 2}
# These speak of the page, not of its words: there is no wording that could be cosmetic.
_ALWAYS_TOLD = (ChangeKind.WITHDRAWN, ChangeKind.RESTORED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What one pass decided; nothing is written yet."""

    change_ids: tuple[int, ...] = ()
    items: tuple[NewOutboxItem, ...] = ()
    pending: dict[str, tuple[int, ...]] = field(default_factory=dict)  # for digests


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
    if subscription.words:
        filters["words"] = subscription.words
    digest = hashlib.sha256(json.dumps(filters, sort_keys=True).encode()).hexdigest()[:12]
    return f"{subscription.channel}:{subscription.when.split()[0]}:{digest}"


def relevant(notice: Notice) -> bool:
    """Ours by a topic, or by an act of the register that it touches."""
    return bool(notice.labels) or notice.relevant_because is not None


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
        if notice is not None and relevant(notice):
            told.append(Candidate(change=change, notice=notice))
    return told


def matches(subscription: Subscription, told: Candidate, house: NotificationContext) -> bool:
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
        subscription.publishers, _publishers(notice, house)
    ):
        return False
    return _wants_topics(subscription, told)


def wanted_by(
    archive: Archive,
    subscription: Subscription,
    told: Iterable[Candidate],
    house: NotificationContext,
) -> list[Candidate]:
    """The changes that a subscription asks for, by its filters and its words."""
    wanted = [item for item in told if matches(subscription, item, house)]
    if not subscription.words or not wanted:
        return wanted
    having = archive.overview.having(subscription.words, {item.notice.id for item in wanted})
    return [item for item in wanted if item.notice.id in having]


def _wants(wanted: Sequence[str] | str, present: Iterable[str]) -> bool:
    return wanted == "all" or any(item in wanted for item in present)


def _publishers(notice: Notice, house: NotificationContext) -> list[str]:
    keys = {posting.source_key for posting in notice.postings}
    names = [house.sources[key].publisher for key in keys if key in house.sources]
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


def plan(
    archive: Archive, settings: Settings, house: NotificationContext, now: datetime
) -> Selection:
    """Look at every new change and decide; the caller writes the result in one transaction."""
    changes = archive.outbox.unselected_changes(limit=MOST_CHANGES)
    if not changes:
        return Selection()
    told = worth_telling(archive, changes)
    planner = _Planner(archive, settings, house, now, total=sum(c.baseline for c in changes))
    pending: dict[str, tuple[int, ...]] = {}
    for subscription in settings.subscriptions:
        wanted = wanted_by(archive, subscription, told, house)
        if subscription.when != "immediately":
            key = subscription_key(subscription)
            ids = [item.change.id for item in wanted]
            pending[key] = tuple(dict.fromkeys([*pending.get(key, ()), *ids]))
            wanted = [w for w in wanted if w.severity == "red" and not w.change.baseline]
        planner.serve(subscription, wanted)
    return Selection(
        change_ids=tuple(change.id for change in changes),
        items=tuple(planner.items),
        pending=pending,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Root:
    """The message that an act's thread hangs on."""

    key: str
    thread: str


class _Planner:
    """Turns the wanted changes of each subscription into items, no act twice in a channel."""

    def __init__(
        self,
        archive: Archive,
        settings: Settings,
        house: NotificationContext,
        now: datetime,
        *,
        total: int,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._house = house
        self._now = now
        self._total = total
        self._claimed: set[tuple[str, int]] = set()
        self._roots: dict[tuple[str, int], Root] = {}  # by channel and notice
        self._blind: tuple[BlindSpot, ...] = blind_spots(archive.sources.all(), house, now)
        self.items: list[NewOutboxItem] = []

    def serve(self, subscription: Subscription, wanted: list[Candidate]) -> None:
        channel = subscription.channel
        fresh = [item for item in wanted if (channel, item.change.id) not in self._claimed]
        self._claimed.update((channel, item.change.id) for item in fresh)
        baseline = [item for item in fresh if item.change.baseline]
        single = [item for item in fresh if not item.change.baseline]
        if baseline:
            self._summarise(subscription, baseline, "baseline")
        if len(single) <= subscription.burst:
            self._alert(subscription, single)
            return
        severe = [item for item in single if item.severity == "red"]
        if len(severe) <= subscription.burst:
            self._alert(subscription, severe)
        self._summarise(subscription, single, "burst")

    def _alert(self, subscription: Subscription, wanted: list[Candidate]) -> None:
        for told in sorted(wanted, key=_urgency):
            self.items += self._single(subscription, told)

    def _single(self, subscription: Subscription, told: Candidate) -> list[NewOutboxItem]:
        channel, change = subscription.channel, told.change
        root = self._root(channel, told.notice.id)
        key = f"alert:{channel}:{change.id}"
        setting = self._house.setting(self._now, subscription.language)
        notice = self._archive.notices.get(told.notice.id) or told.notice
        blind = [
            spot.line(setting.lang, self._house)
            for spot in self._blind
            if spot.jurisdiction == notice.jurisdiction
        ]
        diff = self._archive.comparisons.of_change(change.id) if change.from_version else None
        alert = build_alert(notice, change, diff, setting, tuple(blind[:2]))
        envelope = Envelope(
            channel=channel,
            config=self._settings.channels[channel],
            key=key,
            kind="reply" if root else "alert",
            now=self._now,
            notice_id=notice.id,
            change_ids=(change.id,),
            thread=root.thread if root else f"notice:{notice.id}",
            not_before=self._not_before(subscription, told.severity),
            root_key=root.key if root else None,
            public_url=self._settings.web.public_url,
        )
        if not root:
            self._roots[channel, notice.id] = Root(key=key, thread=f"notice:{notice.id}")
        items = alert_items(alert, envelope)
        return items + plan_reminders(subscription, notice, alert, envelope, self._house.zone)

    def _root(self, channel: str, notice_id: int) -> Root | None:
        """The act's first alert in a channel; None when it never had one. An act that was
        merged with another goes on in the thread that either of them had."""
        known = self._roots.get((channel, notice_id))
        if known:
            return known
        for item in self._archive.outbox.of_notice(notice_id):
            if item.channel != channel or item.kind == "reminder":
                continue
            if (item.thread or "").startswith("notice:"):
                key = item.dedupe_key.removesuffix(f":{item.payload.get('to')}")
                root = Root(key=key, thread=item.thread or "")
                self._roots[channel, notice_id] = root
                return root
        return None

    def _not_before(self, subscription: Subscription, severity: str) -> datetime | None:
        """The end of the quiet hours that it is now; RED is told at once."""
        if severity == "red" or subscription.quiet_hours is None:
            return None
        return quiet_until(subscription.quiet_hours, self._now.astimezone(self._house.zone))

    def _summarise(self, subscription: Subscription, wanted: list[Candidate], why: str) -> None:
        channel = subscription.channel
        ids = tuple(sorted(item.change.id for item in wanted))
        digest = hashlib.sha256(repr(ids).encode()).hexdigest()[:16]
        key = f"summary:{channel}:{digest}"
        setting = self._house.setting(self._now, subscription.language)
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
            config=self._settings.channels[channel],
            key=key,
            kind="summary",
            now=self._now,
            change_ids=ids,
            thread=key,
            not_before=self._not_before(subscription, "red" if red else "grey"),
            public_url=self._settings.web.public_url,
        )
        self.items += summary_items(summary, envelope)


def _urgency(told: Candidate) -> tuple[int, int]:
    return _SEVERITY_ORDER[told.severity], told.change.id


def _acts(wanted: list[Candidate]) -> list[Candidate]:
    """Each act once, RED on top."""
    first: dict[int, Candidate] = {}
    for told in sorted(wanted, key=_urgency):
        first.setdefault(told.notice.id, told)
    return list(first.values())


def _entry(told: Candidate, lang: Lang) -> Entry:
    place = jurisdiction_name(told.notice.jurisdiction, lang)
    what = what_happened(told.notice, told.change, lang)
    mark = SEVERITY_MARK.get(told.severity, SEVERITY_MARK["grey"])
    return Entry(lead=f"{mark} {place} · {what} ·", title=told.notice.title, url=told.notice.url)


def _summary_headline(wanted: list[Candidate], why: str, total: int, lang: Lang) -> str:
    severities = Counter(item.severity for item in _acts(wanted))
    counts = " ".join(
        f"{SEVERITY_MARK[level]}{severities[level]}"
        for level in _SEVERITY_ORDER
        if severities[level]
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
