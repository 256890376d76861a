"""Sum up a pass over a source: its state with the reason, and what it brought and cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crawler.passes.documents import Tally
from crawler.passes.listing import ListState
from crawler.passes.pass_context import PassContext
from crawler.passes.source_verdict import errors_of, judge_source
from domain.records.source_run import SourceRun
from i18n.catalogue import english


def summed_up(
    context: PassContext, states: Sequence[ListState], tally: Tally, started: datetime
) -> SourceRun:
    """The record of a pass that has ended."""
    verdict = judge_source(context.findings)
    counts = context.fetcher.counts
    parameters: dict[str, str] = {}
    for state in states:
        parameters.update({f"{state.column.key}.{k}": v for k, v in state.parameters.items()})
    return SourceRun(
        key=context.source.key,
        started=started,
        finished=context.now,
        state=verdict.state,
        reason=english(verdict.reason) if verdict.reason else "",
        reason_data=verdict.reason,
        rows=sum(state.row_count for state in states),
        new=tally.new,
        revised=tally.revised,
        withdrawn=tally.withdrawn,
        requests=counts.requests,
        not_modified=counts.not_modified,
        errors=errors_of(context.findings),
        newest=max((s.newest for s in states if s.newest), default=None),
        robots=context.fetcher.robots_status(),
        parameters=parameters,
        bytes=counts.bytes,
        fresh_rows=context.budget.fresh_rows,
    )
