"""Build a digest from the archive, for one subscription and one period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from config.loader import load_jurisdictions
from config.model import Subscription
from domain.acts.status import NO_LONGER_AHEAD
from domain.records.change import Change
from domain.records.states import SEVERITY_RANK, ChangeKind
from i18n.headline_text import told_text
from i18n.phrases import SEVERITY_MARK, Lang, clip, jurisdiction_name, local_day, say, short_day
from notifier.messages.alert import Alert, RenderContext, build_alert
from notifier.messages.blind_spots import BlindSpot, blind_spots
from notifier.messages.digest_dates import open_dates
from notifier.messages.digest_inputs import DigestInputs, asks_for, loud_last
from notifier.messages.digest_model import Digest, OpenDate, TitleLine, TopicGroup
from notifier.messages.near_notices import near_notices
from notifier.messages.period import Period
from notifier.selection.coverage import Coverage, coverage
from notifier.selection.matching import Candidate

ACTIVITY_WEEKS = 8
DETAILED = 20  # acts told with facts and words of the diff; the rest by title


def build_digest(
    inputs: DigestInputs, subscription: Subscription, period: Period, changes: Iterable[Change]
) -> Digest:
    """The digest of a subscription: these changes, and the dates and silences of today."""
    setting = inputs.context.setting(inputs.now, subscription.language)
    told = inputs.wanted(subscription, changes)
    gone = [item for item in told if _is_gone(item)]
    away = {item.notice.id for item in gone}
    live = loud_last(_one_per_act(item for item in told if item.notice.id not in away))
    decide = [item for item in live if item.severity in ("red", "amber")]
    minor = [item for item in live if item.severity == "grey"]
    dates = open_dates(inputs, subscription, setting)
    spots = _spots(inputs, subscription)
    counts = Counter(item.severity for item in live)
    healthy = _healthy(inputs, setting.lang)
    verdict = _verdict(counts, setting.lang) if told else say("digest_nothing", setting.lang)
    semicolon = "; " if setting.lang == "en" else "；"
    opening = verdict if told else f"{verdict}{semicolon}{healthy}"
    return Digest(
        lang=setting.lang,
        both=subscription.language == "both",
        subject=_subject(period, opening, dates, spots, setting),
        covers=_covers(period, setting),
        empty=not told,
        verdict=verdict,
        healthy=healthy,
        groups=_groups(inputs, decide[:DETAILED], setting),
        dates=dates,
        minor=tuple(_title(item, setting.lang) for item in [*decide[DETAILED:], *minor]),
        gone=tuple(_title(item, setting.lang) for item in _one_per_act(gone)),
        covered=_coverage(inputs, subscription),
        national=_national_rule(inputs, subscription),
        blind=tuple(spot.line(setting.lang, inputs.context) for spot in spots),
        activity=_activity(inputs, subscription, period),
        near=near_notices(inputs, subscription, period, setting.lang),
        vouched=_vouched(inputs, setting.lang),
    )


def _vouched(inputs: DigestInputs, lang: Lang) -> str:
    """The head of the chain: whoever keeps the digest can show later what was stored by then."""
    head = inputs.archive.chain.head()
    return say("chain_head", lang, n=head.versions, head=head.sha256) if head else ""


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
    for item in sorted(items, key=lambda item: (SEVERITY_RANK[item.severity], -item.change.id)):
        best.setdefault(item.notice.id, item)
    return sorted(best.values(), key=lambda item: (SEVERITY_RANK[item.severity], item.change.id))


def _groups(
    inputs: DigestInputs, decide: list[Candidate], setting: RenderContext
) -> tuple[TopicGroup, ...]:
    """For whom it applies to first; then by topic, RED groups first, and by jurisdiction within
    a topic."""
    own = {item.notice.id for item in decide if _is_ours(inputs, item)}
    by_topic: dict[str, list[Candidate]] = {}
    for item in sorted(decide, key=lambda item: item.notice.id not in own):
        if item.notice.id in own:
            by_topic.setdefault(say("for_you", setting.lang), []).append(item)
            continue
        labels = item.change.labels or tuple(label.topic for label in item.notice.labels)
        topic = setting.topic_name(labels[0]) if labels else say("topics", setting.lang)
        by_topic.setdefault(topic, []).append(item)
    groups = []
    for topic, items in by_topic.items():
        items.sort(key=lambda item: (SEVERITY_RANK[item.severity], item.notice.jurisdiction))
        alerts = tuple(_alert(inputs, item, setting) for item in items)
        groups.append(TopicGroup(topic=topic, alerts=alerts))
    return tuple(groups)


def _is_ours(inputs: DigestInputs, item: Candidate) -> bool:
    return inputs.archive.reach.concerned(item.notice, inputs.context.entities).is_for()


def _alert(inputs: DigestInputs, item: Candidate, setting: RenderContext) -> Alert:
    change = item.change
    notice = inputs.archive.notices.get(item.notice.id) or item.notice
    diff = inputs.archive.comparisons.of_change(change.id) if change.from_version else None
    concerned = inputs.archive.reach.concerned(notice, inputs.context.entities)
    return build_alert(notice, change, diff, setting, concerned=concerned)


def _title(item: Candidate, lang: Lang) -> TitleLine:
    return TitleLine(
        mark=SEVERITY_MARK.get(item.severity, SEVERITY_MARK["grey"]),
        place=jurisdiction_name(item.notice.jurisdiction, lang),
        what=told_text(item.notice, item.change, lang),
        title=item.notice.title,
        url=item.notice.url,
    )


def _spots(inputs: DigestInputs, subscription: Subscription) -> tuple[BlindSpot, ...]:
    spots = blind_spots(inputs.healths, inputs.context, inputs.now)
    wanted = subscription.jurisdictions
    return tuple(spot for spot in spots if wanted == "all" or spot.jurisdiction in wanted)


def _coverage(inputs: DigestInputs, subscription: Subscription) -> tuple[Coverage, ...]:
    known = load_jurisdictions()
    codes = known if subscription.jurisdictions == "all" else subscription.jurisdictions
    provinces = [code for code in codes if code.startswith("CN-")]
    acts = [
        notice
        for notice in inputs.notices.values()
        if asks_for(subscription, notice, inputs.context)
    ]
    return coverage(provinces, acts, inputs.context.sources, inputs.healths)


def _national_rule(inputs: DigestInputs, subscription: Subscription) -> bool:
    everywhere = subscription.model_copy(update={"jurisdictions": "all"})
    acts = [
        notice
        for notice in inputs.notices.values()
        if notice.jurisdiction == "CN" and asks_for(everywhere, notice, inputs.context)
    ]
    [china] = coverage(["CN"], acts, inputs.context.sources, inputs.healths)
    return china.state == "rule"


def _healthy(inputs: DigestInputs, lang: Lang) -> str:
    """Sources that are well among those watched; never polled counts as well."""
    watched = {key for key, source in inputs.context.sources.items() if source.enabled}
    watched = watched or {health.key for health in inputs.healths}
    ill = {health.key for health in inputs.healths if health.state != "ok"}
    return say("digest_healthy", lang, n=len(watched - ill), total=len(watched))


def _activity(
    inputs: DigestInputs, subscription: Subscription, period: Period
) -> tuple[tuple[str, int], ...]:
    """Relevant changes in each of the last weeks up to the period's end."""
    zone = inputs.context.zone
    last = local_day(period.until - timedelta(microseconds=1), zone)
    monday = last - timedelta(days=last.weekday())
    weeks = [monday - timedelta(days=7 * back) for back in reversed(range(ACTIVITY_WEEKS))]
    first = datetime.combine(weeks[0], datetime.min.time(), tzinfo=zone)
    counts: Counter[date] = Counter()
    for change in inputs.told(subscription, first, period.until):
        day = local_day(change.at, zone)
        counts[day - timedelta(days=day.weekday())] += 1
    return tuple((f"W{week.isocalendar().week:02d}", counts[week]) for week in weeks)


def _covers(period: Period, setting: RenderContext) -> str:
    stamps = (
        f"{moment.astimezone(setting.zone):%Y-%m-%d %H:%M}"
        for moment in (period.since, period.until)
    )
    since, until = stamps
    return say("digest_covers", setting.lang, since=since, until=until)


def _verdict(counts: Counter[str], lang: Lang) -> str:
    parts = [f"{counts[level]} {level.upper()}" for level in SEVERITY_RANK if counts[level]]
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
    opening: str,
    dates: tuple[OpenDate, ...],
    spots: tuple[BlindSpot, ...],
    setting: RenderContext,
) -> str:
    """The verdict, the next date and the longest blind spot."""
    lang = setting.lang
    parts = [opening]
    if dates:
        parts.append(say("digest_next", lang, date=short_day(dates[0].day, lang)))
    if spots:
        first = spots[0]
        who = _short_name(first, lang)
        days = (setting.now - first.since).days
        key = "digest_blind" if len(spots) == 1 else "digest_blind_more"
        parts.append(say(key, lang, who=who, n=days, more=len(spots) - 1))
    return f"[{period.label}] " + " · ".join(parts)
