"""Line one of an alert: severity, place, what happened, who must do what by when."""

from __future__ import annotations

from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.reason import StoredReason
from i18n.headline_text import first_line
from i18n.phrases import SEVERITY_MARK, Lang


def effective_severity(notice: Notice, change: Change) -> tuple[str, StoredReason]:
    """Severity and rule of the change, or of the act where the change has none of its own."""
    if change.severity_rule:
        return change.severity, change.rule
    return notice.severity, notice.rule


def headline(notice: Notice, change: Change, lang: Lang) -> str:
    """The severity's mark and the first line, in the words of every other way out."""
    severity, _ = effective_severity(notice, change)
    mark = SEVERITY_MARK.get(severity, SEVERITY_MARK["grey"])
    return f"{mark} {first_line(notice, change, lang)}"


def is_confirmation(change: Change) -> bool:
    """Whether a change is the first page of the issuer's own, after those of other sites."""
    return change.reason_data is not None and change.reason_data.code == "change.confirmed"
