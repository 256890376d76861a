"""The words of one visitor's language, as the templates use them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from config.field.field_names import load_field
from config.registered_act import WrongName
from domain.law.date_entries import DateEntry
from domain.law.duties import Duty, Subject
from domain.law.law_list import LawEntry
from domain.records.fact import Fact
from domain.records.reason import Reason, StoredReason
from domain.records.states import ChangeKind
from i18n.catalogue import render, render_rule, render_stored
from i18n.fact_text import fact_text
from i18n.headline_text import duty_text, else_text
from i18n.law_text import (
    held_name,
    in_language,
    kind_line,
    status_line,
    validity_line,
    wrong_name_line,
)
from i18n.phrases import (
    Lang,
    counted,
    days_left,
    effect_name,
    fact_name,
    place_name,
    say,
    stage_name,
    status_name,
)
from i18n.phrases import kind_name as change_name
from i18n.phrases import state_name as source_state_name
from i18n.slack_words import slack_words
from i18n.web_phrases import translator

if TYPE_CHECKING:
    from config.model import Names, Topic


@dataclass(frozen=True, kw_only=True)
class Words:
    """Names of codes and states in the visitor's language; what is unknown stays as it is."""

    language: Lang
    today: date
    topics: Mapping[str, Topic]
    jurisdictions: Mapping[str, Names]

    @property
    def t(self) -> Callable[[str], str]:
        return translator(self.language)

    def say(self, phrase: str, *values: object) -> str:
        """A phrase with its places filled in; ``{:notice|notices}`` counts its noun."""
        return self.t(phrase).format(*map(counted, values))

    def topic(self, code: str) -> str:
        topic = self.topics.get(code)
        if topic is None:
            return code
        return topic.name.zh if self.language == "zh" else (topic.name.en or topic.name.zh)

    def jurisdiction(self, code: str) -> str:
        names = self.jurisdictions.get(code)
        if names is None:
            return code
        return names.zh if self.language == "zh" else (names.en or names.zh)

    def kind(self, kind: ChangeKind) -> str:
        return change_name(kind, self.language)

    def stage(self, stage: str | None) -> str:
        return stage_name(stage, self.language) or self.t("not stated")

    def status(self, status: str | None) -> str:
        return status_name(status, self.language) if status else self.t("not stated")

    def fact_kind(self, kind: str) -> str:
        return fact_name(kind, self.language)

    def field(self) -> str:
        """What the field of regulation is called in a sentence."""
        subject = load_field().subject
        return subject.zh if self.language == "zh" else subject.en

    def why_not_for_us(self, why: str) -> str:
        """A reason why an act is not for us, in the words of the forms in the chat."""
        return slack_words(f"why_{why}", self.language)

    def fact(self, fact: Fact) -> str:
        return fact_text(fact, self.language)

    def duty(self, duty: Duty, also: Sequence[Subject] = ()) -> str:
        """A duty as one sentence; ``also`` are the others whom the same words bind."""
        return duty_text(duty, self.language, also)

    def date_text(self, entry: DateEntry, also: Sequence[Subject] = ()) -> str:
        """What is due on a day: the duty, else the kind of the day."""
        return self.duty(entry.duty, also) if entry.duty else self.fact_kind(entry.kind)

    def duty_and_sanction(self, duty: Duty) -> str:
        """A duty with what follows on a breach."""
        otherwise = else_text(duty, self.language)
        text = self.duty(duty)
        return f"{text} ({say('otherwise', self.language, what=otherwise)})" if otherwise else text

    def law_status(self, entry: LawEntry) -> str:
        """The status of an act of the law list, with the day and the act that ended it."""
        return status_line(entry, self.language)

    def law_held(self, entry: LawEntry) -> str:
        """What is at hand of an act's text."""
        return held_name(entry, self.language)

    def law_kind(self, entry: LawEntry) -> str:
        """What an act is, and what a library prints of its validity."""
        parts = (kind_line(entry, self.language), validity_line(entry, self.language))
        return self.joined(*(part for part in parts if part))

    def law_scope(self, entry: LawEntry) -> str:
        """What an act regulates, in one sentence; empty where the register does not say."""
        scope = entry.registered.scope if entry.registered else None
        return in_language(scope, self.language) if scope else ""

    def law_wrong_name(self, wrong: WrongName) -> str:
        """That a name is not an act's, and why."""
        return wrong_name_line(wrong, self.language)

    def effect(self, effect: str) -> str:
        return effect_name(effect, self.language)

    def source_state(self, state: str) -> str:
        return source_state_name(state, self.language)

    def place(self, where: str) -> str:
        if where == "标题" and self.language == "en":
            return "title"
        return place_name(where, self.language)

    def left(self, on: date) -> str:
        """How many days are left, or that the day is over."""
        if on < self.today:
            return self.t("past")
        return days_left(on, self.today, self.language)

    @property
    def colon(self) -> str:
        return "：" if self.language == "zh" else ": "

    def joined(self, *parts: str) -> str:
        return ("；" if self.language == "zh" else "; ").join(parts)

    def rule(self, rule: StoredReason) -> str:
        """A severity rule, its days counted from today."""
        return render_rule(rule, self.language, self.today)

    def reason(self, why: StoredReason) -> str:
        """Why something was kept as it was."""
        return render_stored(why, self.language)

    def diff_reason(self, why: Reason) -> str:
        """Why a difference matters or not."""
        return render(why, self.language)

    def severity(self, severity: str) -> str:
        return self.t(severity.upper())
