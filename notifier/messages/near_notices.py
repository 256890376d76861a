"""Find the notices that were told to nobody though they came near the line of relevance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from config.model import Subscription
from domain.acts.near_line import is_near_line, near_passages
from domain.records.change import Change
from domain.records.notice import Notice
from i18n.phrases import Lang, clip, jurisdiction_name, place_name
from notifier.messages.digest_inputs import DigestInputs, loud_last
from notifier.messages.digest_model import NearNotice
from notifier.messages.period import Period
from notifier.selection.matching import Candidate, matches

_QUOTED = 160  # characters of the passage that says why


def near_notices(
    inputs: DigestInputs, subscription: Subscription, period: Period, lang: Lang
) -> tuple[NearNotice, ...]:
    """What a weekly digest lists as perhaps of concern: found in its period, not relevant, and
    from where the subscription looks. Once an act; the nearest first."""
    if not period.weekly:
        return ()
    changes = inputs.archive.changes.find(since=period.since, until=period.until)
    anything = {"topics": "all", "stages": "all", "kinds": "all", "severities": "all"}
    asked = subscription.model_copy(update=anything)
    found = {
        item.notice.id: item
        for item in _candidates(inputs, changes)
        if matches(asked, item, inputs.context)
    }
    nearest = sorted(found.values(), key=lambda item: -_percent(item.notice))
    return tuple(_near(item.notice, lang) for item in loud_last(nearest))


def _candidates(inputs: DigestInputs, changes: Iterable[Change]) -> Iterator[Candidate]:
    for change in changes:
        if change.baseline or not is_near_line(change.severity_rule_data):
            continue
        notice = inputs.archive.notices.get(change.notice_id, versions=False)
        if notice is not None and is_near_line(notice.severity_rule_data):
            yield Candidate(change=change, notice=notice)


def _percent(notice: Notice) -> int:
    rule = notice.severity_rule_data
    return int(rule.parameters["percent"]) if rule else 0


def _near(notice: Notice, lang: Lang) -> NearNotice:
    rule = notice.severity_rule_data
    assert rule is not None
    first = next(iter(near_passages(rule)), None)
    return NearNotice(
        number=notice.id,
        place=jurisdiction_name(notice.jurisdiction, lang),
        title=notice.title,
        url=notice.url,
        percent=int(rule.parameters["percent"]),
        quote=clip(first.text, _QUOTED) if first else "",
        where=place_name(first.where, lang) if first else "",
    )
