"""View models that pages, API and command line share: pure functions of archive records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from archive.diff import Diff, PartDiff
from archive.records import Change, Fact, FactKind, Notice, SourceHealth
from config.model import Source
from notifier.coverage import Coverage

MATRIX_COLUMNS = ("traceability-format", "portal", "penalty", "effective")
_TOPIC_FACTS: Mapping[str, tuple[FactKind, ...]] = {
    "traceability-format": (FactKind.CODE_FORMAT, FactKind.DATA_FIELD),
    "portal": (FactKind.PORTAL, FactKind.DEADLINE),
    "penalty": (FactKind.FINE,),
}


def _part_json(part: PartDiff) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "label_before": part.label_before,
        "label_after": part.label_after,
        "spans": [{"op": span.op, "text": span.text} for span in part.spans],
    }


def diff_json(diff: Diff) -> dict[str, Any]:
    """The diff model as ``show --diff --json`` and the API give it."""
    return {
        "substantive": diff.substantive,
        "reason": diff.reason,
        "changed_characters": diff.changed_characters,
        "parts": [_part_json(part) for part in diff.parts],
        "fields": [
            {"field": field.field, "before": field.before, "after": field.after}
            for field in diff.fields
        ],
        "attachments": [
            {
                "kind": attachment.kind,
                "name_before": attachment.name_before,
                "name_after": attachment.name_after,
                "sha256_before": attachment.sha256_before,
                "sha256_after": attachment.sha256_after,
                "parts": [_part_json(part) for part in attachment.parts],
            }
            for attachment in diff.attachments
        ],
    }


# ----------------------------------------------------------------- honest states


def state_text(state: Coverage, *, national_rule: bool) -> str:
    """What may honestly be said of a jurisdiction (promise 3); "nobody has implemented it"
    is never said."""
    since = f" since {state.since:%Y-%m-%d}" if state.since else ""
    text = {
        "rule": "rule found",
        "draft": "draft only",
        "nothing": f"nothing found on {state.sources} healthy sources{since}",
        "unreadable": f"unreadable{since}",
        "unwatched": "not watched",
    }[state.state]
    if national_rule and state.jurisdiction.startswith("CN-") and state.state != "rule":
        return f"{text}; national rule applies directly"
    return text


# ------------------------------------------------------------------------ matrix


@dataclass(frozen=True, kw_only=True)
class MatrixCell:
    text: str
    quote: str = ""
    notice_id: int | None = None
    state: str = "fact"


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    jurisdiction: str
    cells: Mapping[str, MatrixCell]


def latest_fact(notices: Iterable[Notice], topic: str) -> tuple[Notice, Fact] | None:
    """The newest notice's fact that answers the topic; notices newest first."""
    for notice in notices:
        for kind in _TOPIC_FACTS[topic]:
            for fact in notice.facts:
                if fact.kind == kind and any(label.topic == topic for label in notice.labels):
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
    jurisdiction: str, notices: Sequence[Notice], silence: MatrixCell, sentence: Any
) -> MatrixRow:
    """One jurisdiction's latest facts; a cell without one shows ``silence``."""
    cells: dict[str, MatrixCell] = {}
    for column in MATRIX_COLUMNS[:-1]:
        found = latest_fact(notices, column)
        if found:
            notice, fact = found
            cells[column] = MatrixCell(text=sentence(fact), quote=fact.quote, notice_id=notice.id)
        else:
            cells[column] = silence
    dated = next((notice for notice in notices if notice.effective), None)
    cells["effective"] = (
        MatrixCell(text=f"{dated.effective}", quote=dated.title, notice_id=dated.id)
        if dated
        else silence
    )
    return MatrixRow(jurisdiction=jurisdiction, cells=cells)


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


_DATED = {
    FactKind.COMMENT_DEADLINE,
    FactKind.EFFECTIVE_DATE,
    FactKind.EXPIRY_DATE,
    FactKind.DEADLINE,
}


def fact_date(fact: Fact, today: date) -> date | None:
    """The calendar date of a fact, the next one for a yearly date; None for a duration."""
    value = fact.value
    if isinstance(value, str):
        return _iso(value)
    if isinstance(value, Mapping) and isinstance(value.get("date"), str):
        text = value["date"]
        if not text.startswith("--"):
            return _iso(text)
        for year in (today.year, today.year + 1):
            candidate = _iso(f"{year}-{text[2:]}")
            if candidate and candidate >= today:
                return candidate
    return None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def open_dates(
    notices: Iterable[Notice], today: date, *, days: int | None = None
) -> list[DateEntry]:
    """Dates from today on, soonest first, each act's date once."""
    seen: set[tuple[int, str, date]] = set()
    entries = []
    last = today + timedelta(days=days) if days is not None else date.max
    for notice in notices:
        for fact in notice.facts:
            if fact.kind not in _DATED:
                continue
            on = fact_date(fact, today)
            key = (notice.id, str(fact.kind), on or date.min)
            if on is None or not today <= on <= last or key in seen:
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


# -------------------------------------------------------------- facts and activity


@dataclass(frozen=True, kw_only=True)
class FactRow:
    """What, before, after, effect and quote: a line of a notice's first table."""

    what: str
    before: str | None
    after: str
    effect: str
    quote: str
    where: str


_WHAT = {
    FactKind.DEADLINE: "Deadline",
    FactKind.FINE: "Fine",
    FactKind.PORTAL: "Portal",
    FactKind.CODE_FORMAT: "Code format",
    FactKind.DATA_FIELD: "Data field",
    FactKind.THRESHOLD: "Threshold",
    FactKind.EFFECTIVE_DATE: "In force",
    FactKind.EXPIRY_DATE: "Expires",
    FactKind.COMMENT_DEADLINE: "Comments until",
}
_FIRST_ROWS = (
    FactKind.COMMENT_DEADLINE,
    FactKind.EFFECTIVE_DATE,
    FactKind.FINE,
    FactKind.DEADLINE,
    FactKind.PORTAL,
    FactKind.CODE_FORMAT,
    FactKind.THRESHOLD,
    FactKind.DATA_FIELD,
    FactKind.EXPIRY_DATE,
)


def fact_rows(notice: Notice, change: Change | None) -> list[FactRow]:
    """The facts that the last change touched with before and after, then what else the act
    states, most asked for first."""
    from archive.english import fact_sentence
    from archive.factpairs import pair_facts

    rows: list[FactRow] = []
    told: set[tuple[str, str]] = set()
    if change:
        for before, after in pair_facts(change.facts_before, change.facts_after):
            shown = after or before
            if shown is None or shown.kind not in _WHAT:
                continue
            told.add((str(shown.kind), shown.quote))
            rows.append(
                FactRow(
                    what=_WHAT[shown.kind],
                    before=f"{fact_sentence(before)} ({before.where})" if before else None,
                    after=f"{fact_sentence(after)} ({after.where})"
                    if after
                    else "no longer stated",
                    effect="changed" if before and after else "added" if after else "removed",
                    quote=shown.quote,
                    where=shown.where,
                )
            )
    for kind in _FIRST_ROWS:
        for fact in notice.facts:
            if fact.kind == kind and (str(fact.kind), fact.quote) not in told:
                rows.append(
                    FactRow(
                        what=_WHAT[kind],
                        before=None,
                        after=fact_sentence(fact),
                        effect="",
                        quote=fact.quote,
                        where=fact.where,
                    )
                )
    return rows


def activity(notices: Iterable[Notice], today: date, *, weeks: int = 12) -> list[tuple[str, int]]:
    """How many relevant notices each of the last weeks brought: (ISO week, count)."""
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=weeks - 1 - index) for index in range(weeks)]
    counts = dict.fromkeys(starts, 0)
    for notice in notices:
        if notice.published is None:
            continue
        start = notice.published - timedelta(days=notice.published.weekday())
        if start in counts:
            counts[start] += 1
    return [(f"W{start.isocalendar().week:02d}", counts[start]) for start in starts]


def activity_levels(notices: Iterable[Notice], since: date) -> dict[str, tuple[str, str]]:
    """Map level and text of each jurisdiction by its relevant notices since a day."""
    counts: dict[str, int] = defaultdict(int)
    for notice in notices:
        if notice.published and notice.published >= since:
            counts[notice.jurisdiction] += 1
    result = {}
    for code, count in counts.items():
        level = "high" if count >= 5 else "some" if count >= 2 else "few"
        result[code] = (level, f"{count} notices")
    return result


def health_levels(
    sources: Iterable[Source], health: Iterable[SourceHealth]
) -> dict[str, tuple[str, str]]:
    """Map level of each jurisdiction by its worst source."""
    states = {state.key: state for state in health}
    result: dict[str, tuple[str, str]] = {}
    rank = {"none": 0, "ok": 1, "yellow": 2, "red": 3}
    for source in sources:
        state = states.get(source.key)
        if state is None:
            level, text = "none", "never polled"
        elif state.state == "ok":
            level, text = "ok", "ok"
        elif state.state in {"blocked", "failing"}:
            level, text = "red", f"{source.key} {state.state}"
        else:
            level, text = "yellow", f"{source.key} {state.state}"
        known = result.get(source.jurisdiction, ("none", ""))
        if rank[level] >= rank[known[0]]:
            result[source.jurisdiction] = (level, text)
    return result
