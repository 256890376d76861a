"""Build one alert as data: what every channel's renderer starts from.

An alert is understood in ten seconds: line one says what changed, then the act with its
official address, binding or not and from when, facts before and after, why it was
selected, and the words of the text that changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from config.model import Language
from domain.acts.severity import NOT_BINDING_AUTHORITIES
from domain.acts.status import NO_LONGER_BINDING
from domain.diff.diff_model import Diff
from domain.facts.open_dates import stated_dates
from domain.law.applicability.concerns import NOBODY, Concerned
from domain.records.change import Change
from domain.records.notice import Attachment, Notice
from domain.records.states import ChangeKind, FactKind, Standing
from i18n.catalogue import render_stored
from i18n.concern_text import applies_to, names_text, owners
from i18n.fact_text import FactRow, changed_facts, stated_facts
from i18n.phrases import (
    Lang,
    clip,
    day,
    days_left,
    local_day,
    say,
    short_day,
    stage_name,
    status_name,
)
from notifier.messages.alert_duties import DutyLine, duty_lines, rows_without_duties
from notifier.messages.headline import effective_severity, headline, is_confirmation
from notifier.messages.inference import WorkedExample, examples, transition

_RELATIONS = (
    "repeals", "repealed_by", "amends", "extends", "corrects", "suspends", "interprets",
    "implements", "finalises", "edition_of",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderContext:
    """What a renderer must know besides the act: time, language and names."""

    now: datetime
    zone: tzinfo = UTC
    language: Language = "both"
    topics: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # id -> en, zh
    issuers: Mapping[str, str] = field(default_factory=dict)  # Chinese name -> English
    public_url: str | None = None

    @property
    def today(self) -> date:
        return local_day(self.now, self.zone)

    @property
    def lang(self) -> Lang:
        """The language of the fixed words; with ``both`` English leads."""
        return "zh" if self.language == "zh" else "en"

    def topic_name(self, topic: str) -> str:
        english, chinese = self.topics.get(topic, (topic, topic))
        return chinese if self.lang == "zh" else english

    def page(self, change: Change) -> str | None:
        """Where the web archive shows a change, its two versions side by side where there are
        two; None when the archive is not public."""
        if not self.public_url:
            return None
        base, first, second = self.public_url.rstrip("/"), change.from_version, change.to_version
        if first and second and first != second:
            return f"{base}/compare?posting={change.posting_id}&a={first}&b={second}"
        return f"{base}/notices/{change.notice_id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicLine:
    """A topic of the act with the passage that speaks for it."""

    topic: str
    name: str
    evidence: str
    where: str
    translation: str = ""  # of the evidence, by a machine, for readers of English


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """An act and one change of it, in words. ``url`` is the act's official address."""

    notice_id: int
    change_id: int
    kind: ChangeKind
    lang: Lang
    severity: str
    headline: str
    headline_second: str  # the same in Chinese for readers of both languages, else ''
    title: str
    title_en: str
    translation: str  # of the title, by a machine and marked as such; '' where there is none
    url: str
    status: str
    meta: str  # document number, issuers, published → seen
    relations: tuple[str, ...]
    duties: tuple[DutyLine, ...]
    rows: tuple[FactRow, ...]  # facts that no duty tells
    examples: tuple[WorkedExample, ...]  # of the changed deadlines
    topics: tuple[TopicLine, ...]
    notes: tuple[str, ...]
    transition: str  # what the text says of the time before it applies, or that it does not
    rule: str
    diff: Diff | None
    attachments: tuple[str, ...]
    copies: tuple[str, ...]
    archive_url: str | None
    public_url: str | None = None  # where readers acknowledge without a login
    applies: str = ""  # to which of our companies
    names: str = ""  # which of our companies and suppliers the text names
    owners: tuple[str, ...] = ()  # who answers for them
    concerned: Concerned = NOBODY
    jurisdiction: str = ""


def build_alert(
    notice: Notice,
    change: Change,
    diff: Diff | None,
    setting: RenderContext,
    blind: tuple[str, ...] = (),
    concerned: Concerned = NOBODY,
) -> Alert:
    """The alert for one change of an act; ``blind`` are blind spots worth a line."""
    rows = _without_claims(notice, fact_rows(notice, change))
    both = setting.language == "both"
    severity, rule = effective_severity(notice, change)
    return Alert(
        notice_id=notice.id,
        change_id=change.id,
        kind=change.kind,
        lang=setting.lang,
        severity=severity,
        headline=headline(notice, change, setting.lang),
        headline_second=headline(notice, change, "zh") if both else "",
        title=notice.title,
        title_en=english_title(notice, setting) if setting.language != "zh" else "",
        translation=machine_translation(notice, notice.title, setting.lang),
        url=notice.url,
        status=status_line(notice, setting),
        meta=_meta(notice, change, setting),
        relations=_relations(notice, setting.lang),
        duties=duty_lines(notice, change, setting.lang),
        rows=rows_without_duties(rows, notice, change),
        examples=tuple(examples(notice, rows, setting.today, setting.lang)),
        topics=_topics(notice, change, setting),
        notes=(*_notes(notice, change, setting.lang), *blind),
        transition=transition(notice, change, rows, setting.lang),
        rule=say("rule", setting.lang, rule=render_stored(rule, setting.lang)) if rule else "",
        diff=diff if diff and not diff.empty else None,
        attachments=_attachments(notice, change, setting.lang),
        copies=_copies(notice),
        archive_url=setting.page(change),
        public_url=setting.public_url,
        applies=applies_to(concerned, setting.lang),
        names=names_text(concerned, setting.lang),
        owners=owners(concerned),
        concerned=concerned,
        jurisdiction=notice.jurisdiction,
    )


def fact_rows(notice: Notice, change: Change) -> tuple[FactRow, ...]:
    """Facts before → after for a change; the facts of the act for a new one."""
    if change.kind is ChangeKind.ATTACHMENT_READ:
        return stated_facts(change.facts_after)
    if change.facts_before or (change.facts_after and change.kind is not ChangeKind.NEW):
        return changed_facts(change.facts_before, change.facts_after)
    if change.kind in (ChangeKind.NEW, ChangeKind.RESTORED):
        return stated_facts(notice.facts or change.facts_after)
    return ()


def _without_claims(notice: Notice, rows: tuple[FactRow, ...]) -> tuple[FactRow, ...]:
    """Without the repeals that an act only claims: they stand among its relations, as claims."""
    if not any(relation.claimed and relation.kind == "repeals" for relation in notice.relations):
        return rows
    return tuple(row for row in rows if row.kind is not FactKind.REPEALS)


def english_title(notice: Notice, setting: RenderContext) -> str:
    """The English of the act's issuers and title as far as it is known."""
    names = [setting.issuers[name] for name in notice.issuers if name in setting.issuers]
    title = notice.title_en or ""
    if names and not any(name in title for name in names):
        joined = clip(", ".join(names), 160)
        return f"{joined}: {title}" if title else joined
    return title


def machine_translation(notice: Notice, chinese: str, lang: Lang) -> str:
    """The kept machine translation of a title or passage, saying what it is; only for
    readers of English."""
    known = notice.translations.get(chinese)
    if known is None or lang != "en":
        return ""
    return f"{say('machine', lang, provider=known.provider)}: {clip(known.text, 400)}"


def status_line(notice: Notice, setting: RenderContext) -> str:
    """Binding or not, status, in force from, comments until, expires; with days left."""
    lang, today = setting.lang, setting.today
    parts = [_force(notice, lang)]
    if notice.status not in (None, "in_force", "not_yet", "draft"):
        parts.append(status_name(str(notice.status), lang))
    if notice.effective:
        parts.append(_dated("in_force_on", "in_force_since", notice.effective, today, lang))
    comment = comment_deadline(notice)
    if comment:
        parts.append(_dated("comments_until", "comments_closed", comment, today, lang))
    if notice.expires:
        parts.append(_dated("expires_on", "expired_on", notice.expires, today, lang))
    return " · ".join(part for part in parts if part)


def _force(notice: Notice, lang: Lang) -> str:
    """Binding or not; nothing for an act that is no longer in force."""
    if notice.status in NO_LONGER_BINDING:
        return ""
    if notice.stage == "final" and notice.authority in NOT_BINDING_AUTHORITIES:
        return say("letter", lang)
    return stage_name(notice.stage, lang)


def _dated(ahead: str, past: str, moment: date, today: date, lang: Lang) -> str:
    if moment < today:
        return say(past, lang, date=day(moment, lang))
    return say(ahead, lang, date=day(moment, lang), days=days_left(moment, today, lang))


def comment_deadline(notice: Notice) -> date | None:
    """The last day for comments: from the facts, else from the newest version's metadata."""
    found = stated_dates(notice.facts, FactKind.COMMENT_DEADLINE)
    if found:
        return max(found)
    stated = [
        posting.versions[-1].comment_deadline
        for posting in notice.postings
        if posting.versions and posting.standing is not Standing.COPY
    ]
    return max((known for known in stated if known), default=None)


def _meta(notice: Notice, change: Change, setting: RenderContext) -> str:
    lang = setting.lang
    number = notice.document_number
    parts = [say("number", lang, number=clip(number, 80)) if number else say("no_number", lang)]
    if notice.issuers:
        names = clip("、".join(notice.issuers), 120)
        parts.append(say("in_the_name_of", lang, who=names) if notice.unconfirmed_at else names)
    seen = local_day(change.at, setting.zone)
    if notice.published:
        parts.append(say("published", lang, date=day(notice.published, lang)))
        parts.append(_found(change, notice.published, seen, lang))
    return " · ".join(parts)


def _found(change: Change, published: date, seen: date, lang: Lang) -> str:
    """When an act was found and how long after its publication; of a change only when: how old
    the act is says nothing of it."""
    if change.kind is not ChangeKind.NEW:
        return say("change_found", lang, date=short_day(seen, lang))
    delay = (seen - published).days
    key = "same_day" if delay == 0 else "days_after" if delay > 0 else "days_before"
    return say("seen", lang, date=short_day(seen, lang), delay=say(key, lang, n=abs(delay)))


def _relations(notice: Notice, lang: Lang) -> tuple[str, ...]:
    lines = []
    for relation in notice.relations:
        if relation.kind not in _RELATIONS:
            continue
        number = f"（{relation.document_number}）" if relation.document_number else ""
        line = say(relation.kind, lang, what=f"《{clip(relation.title, 100)}》{number}")
        if relation.claimed:
            line = say("claimed", lang, what=line)
        if relation.unread:
            line += f" [{say('unread', lang, words=clip(relation.unread, 60))}]"
        lines.append(f"{line} [{say('probable', lang)}]" if relation.probable else line)
    claims = {claim.notice_id: claim for claim in notice.claims}
    lines += [
        say("also_claimed", lang, what=f"《{clip(claim.title, 80)}》", url=clip(claim.url, 160))
        for claim in claims.values()
    ]
    return tuple(lines)


def _topics(notice: Notice, change: Change, setting: RenderContext) -> tuple[TopicLine, ...]:
    """The topics with their best passage, those of the change itself first."""
    labels = sorted(
        notice.labels, key=lambda label: (label.topic not in change.labels, -label.score)
    )
    lines = []
    lang = setting.lang
    for label in labels:
        best = label.evidence[0] if label.evidence else None
        lines.append(
            TopicLine(
                topic=label.topic,
                name=setting.topic_name(label.topic),
                evidence=clip(best.text, 160) if best else "",
                where=best.where if best else "",
                translation=machine_translation(notice, best.text, lang) if best else "",
            )
        )
    return tuple(lines)


def _notes(notice: Notice, change: Change, lang: Lang) -> tuple[str, ...]:
    notes = []
    if is_confirmation(change):
        notes.append(clip(render_stored(change.why, lang), 200))
    odd = [posting.publisher or posting.url for posting in notice.postings if posting.disagrees]
    if odd:
        notes.append(say("copies_disagree", lang, who=clip("、".join(dict.fromkeys(odd)), 160)))
    if change.kind is ChangeKind.WITHDRAWN:
        notes.append(say("withdrawn_note", lang))
    if change.kind is ChangeKind.RESTORED:
        notes.append(say("restored_note", lang))
    if change.kind in (ChangeKind.STATUS, ChangeKind.WITHDRAWN) and change.reason:
        notes.append(clip(render_stored(change.why, lang), 200))
    if not notice.labels and notice.relevant_because == "register":
        notes.append(say("register", lang))
    if any(label.model.startswith(("rules", "register+rules")) for label in notice.labels):
        notes.append(say("by_rules", lang))
    return tuple(notes)


def _attachments(notice: Notice, change: Change, lang: Lang) -> tuple[str, ...]:
    """Names of the attachments of the changed posting's newest version."""
    for posting in notice.postings:
        if posting.id == change.posting_id and posting.versions:
            return tuple(_attachment(item, lang) for item in posting.versions[-1].attachments)
    return ()


def _attachment(item: Attachment, lang: Lang) -> str:
    """A name, with what is to be said of how its file was read."""
    if item.waits:
        return f"{item.name} [{say('scan_waits', lang)}]"
    return item.name if item.status.value == "ok" else f"{item.name} [{item.status.value}]"


def _copies(notice: Notice) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(posting.url for posting in notice.postings if posting.url != notice.url)
    )
