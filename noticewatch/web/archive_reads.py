"""Read from the archive what several pages, tables and answers of the API show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from starlette.requests import Request

from domain.law.date_entries import DateEntry, open_date_entries
from domain.records.notice import Notice
from i18n.visitor_words import Words
from noticewatch.application.law.registered_law import known_in
from noticewatch.application.me.mine import Mine
from noticewatch.web.context import WebContext
from noticewatch.web.request_params import (
    day_parameter,
    mine_parameter,
    number_parameter,
    role_parameter,
)
from noticewatch.web.views import map_tiles, matrix, source_rows
from noticewatch.web.views.registered_acts import with_registered
from notifier.selection.coverage import CoverageState

CHECK_ACTION = "check"  # as the record names it


def read_states(
    site: WebContext, words: Words, notices: Sequence[Notice], *, registered: bool = True
) -> dict[str, tuple[CoverageState, str]]:
    """CoverageState and what may be said of every jurisdiction that has a tile or a source;
    ``registered``: where no rule was found, with the acts that the register knows."""
    codes = {source.jurisdiction for source in site.sources.values()} | set(map_tiles.TILES)
    known = matrix.FieldKnown(
        relevant=site.relevant(), sources=site.sources, health=site.archive.sources.all()
    )
    states = matrix.jurisdiction_states(codes, notices, known, words)
    return with_registered(states, known_in(codes, site.today), words) if registered else states


def read_matrix(
    site: WebContext,
    words: Words,
    role: str | None = None,
    as_of: date | None = None,
    mine: Mine | None = None,
) -> list[matrix.MatrixRow]:
    """The matrix: for a role, of a day, of our duties (``mine``), where they are given."""
    notices = site.relevant(as_of)
    notices = notices if mine is None else mine.only(notices)
    return matrix.matrix_rows(notices, read_states(site, words, notices), words, role, as_of)


def read_dates(site: WebContext, as_of: date | None = None) -> list[DateEntry]:
    """All open dates, soonest first; those that were open on a day where one is given."""
    return open_date_entries(site.dated(as_of), as_of or site.today)


def requested_dates(site: WebContext, request: Request) -> list[DateEntry]:
    """The open dates that a request asks for: by jurisdiction, topic, role, days ahead, as of a
    day, and ours."""
    params = request.query_params
    as_of = day_parameter(params.get("as_of"), "as_of")
    first = as_of or site.today
    role = role_parameter(params.get("role"))
    place, topic = params.get("jurisdiction"), params.get("topic")
    about = _about(site, topic, as_of) if topic else frozenset()
    days = number_parameter(params["days"], "days") if params.get("days") else None
    mine = mine_parameter(site, request)
    return [
        entry
        for entry in read_dates(site, as_of)
        if (not place or entry.jurisdiction == place)
        and (not topic or entry.notice_id in about)
        and (days is None or entry.days_left(first) <= days)
        and (role is None or (entry.duty is not None and entry.duty.who.role == role))
        and (mine is None or _is_mine(entry, mine))
    ]


def _about(site: WebContext, topic: str, as_of: date | None) -> frozenset[int]:
    """The relevant acts of a topic."""
    return frozenset(
        notice.id
        for notice in site.relevant(as_of)
        if any(label.topic == topic for label in notice.labels)
    )


def _is_mine(entry: DateEntry, mine: Mine) -> bool:
    """Whether a day is one of our duties', or of an act that holds one."""
    if entry.duty_id is not None:
        return entry.duty_id in mine.duties
    return entry.notice_id in mine.notices


def read_sources(site: WebContext) -> list[source_rows.SourceRow]:
    """Every source; those that need a look first."""
    return source_rows.source_rows(site.sources.values(), sources_known(site))


def sources_known(
    site: WebContext, key: str | None = None, *, history: int = 0
) -> source_rows.SourcesKnown:
    """Health with so many of the latest passes, and the checks asked for; of one source or all."""
    return source_rows.SourcesKnown(
        health={state.key: state for state in site.archive.sources.all(key, history=history)},
        asked=site.archive.audit_log.last_of_each(CHECK_ACTION),
        now=site.clock(),
    )
