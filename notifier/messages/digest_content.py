"""Build a digest from the archive, for one subscription and one period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from config.field.field_names import load_field
from config.loader import load_jurisdictions
from config.model import Subscription
from domain.acts.status import NO_LONGER_AHEAD
from domain.records.change import Change
from domain.records.states import SEVERITY_RANK, ChangeKind, SourceState
from i18n.headline_text import subject_text, told_text
from i18n.phrases import (
    SEVERITY_MARK,
    Lang,
    clip_words,
    jurisdiction_name,
    local_day,
    say,
    short_day,
)
from notifier.messages.alert import Alert, RenderContext, build_alert
from notifier.messages.blind_spots import BlindSpot, blind_spots
from notifier.messages.digest_changes import changed_act
from notifier.messages.digest_dates import open_dates
from notifier.messages.digest_inputs import DigestInputs, asks_for, loud_last
from notifier.messages.digest_model import Digest, TitleLine
from notifier.messages.near_notices import near_notices
from notifier.messages.period import Period
from notifier.selection.coverage import Coverage, coverage
from notifier.selection.matching import Candidate

ACTIVITY_WEEKS = 8
DETAILED = 10  # acts that apply to our companies, told with their duties
LISTED = 60  # acts told on a line of their own; the rest by title
_SUBJECT_LIMITS = (80, 60)  # characters of the first and the second act in a subject


def build_digest(
    inputs: DigestInputs, subscription: Subscription, period: Period, changes: Iterable[Change]
) -> Digest:
    """The digest of a subscription: these changes, and the dates and silences of today."""
    setting = inputs.context.setting(inputs.now, subscription.language)
    told = [item for item in inputs.wanted(subscription, changes) if not _is_closed(inputs, item)]
    gone = _one_per_act(item for item in told if _is_gone(item))
    away = {item.notice.id for item in gone}
    live = loud_last(_one_per_act(item for item in told if item.notice.id not in away))
    decide = [item for item in live if item.severity in ("red", "amber")]
    ours = [item for item in decide if _is_ours(inputs, item)][:DETAILED]
    others = [item for item in decide if item not in ours]
    minor = [item for item in live if item.severity == "grey"]
    dates = open_dates(inputs, subscription, setting)
    spots = _spots(inputs, subscription)
    return Digest(
        lang=setting.lang,
        both=subscription.language == "both",
        subject=_subject(period, _news(inputs, [*ours, *others, *gone, *minor], setting), setting),
        covers=_covers(period, setting),
        empty=not told,
        verdict=_verdict(live, setting.lang),
        healthy=_healthy(inputs, setting.lang),
        ours=tuple(_alert(inputs, item, setting) for item in ours),
        dates=dates,
        changed=tuple(changed_act(inputs, item, setting) for item in others[:LISTED]),
        minor=tuple(_title(item, setting.lang) for item in [*others[LISTED:], *minor]),
        gone=tuple(_title(item, setting.lang) for item in gone),
        covered=_coverage(inputs, subscription),
        national=_national_rule(inputs, subscription),
        blind=_blind(inputs, subscription, spots, setting.lang),
        activity=_activity(inputs, subscription, period),
        near=near_notices(inputs, subscription, period, setting.lang),
        vouched=_vouched(inputs, setting.lang),
        public_url=setting.public_url,
    )


def _is_closed(inputs: DigestInputs, item: Candidate) -> bool:
    return inputs.handled.closed(item.notice.id, item.change.at)


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
    """The sources that cannot be read now, for however short a time: nothing is known of them."""
    spots = blind_spots(inputs.healths, inputs.context, inputs.now, after=timedelta())
    wanted = subscription.jurisdictions
    return tuple(spot for spot in spots if wanted == "all" or spot.jurisdiction in wanted)


def _blind(
    inputs: DigestInputs, subscription: Subscription, spots: Iterable[BlindSpot], lang: Lang
) -> tuple[str, ...]:
    """A line for each source that cannot be read, and one for those that never were."""
    lines = [spot.line(lang, inputs.context) for spot in spots]
    wanted, read = subscription.jurisdictions, _read(inputs)
    unread = [
        key
        for key, source in inputs.context.sources.items()
        if source.enabled and key not in read and (wanted == "all" or source.jurisdiction in wanted)
    ]
    if unread:
        lines.append(say("unread_yet", lang, n=len(unread)))
    return tuple(lines)


def _read(inputs: DigestInputs) -> set[str]:
    return {health.key for health in inputs.healths if health.last_polled is not None}


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
    """Sources that were read and are well among those watched."""
    watched = {key for key, source in inputs.context.sources.items() if source.enabled}
    watched = watched or {health.key for health in inputs.healths}
    well = {
        health.key
        for health in inputs.healths
        if health.last_polled is not None and health.state in (SourceState.OK, SourceState.SILENT)
    }
    return say("digest_healthy", lang, n=len(watched & well), total=len(watched))


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


def _verdict(live: Iterable[Candidate], lang: Lang) -> str:
    """How many acts of each severity; without any, that there is nothing."""
    counts = Counter(item.severity for item in live)
    parts = [f"{counts[level]} {level.upper()}" for level in SEVERITY_RANK if counts[level]]
    return (", " if lang == "en" else "，").join(parts) or say("digest_nothing", lang)


def _news(inputs: DigestInputs, told: list[Candidate], setting: RenderContext) -> str:
    """What a subject says: the first two acts, most urgent first; without any, that there is
    nothing, and how many sources that was heard from."""
    lang = setting.lang
    mark = "; " if lang == "en" else "；"
    if not told:
        return mark.join((say("digest_nothing", lang), _healthy(inputs, lang)))
    lines = [
        clip_words(subject_text(item.notice, item.change, lang), limit)
        for item, limit in zip(told, _SUBJECT_LIMITS, strict=False)
    ]
    if len(told) > len(lines):
        lines.append(say("more", lang, n=len(told) - len(lines)))
    return mark.join(lines)


def _subject(period: Period, news: str, setting: RenderContext) -> str:
    """The subject line: the week or the day, and what happened."""
    short = load_field().short
    field = short.zh if setting.lang == "zh" else short.en
    if period.weekly:
        return say("digest_week", setting.lang, field=field, n=period.week, what=news)
    date = short_day(local_day(period.due, setting.zone), setting.lang)
    return say("digest_day", setting.lang, field=field, date=date, what=news)
