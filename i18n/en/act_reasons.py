"""English sentences of the severity rule, of one act as copies, and of what ends an act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from i18n.en.fact_sentences import fact_change_phrase, fact_phrase
from i18n.sentence import Sentence, fact_of_parameter


def _near(what: str, day: str, days: int) -> str:
    """takes effect in 11 days (2026-12-01)."""
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"{what} {when} ({day})"


def _takes_effect(day: str, days: int) -> str:
    return _near("takes effect", day, days)


def _comments_close(day: str, days: int) -> str:
    return _near("comments close", day, days)


def _left(left: int) -> str:
    """The days left in brackets; nothing when the day is over."""
    if left < 0:
        return ""
    return f" ({left} {'day' if left == 1 else 'days'} left)" if left else " (today)"


def _takes_effect_on(day: str, left: int) -> str:
    return f"takes effect {day}{_left(left)}"


def _comments_close_on(day: str, left: int) -> str:
    return f"comments close {day}{_left(left)}"


def _fact_added(fact: Mapping[str, Any]) -> str:
    return f"new {fact_phrase(fact_of_parameter(fact))}"


def _fact_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return fact_change_phrase(fact_of_parameter(before), fact_of_parameter(after))


def _ended(verb: str, title: str, number: str | None, since: str | None) -> str:
    """repealed by 某办法 (某部令第1号) as of 2026-12-05."""
    return (
        f"{verb} by {title}{f' ({number})' if number else ''}{f' as of {since}' if since else ''}"
    )


def _repealed(title: str, number: str | None, since: str | None) -> str:
    return _ended("repealed", title, number, since)


def _partly_repealed(title: str, number: str | None, since: str | None) -> str:
    return _ended("repealed in part", title, number, since)


def _amended(title: str, number: str | None, since: str | None) -> str:
    return _ended("amended", title, number, since)


def _term_ends(day: str, ahead: int) -> str:
    """its term ends on 2026-12-31, in 60 days."""
    when = f", in {ahead} days" if ahead else ": its last day"
    return f"its term ends on {day}{when}, unless it is extended"


ACT_REASONS: dict[str, Sentence] = {
    "severity.not_relevant": "not relevant",
    "severity.near_line": "not relevant, but near the line ({percent} %)",
    "severity.repealed": "not binding: the act is repealed",
    "severity.expired": "not binding: the act is expired",
    "severity.letter": "not binding: a letter",
    "severity.interpretation": "not binding: an interpretation",
    "severity.invitation": "not binding: an invitation or a grant",
    "severity.names_ours": "a penalty, delisting or refusal names {companies}",
    "severity.delisting": "companies are struck off a list",
    "severity.list": "not binding: a list of companies or products",
    "severity.reply": "not binding: a reply",
    "severity.news": "not binding: news",
    "severity.eia": "not binding: an environmental assessment notice",
    "severity.case": "not binding: a case",
    "severity.no_rule": "not binding: no rule of its own found",
    "severity.binding": "binding",
    "severity.binding_because": "binding; {because}",
    "severity.draft_would_bind": "draft that would bind; {because}",
    "severity.draft_may_apply": "draft that may apply",
    "severity.draft_may_apply_until": "draft that may apply; comments close {day}",
    "severity.draft_ended": "draft that goes no further",
    "severity.reads_law": "an official reading of a rule that binds companies",
    "severity.scan_alone": "{because} — so a scan alone says: red once a person has read it",
    "severity.takes_effect": _takes_effect,
    "severity.comments_close": _comments_close,
    "severity.takes_effect_on": _takes_effect_on,
    "severity.comments_close_on": _comments_close_on,
    "severity.repealed_from": "repealed from {day} on",
    "severity.fact_added": _fact_added,
    "severity.fact_changed": _fact_changed,
    "identity.same_number": "same document number",
    "identity.misread_number": "identical but for the number",
    "identity.same_title_and_attachment": "same title and attachment",
    "identity.same_title_and_text": "same title and text",
    "identity.same_title_similar_text": "same title, near-duplicate text",
    "identity.same_title_text_attached": "same title, text in the attachment",
    "identity.similar_text": "near-identical text",
    "act.repealed": _repealed,
    "act.partly_repealed": _partly_repealed,
    "act.amended": _amended,
    "act.term_ends": _term_ends,
    "act.effect_undone": "what repealed or amended it is gone, or was not its issuer's to say",
}
