"""The first line of an act or a change, the same for alert, digest, inbox, page and export."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain.acts.status import NO_LONGER_BINDING
from domain.facts.open_dates import stated_dates
from domain.law.applicability.conditions import binds_only_some
from domain.law.duties import Duty, Modality, Subject
from domain.law.duty_pairs import DutyPair
from domain.law.headlines.act_kinds import ends_draft, invites_to_hearing, reminds, revokes_penalty
from domain.law.headlines.chosen_headline import Headline, Lead
from domain.law.headlines.headline_choice import choose_headline, tellable_change
from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.states import ChangeKind, FactKind
from i18n.en import duty_sentences as english
from i18n.en.act_phrases import SEE_TEXT
from i18n.en.english_titles import document_type, title_subjects
from i18n.en.fact_sentences import fact_change_phrase, fact_phrase
from i18n.fact_text import FactRow, changed_facts, stated_facts
from i18n.kind_text import (
    KIND_LEADS,
    campaign_text,
    english_line,
    from_day,
    kind_happened,
    listed_text,
)
from i18n.phrases import (
    Lang,
    clip,
    day,
    jurisdiction_name,
    kind_name,
    say,
    stage_name,
    status_name,
)
from i18n.zh import duty_sentences as chinese

_TOLD_WITHOUT_DUTY = (ChangeKind.STATUS, ChangeKind.WITHDRAWN, ChangeKind.RETITLED)


def chosen_headline(notice: Notice, change: Change | None) -> Headline:
    """What the first line tells, in every language the same."""
    return choose_headline(notice, change, _vague)


# Acts that say what to do without an object: "must file for the record".
_SAYS_ENOUGH = frozenset({
    "correct", "file", "register", "train", "inspect", "keep_records", "stop", "comment",
    "obtain_permit", "apply",
})  # fmt: skip


def _vague(duty: Duty) -> bool:
    """Whether English has no words for what a duty asks, or forbids without saying what."""
    bare = not duty.object and duty.limit is None
    if bare and (duty.modality is Modality.MUST_NOT or duty.act not in _SAYS_ENOUGH):
        return True
    return SEE_TEXT in english.duty_sentence(replace(duty, when=None))


def duty_text(duty: Duty, lang: Lang, also: Sequence[Subject] = ()) -> str:
    """A duty as one sentence; ``also`` are the others whom the same words bind."""
    return english.duty_sentence(duty, also) if lang == "en" else chinese.duty_sentence(duty, also)


def else_text(duty: Duty, lang: Lang) -> str:
    """What follows on a breach of a duty; '' where the text ties nothing to it."""
    return english.sanctions_text(duty) if lang == "en" else chinese.sanctions_text(duty)


def headline_text(notice: Notice, lang: Lang) -> str:
    """The first line of the newest change of an act: what every way out of the product says."""
    return first_line(notice, tellable_change(notice), lang)


def first_line(notice: Notice, change: Change | None, lang: Lang) -> str:
    """``{place} · {what happened} — {who} {must} {by when} (was …)``."""
    place = jurisdiction_name(notice.jurisdiction, lang)
    place = place.split(" (")[0] if lang == "en" else place
    return f"{place} · {told_text(notice, change, lang)}"


def told_text(notice: Notice, change: Change | None, lang: Lang) -> str:
    """The first line without the place: for places that show it beside."""
    chosen = chosen_headline(notice, change)
    happened = _happened(notice, change, chosen, lang)
    silent = change is not None and change.kind in _TOLD_WITHOUT_DUTY
    by_kind = chosen.lead in {*KIND_LEADS, Lead.PORTAL} and chosen.pair is None
    told = _subject_of(notice, lang) if silent or by_kind else _told(chosen, lang)
    told = told or ("" if silent else _changed_facts(change, lang))
    return _believed(notice, f"{happened} — {told}" if told else happened, lang)


def _subject_of(notice: Notice, lang: Lang) -> str:
    """What an act is about, where its first line tells no duty: its kind and subjects."""
    if lang == "zh":
        return f"《{clip(notice.title, 60)}》"
    subjects = ", ".join(title_subjects(notice.title))
    kind = document_type(notice.title) or say("act", lang)
    return f"{kind} on {clip(subjects, 80)}" if subjects else ""


def subject_text(notice: Notice, change: Change | None, lang: Lang) -> str:
    """The first line as short as a mail's subject needs it: the place, and the duty by when, the
    new sanction or what happened."""
    chosen = chosen_headline(notice, change)
    place = jurisdiction_name(notice.jurisdiction, lang)
    place = place.split(" (")[0] if lang == "en" else place
    happened = what_happened(notice, change, lang)
    silent = change is not None and change.kind in _TOLD_WITHOUT_DUTY
    told = "" if silent else _shortly_told(chosen, lang) or _changed_facts(change, lang)
    return f"{place}: {told or happened}" if lang == "en" else f"{place}：{told or happened}"


def _shortly_told(chosen: Headline, lang: Lang) -> str:
    pair = chosen.pair
    if pair is None:
        return ""
    one, other = pair.before, pair.after
    if one is not None and other is not None and one.when == other.when:
        sanction = else_text(other, lang) if one.sanctions != other.sanctions else ""
        if sanction:
            return f"{_what_changed(pair, lang)}{': ' if lang == 'en' else '：'}{sanction}"
    return duty_text(pair.shown, lang, chosen.also)


def what_happened(notice: Notice, change: Change | None, lang: Lang) -> str:
    """What happened to an act in three to seven words."""
    return _believed(notice, _happened(notice, change, chosen_headline(notice, change), lang), lang)


def _believed(notice: Notice, told: str, lang: Lang) -> str:
    """Of an act that its issuer has not been seen to publish this is said first."""
    page = notice.unconfirmed_at
    if page is None:
        return told
    return say("unconfirmed", lang, what=told, who=clip(page.publisher or page.url, 40))


def _happened(notice: Notice, change: Change | None, chosen: Headline, lang: Lang) -> str:
    if change is not None and change.kind is ChangeKind.STATUS:
        return _status_change(notice, change, lang)
    if change is not None and change.kind is not ChangeKind.NEW:
        read = change.kind is ChangeKind.ATTACHMENT_READ  # nothing changed: more could be read
        if chosen.lead is Lead.CHANGED_DUTY and chosen.pair is not None and not read:
            return _what_changed(chosen.pair, lang)
        return kind_name(change.kind, lang)
    if chosen.lead in (Lead.DELISTED, Lead.LISTED):
        return listed_text(chosen, lang)
    if notice.stage == "draft":
        return _draft(notice, chosen, lang)
    return _of_new_act(notice, chosen, lang)


def _of_new_act(notice: Notice, chosen: Headline, lang: Lang) -> str:
    if chosen.lead is Lead.REPEAL:
        return _repeal(chosen, lang)
    if chosen.lead is Lead.CAMPAIGN:
        return campaign_text(chosen, lang)
    if chosen.lead in KIND_LEADS:
        return kind_happened(notice, chosen, lang)
    if chosen.lead is Lead.ACT:
        return _kind_of_act(notice, lang)
    return _new_rule(notice, chosen, lang)


def _new_rule(notice: Notice, chosen: Headline, lang: Lang) -> str:
    """ "new rule, in force 1 Nov 2026"; of a portal that moves or opens "reporting portal"."""
    portal = chosen.lead is Lead.PORTAL
    if portal and chosen.starts:
        return from_day("reporting portal moves" if lang == "en" else "平台变动", chosen, lang)
    if chosen.repealed:
        return _repeal(chosen, lang)
    if lang == "zh":
        name = "平台变动" if portal else _chinese_rule_name(notice)
        name = "点名企业" if chosen.named else name
        return f"{name}（{day(notice.effective, lang)}施行）" if notice.effective else name
    name = "reporting portal" if portal else _rule_name(notice)
    name = "order to named companies" if chosen.named else name
    return f"{name}, in force {day(notice.effective, lang)}" if notice.effective else name


_EXTENDS = re.compile(r"延长|延期|顺延|推迟")
_CORRECTS = re.compile(r"更正|勘误")
_AMENDS = re.compile(r"关于修改|修改单|修正案|的修改决定")


def _rule_name(notice: Notice) -> str:
    if _EXTENDS.search(notice.title):
        return "time extended"
    if _CORRECTS.search(notice.title):
        return "correction"
    named = {"interpretation": "official explanation", "reply": "official reply"}
    usual = "amended rule" if _AMENDS.search(notice.title) else "new rule"
    return named.get(notice.stage or "", usual)


def _chinese_rule_name(notice: Notice) -> str:
    if _EXTENDS.search(notice.title):
        return "期限延长"
    if _CORRECTS.search(notice.title):
        return "更正"
    return {"interpretation": "政策解读", "reply": "官方答复"}.get(notice.stage or "", "新规定")


def _draft(notice: Notice, chosen: Headline, lang: Lang) -> str:
    if ends_draft(notice.title):
        return "consultation ended: draft goes no further" if lang == "en" else "终止征求意见"
    if invites_to_hearing(notice.title):
        on = f", {day(chosen.starts, lang)}" if chosen.starts else ""
        on = on if lang == "en" else on.replace(", ", "，")
        return f"public hearing on a draft{on}" if lang == "en" else f"草案听证会{on}"
    last = max(stated_dates(notice.facts, FactKind.COMMENT_DEADLINE), default=None)
    if lang == "zh":
        return f"征求意见稿（意见截至{day(last, lang)}）" if last else "征求意见稿"
    return f"draft, comments by {day(last, lang)}" if last else "draft"


def _repeal(chosen: Headline, lang: Lang) -> str:
    first, count = chosen.repealed[0], len(chosen.repealed)
    if lang == "zh":
        return f"废止{first}等{count}件文件" if count > 1 else f"废止{first}"
    more = f" and {count - 1} more" if count > 1 else ""
    return f"repeals {clip(first, 60)}{more}"


def _status_change(notice: Notice, change: Change, lang: Lang) -> str:
    by = next((r for r in notice.relations if r.kind == "repealed_by"), None)
    since = change.reason_data.parameters.get("since") if change.reason_data else None
    if by and since and notice.status not in NO_LONGER_BINDING:
        when = day(date.fromisoformat(since), lang)
        return say("repeal_ahead", lang, date=when, what=f"《{clip(by.title, 60)}》")
    name = kind_name(change.kind, lang)
    if not notice.status:
        return name
    return f"{name}{': ' if lang == 'en' else '：'}{status_name(notice.status, lang)}"


def _what_changed(pair: DutyPair, lang: Lang) -> str:
    """Which part of a duty differs: new, gone, the time, the sanction, the portal."""
    one, other = pair.before, pair.after
    if one is None:
        return "new duty" if lang == "en" else "新增义务"
    if other is None:
        return "duty removed" if lang == "en" else "删除义务"
    if one.when != other.when:
        return "time changed" if lang == "en" else "时限修改"
    if one.sanctions != other.sanctions:
        return "sanction changed" if lang == "en" else "处罚修改"
    if one.where != other.where:
        return "portal changed" if lang == "en" else "平台修改"
    if one.limit != other.limit:
        return "limit changed" if lang == "en" else "限值修改"
    return "duty changed" if lang == "en" else "义务修改"


def _kind_of_act(notice: Notice, lang: Lang) -> str:
    """The kind of the act, and its subject beside it in the title."""
    if notice.stage == "case" and revokes_penalty(notice.title):
        return "penalty decision revoked" if lang == "en" else f"《{clip(notice.title, 60)}》"
    if lang == "zh":
        kind = "提示" if reminds(notice.title) else stage_name(notice.stage, lang)
        return f"{kind}《{clip(notice.title, 60)}》"
    if notice.stage in ("news", "case", "reply", "interpretation", "eia", "list", "draft"):
        kind = stage_name(notice.stage, lang)
    else:
        kind = document_type(notice.title) or say("act", lang)
    subject = english_line(notice.title_en or "")
    if reminds(notice.title):
        return f"reminder: {subject or SEE_TEXT}"
    return f"new: {subject}" if subject else f"new: {kind} {SEE_TEXT}"


_FACTS_TOLD = 2
_TELLING_FACTS = frozenset({
    FactKind.DEADLINE, FactKind.FINE, FactKind.EFFECTIVE_DATE, FactKind.COMMENT_DEADLINE,
    FactKind.EXPIRY_DATE, FactKind.THRESHOLD, FactKind.CODE_FORMAT, FactKind.DATA_FIELD,
})  # fmt: skip


def _changed_facts(change: Change | None, lang: Lang) -> str:
    """What changed of an act in no duty of which anything changed: a day, a field, a limit."""
    if change is None or change.kind is ChangeKind.NEW:
        return ""
    read = change.kind is ChangeKind.ATTACHMENT_READ  # nothing changed: more could be read
    facts = change.facts_after
    rows = stated_facts(facts) if read else changed_facts(change.facts_before, facts)
    told = [_fact_phrase(row, lang) for row in rows if row.kind in _TELLING_FACTS][:_FACTS_TOLD]
    return ("; " if lang == "en" else "；").join(phrase for phrase in told if phrase)


def _fact_phrase(row: FactRow, lang: Lang) -> str:
    if lang == "en":
        return _en_fact_phrase(row)
    name, before, after = row.texts(lang)
    if row.kind is FactKind.DATA_FIELD and row.before and row.after:
        return clip(name, 100)
    old, new = before or "未载明", after or "不再载明"
    return f"{name}：{clip(old, 60)} → {clip(new, 60)}"


def _en_fact_phrase(row: FactRow) -> str:
    doubtful = any(fact.certainty == "unsure" for fact in (row.before, row.after) if fact)
    return _en_sure_phrase(row) + (say("unsure", "en") if doubtful else "")


def _en_sure_phrase(row: FactRow) -> str:
    name, _, _ = row.texts("en")
    if row.kind is FactKind.DATA_FIELD and row.before and row.after:
        return clip(name[:1].lower() + name[1:], 100)
    if row.before and row.after:
        return fact_change_phrase(row.before, row.after)
    fact = row.after or row.before
    lead = {"new": "new: ", "gone": "gone: "}.get(row.effect, "")
    return f"{lead}{fact_phrase(fact)}" if fact else ""


def _told(chosen: Headline, lang: Lang) -> str:
    pair = chosen.pair
    if pair is None:
        return ""
    was = _was(pair, lang)
    text = _named_text(pair.shown, lang) if chosen.named else ""
    text = text or _of_some(pair.shown, duty_text(pair.shown, lang, chosen.also), lang)
    end = _sanction_change(pair, lang)
    return f"{text}{end}{was}"


def _of_some(duty: Duty, text: str, lang: Lang) -> str:
    """The sentence, which says in English too that a duty binds only some of a role."""
    if lang == "zh" or duty.who.role is None or not binds_only_some(duty):
        return text
    return f"Some {text[:1].lower()}{text[1:]}"


def _named_text(duty: Duty, lang: Lang) -> str:
    """A duty of companies that the text names; '' in Chinese, which keeps the text's subject."""
    return f"The companies named {english.doing_text(duty)}" if lang == "en" else ""


def _was(pair: DutyPair, lang: Lang) -> str:
    """The earlier time, portal or limit, in brackets; '' where only the sanction differs."""
    one, other = pair.before, pair.after
    if one is None or other is None:
        return ""
    olds: list[str] = []
    if one.when != other.when:
        olds.append(_when(one, lang) or ("no time stated" if lang == "en" else "未载明时限"))
    elif one.where != other.where and one.where is not None:
        english_place = english.where_text(one.where)
        olds.append(english_place if lang == "en" else chinese.where_text(one.where))
    elif one.limit != other.limit and one.limit is not None:
        english_limit = english.limit_text(one.limit)
        olds.append(english_limit if lang == "en" else chinese.limit_text(one.limit))
    if one.sanctions != other.sanctions:
        olds.append(
            else_text(one, lang) or ("no sanction stated" if lang == "en" else "未载明处罚")
        )
    old = ("; " if lang == "en" else "；").join(text for text in olds if text)
    if not old:
        return ""
    return f" (was {old})" if lang == "en" else f"（原为{old}）"


def _when(duty: Duty, lang: Lang) -> str:
    if duty.when is None:
        return ""
    return english.when_text(duty.when) if lang == "en" else chinese.when_text(duty.when)


def _sanction_change(pair: DutyPair, lang: Lang) -> str:
    """The sanction, where it is what changed, or of a new duty."""
    one, other = pair.before, pair.after
    if other is None:
        return ""
    now = else_text(other, lang)
    if one is not None and one.sanctions == other.sanctions:
        return ""
    if not now:
        return ""
    return f", or else {now}" if lang == "en" else f"，否则{now}"
