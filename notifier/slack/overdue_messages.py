"""Tell who has an act in hand that its day is over, then the deputy: directly, not in the channel.

The messages are queued when the act is taken on, and looked at again when their time comes: they
are dropped when somebody else has it by then, another day was set, or it is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from archive.store import Archive
from domain.records.handling import HandlingState
from domain.records.message import NewOutboxItem
from domain.records.notice import Notice
from domain.records.states import OutboxKind
from i18n.phrases import Lang
from i18n.phrases import day as day_words
from i18n.slack_words import slack_words
from notifier.render import slack_blocks
from notifier.render.envelope import OVERDUE_PREFIX
from notifier.render.lines import Line, TextRun
from notifier.slack.chat_answers import ChatDesk

_AT = time(9)
_OWNER_AFTER, _DEPUTY_AFTER = 1, 3  # days after the last day


def queue_overdue(archive: Archive, desk: ChatDesk, notice_id: int) -> int:
    """Queue what is to be said when the day is over; how many messages."""
    state = archive.handling.state(notice_id)
    notice = archive.notices.get(notice_id, versions=False)
    told = archive.outbox.of_notice(notice_id)
    if state.due is None or not state.owner or notice is None or not told:
        return 0
    channel = told[0].channel
    deputy = desk.deputies.get(channel, "")
    steps = [_Step(channel=channel, who=state.owner, due=state.due, days=_OWNER_AFTER)]
    if deputy and deputy != state.owner:
        steps.append(_Step(channel=channel, who=deputy, due=state.due, days=_DEPUTY_AFTER))
    return len(archive.outbox.enqueue([_item(desk, notice, state, step) for step in steps]))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Step:
    """Whom to tell, so many days after the last day."""

    channel: str
    who: str
    due: date
    days: int


def _item(desk: ChatDesk, notice: Notice, state: HandlingState, step: _Step) -> NewOutboxItem:
    due, who, days = step.due, step.who, step.days
    person = desk.people.find(who)
    lang: Lang = "zh" if person is not None and person.language == "zh" else "en"
    title = (notice.title_en if lang == "en" else None) or notice.title
    words = slack_words("overdue", lang, date=day_words(due, lang), what=title)
    page = desk.page(notice.id) or notice.url
    lines = [
        Line(role="headline", segs=(TextRun(text=words, style="strong"),)),
        Line(role="act", segs=(TextRun(text=notice.title, url=page),)),
    ]
    if who != state.owner:
        shown = slack_words("taken", lang, who=desk.people.shown(state.owner or ""))
        lines.append(Line(role="note", segs=(TextRun(text=shown),)))
    key = f"{OVERDUE_PREFIX}{step.channel}:{notice.id}:{due.isoformat()}:{state.owner}:{days}"
    [payload] = slack_blocks.page_messages(lines, key)
    payload["metadata"]["event_payload"] |= {"owner": state.owner, "due": due.isoformat()}
    if person is not None and person.slack:
        payload["member"] = person.slack
    moment = datetime.combine(due + timedelta(days=days), _AT, tzinfo=desk.zone)
    thread = None if payload.get("member") else f"notice:{notice.id}"
    return NewOutboxItem(
        channel=step.channel, dedupe_key=key, kind=OutboxKind.REMINDER, payload=payload,
        notice_id=notice.id, thread=thread, not_before=moment,
    )  # fmt: skip
