"""What a digest says: built from the archive for one subscription and one period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.loader import load_jurisdictions
from config.model import Subscription
from domain.acts.status import NO_LONGER_AHEAD
from domain.records.change import Change
from domain.records.states import ChangeKind
from i18n.phrases import SEVERITY_MARK, Lang, clip, jurisdiction_name, local_day, say, short_day
from notifier.messages.alert import Alert, RenderContext, build_alert
from notifier.messages.digest_dates import OpenDate, open_dates
from notifier.messages.digest_field import Field, asks_for
from notifier.messages.headline import what_happened
from notifier.messages.period import Period
from notifier.messages.source_messages import BlindSpot, blind_spots
from notifier.selection.coverage import Coverage, coverage
from notifier.selection.planner import Candidate

ACTIVITY_WEEKS = 8
DETAILED = 20  # acts told with facts and words of the diff; the rest by title
_ORDER = {"red": 0, "amber": 1, "grey": 2}


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Acts to decide on under one topic, by jurisdiction."""

    topic: str
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TitleLine:
    """An act told by its title alone."""

    mark: str
    place: str
    what: str
    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """A digest in words, for every renderer."""

    lang: Lang
    both: bool
    subject: str
    covers: str
    empty: bool
    verdict: str
    healthy: str
    groups: tuple[Group, ...]
    dates: tuple[OpenDate, ...]
    minor: tuple[TitleLine, ...]
    gone: tuple[TitleLine, ...]
    covered: tuple[Coverage, ...]
    national: bool  # a national rule in force that the subscription asks for
    blind: tuple[str, ...]
    activity: tuple[tuple[str, int], ...]  # week label, relevant changes
    handling: bool = True  # with links to acknowledge an act


def build(
    field: Field, subscription: Subscription, period: Period, changes: Iterable[Change]
) -> Digest:
    """The digest of a subscription: these changes, and the dates and silences of today."""
    setting = field.house.setting(field.now, subscription.language)
    told = field.wanted(subscription, changes)
    gone = [item for item in told if _is_gone(item)]
    away = {item.notice.id for item in gone}
    live = _one_per_act(item for item in told if item.notice.id not in away)
    decide = [item for item in live if item.severity in ("red", "amber")]
    minor = [item for item in live if item.severity == "grey"]
    dates = open_dates(field, subscription, setting)
    spots = _spots(field, subscription)
    counts = Counter(item.severity for item in live)
    healthy = _healthy(field, setting.lang)
    verdict = _verdict(counts, setting.lang) if told else say("digest_nothing", setting.lang)
    return Digest(
        lang=setting.lang,
        both=subscription.language == "both",
        subject=_subject(period, verdict, healthy, bool(told), dates, spots, setting),
        covers=_covers(period, setting),
        empty=not told,
        verdict=verdict,
        healthy=healthy,
        groups=_groups(field, decide[:DETAILED], setting),
        dates=dates,
        minor=tuple(_title(item, setting.lang) for item in [*decide[DETAILED:], *minor]),
        gone=tuple(_title(item, setting.lang) for item in _one_per_act(gone)),
        covered=_coverage(field, subscription),
        national=_national_rule(field, subscription),
        blind=tuple(spot.line(setting.lang, field.house) for spot in spots),
        activity=_activity(field, subscription, period),
    )


def _is_gone(told: Candidate) -> bool:
    if told.change.kind is ChangeKind.WITHDRAWN:
        return told.notice.status == "withdrawn_page" or not _restored_since(told)
    return told.change.kind is ChangeKind.STATUS and told.notice.status in NO_LONGER_AHEAD


def _restored_since(told: Candidate) -> bool:
    return any(
        change.kind is ChangeKind.RESTORED and change.id > told.change.id
        for change in told.notice.changes
    )


def _one_per_act(items: Iterable[Candidate]) -> list[Candidate]:
    """One line an act, its most urgent change: of two alike the later edit, which shows what
    it was before, rather than the first sight. RED first, then in the order of finding."""
    best: dict[int, Candidate] = {}
    for item in sorted(items, key=lambda item: (_ORDER[item.severity], -item.change.id)):
        best.setdefault(item.notice.id, item)
    return sorted(best.values(), key=lambda item: (_ORDER[item.severity], item.change.id))


def _groups(field: Field, decide: list[Candidate], setting: RenderContext) -> tuple[Group, ...]:
    """By topic, RED groups first, and by jurisdiction within a topic."""
    by_topic: dict[str, list[Candidate]] = {}
    for item in decide:
        labels = item.change.labels or tuple(label.topic for label in item.notice.labels)
        topic = setting.topic_name(labels[0]) if labels else say("topics", setting.lang)
        by_topic.setdefault(topic, []).append(item)
    groups = []
    for topic, items in by_topic.items():
        items.sort(key=lambda item: (_ORDER[item.severity], item.notice.jurisdiction))
        alerts = tuple(_alert(field, item, setting) for item in items)
        groups.append(Group(topic=topic, alerts=alerts))
    return tuple(groups)


def _alert(field: Field, item: Candidate, setting: RenderContext) -> Alert:
    change = item.change
    notice = field.archive.notices.get(item.notice.id) or item.notice
    diff = field.archive.comparisons.of_change(change.id) if change.from_version else None
    return build_alert(notice, change, diff, setting)


def _title(item: Candidate, lang: Lang) -> TitleLine:
    return TitleLine(
        mark=SEVERITY_MARK.get(item.severity, SEVERITY_MARK["grey"]),
        place=jurisdiction_name(item.notice.jurisdiction, lang),
        what=what_happened(item.notice, item.change, lang),
        title=item.notice.title,
        url=item.notice.url,
    )


def _spots(field: Field, subscription: Subscription) -> tuple[BlindSpot, ...]:
    spots = blind_spots(field.healths, field.house, field.now)
    wanted = subscription.jurisdictions
    return tuple(spot for spot in spots if wanted == "all" or spot.jurisdiction in wanted)


def _coverage(field: Field, subscription: Subscription) -> tuple[Coverage, ...]:
    known = load_jurisdictions()
    codes = known if subscription.jurisdictions == "all" else subscription.jurisdictions
    provinces = [code for code in codes if code.startswith("CN-")]
    acts = [
        notice for notice in field.notices.values() if asks_for(subscription, notice, field.house)
    ]
    return coverage(provinces, acts, field.house.sources, field.healths)


def _national_rule(field: Field, subscription: Subscription) -> bool:
    everywhere = subscription.model_copy(update={"jurisdictions": "all"})
    acts = [
        notice for notice in field.notices.values()
        if notice.jurisdiction == "CN" and asks_for(everywhere, notice, field.house)
    ]  # fmt: skip
    [china] = coverage(["CN"], acts, field.house.sources, field.healths)
    return china.state == "rule"


def _healthy(field: Field, lang: Lang) -> str:
    """Sources that are well among those watched; never polled counts as well."""
    watched = {key for key, source in field.house.sources.items() if source.enabled}
    watched = watched or {health.key for health in field.healths}
    ill = {health.key for health in field.healths if health.state != "ok"}
    return say("digest_healthy", lang, n=len(watched - ill), total=len(watched))


def _activity(
    field: Field, subscription: Subscription, period: Period
) -> tuple[tuple[str, int], ...]:
    """Relevant changes in each of the last weeks up to the period's end."""
    zone = field.house.zone
    last = local_day(period.until - timedelta(microseconds=1), zone)
    monday = last - timedelta(days=last.weekday())
    weeks = [monday - timedelta(days=7 * back) for back in reversed(range(ACTIVITY_WEEKS))]
    first = datetime.combine(weeks[0], datetime.min.time(), tzinfo=zone)
    counts: Counter[date] = Counter()
    for change in field.told(subscription, first, period.until):
        day = local_day(change.at, zone)
        counts[day - timedelta(days=day.weekday())] += 1
    return tuple((f"W{week.isocalendar().week:02d}", counts[week]) for week in weeks)


def _covers(period: Period, setting: RenderContext) -> str:
    stamps = (f"{moment.astimezone(setting.zone):%Y-%m-%d %H:%M}"
              for moment in (period.since, period.until))  # fmt: skip
    since, until = stamps
    return say("digest_covers", setting.lang, since=since, until=until)


def _verdict(counts: Counter[str], lang: Lang) -> str:
    parts = [f"{counts[level]} {level.upper()}" for level in _ORDER if counts[level]]
    return (", " if lang == "en" else "，").join(parts) or say("sec_gone", lang)


def _short_name(spot: BlindSpot, lang: Lang) -> str:
    """A source's name as short as a subject line needs it."""
    if lang == "zh":
        return clip(spot.name_zh, 20)
    name = spot.name_en
    for words in ("Department of ", "Municipal ", "Commission of ", "Bureau of "):
        name = name.replace(words, "")
    return clip(name.split(" and ")[0], 32)


def _subject(
    period: Period,
    verdict: str,
    healthy: str,
    told: bool,
    dates: tuple[OpenDate, ...],
    spots: tuple[BlindSpot, ...],
    setting: RenderContext,
) -> str:
    """The verdict, the next date and the longest blind spot."""
    lang = setting.lang
    semicolon = "; " if lang == "en" else "；"
    parts = [verdict if told else f"{verdict}{semicolon}{healthy}"]
    if dates:
        parts.append(say("digest_next", lang, date=short_day(dates[0].day, lang)))
    if spots:
        first = spots[0]
        who = _short_name(first, lang)
        days = (setting.now - first.since).days
        key = "digest_blind" if len(spots) == 1 else "digest_blind_more"
        parts.append(say(key, lang, who=who, n=days, more=len(spots) - 1))
    return f"[{period.label}] " + " · ".join(parts)
