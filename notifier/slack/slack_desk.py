"""Carry out what people do in Slack: buttons, forms, undo; the rest is asked of others.

Pure of transport: HTTP and Socket Mode hand the same requests in. What must be answered within
three seconds is answered by :meth:`SlackDesk.receive`; the work comes after it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from archive.errors import ArchiveError
from archive.store import Archive
from config.model import SlackChannel
from config.people import Right
from domain.records.notice import Notice
from i18n.phrases import Lang
from i18n.slack_words import slack_words
from notifier.channels.channel import MissingSecret
from notifier.delivery.clicks import handle_click
from notifier.render.slack_blocks import escape
from notifier.slack import slack_forms as forms
from notifier.slack.act_messages import ActMessages
from notifier.slack.chat_answers import ChatDesk
from notifier.slack.correction_message import correction_message
from notifier.slack.overdue_messages import queue_overdue
from notifier.slack.slack_calls import CallFailed, SlackCalls
from notifier.slack.slack_forms import FormFault, FormPlace
from notifier.slack.slack_member import Denied, SlackMember, member_of
from notifier.slack.slack_questions import SlackQuestions
from notifier.slack.slack_requests import SlackReply, SlackRequest

logger = logging.getLogger(__name__)

OpenArchive = Callable[[], Archive]
TEST_CLICK = "slack:test-click"  # the mark of the last click on a test message
_VALUE = re.compile(r"(\d{1,15}):(\d{1,15})")  # notice and change, 7:12
_OPENERS = {f"nw_{name}" for name in ("take", "assign", "not_for_us", "wrong")}


class SlackDesk:
    """What clicks do, in one channel's app."""

    def __init__(self, settings: SlackChannel, desk: ChatDesk) -> None:
        self._settings = settings
        self._desk = desk

    @cached_property
    def _calls(self) -> SlackCalls:
        return SlackCalls(self._settings)

    @cached_property
    def _messages(self) -> ActMessages:
        return ActMessages(self._settings.channel, self._calls, self._desk)

    @cached_property
    def _questions(self) -> SlackQuestions:
        return SlackQuestions(self._calls, self._desk)

    def receive(self, request: SlackRequest, open_archive: OpenArchive) -> SlackReply:
        """The answer that Slack waits for, and the work that may take longer."""
        payload = request.payload
        if request.kind == "challenge":
            return SlackReply(body={"challenge": str(payload.get("challenge", ""))[:200]})
        if request.kind != "interactive":
            return SlackReply(work=self._safely(lambda a: self._questions.ask(a, request), payload))
        kind = payload.get("type")
        if kind == "view_submission":
            return self._submitted(payload, open_archive)
        if kind == "block_actions":
            return SlackReply(work=self._safely(lambda a: self._clicked(a, payload), payload))
        if kind == "message_action":
            return SlackReply(work=self._safely(lambda a: self._questions.ask(a, request), payload))
        return SlackReply()

    # -- clicks ---------------------------------------------------------------------------

    def _clicked(self, archive: Archive, payload: Mapping[str, Any]) -> None:
        actions: Sequence[Mapping[str, Any]] = payload.get("actions") or ()
        if len(actions) != 1:
            return
        action, value = str(actions[0].get("action_id", "")), str(actions[0].get("value", ""))
        if action == "nw_test":
            archive.marks.set(TEST_CLICK, value[:200])
            return
        match = _VALUE.fullmatch(value)
        if match is None or not action.startswith("nw_"):
            return
        member = member_of(self._desk, payload.get("user") or {})
        if action in _OPENERS:
            self._open_form(archive, payload, action, int(match[1]), member)
        elif action == "nw_undo":
            member.must(Right.HANDLE)
            self._undo(archive, payload, int(match[1]), member)
        else:
            member.must(Right.HANDLE)
            self._by_older_button(archive, payload, member)

    def _open_form(
        self, archive: Archive, payload: Mapping[str, Any], action: str, notice_id: int,
        member: SlackMember,
    ) -> None:  # fmt: skip
        member.must(Right.CLOSE if action == forms.NOT_FOR_US else Right.HANDLE)
        notice = archive.notices.get(notice_id)
        if notice is None:
            raise Denied(slack_words("no_act", member.lang))
        view = self._form(archive, payload, action, notice, member.lang)
        try:
            self._calls.call("views.open", trigger_id=payload.get("trigger_id", ""), view=view)
        except CallFailed as error:
            raise Denied(slack_words("no_form", member.lang, why=str(error))) from error

    def _form(
        self, archive: Archive, payload: Mapping[str, Any], action: str, notice: Notice, lang: Lang
    ) -> forms.View:
        message = payload.get("message") or {}
        channel = str((payload.get("channel") or {}).get("id", ""))
        place = FormPlace(notice_id=notice.id, channel=channel, ts=str(message.get("ts", "")))
        if action == forms.NOT_FOR_US:
            similar = len(archive.handling.similar(notice.id))
            return forms.not_for_us_view(place, notice, similar, lang)
        if action == forms.WRONG:
            return forms.wrong_view(place, notice, self._desk.topics, lang)
        other = action == "nw_assign"
        return forms.take_view(place, notice, self._desk.people, lang, other=other)

    def _undo(
        self, archive: Archive, payload: Mapping[str, Any], notice_id: int, member: SlackMember
    ) -> None:
        try:
            archive.handling.undo(notice_id, member.name)
        except ArchiveError:
            raise Denied(slack_words("no_undo", member.lang)) from None
        self._messages.bring_up_to_date(archive, notice_id)

    def _by_older_button(
        self, archive: Archive, payload: Mapping[str, Any], member: SlackMember
    ) -> None:
        """The buttons of messages that were sent before there were forms."""
        update = handle_click(archive, payload, member.name)
        if update is None:
            return
        arguments: dict[str, Any] = {
            "channel": update.channel, "ts": update.ts, "text": update.text,
            "blocks": list(update.blocks),
        }  # fmt: skip
        if update.metadata:
            arguments["metadata"] = dict(update.metadata)
        self._calls.call("chat.update", **arguments)

    # -- forms ----------------------------------------------------------------------------

    def _submitted(self, payload: Mapping[str, Any], open_archive: OpenArchive) -> SlackReply:
        """Faults of a form are told in it; what is right is carried out after the answer."""
        view = payload.get("view") or {}
        place = FormPlace.loads(str(view.get("private_metadata", "")))
        callback = view.get("callback_id")
        if place is None or callback not in forms.FORMS:
            return SlackReply()
        member = member_of(self._desk, payload.get("user") or {})
        try:
            with open_archive() as archive:
                step = self._step(archive, str(callback), view, place, member)
        except FormFault as fault:
            return _faults({fault.block: str(fault)})
        except Denied as error:
            return _faults({_first_input(view): str(error)})
        return SlackReply(work=self._safely(step, payload, place))

    def _step(
        self, archive: Archive, callback: str, view: Mapping[str, Any], place: FormPlace,
        member: SlackMember,
    ) -> Callable[[Archive], None]:  # fmt: skip
        member.must(Right.CLOSE if callback == forms.NOT_FOR_US else Right.HANDLE)
        if callback == forms.TAKE:
            taken = forms.read_take(view, self._desk.today, member.lang)
            return lambda later: self._take(later, place, taken, member)
        if callback == forms.NOT_FOR_US:
            aside = forms.read_not_for_us(view, member.lang)
            return lambda later: self._set_aside(later, place, aside, member)
        wrong = forms.read_wrong(view, member.lang)
        correct = self._correction(archive, place, wrong, member)
        return lambda later: self._correct(later, place, correct)

    def _take(
        self, archive: Archive, place: FormPlace, form: forms.TakeForm, member: SlackMember
    ) -> None:
        owner = form.owner
        if owner and not self._desk.people:
            owner = f"slack:{owner}"
        archive.handling.take(
            place.notice_id, member.name, owner=owner, due=form.due, note=form.note
        )
        queue_overdue(archive, self._desk, place.notice_id)
        self._messages.bring_up_to_date(archive, place.notice_id)

    def _set_aside(
        self, archive: Archive, place: FormPlace, form: forms.NotForUsForm, member: SlackMember
    ) -> None:
        numbers = [place.notice_id]
        if form.similar:
            numbers += archive.handling.similar(place.notice_id)
        for number in numbers:
            archive.handling.not_for_us(
                number, member.name, form.why, note=form.note,
                second_person=self._desk.second_person,
            )  # fmt: skip
            self._messages.bring_up_to_date(archive, number)

    def _correction(
        self, archive: Archive, place: FormPlace, form: forms.WrongForm, member: SlackMember
    ) -> Callable[[Archive], None]:
        """What puts the record right; FormFault for a value that is none of its fact's kind."""
        kind, _, name = form.what.partition(":")
        number = place.notice_id
        if kind == "topic":
            return lambda later: later.corrections.topic(
                number, member.name, was=name, now=form.topic, note=form.note
            )
        notice = archive.notices.get(number)
        facts = notice.facts if notice else ()
        if not name.isdigit() or int(name) >= len(facts):
            raise FormFault("what", slack_words("no_act", member.lang))
        fact = facts[int(name)]
        value = form.value and forms.right_value_of(fact, form.value, member.lang)
        return lambda later: later.corrections.fact(
            number, member.name, fact, now=value or None, note=form.note
        )

    def _correct(
        self, archive: Archive, place: FormPlace, correct: Callable[[Archive], None]
    ) -> None:
        """The record at once, and a line in the thread: what it was, struck, and what it is."""
        correct(archive)
        done = archive.corrections.of_notice(place.notice_id)[-1]
        lang = self._messages.language(archive, place.notice_id)
        message = correction_message(done, self._desk, lang)
        root = self._messages.root(archive, place.notice_id) or place.ts
        self._calls.call("chat.postMessage", channel=place.channel, thread_ts=root, **message)

    def _safely(
        self,
        work: Callable[[Archive], object],
        payload: Mapping[str, Any],
        place: FormPlace | None = None,
    ) -> Callable[[Archive], None]:
        """The work; why nothing was done is told to whoever clicked, and to nobody else."""

        def run(archive: Archive) -> None:
            try:
                work(archive)
            except (Denied, ArchiveError) as error:
                words = str(error)
                if isinstance(error, ArchiveError):
                    words = slack_words("failed", "en", why=words)
                self._tell(payload, place, escape(words))
            except (CallFailed, MissingSecret) as error:
                logger.warning("a click was not carried out in full: %s", error)

        return run

    def _tell(self, payload: Mapping[str, Any], place: FormPlace | None, words: str) -> None:
        user = payload.get("user") or payload.get("user_id") or ""
        member = str(user.get("id", "")) if isinstance(user, Mapping) else str(user)
        channel = place.channel if place else str((payload.get("channel") or {}).get("id", ""))
        try:
            if payload.get("response_url") and place is None:
                self._calls.respond(
                    payload["response_url"], response_type="ephemeral",
                    replace_original=False, text=words,
                )  # fmt: skip
            elif channel and member:
                self._calls.call("chat.postEphemeral", channel=channel, user=member, text=words)
        except (CallFailed, MissingSecret) as error:
            logger.warning("%s was not told: %s", member or "somebody", error)


def _faults(errors: Mapping[str, str]) -> SlackReply:
    return SlackReply(body={"response_action": "errors", "errors": dict(errors)})


def _first_input(view: Mapping[str, Any]) -> str:
    """The block that a fault of the whole form is shown at."""
    values = (view.get("state") or {}).get("values") or {}
    return next(iter(values), "note")
