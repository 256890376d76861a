"""Choose what of an alert stands in the channel, nine lines at most; the rest is in its thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from i18n.phrases import jurisdiction_name
from i18n.slack_words import slack_words
from notifier.messages.alert import Alert
from notifier.render.lines import Line, TextRun, foot_lines, head_lines, text_lines

MOST_LINES = 9
_MOST_OF_ROLE = {"headline": 2, "act": 2, "status": 3}
_WHY_TOPICS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortAlert:
    """The lines in the channel, and those that follow in the thread: the diff apart, as it may
    go into a file."""

    first: Sequence[Line]
    details: Sequence[Line] = ()
    diff: Sequence[Line] = ()


def short_alert(alert: Alert) -> ShortAlert:
    """The whole alert where it is short; else line one, the act, where it stands, as many duties
    and facts as there is room for, and why it was selected."""
    head, foot, diff = head_lines(alert), foot_lines(alert), text_lines(alert)
    if len(head) + len(diff) + len(foot) <= MOST_LINES:
        return ShortAlert(first=[*head, *diff, *foot])
    fixed = _fixed(head)
    room = MOST_LINES - 1 - len(fixed)
    told = [line for line in head if line.role not in _MOST_OF_ROLE][:room]
    kept = [line for line in head if line in fixed or line in told]
    room -= len(told)
    shown = list(diff[:room]) if room >= 2 else []  # its heading and a line of it
    details = [*(line for line in head if line not in kept), *foot]
    left = [*diff[:1], *diff[len(shown) :]] if 0 < len(shown) < len(diff) else diff[len(shown) :]
    number = len(details) + len(left)
    return ShortAlert(
        first=[*kept, *shown, _why_line(alert, number)], details=details, diff=list(left)
    )


def _fixed(head: Sequence[Line]) -> list[Line]:
    """The lines that every alert has, as many of each kind as may be."""
    kept: list[Line] = []
    for line in head:
        most = _MOST_OF_ROLE.get(line.role, 0)
        if sum(other.role == line.role for other in kept) < most:
            kept.append(line)
    return kept


def _why_line(alert: Alert, rest: int) -> Line:
    """``why: portal · penalty · Shanghai — 12 more lines in the thread``."""
    names = [topic.name for topic in alert.topics[:_WHY_TOPICS]]
    place = jurisdiction_name(alert.jurisdiction, alert.lang) if alert.jurisdiction else ""
    what = " · ".join(part for part in (*names, place) if part)
    why = slack_words("why_selected", alert.lang, what=what) if what else ""
    more = slack_words("rest_in_thread", alert.lang, n=rest)
    return Line(role="meta", segs=(TextRun(text=" — ".join(p for p in (why, more) if p)),))
