"""Say in the thread what was put right: as it was, struck, and as it is."""

from __future__ import annotations

from typing import Any

from domain.records.fact import Fact
from domain.records.handling import Correction
from domain.records.states import FactKind
from i18n.fact_text import fact_text
from i18n.phrases import Lang, fact_name
from i18n.slack_words import slack_words
from notifier.render.slack_blocks import escape, literal
from notifier.slack.chat_answers import ChatDesk


def correction_message(done: Correction, desk: ChatDesk, lang: Lang) -> dict[str, Any]:
    """Text and blocks of the message."""
    lead = slack_words("corrected", lang, who=desk.people.shown(done.who))
    name = slack_words("topic", lang) if done.kind == "topic" else fact_name(done.kind, lang)
    was, now = _shown(done, done.was, desk, lang), slack_words("gone", lang)
    if done.now is not None:
        now = _shown(done, done.now, desk, lang)
    runs = [
        {"type": "text", "text": literal(f"{lead} {name} ")},
        {"type": "text", "text": literal(was), "style": {"strike": True}},
        {"type": "text", "text": literal(f" → {now}")},
    ]
    section = {"type": "rich_text_section", "elements": runs}
    return {
        "text": escape(f"{lead} {name}"),
        "blocks": [{"type": "rich_text", "elements": [section]}],
        "unfurl_links": False,
    }


def _shown(done: Correction, value: Any, desk: ChatDesk, lang: Lang) -> str:
    if done.kind == "topic":
        return desk.topics.get(str(value), (str(value), str(value)))[lang == "zh"]
    kind = FactKind(done.kind)
    return fact_text(Fact.from_json(kind=kind, value=value, quote=done.quote, where=""), lang)
