"""Build Block Kit messages that are within Slack's limits by construction.

Scraped words only ever stand in rich-text runs, which Slack does not parse, or escaped:
they cannot mention, link or break the layout. A long diff goes on in further messages,
meant for the same thread.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from i18n.phrases import Lang, clip
from i18n.slack_words import slack_words
from notifier.messages.alert import Alert
from notifier.render.lines import (
    Line,
    Summary,
    TextRun,
    archive_lines,
    clean_text,
    continued_title,
    cut_notice,
    entry_lines,
    handling_lines,
    summary_head,
    text_lines,
    web_url,
)
from notifier.render.plain_text import as_text
from notifier.render.short_alert import short_alert

Block = dict[str, Any]
Message = dict[str, Any]

MAX_BLOCKS = 50
MAX_TEXT = 3_900
MAX_SECTION = 3_000
TOTAL = 12_000  # characters of all blocks as JSON; Slack refuses from about 13,200
RICH_TEXT = 2_800  # characters of text in one rich-text block
CONTEXT_TEXT = 1_900
MAX_CONTINUED = 20  # messages after the first; what is beyond is in the archive
BUTTONS_BLOCK = "nw_buttons"
OWNED_BLOCK = "nw_owned"
_BUTTONS = ("take", "assign", "not_for_us", "wrong")  # as their actions and words are called
_STYLES = {"strong": {"bold": True}, "insert": {"bold": True}, "delete": {"strike": True}}
_FORMATTING = str.maketrans("|*_~`", "｜＊＿～｀")  # what would format or end a link's words
_OPENS_SYNTAX = re.compile(r"<(?=[!@#/a-zA-Z])")


def escape(text: str) -> str:
    """Text for mrkdwn: Slack's three control characters escaped, code fences broken."""
    text = clean_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("```", "'''")


def literal(text: str) -> str:
    """Text for a run that Slack shows as it is; syntax is broken up all the same."""
    return _OPENS_SYNTAX.sub("<\u2060", text)


def size(blocks: Sequence[Block]) -> int:
    return len(json.dumps(list(blocks), ensure_ascii=False))


def _element(seg: TextRun) -> dict[str, Any]:
    style = _STYLES.get(seg.style)
    element: dict[str, Any]
    if seg.mention:
        return {"type": "user", "user_id": seg.mention}
    if seg.url:
        element = {"type": "link", "url": seg.url, "text": literal(seg.text)}
    else:
        element = {"type": "text", "text": literal(seg.text)}
    return {**element, "style": style} if style else element


def _pack(lines: Sequence[Line]) -> list[Block]:
    """Lines as rich-text blocks, a new block whenever one is full."""
    blocks: list[Block] = []
    room = 0
    for line in lines:
        elements = [_element(seg) for seg in line.segs if seg.text]
        if not elements:
            continue
        length = len(line.plain)
        if not blocks or length > room:
            section = {"type": "rich_text_section", "elements": elements}
            blocks.append({"type": "rich_text", "elements": [section]})
            room = RICH_TEXT - length
            continue
        section = blocks[-1]["elements"][0]
        section["elements"] += [{"type": "text", "text": "\n"}, *elements]
        room -= length + 1
    return blocks


def _foot(lines: Sequence[Line]) -> list[Block]:
    """Meta lines: links as rich text, the rest small in one context block."""
    linked = [line for line in lines if line.role == "topic" or any(seg.url for seg in line.segs)]
    words = "\n".join(line.plain for line in lines if line not in linked)
    blocks = _pack(linked)
    if words:
        element = {"type": "plain_text", "text": literal(words)[:CONTEXT_TEXT], "emoji": False}
        blocks.append({"type": "context", "elements": [element]})
    return blocks


def message(text: str, blocks: Sequence[Block], dedupe_key: str) -> Message:
    """What chat.postMessage gets; ``text`` is the fallback that notifications show."""
    return {
        "text": clip(escape(text), MAX_TEXT),
        "blocks": list(blocks),
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": {
            "event_type": "noticewatch_alert",
            "event_payload": {"dedupe_key": dedupe_key},
        },
    }


def button_block(
    value: str, page: str | None = None, lang: Lang = "en", *, undo: bool = False
) -> Block:
    """The buttons of an alert; ``value`` is notice and change as ``1:2``, ``page`` where the
    archive shows the change. ``undo``: there is a step to take back."""
    elements = [
        _button(f"nw_{name}", slack_words(name, lang), value=value)
        for name in (*_BUTTONS, *(["undo"] if undo else []))
    ]
    if not undo:
        elements[0]["style"] = "primary"
    if page:
        elements.append(_button("nw_open", slack_words("open", lang), url=page))
    return {"type": "actions", "block_id": BUTTONS_BLOCK, "elements": elements}


def _button(action: str, words: str, **more: str) -> dict[str, Any]:
    text = {"type": "plain_text", "text": words, "emoji": False}
    return {"type": "button", "action_id": action, "text": text, **more}


def test_block(value: str, lang: Lang) -> Block:
    """A button that says that clicks come back."""
    return {
        "type": "actions",
        "elements": [_button("nw_test", slack_words("test", lang), value=value)],
    }


def with_change_note(blocks: Sequence[Block], words: str) -> list[Block]:
    """The first message of a thread saying when the act changed last: beside the small print,
    so that it takes no line of its own."""
    foot = [n for n, b in enumerate(blocks) if b["type"] == "context" and not _is_own(b)]
    element = {"type": "plain_text", "text": literal(words)[:CONTEXT_TEXT], "emoji": False}
    if not foot:
        own = [n for n, block in enumerate(blocks) if _is_own(block)]
        place = own[0] if own else len(blocks)
        return [*blocks[:place], {"type": "context", "elements": [element]}, *blocks[place:]]
    last = blocks[foot[-1]]
    noted = {**last, "elements": [last["elements"][0], element]}
    return [noted if block is last else block for block in blocks]


def _is_own(block: Block) -> bool:
    return block.get("block_id") in (OWNED_BLOCK, BUTTONS_BLOCK)


def note_block(words: str) -> Block:
    """Who did what with an alert."""
    element = {"type": "plain_text", "text": literal(words)[:CONTEXT_TEXT], "emoji": False}
    return {"type": "context", "block_id": OWNED_BLOCK, "elements": [element]}


def alert_messages(
    alert: Alert, dedupe_key: str, *, buttons: bool = False, as_file: bool = False
) -> list[Message]:
    """The alert in nine lines at most, then what follows in its thread: the rest of its facts and
    what is known of the act, and the diff, in messages or as one file."""
    short = short_alert(alert)
    first = message(_notification(alert), [*_body(short.first), *_acts(alert, buttons)], dedupe_key)
    if not short.details and not short.diff:
        return [first]
    if not as_file or not short.diff:
        return [first, *_continued(alert, [*short.details, *short.diff], dedupe_key)]
    name = f"diff-notice-{alert.notice_id}-change-{alert.change_id}.txt"
    content = as_text([*continued_title(alert), *text_lines(alert)]) + "\n"
    file = {"name": name, "title": clip(alert.title, 120), "content": content}
    details = _continued(alert, short.details, dedupe_key)
    key = f"{dedupe_key}:{len(details) + 2}"
    [words] = _continued(alert, short.diff, dedupe_key, most=1)  # should it be refused
    words["metadata"]["event_payload"]["dedupe_key"] = key
    return [first, *details, {**words, "file": file}]


def _body(lines: Sequence[Line]) -> list[Block]:
    """Lines as blocks, those of the foot small."""
    foot = [line for line in lines if line.role in ("meta", "topic")]
    return [*_pack([line for line in lines if line not in foot]), *_foot(foot)]


def _acts(alert: Alert, buttons: bool) -> list[Block]:
    """What a reader can do: buttons, else links."""
    if buttons:
        value = f"{alert.notice_id}:{alert.change_id}"
        return [button_block(value, alert.archive_url, alert.lang)]
    return _pack([*archive_lines(alert), *handling_lines(alert)])


def _notification(alert: Alert) -> str:
    """What a phone shows: the first line, and the act's title behind it."""
    return f"{alert.headline} · {clip(alert.title, 80)}"


def _continued(
    alert: Alert, rest: Sequence[Line], dedupe_key: str, most: int = MAX_CONTINUED
) -> list[Message]:
    """At most so many messages for what did not fit into the first one; each names the act,
    the last one says how much is missing."""
    messages: list[Message] = []
    title = continued_title(alert)
    lead = _pack(title if rest and rest[0].role == "diff" else title[:1])
    while rest:
        taken = max(1, _fitting(rest, TOTAL - size(lead) - 400))
        lines, rest = list(rest[:taken]), rest[taken:]
        if rest and len(messages) + 1 == most:
            lines, rest = [*lines, cut_notice(alert, len(rest))], ()
        key = f"{dedupe_key}:{len(messages) + 2}"
        messages.append(message(_notification(alert), [*lead, *_pack(lines)], key))
    return messages


def _fitting(lines: Sequence[Line], room: int) -> int:
    """How many lines fit into ``room`` characters of JSON, block frames included."""
    used = 200
    for number, line in enumerate(lines):
        used += 130 + size([_element(seg) for seg in line.segs])
        if used > room:
            return number if number > 1 else 0
    return len(lines)


def summary_messages(summary: Summary, dedupe_key: str) -> list[Message]:
    """A summary that names and links each act; what does not fit goes on in its thread."""
    head = _pack(summary_head(summary))
    messages: list[Message] = []
    blocks: list[Block] = list(head)
    text, used = "", size(head)
    for line in entry_lines(summary.entries):
        row = _mrkdwn(line) + "\n"
        if text and len(text) + len(row) > MAX_SECTION:
            blocks.append(_section(text))
            text, used = "", used + 80
        if used + len(row) + 120 > TOTAL or len(blocks) >= MAX_BLOCKS - 1:
            messages.append(_summary_part(summary, [*blocks, _section(text)], messages, dedupe_key))
            blocks, text, used = [], "", 0
        text += row
        used += len(row) + row.count('"') + 1
    if text:
        blocks.append(_section(text))
    messages.append(_summary_part(summary, blocks, messages, dedupe_key))
    return messages


def _summary_part(
    summary: Summary, blocks: list[Block], earlier: list[Message], dedupe_key: str
) -> Message:
    key = f"{dedupe_key}:{len(earlier) + 1}" if earlier else dedupe_key
    filled = [block for block in blocks if block.get("text", {"text": "x"})["text"]]
    return message(summary.headline, filled, key)


def _section(text: str) -> Block:
    # Verbatim: an address or a name in a scraped title does not become a link by itself.
    words = {"type": "mrkdwn", "text": text.rstrip("\n"), "verbatim": True}
    return {"type": "section", "text": words}


def _mrkdwn(line: Line) -> str:
    """One line as mrkdwn, links as ``<address|title>``; always short enough for a section."""
    parts = []
    for seg in line.segs:
        words = escape(seg.text).translate(_FORMATTING)
        url = web_url(seg.url) if seg.url else None
        parts.append(f"<{url.replace('&', '&amp;')}|{words}>" if url else words)
    return "".join(parts)


def page_messages(lines: Sequence[Line], dedupe_key: str) -> list[Message]:
    """Lines in as many messages as they need, the first one on top of the thread."""
    messages: list[Message] = []
    rest = list(lines)
    while rest:
        taken = max(1, _fitting(rest, TOTAL))
        key = f"{dedupe_key}:{len(messages) + 1}" if messages else dedupe_key
        messages.append(message(lines[0].plain, _pack(rest[:taken]), key))
        rest = rest[taken:]
    return messages


def plain_fallback(payload: Message) -> Message:
    """The same message without blocks: the second try when Slack refuses the first."""
    text = "\n".join(_texts(payload.get("blocks", []))) or payload["text"]
    kept = {key: value for key, value in payload.items() if key not in ("blocks", "file")}
    return {**kept, "text": text[:MAX_TEXT], "mrkdwn": False}


def _texts(blocks: Sequence[Block]) -> list[str]:
    """The words of blocks, escaped, with marks for what was inserted and deleted."""
    words: list[str] = []
    for block in blocks:
        if block["type"] == "section":
            words.append(block["text"]["text"])
        elif block["type"] == "context":
            words += [escape(element["text"]) for element in block["elements"]]
        elif block["type"] == "rich_text":
            runs = (run for section in block["elements"] for run in section["elements"])
            words.append("".join(_run_text(run) for run in runs))
    return words


def _run_text(run: dict[str, Any]) -> str:
    if run["type"] == "user":
        return f"<@{run['user_id']}>"
    words = escape(run["text"])
    if run["type"] == "link":
        return f"{words} {escape(run['url'])}"
    return f"[-{words}-]" if run.get("style", {}).get("strike") else words
