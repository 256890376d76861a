"""How much happens: jurisdictions by activity and by source health, topics by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from config.model import Source
from domain.records.notice import Notice
from domain.records.source_run import SourceHealth
from i18n.visitor_words import Words


def activity_levels(
    notices: Iterable[Notice], since: date, words: Words
) -> dict[str, tuple[str, str]]:
    """Map level and text of each jurisdiction by its relevant notices since a day, the most
    active first."""
    counts: dict[str, int] = defaultdict(int)
    for notice in notices:
        if notice.published and notice.published >= since:
            counts[notice.jurisdiction] += 1
    result = {}
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        level = "high" if count >= 5 else "some" if count >= 2 else "few"
        result[code] = (level, words.say("{:notice|notices}", count))
    return result


def health_levels(
    sources: Iterable[Source], health: Iterable[SourceHealth], words: Words
) -> dict[str, tuple[str, str]]:
    """Map level of each jurisdiction by its worst source."""
    states = {state.key: state for state in health}
    result: dict[str, tuple[str, str]] = {}
    rank = {"none": 0, "ok": 1, "yellow": 2, "red": 3}
    for source in sources:
        state = states.get(source.key)
        if state is None or state.last_polled is None:
            level, text = "none", words.t("never polled")
        else:
            name = words.source_state(str(state.state))
            level = _HEALTH_LEVELS.get(str(state.state), "yellow")
            text = name if level == "ok" else f"{source.key}: {name}"
        known = result.get(source.jurisdiction)
        if known is None or rank[level] > rank[known[0]]:
            result[source.jurisdiction] = (level, text)
    return result


_HEALTH_LEVELS = {"ok": "ok", "blocked": "red", "failing": "red"}


def weeks_until(today: date, count: int) -> list[date]:
    """The Mondays of the last weeks, this one included, oldest first."""
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=count - 1 - index) for index in range(count)]


@dataclass(frozen=True, kw_only=True)
class Series:
    """One topic's notices by week, as long as the weeks that it was made for."""

    topic: str  # "" for all notices together
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def highest(self) -> int:
        return max(self.counts, default=0)


def weekly_series(counted: Mapping[str, Mapping[date, int]], weeks: Sequence[date]) -> list[Series]:
    """All notices first, then the topics with the most notices."""
    found = [
        Series(topic=topic, counts=tuple(of_week.get(week, 0) for week in weeks))
        for topic, of_week in counted.items()
    ]
    return sorted(found, key=lambda series: (series.topic != "", -series.total, series.topic))
