"""Show on an alert who has the act in hand: one line that the last click never hides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.records.handling import HandlingState
from i18n.phrases import Lang, clip
from i18n.slack_words import due_words, slack_words
from notifier.render.slack_blocks import BUTTONS_BLOCK, OWNED_BLOCK, Block, button_block, escape
from notifier.slack.chat_answers import ChatDesk

_WORDS = {"acknowledged": "acknowledged", "assessed": "assessed", "closed": "closed"}


def handled_blocks(
    blocks: Sequence[Block], state: HandlingState, desk: ChatDesk, lang: Lang
) -> list[Block]:
    """The blocks of an alert with the line of its state, and the buttons that fit it."""
    value, page = _buttons_of(blocks, state)
    kept = [b for b in blocks if b.get("block_id") not in (BUTTONS_BLOCK, OWNED_BLOCK)]
    words = state_words(state, desk, lang)
    line = [_state_block(words, desk.page(state.notice_id), lang)] if words else []
    buttons = button_block(value, page, lang, undo=bool(state.undoable))
    return [*kept, *line, buttons]


def state_words(state: HandlingState, desk: ChatDesk, lang: Lang) -> str:
    """``Anna Keller has it · by 18 Dec 2026 (18 days left) · with the portal's people``; '' for
    an act that nobody has touched."""
    shown = desk.people.shown
    parts = []
    if state.state == "assigned" and state.owner:
        parts.append(slack_words("taken", lang, who=shown(state.owner)))
    elif state.undoable == "not_for_us" and state.state in ("closed", "acknowledged"):
        key = "set_aside" if state.state == "closed" else "waits"
        parts.append(slack_words(key, lang, who=shown(state.by)))
    elif state.state in _WORDS:
        parts.append(slack_words(_WORDS[state.state], lang, who=shown(state.by)))
        if state.owner and state.owner != state.by:
            parts.append(slack_words("taken", lang, who=shown(state.owner)))
    elif state.by:
        parts.append(slack_words("given_back", lang, who=shown(state.by)))
    if parts and state.due:
        parts.append(due_words(state.due, desk.today, lang))
    if parts and state.note:
        parts.append(clip(state.note, 200))
    return " · ".join(parts)


def _state_block(words: str, page: str | None, lang: Lang) -> Block:
    link = f" · <{page.replace('&', '&amp;')}|{slack_words('archive', lang)}>" if page else ""
    element = {"type": "mrkdwn", "text": f"{escape(words)}{link}", "verbatim": True}
    return {"type": "context", "block_id": OWNED_BLOCK, "elements": [element]}


def _buttons_of(
    blocks: Sequence[Mapping[str, Any]], state: HandlingState
) -> tuple[str, str | None]:
    """Value and page of the buttons that an alert was sent with."""
    for block in blocks:
        if block.get("block_id") == BUTTONS_BLOCK:
            elements = block["elements"]
            page = next((one["url"] for one in elements if one.get("url")), None)
            return str(elements[0].get("value", f"{state.notice_id}:0")), page
    return f"{state.notice_id}:0", None
