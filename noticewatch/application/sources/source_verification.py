"""Sources that prove themselves on this machine: each read once, what has moved found again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin

from config.model import EvidenceNote, Platform, Source
from domain.records.states import SourceState
from i18n.catalogue import english
from noticewatch.application.sources.source_overlay import ColumnOverlay, OverlayFile, SourceOverlay

if TYPE_CHECKING:
    from crawler.discovery.column_looks import ColumnLook, SourceLook
    from crawler.discovery.moved_columns import HomePage, MovedColumn
    from domain.records.source_run import SourceHealth, SourceRun

Verdict = Literal["ok", "moved", "blocked", "failing", "changed", "silent", "not_asked"]

_TO_DO: dict[Verdict, str] = {
    "ok": "",
    "moved": "nothing: the new address is in the overlay; --share FILE helps the next release",
    "blocked": "try from an address in China (http.proxy), and not often",
    "failing": "try again later; if it lasts, look for the column in a browser",
    "changed": "open the column in a browser and correct the source file (docs/add-a-source.md)",
    "silent": "look in a browser whether the column still is the one with the notices",
    "not_asked": "try again: the site answered badly before this column's turn",
}
_BY_STATE: dict[SourceState, Verdict] = {
    SourceState.OK: "ok",
    SourceState.BLOCKED: "blocked",
    SourceState.FAILING: "failing",
    SourceState.LAYOUT_CHANGED: "changed",
    SourceState.SILENT: "silent",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnVerdict:
    """One column: as it was read, or where it was found instead."""

    look: ColumnLook
    verdict: Verdict
    moved: MovedColumn | None = None
    home_problem: str = ""

    @property
    def shown(self) -> ColumnLook:
        return self.moved.look if self.moved else self.look

    @property
    def to_do(self) -> str:
        return _TO_DO[self.verdict]

    @property
    def problems(self) -> tuple[str, ...]:
        told = [english(problem) for problem in self.look.problems]
        return (*told, *filter(None, [self.home_problem]))


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceVerdictOfDay:
    """One source with the verdicts on its columns."""

    source: Source
    columns: tuple[ColumnVerdict, ...]
    day: date

    @property
    def is_well(self) -> bool:
        return all(one.verdict in ("ok", "moved") for one in self.columns)

    @property
    def was_read(self) -> bool:
        """Whether at least one column reads as its file expects."""
        return any(one.verdict in ("ok", "moved") for one in self.columns)


def verify(
    sources: Sequence[Source], platforms: Mapping[str, Platform], today: date, *,
    progress: Callable[[SourceRun], None] | None = None,
    searching: Callable[[str, str], None] | None = None,
) -> tuple[SourceVerdictOfDay, ...]:  # fmt: skip
    """Read every source once and look for the columns that are not what their files expect.
    ``progress`` hears of each source that was read, ``searching`` of each search."""
    from crawler.discovery.column_looks import look_at

    looks = look_at(sources, platforms, today=today, progress=progress)
    return tuple(_judged(look, platforms, today, searching) for look in looks)


def _judged(
    look: SourceLook, platforms: Mapping[str, Platform], today: date,
    searching: Callable[[str, str], None] | None,
) -> SourceVerdictOfDay:  # fmt: skip
    homes: dict[str, HomePage] = {}
    columns = []
    for one in look.columns:
        verdict = _verdict(one)
        if verdict not in ("failing", "changed", "silent"):
            columns.append(ColumnVerdict(look=one, verdict=verdict))
            continue
        if searching is not None:
            searching(look.source.key, one.column.key)
        columns.append(_searched(look.source, one, platforms, today, homes))
    return SourceVerdictOfDay(source=look.source, columns=tuple(columns), day=today)


def _verdict(look: ColumnLook) -> Verdict:
    if not look.asked:
        return "not_asked"
    verdict = _BY_STATE[look.state]
    return "changed" if verdict == "ok" and look.problems else verdict


def _searched(
    source: Source, look: ColumnLook, platforms: Mapping[str, Platform], today: date,
    homes: dict[str, HomePage],
) -> ColumnVerdict:  # fmt: skip
    from crawler.discovery.moved_columns import find_moved, home_page

    site = urljoin(look.column.url, "/")
    if site not in homes:
        homes[site] = home_page(look.column.url, platforms)
    moved = find_moved(source, look.column, homes[site], platforms, today)
    if moved is not None:
        return ColumnVerdict(look=look, verdict="moved", moved=moved)
    problem = homes[site].problem
    return ColumnVerdict(look=look, verdict=_verdict(look), home_problem=problem)


# ------------------------------------------------------------------------------- results


def overlay_of(verdicts: Sequence[SourceVerdictOfDay], before: OverlayFile) -> OverlayFile:
    """What is known now: sources that were read are live as of the day, the others stay as they
    were known."""
    found = {one.source.key: _overlay(one, before) for one in verdicts if one.was_read}
    return OverlayFile(sources={**before.sources, **found})


def _overlay(one: SourceVerdictOfDay, before: OverlayFile) -> SourceOverlay:
    known = before.sources.get(one.source.key)
    columns = dict(known.columns) if known else {}
    for verdict in one.columns:
        if verdict.moved is None:
            continue
        old = columns.get(verdict.look.column.key)
        columns[verdict.look.column.key] = ColumnOverlay(
            was=old.was if old else verdict.look.column.url,
            url=verdict.moved.column.url,
            params=verdict.moved.column.params,
        )
    evidence = EvidenceNote(level="live", since=one.day, note=_note(one))
    return SourceOverlay(evidence=evidence, columns=columns)


def proved_by_passes(
    sources: Sequence[Source], health: Sequence[SourceHealth], before: OverlayFile
) -> OverlayFile | None:
    """What the service's own passes prove: sources that read as their files expect are live
    since their last good pass. None where nothing is new."""
    known = {state.key: state for state in health}
    found = {}
    for source in sources:
        state, told = known.get(source.key), before.sources.get(source.key)
        least = max(1, source.expect.min_rows)
        if told is not None or source.evidence.level == "live" or state is None:
            continue
        if state.state is SourceState.OK and state.last_ok is not None and state.rows >= least:
            note = f"{state.rows} rows in a pass of the service, newest {state.newest}."
            day = state.last_ok.date()
            found[source.key] = SourceOverlay(
                evidence=EvidenceNote(level="live", since=day, note=note)
            )
    return OverlayFile(sources={**before.sources, **found}) if found else None


def _note(one: SourceVerdictOfDay) -> str:
    shown = [each.shown for each in one.columns if each.verdict in ("ok", "moved")]
    newest = max((look.newest for look in shown if look.newest), default=None)
    rows = sum(look.rows for look in shown)
    read = f"{len(shown)} of {len(one.columns)} columns read, {rows} rows"
    return f"{read}, newest {newest}." if newest else f"{read}."


def verification_json(verdicts: Sequence[SourceVerdictOfDay]) -> list[dict[str, Any]]:
    """What was found of each source: public facts of its site, nothing of this machine."""
    return [
        {
            "key": one.source.key,
            "platform": one.source.platform,
            "day": one.day.isoformat(),
            "columns": [_column_json(each) for each in one.columns],
        }
        for one in verdicts
    ]


def _column_json(one: ColumnVerdict) -> dict[str, Any]:
    shown = one.shown
    told: dict[str, Any] = {
        "key": one.look.column.key,
        "url": one.look.column.url,
        "verdict": one.verdict,
        "rows": shown.rows,
        "dated": shown.dated,
        "newest": shown.newest.isoformat() if shown.newest else None,
        "parameters": dict(shown.parameters),
        "problems": list(one.problems),
        "to_do": one.to_do,
    }
    if one.moved is not None:
        moved = one.moved.column
        told["now"] = {"url": moved.url, "params": dict(moved.params), "by": one.moved.found_by}
    if shown.notice is not None:
        told["notice"] = {
            "published": shown.notice.published.isoformat() if shown.notice.published else None,
            "characters": shown.notice.characters,
            "attachments": shown.notice.attachments,
            "missing": list(shown.notice.missing),
        }
    return told


def report_lines(verdicts: Sequence[SourceVerdictOfDay]) -> Iterator[str]:
    """The report for people: what is well in a line each, then what to do, by site."""
    well = [one for one in verdicts if one.is_well]
    yield f"{len(well)} of {len(verdicts)} sources read as their files expect"
    for one in verdicts:
        for each in one.columns:
            if each.moved is not None:
                yield f"{one.source.key}/{each.look.column.key} moved to {each.moved.column.url}"
    for one in verdicts:
        if not one.is_well:
            yield ""
            yield f"{one.source.key} · {one.source.publisher}"
            yield from (line for each in one.columns for line in _to_do_lines(each))


def _to_do_lines(one: ColumnVerdict) -> Iterator[str]:
    if one.verdict in ("ok", "moved"):
        return
    yield f"  {one.look.column.key}: {one.verdict} · {one.look.column.url}"
    for problem in one.problems:
        yield f"    {problem}"
    yield f"    to do: {one.to_do}"
