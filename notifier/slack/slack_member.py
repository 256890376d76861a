"""Tell who did something in Slack, and whether they may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config.people import Person, Right, least_role, may
from i18n.phrases import Lang
from i18n.slack_words import slack_words
from notifier.slack.chat_answers import ChatDesk


class Denied(Exception):
    """Somebody may not do this; the text is for them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SlackMember:
    """Somebody in Slack: ``name`` as it stands in the archive, ``person`` who they are among the
    people, where there are some."""

    id: str
    name: str
    person: Person | None = None
    stranger: bool = False

    @property
    def lang(self) -> Lang:
        return "zh" if self.person is not None and self.person.language == "zh" else "en"

    def must(self, right: Right) -> None:
        """Denied, in the member's language, where they may not."""
        if self.stranger:
            raise Denied(slack_words("stranger", self.lang, member=self.id))
        if self.person is not None and not may(self.person.role, right):
            words = {"role": self.person.role, "needed": least_role(right)}
            raise Denied(slack_words("may_not", self.lang, **words))


def member_of(desk: ChatDesk, user: Mapping[str, Any] | str) -> SlackMember:
    """The member whom a payload names: by id only, as names can be chosen."""
    if isinstance(user, str):
        user = {"id": user}
    number = str(user.get("id") or "")
    known = desk.people.by_slack(number)
    if known is not None:
        return SlackMember(id=number, name=known.id, person=known)
    shown = str(user.get("username") or user.get("name") or number or "somebody")[:80]
    return SlackMember(id=number, name=f"slack:{shown}", stranger=bool(desk.people))
