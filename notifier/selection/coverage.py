"""What each jurisdiction has, in honest states: never 'nobody has implemented it'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from config.model import Source
from domain.acts.status import NO_LONGER_BINDING
from domain.records.notice import Notice
from domain.records.source_run import SourceHealth
from domain.records.states import SourceState
from notifier.messages.source_messages import unreadable_since

State = Literal["rule", "draft", "nothing", "unreadable", "unwatched"]
STATES: tuple[State, ...] = ("rule", "draft", "nothing", "unreadable", "unwatched")


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """One jurisdiction: ``acts`` for rules and drafts, ``sources`` and ``since`` for silence;
    ``unwatched`` with sources means that they were never read yet."""

    jurisdiction: str
    state: State
    acts: int = 0
    sources: int = 0
    since: datetime | None = None


def coverage(
    jurisdictions: Iterable[str],
    notices: Iterable[Notice],
    sources: Mapping[str, Source],
    healths: Iterable[SourceHealth],
) -> tuple[Coverage, ...]:
    """The state of each jurisdiction, from the relevant acts and the health of its sources."""
    finals: dict[str, int] = {}
    drafts: dict[str, int] = {}
    for notice in notices:
        if notice.status in NO_LONGER_BINDING:
            continue
        if notice.stage == "final":
            finals[notice.jurisdiction] = finals.get(notice.jurisdiction, 0) + 1
        elif notice.stage == "draft":
            drafts[notice.jurisdiction] = drafts.get(notice.jurisdiction, 0) + 1
    known = {health.key: health for health in healths}
    rows = []
    for code in jurisdictions:
        if code in finals:
            rows.append(Coverage(jurisdiction=code, state="rule", acts=finals[code]))
        elif code in drafts:
            rows.append(Coverage(jurisdiction=code, state="draft", acts=drafts[code]))
        else:
            watched = [key for key, source in sources.items()
                       if source.jurisdiction == code and source.enabled]  # fmt: skip
            own = [known[key] for key in watched if key in known]
            rows.append(_silence(code, own, len(watched)))
    return tuple(rows)


def _silence(code: str, own: Sequence[SourceHealth], watched: int) -> Coverage:
    """Nothing found means something only where a source was read and still can be."""
    polled = [health for health in own if health.last_polled is not None]
    healthy = [h for h in polled if h.state in (SourceState.OK, SourceState.SILENT)]
    if healthy:
        read_since = max(health.since for health in healthy)
        return Coverage(jurisdiction=code, state="nothing", sources=len(healthy), since=read_since)
    gone = [since for health in polled if (since := unreadable_since(health)) is not None]
    if gone:
        return Coverage(jurisdiction=code, state="unreadable", sources=len(gone), since=max(gone))
    return Coverage(jurisdiction=code, state="unwatched", sources=watched)
