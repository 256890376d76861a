"""Say in the thread what was put right: as it was, struck, and as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.records.handling import Correction
from i18n.fact_text import corrected_value
from i18n.phrases import Lang, fact_name
from i18n.slack_words import slack_words
from notifier.render.slack_blocks import escape, literal
from notifier.slack.chat_answers import ChatDesk


def correction_message(done: Correction, desk: ChatDesk, lang: Lang) -> dict[str, Any]:
    """Text and blocks of the message."""
    lead = slack_words("corrected", lang, who=desk.people.shown(done.who))
    name = slack_words("topic", lang) if done.kind == "topic" else fact_name(done.kind, lang)
    was = corrected_value(done, done.was, _topic_names(desk, lang), lang)
    now = slack_words("gone", lang)
    if done.now is not None:
        now = corrected_value(done, done.now, _topic_names(desk, lang), lang)
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


def _topic_names(desk: ChatDesk, lang: Lang) -> Callable[[str], str]:
    return lambda topic: desk.topics.get(topic, (topic, topic))[lang == "zh"]
