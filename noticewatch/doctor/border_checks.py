"""Check the collectors of a hub: their last bundles, gaps, refusals, pages that are lacking."""

from __future__ import annotations

from collections.abc import Iterator

from noticewatch.application.application import Application
from noticewatch.doctor.check_result import CheckResult, ok, warning


def collectors(app: Application) -> Iterator[CheckResult]:
    """How each collector stands; nothing where there is none."""
    if not app.settings.border.collectors:
        return
    from noticewatch.application.border.receiver import collector_states, lasting_troubles

    for state in collector_states(app):
        check = f"collector {state.name}"
        if state.last is None:
            advice = "see docs/border.md; `noticewatch receive FOLDER` takes what has come"
            yield warning(check, "no bundle of it has come yet", advice)
            continue
        told = lasting_troubles(state, app.clock())
        detail = f"bundle {state.last.number}, came {state.last.received:%Y-%m-%d %H:%M}"
        if state.wanted:
            detail += f"; it is asked for {state.wanted} pages once more"
        if told:
            yield warning(check, f"{detail}; {'; '.join(told)}", "docs/border.md says what to do")
        else:
            yield ok(check, detail)
