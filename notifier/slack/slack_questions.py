"""Answer what people ask in Slack: the command, the shortcut, the home tab, posted links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archive.store import Archive
from config.people import Right
from i18n.phrases import Lang, clip
from i18n.slack_words import slack_words
from notifier.render.lines import web_url
from notifier.render.slack_blocks import Block, escape, literal
from notifier.slack.chat_answers import ChatAnswers, ChatCard, ChatDesk, ChatLine
from notifier.slack.slack_calls import SlackCalls
from notifier.slack.slack_member import Denied, SlackMember, member_of
from notifier.slack.slack_requests import SlackRequest

_MOST_LINES = 10
_MOST_TEXT = 20_000  # characters of a message that is checked
_DAYS = 30  # that `due` looks ahead
_MOST_LINKS = 5


class SlackQuestions:
    """Commands, shortcut, home tab and link previews."""

    def __init__(self, calls: SlackCalls, desk: ChatDesk) -> None:
        self._calls = calls
        self._desk = desk

    def ask(self, archive: Archive, request: SlackRequest) -> None:
        """Answer a request; Denied where somebody may not ask."""
        payload, answers = request.payload, self._desk.answers
        if answers is None:
            return
        if request.kind == "command":
            self._command(archive, answers, payload)
        elif payload.get("type") == "message_action":
            self._shortcut(archive, answers, payload)
        elif payload.get("type") == "app_home_opened":
            self._home(archive, answers, payload)
        elif payload.get("type") == "link_shared":
            self._links(archive, answers, payload)

    def _command(self, archive: Archive, answers: ChatAnswers, payload: Mapping[str, Any]) -> None:
        user = {"id": payload.get("user_id"), "username": payload.get("user_name")}
        member = self._reader(user)
        command = str(payload.get("command") or "/noticewatch")
        lines = _answered(archive, answers, str(payload.get("text") or ""), member)
        if lines is None:
            words = slack_words("help", member.lang, command=command)
            self._respond(payload, {"text": words})
            return
        self._respond(payload, _message(lines, member.lang))

    def _shortcut(self, archive: Archive, answers: ChatAnswers, payload: Mapping[str, Any]) -> None:
        """*Check this*: what the message claims, told to whoever asks."""
        member = self._reader(payload.get("user") or {})
        text = str((payload.get("message") or {}).get("text") or "")[:_MOST_TEXT]
        lines = answers.check(archive, text, member.lang) or _nothing("no_claims", member.lang)
        self._respond(payload, _message(lines, member.lang))

    def _home(self, archive: Archive, answers: ChatAnswers, payload: Mapping[str, Any]) -> None:
        if payload.get("tab", "home") != "home":
            return
        member = member_of(self._desk, str(payload.get("user") or ""))
        lang = member.lang
        if member.stranger:
            blocks = [
                _section([ChatLine(lead=slack_words("home_stranger", lang, member=member.id))])
            ]
        else:
            mine = answers.mine(archive, member.name, lang) or _nothing("home_none", lang)
            dates = answers.due(archive, _DAYS, lang) or _nothing("nothing_due", lang)
            blocks = [
                *_part("home_mine", mine, lang), *_part("home_dates", dates, lang),
                *_part("home_health", answers.health(archive, lang), lang),
            ]  # fmt: skip
        view = {"type": "home", "blocks": blocks}
        self._calls.call("views.publish", user_id=member.id, view=view)

    def _links(self, archive: Archive, answers: ChatAnswers, payload: Mapping[str, Any]) -> None:
        """A preview of each address that we know; for people who may read only."""
        try:
            member = self._reader(str(payload.get("user") or ""))
        except Denied:
            return  # whoever posts a link has asked for nothing
        unfurls: dict[str, Any] = {}
        for link in list(payload.get("links") or ())[:_MOST_LINKS]:
            url = str(link.get("url") or "")
            card = answers.card(archive, url, member.lang)
            if card is not None:
                unfurls[url] = {"blocks": _card(card)}
        if unfurls:
            self._calls.call(
                "chat.unfurl", channel=payload.get("channel"), ts=payload.get("message_ts"),
                unfurls=unfurls,
            )  # fmt: skip

    def _reader(self, user: Mapping[str, Any] | str) -> SlackMember:
        member = member_of(self._desk, user)
        member.must(Right.READ)
        return member

    def _respond(self, payload: Mapping[str, Any], message: Mapping[str, Any]) -> None:
        address = str(payload.get("response_url") or "")
        self._calls.respond(address, response_type="ephemeral", replace_original=False, **message)


def _answered(
    archive: Archive, answers: ChatAnswers, text: str, member: SlackMember
) -> Sequence[ChatLine] | None:
    """The lines of an answer; None for a command that is none."""
    verb, _, rest = text.strip().partition(" ")
    rest, lang = rest.strip()[:_MOST_TEXT], member.lang
    if verb == "due" and (not rest or rest.isdecimal()):
        days = min(int(rest[:4] or _DAYS), 3660)
        return answers.due(archive, days, lang) or _nothing("nothing_due", lang)
    if not rest:
        return None
    if verb == "search":
        return answers.search(archive, rest[:400], lang) or _nothing("nothing_found", lang)
    if verb == "duty":
        return answers.duty(archive, rest[:400], lang) or _nothing("nothing_found", lang)
    if verb == "check":
        return answers.check(archive, rest, lang) or _nothing("no_claims", lang)
    return None


def _nothing(key: str, lang: Lang) -> list[ChatLine]:
    return [ChatLine(lead="", text=slack_words(key, lang))]


def _message(lines: Sequence[ChatLine], lang: Lang) -> dict[str, Any]:
    shown = list(lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        shown.append(ChatLine(lead="", text=slack_words("more_there", lang, n=len(lines))))
    text = " ".join(part for part in (shown[0].lead, shown[0].text) if part)
    return {"text": escape(clip(text, 300)), "blocks": [_section(shown)]}


def _part(key: str, lines: Sequence[ChatLine], lang: Lang) -> list[Block]:
    head = {"type": "plain_text", "text": slack_words(key, lang), "emoji": False}
    return [{"type": "header", "text": head}, _section(lines[:_MOST_LINES])]


def _section(lines: Sequence[ChatLine]) -> Block:
    """Lines as rich text, which Slack does not parse: what was scraped cannot mention or link."""
    runs: list[dict[str, Any]] = []
    for line in lines:
        if runs:
            runs.append({"type": "text", "text": "\n"})
        address = web_url(line.url) if line.url else None
        lead = literal(clip(line.lead, 200))
        if lead and address:
            runs.append({"type": "link", "url": address, "text": lead, "style": {"bold": True}})
        elif lead:
            runs.append({"type": "text", "text": lead, "style": {"bold": True}})
        if line.text:
            between = "  " if lead else ""
            runs.append({"type": "text", "text": between + literal(clip(line.text, 300))})
    section = {"type": "rich_text_section", "elements": runs or [{"type": "text", "text": "-"}]}
    return {"type": "rich_text", "elements": [section]}


def _card(card: ChatCard) -> list[Block]:
    lines = [ChatLine(lead=card.title, url=card.url)]
    return [_section([*lines, *(ChatLine(lead="", text=text) for text in card.lines)])]
