"""Turn alerts and summaries into styled lines, the shape that every renderer starts from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from domain.records.states import LinkPurpose
from domain.text.safe_output import is_web_url
from i18n.fact_text import FactRow
from i18n.phrases import Lang, clip, place_name, say
from notifier.messages.alert import Alert
from notifier.messages.alert_duties import DutyLine
from notifier.messages.inference import WorkedExample
from notifier.render.diffview import DiffLine, diff_lines
from notifier.render.link_addresses import handle_url

Style = Literal["", "strong", "dim", "insert", "delete"]
Role = Literal["headline", "act", "status", "fact", "topic", "note", "diff", "meta"]

HANDLING: tuple[LinkPurpose, ...] = ("assign", "acknowledge")
_FACT_ROWS = 10
_DUTY_LINES = 6
_TOPIC_LINES = 6
_ATTACHMENTS = 8
_COPIES = 5
_TITLE = 600
# Controls that reorder or hide text: a scraped title could use them to show what is not there.
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class TextRun:
    """A run of text; with ``url`` a link, with ``mention`` a member of the Slack team."""

    text: str
    style: Style = ""
    url: str | None = None
    mention: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of an alert: its pieces and what part it plays."""

    segs: tuple[TextRun, ...]
    role: Role

    @property
    def plain(self) -> str:
        return "".join(seg.text for seg in self.segs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One act in a summary."""

    lead: str  # severity mark, jurisdiction, what happened
    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """Many acts in one message: a burst or a baseline. The severe ones come first."""

    lang: Lang
    headline: str
    headline_second: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


def clean_text(text: str) -> str:
    """Scraped text without control, zero-width and direction-changing characters."""
    return _HIDDEN.sub("", text)


def web_url(url: str) -> str | None:
    """An address that may be linked: http(s), with nothing that could end a link early."""
    if not is_web_url(url) or len(url) > 2000:
        return None
    safe = {"<": "%3C", ">": "%3E", "|": "%7C", '"': "%22", " ": "%20", "`": "%60"}
    return clean_text("".join(safe.get(char, char) for char in url))


def _line(role: Role, *segs: TextRun | None) -> Line:
    return Line(role=role, segs=tuple(seg for seg in segs if seg and seg.text))


def _seg(text: str, style: Style = "", url: str | None = None) -> TextRun:
    return TextRun(text=clean_text(text), style=style, url=web_url(url) if url else None)


def head_lines(alert: Alert) -> list[Line]:
    """Everything above the diff: what changed, the act, its facts and what follows."""
    lines = [_line("headline", _seg(alert.headline, "strong"))]
    if alert.headline_second:
        lines.append(_line("headline", _seg(alert.headline_second)))
    lines += concern_lines(alert)
    lines.append(_line("act", _seg(clip(alert.title, _TITLE), "strong", alert.url)))
    if web_url(alert.url) is None:
        lines.append(_line("act", _seg(clip(alert.url, 300), "dim")))
    if alert.title_en:
        lines.append(_line("act", _seg(clip(alert.title_en, _TITLE))))
    if alert.translation:
        lines.append(_line("act", _seg(clip(alert.translation, _TITLE), "dim")))
    if alert.status:
        lines.append(_line("status", _seg(alert.status, "strong")))
    lines += [_line("note", _seg(note)) for note in alert.notes]
    lines += duty_lines_of(alert, _DUTY_LINES)
    lines += [_example_line(item) for item in alert.examples if item.of not in alert.rows]
    lines += fact_lines(alert, _FACT_ROWS)
    if alert.transition:
        lines.append(_line("note", _seg(alert.transition)))
    return lines


def concern_lines(alert: Alert) -> list[Line]:
    """To which of our companies an act applies, which it names, and who answers for them."""
    lines = []
    if alert.applies:
        lines.append(_line("status", _seg(clip(alert.applies, _TITLE), "strong")))
    if alert.names:
        lines.append(_line("status", _seg(clip(alert.names, _TITLE), "strong")))
    if lines and alert.owners:
        words = [_seg(say("owned_by", alert.lang, who=""))]
        for number, owner in enumerate(alert.owners):
            words += [_seg(", ")] if number else []
            words.append(person(owner))
        lines.append(_line("status", *words))
    return lines


def person(name: str) -> TextRun:
    """A person by name, mentioned where it is a Slack user id."""
    member = name if re.fullmatch(r"[UW][A-Z0-9]{5,20}", name) else None
    return TextRun(text=clean_text(name) or "-", mention=member)


def topic_lines(alert: Alert) -> list[Line]:
    """Why the act was selected: its topics, each with the passage that speaks for it."""
    lines: list[Line] = []
    for topic in alert.topics[:_TOPIC_LINES]:
        where = f" ({place_name(topic.where, alert.lang)})" if topic.where else ""
        quote = f": “{topic.evidence}”{where}" if topic.evidence else ""
        lines.append(_line("topic", _seg(f"▸ {topic.name}", "strong"), _seg(quote)))
        if topic.translation:
            lines.append(_line("topic", _seg(topic.translation, "dim")))
    if len(alert.topics) > _TOPIC_LINES:
        lines.append(_more("topic", len(alert.topics) - _TOPIC_LINES, alert.lang))
    return lines


def duty_lines_of(alert: Alert, most: int) -> list[Line]:
    """The duties, one a line, with what follows on a breach; that of line one only with its
    sanction."""
    lines: list[Line] = []
    told = [duty for duty in alert.duties if not duty.first or duty.otherwise]
    for duty in told[:most]:
        lines.append(_duty_line(duty, alert.lang))
    if len(told) > most:
        lines.append(_more("fact", len(told) - most, alert.lang))
    return lines


def _duty_line(duty: DutyLine, lang: Lang) -> Line:
    otherwise = say("otherwise", lang, what=duty.otherwise) if duty.otherwise else ""
    if duty.first:
        return _line("fact", _seg(otherwise, "strong"))
    place = f"  {place_name(duty.article, lang)}" if duty.article else ""
    words = [_seg("▸ "), *_before_and_after(duty)]
    tail = _seg(f" · {otherwise}") if otherwise else None
    return _line("fact", *words, tail, _seg(place, "dim"))


def _before_and_after(duty: DutyLine) -> list[TextRun]:
    if duty.before == duty.after:
        return [_seg(duty.after)]
    if duty.before and duty.after:
        return [_seg(duty.before, "delete"), _seg(" → "), _seg(duty.after, "insert")]
    if duty.before:
        return [_seg(duty.before, "delete")]
    return [_seg(duty.after)]


def fact_lines(alert: Alert, most: int) -> list[Line]:
    """The facts, one a line: name, place, before → after, effect; below it an example."""
    lines: list[Line] = []
    for row in alert.rows[:most]:
        lines.append(_fact_line(row, alert.lang))
        lines += [_example_line(example) for example in alert.examples if example.of is row]
    if len(alert.rows) > most:
        lines.append(_more("fact", len(alert.rows) - most, alert.lang))
    return lines


def _example_line(example: WorkedExample) -> Line:
    doubt = _seg(f"  {example.doubt}", "dim") if example.doubt else None
    days = [_seg(example.before, "delete"), _seg(" → "), _seg(example.after, "insert")]
    return _line("fact", _seg(f"    {example.lead}"), *days, doubt)


def _more(role: Role, number: int, lang: Lang) -> Line:
    return _line(role, _seg(say("more", lang, n=number), "dim"))


def _fact_line(row: FactRow, lang: Lang) -> Line:
    name, before, after = row.texts(lang)
    where = f" {clip(place_name(row.where, lang), 40)}" if row.where else ""
    if row.before and row.after:
        middle = [_seg(before, "delete"), _seg(" → "), _seg(after, "insert")]
    elif row.before:
        middle = [_seg(before, "delete")]
    elif row.effect:
        middle = [_seg(after, "insert")]
    else:
        middle = [_seg(after)]
    effect = _seg(f"  {row.effect_text(lang)}", "strong") if row.effect else None
    words = row.about(lang)
    about = _seg(f"  {words}", "dim") if words else None
    return _line(
        "fact",
        _seg(name, "strong"),
        _seg(f"{where}{': ' if lang == 'en' else '：'}"),
        *middle,
        effect,
        about,
    )


def foot_lines(alert: Alert) -> list[Line]:
    """Below the diff: topics, relations, number and dates, attachments, copies, the rule, links."""
    lang = alert.lang
    lines = topic_lines(alert)
    lines += [_line("meta", _seg(relation)) for relation in alert.relations[:6]]
    if len(alert.relations) > 6:
        lines.append(_more("meta", len(alert.relations) - 6, lang))
    lines.append(_line("meta", _seg(alert.meta)))
    if alert.attachments:
        names = "；".join(clip(name, 60) for name in alert.attachments[:_ATTACHMENTS])
        rest = len(alert.attachments) - _ATTACHMENTS
        more = f" … {say('more', lang, n=rest)}" if rest > 0 else ""
        count = f"{say('attachments', lang)} ({len(alert.attachments)}): "
        lines.append(_line("meta", _seg(f"{count}{names}{more}")))
    for number, copy in enumerate(alert.copies[:_COPIES]):
        lead = _seg(f"{say('copies', lang)}: ") if number == 0 else None
        lines.append(_line("meta", lead, _seg(copy, "", copy)))
    if len(alert.copies) > _COPIES:
        lines.append(_more("meta", len(alert.copies) - _COPIES, lang))
    if alert.rule:
        lines.append(_line("meta", _seg(alert.rule, "dim")))
    return lines


def archive_lines(alert: Alert) -> list[Line]:
    """The link to the archive's page; none where it is not public."""
    if not alert.archive_url:
        return []
    return [_line("meta", _seg(say("archive", alert.lang), "", alert.archive_url))]


def handling_lines(alert: Alert) -> list[Line]:
    """Links to acknowledge the act or take it on, once each; none without a public archive."""
    if not alert.public_url:
        return []
    return [handling_links(alert.public_url, alert.notice_id, alert.lang)]


def handling_links(public_url: str, notice_id: int, lang: Lang) -> Line:
    """One line of links to take an act on or acknowledge it."""
    own, known = (
        _seg(say(purpose, lang), "", handle_url(public_url, purpose, notice_id))
        for purpose in HANDLING
    )
    return _line("meta", own, _seg(" · "), known)


def text_lines(alert: Alert) -> list[Line]:
    """The diff, article by article; empty without one."""
    if alert.diff is None:
        return []
    title = _line("diff", _seg(say("text_diff", alert.lang), "strong"))
    return [title, *(_diff_line(line) for line in diff_lines(alert.diff, alert.lang))]


def _diff_line(line: DiffLine) -> Line:
    styles: dict[str, Style] = {"equal": "", "insert": "insert", "delete": "delete"}
    marked = (_seg(span.text.replace("\n", " ⏎ "), styles[span.op]) for span in line.spans)
    return _line("diff", _seg(f"{line.label}  ", "dim") if line.label else None, *marked)


def limited_diff(alert: Alert, characters: int) -> list[Line]:
    """The diff cut at a number of characters, saying what was left out."""
    lines, kept, room = text_lines(alert), list[Line](), characters
    for number, line in enumerate(lines):
        room -= len(line.plain)
        if room < 0 and number > 1:
            kept.append(cut_notice(alert, len(lines) - number))
            break
        kept.append(line)
    return kept


def cut_notice(alert: Alert, number: int) -> Line:
    """The line that says how many changed parts are only in the archive."""
    values = {"n": number, "id": alert.notice_id, "change": alert.change_id}
    return _line("diff", _seg(say("diff_cut", alert.lang, **values), "dim"))


def continued_title(alert: Alert) -> list[Line]:
    """Head of a message that continues a diff: it still names the act and its address."""
    return [
        _line("act", _seg(clip(alert.title, 120), "strong", alert.url)),
        _line("diff", _seg(say("continued", alert.lang), "strong")),
    ]


def alert_lines(alert: Alert, diff_characters: int, *, links: bool = True) -> list[Line]:
    """A whole alert for channels without a narrow limit."""
    lines = [*head_lines(alert), *limited_diff(alert, diff_characters), *foot_lines(alert)]
    lines += archive_lines(alert)
    return [*lines, *handling_lines(alert)] if links else lines


def summary_head(summary: Summary) -> list[Line]:
    lines = [_line("headline", _seg(summary.headline, "strong"))]
    if summary.headline_second:
        lines.append(_line("headline", _seg(summary.headline_second)))
    return lines + [_line("note", _seg(note)) for note in summary.notes]


def reminder_lines(alert: Alert, text: str, deputy: str) -> list[Line]:
    """An alert that nobody owns, repeated to the deputy."""
    who = person(deputy) if deputy else None
    return [
        _line("headline", _seg(text, "strong")),
        _line("act", who, _seg(" ") if who else None, _seg(alert.title, "", alert.url)),
    ]


def entry_lines(entries: Iterable[Entry]) -> list[Line]:
    lines = []
    for entry in entries:
        segs = [_seg(f"{entry.lead} "), _seg(clip(entry.title, 200), "", entry.url)]
        if web_url(entry.url) is None:
            segs.append(_seg(f" {clip(entry.url, 200)}", "dim"))
        lines.append(_line("act", *segs))
    return lines


def summary_lines(summary: Summary) -> list[Line]:
    return [*summary_head(summary), *entry_lines(summary.entries)]
