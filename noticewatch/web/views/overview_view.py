"""The whole field: what each jurisdiction has, which dates are open, how much happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from config.model import Source
from domain.acts.status import CHANGED_SINCE, NO_LONGER_BINDING
from domain.facts.open_dates import dated_facts
from domain.records.fact import Fact
from domain.records.notice import Notice
from domain.records.source_run import SourceHealth
from domain.records.states import FactKind
from i18n.visitor_words import Words
from notifier.selection.coverage import Coverage

MATRIX_COLUMNS = ("traceability-format", "portal", "penalty", "effective")
_TOPIC_FACTS: Mapping[str, tuple[FactKind, ...]] = {
    "traceability-format": (FactKind.CODE_FORMAT, FactKind.DATA_FIELD),
    "portal": (FactKind.PORTAL, FactKind.DEADLINE),
    "penalty": (FactKind.FINE,),
}
_NOTHING = "nothing found on {:healthy source|healthy sources}"


# ----------------------------------------------------------------- honest states


def state_text(state: Coverage, words: Words, *, national_rule: bool) -> str:
    """What may honestly be said of a jurisdiction (promise 3); "nobody has implemented it"
    is never said."""
    t = words.t
    since = f"{state.since:%Y-%m-%d}" if state.since else ""
    text = {
        "rule": t("rule found"),
        "draft": t("draft only"),
        "nothing": words.say(f"{_NOTHING} since {{}}", state.sources, since)
        if since
        else words.say(_NOTHING, state.sources),
        "unreadable": t("unreadable since {}").format(since) if since else t("unreadable"),
        "unwatched": t("not watched"),
    }[state.state]
    if national_rule and state.jurisdiction.startswith("CN-") and state.state != "rule":
        return words.joined(text, t("national rule applies directly"))
    return text


# ------------------------------------------------------------------------ matrix


@dataclass(frozen=True, kw_only=True)
class MatrixCell:
    text: str
    quote: str = ""
    notice_id: int | None = None
    source: str = ""  # the notice's number, else its title
    published: date | None = None
    state: str = "fact"


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    jurisdiction: str
    cells: Mapping[str, MatrixCell]

    @property
    def stated(self) -> bool:
        """Whether any cell holds a fact."""
        return any(cell.notice_id for cell in self.cells.values())


def latest_fact(notices: Iterable[Notice], topic: str) -> tuple[Notice, Fact] | None:
    """The newest notice's fact that answers the topic; notices newest first.

    A deadline may be about anything: it counts only in a notice with the topic.
    """
    for notice in notices:
        labelled = any(label.topic == topic for label in notice.labels)
        for kind in _TOPIC_FACTS[topic]:
            for fact in notice.facts:
                if fact.kind == kind and (labelled or kind is not FactKind.DEADLINE):
                    return notice, fact
    return None


def by_jurisdiction(notices: Iterable[Notice]) -> dict[str, list[Notice]]:
    """Relevant notices of each jurisdiction, newest first."""
    groups: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        groups[notice.jurisdiction].append(notice)
    for group in groups.values():
        group.sort(key=lambda notice: notice.published or date.min, reverse=True)
    return groups


def matrix_row(
    jurisdiction: str, notices: Sequence[Notice], silence: MatrixCell, words: Words
) -> MatrixRow:
    """One jurisdiction's latest facts; a cell without one shows ``silence``."""
    valid = [notice for notice in notices if notice.status not in NO_LONGER_BINDING]
    if silence.state in ("rule", "draft"):
        silence = replace(silence, text=words.joined(silence.text, words.t("this not stated")))
    cells: dict[str, MatrixCell] = {}
    for column in MATRIX_COLUMNS[:-1]:
        found = latest_fact(valid, column)
        cells[column] = _fact_cell(*found, words) if found else silence
    dated = next((notice for notice in valid if notice.effective), None)
    cells["effective"] = (
        MatrixCell(
            text=f"{dated.effective}{_mark(dated, words)}",
            quote=dated.title,
            notice_id=dated.id,
            source=dated.document_number or dated.title,
            published=dated.published,
        )
        if dated
        else silence
    )
    return MatrixRow(jurisdiction=jurisdiction, cells=cells)


def _fact_cell(notice: Notice, fact: Fact, words: Words) -> MatrixCell:
    text = words.duty(fact) + _mark(notice, words)
    return MatrixCell(
        text=text,
        quote=f"{fact.quote} {fact.where}",
        notice_id=notice.id,
        source=notice.document_number or notice.title,
        published=notice.published,
    )


def _mark(notice: Notice, words: Words) -> str:
    """What a reader must know before relying on the fact."""
    if notice.stage == "draft":
        return f" ({words.t('draft')})"
    if notice.status in CHANGED_SINCE:
        return f" ({words.status(notice.status)})"
    return ""


# --------------------------------------------------------------------- deadlines


@dataclass(frozen=True, kw_only=True)
class DateEntry:
    """A date that somebody must keep, with the notice and the words it comes from."""

    on: date
    kind: str  # comment_deadline | effective_date | expiry_date | deadline
    notice_id: int
    title: str
    jurisdiction: str
    quote: str
    severity: str

    def days_left(self, today: date) -> int:
        return (self.on - today).days


def open_dates(
    notices: Iterable[Notice], today: date, *, days: int | None = None
) -> list[DateEntry]:
    """Dates from today on, soonest first, each act's date once."""
    seen: set[tuple[int, str, date]] = set()
    entries = []
    last = today + timedelta(days=days) if days is not None else date.max
    for notice in notices:
        for fact, on in dated_facts(notice.facts, today):
            key = (notice.id, str(fact.kind), on)
            if not today <= on <= last or key in seen:
                continue
            seen.add(key)
            entries.append(
                DateEntry(
                    on=on,
                    kind=str(fact.kind),
                    notice_id=notice.id,
                    title=notice.title,
                    jurisdiction=notice.jurisdiction,
                    quote=fact.quote,
                    severity=notice.severity,
                )
            )
    return sorted(entries, key=lambda entry: (entry.on, entry.notice_id))


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


def activity(counted: Mapping[str, Mapping[date, int]], weeks: Sequence[date]) -> list[Series]:
    """All notices first, then the topics with the most notices."""
    found = [
        Series(topic=topic, counts=tuple(of_week.get(week, 0) for week in weeks))
        for topic, of_week in counted.items()
    ]
    return sorted(found, key=lambda series: (series.topic != "", -series.total, series.topic))
