"""Build the forms that Slack's buttons open, and read what was filled in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast, get_args

from config.people import People
from domain.facts.right_value import can_be_written, read_right_value
from domain.records.fact import Fact
from domain.records.handling import NotForUs
from domain.records.notice import Notice
from i18n.fact_text import fact_text
from i18n.phrases import Lang, clip, fact_name
from i18n.slack_words import slack_words

View = dict[str, Any]
Block = dict[str, Any]
TAKE, NOT_FOR_US, WRONG = "nw_take", "nw_not_for_us", "nw_wrong"
FORMS = (TAKE, NOT_FOR_US, WRONG)
_NOTE_LENGTH = 500
_MOST_CHOICES = 100  # options of a menu, by Slack's limit


@dataclass(frozen=True, kw_only=True, slots=True)
class FormPlace:
    """The act that a form is about, and the message whose button opened it."""

    notice_id: int
    channel: str
    ts: str

    def dumps(self) -> str:
        return json.dumps([self.notice_id, self.channel, self.ts])

    @classmethod
    def loads(cls, text: str) -> FormPlace | None:
        try:
            notice_id, channel, ts = json.loads(text)
        except (ValueError, TypeError):
            return None
        return cls(notice_id=int(notice_id), channel=str(channel), ts=str(ts))


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeForm:
    """Who takes an act on: ``owner`` is None for who fills it in."""

    owner: str | None
    due: date | None
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NotForUsForm:
    """Why an act is not for us, and whether the same holds for similar ones."""

    why: NotForUs
    note: str
    similar: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongForm:
    """What is wrong (``topic:ID`` or ``fact:N``) and what is right; both None: not at all."""

    what: str
    topic: str | None
    value: str | None
    note: str


class FormFault(Exception):
    """A field that is not filled in as it must be; ``block`` is where, the text is for people."""

    def __init__(self, block: str, words: str) -> None:
        super().__init__(words)
        self.block = block


def take_view(place: FormPlace, notice: Notice, people: People, lang: Lang, *, other: bool) -> View:
    """When it is due and a note; with ``other`` also who does it."""
    blocks = [_about(notice, lang)]
    if other:
        blocks.append(_input("owner", slack_words("owner", lang), _person_menu(people)))
    due: Block = {"type": "datepicker", "action_id": "due"}
    blocks.append(_input("due", slack_words("due", lang), due, optional=True))
    blocks.append(_note(lang))
    return _view(TAKE, place, slack_words("assign" if other else "take", lang), blocks, lang)


def not_for_us_view(place: FormPlace, notice: Notice, similar: int, lang: Lang) -> View:
    """Why, and whether it is so with the similar acts that nobody has touched."""
    reasons = [_option(slack_words(f"why_{why}", lang), why) for why in get_args(NotForUs)]
    menu = {"type": "radio_buttons", "action_id": "why", "options": reasons}
    blocks = [_about(notice, lang), _input("why", slack_words("why", lang), menu), _note(lang)]
    if similar:
        words = slack_words("similar", lang, n=similar)
        blocks.append(_tick("similar", words, lang))
    return _view(NOT_FOR_US, place, slack_words("not_for_us", lang), blocks, lang)


def wrong_view(
    place: FormPlace, notice: Notice, topics: Mapping[str, tuple[str, str]], lang: Lang
) -> View:
    """Which topic or fact is wrong, and what is right."""
    choices = list(_choices(notice, topics, lang))[:_MOST_CHOICES]
    known = [
        _option(names[lang == "zh"], topic) for topic, names in list(topics.items())[:_MOST_CHOICES]
    ]
    menu = {"type": "static_select", "action_id": "what", "options": choices}
    right = {"type": "static_select", "action_id": "topic", "options": known}
    value = {"type": "plain_text_input", "action_id": "value", "max_length": 100,
             "placeholder": _plain(slack_words("right_hint", lang))}  # fmt: skip
    blocks = [
        _about(notice, lang),
        _input("what", slack_words("what_wrong", lang), menu),
        _input("topic", slack_words("right_topic", lang), right, optional=True),
        _input("value", slack_words("right_value", lang), value, optional=True),
        _tick("none", slack_words("not_at_all", lang), lang),
        _note(lang),
    ]
    return _view(WRONG, place, slack_words("wrong", lang), blocks, lang)


def read_take(view: Mapping[str, Any], today: date, lang: Lang) -> TakeForm:
    """FormFault for a day that is over."""
    fields = _fields(view)
    due = date.fromisoformat(fields["due"]) if fields.get("due") else None
    if due is not None and due < today:
        raise FormFault("due", slack_words("day_past", lang))
    return TakeForm(owner=fields.get("owner") or None, due=due, note=fields.get("note") or "")


def read_not_for_us(view: Mapping[str, Any], lang: Lang) -> NotForUsForm:
    """FormFault for another reason that is not said."""
    fields = _fields(view)
    why = fields.get("why")
    note = (fields.get("note") or "").strip()
    if why not in get_args(NotForUs):
        raise FormFault("why", slack_words("say_why", lang))
    if why == "other" and not note:
        raise FormFault("note", slack_words("say_why", lang))
    return NotForUsForm(why=cast("NotForUs", why), note=note, similar=bool(fields.get("similar")))


def read_wrong(view: Mapping[str, Any], lang: Lang) -> WrongForm:
    """FormFault where neither what is right nor that it is not stated is said. Whether a value
    is one of its fact's kind is known only with the act: :func:`right_value_of`."""
    fields = _fields(view)
    what, none = str(fields.get("what") or ""), bool(fields.get("none"))
    topic, value = fields.get("topic") or None, (fields.get("value") or "").strip() or None
    if what.startswith("topic:"):
        if not none and topic is None:
            raise FormFault("topic", slack_words("choose_topic", lang))
        value = None
    else:
        if not none and value is None:
            raise FormFault("value", slack_words("give_value", lang))
        topic = None
    note = fields.get("note") or ""
    return WrongForm(
        what=what, topic=None if none else topic, value=None if none else value, note=note
    )


def right_value_of(fact: Fact, text: str, lang: Lang) -> Any:
    """The right value as stored JSON; FormFault for what is none."""
    try:
        return read_right_value(fact, text)
    except ValueError:
        raise FormFault("value", slack_words("no_value", lang)) from None


def _choices(notice: Notice, topics: Mapping[str, tuple[str, str]], lang: Lang) -> Iterable[Block]:
    for label in notice.labels:
        name = topics.get(label.topic, (label.topic, label.topic))[lang == "zh"]
        yield _option(f"{slack_words('topic', lang)}: {name}", f"topic:{label.topic}")
    for number, fact in enumerate(notice.facts):
        mark = "" if can_be_written(fact) else " ✕"
        words = f"{fact_name(fact.kind, lang)}: {fact_text(fact, lang)}{mark}"
        yield _option(words, f"fact:{number}")


def _fields(view: Mapping[str, Any]) -> dict[str, Any]:
    """What each block of a form holds: text, the value of an option, ticked or not."""
    found: dict[str, Any] = {}
    values = (view.get("state") or {}).get("values") or {}
    for block, actions in values.items():
        for state in actions.values():
            option = state.get("selected_option") or {}
            found[block] = (
                state.get("value") or state.get("selected_date") or option.get("value")
                or state.get("selected_user") or bool(state.get("selected_options"))
            )  # fmt: skip
    return found


def _person_menu(people: People) -> Block:
    if not people:
        return {"type": "users_select", "action_id": "owner"}
    able = [_option(one.shown, one.id) for one in people.known][:_MOST_CHOICES]
    return {"type": "static_select", "action_id": "owner", "options": able}


def _view(callback: str, place: FormPlace, title: str, blocks: Sequence[Block], lang: Lang) -> View:
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": place.dumps(),
        "title": _plain(title[:24]),
        "submit": _plain(title[:24]),
        "close": _plain(slack_words("cancel", lang)),
        "blocks": list(blocks),
    }


def _about(notice: Notice, lang: Lang) -> Block:
    title = (notice.title_en if lang == "en" else None) or notice.title
    return {"type": "section", "text": _plain(clip(title, 300))}


def _note(lang: Lang) -> Block:
    field: Block = {
        "type": "plain_text_input", "action_id": "note", "multiline": True,
        "max_length": _NOTE_LENGTH,
    }  # fmt: skip
    return _input("note", slack_words("note", lang), field, optional=True)


def _tick(name: str, words: str, lang: Lang) -> Block:
    box = {"type": "checkboxes", "action_id": name, "options": [_option(words, "yes")]}
    return _input(name, slack_words("and", lang), box, optional=True)


def _input(block: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input", "block_id": block, "label": _plain(label), "element": element,
        "optional": optional,
    }  # fmt: skip


def _option(words: str, value: str) -> Block:
    return {"text": _plain(clip(words, 75)), "value": value[:75]}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text or "-", "emoji": False}
