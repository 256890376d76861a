"""Turn a digest into lines (text, terminal, chat) and into an HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from i18n.phrases import PHRASES, Lang, clip, day, jurisdiction_name, say, short_day
from notifier.messages.alert import Alert
from notifier.messages.digest_model import ChangedAct, Digest, NearNotice, OpenDate, TitleLine
from notifier.render.lines import (
    Line,
    TextRun,
    clean_text,
    concern_lines,
    duty_lines_of,
    fact_lines,
    handling_lines,
    handling_links,
    web_url,
)
from notifier.render.mail import TONES, MailContent, leave_line, templates
from notifier.render.plain_text import as_text
from notifier.selection.coverage import COVERAGE_STATES, Coverage

if TYPE_CHECKING:
    from datetime import tzinfo


_FACTS = 3
_DUTIES = 4
_BLIND = 30
_TITLES = 200
_CHANGED = 60
_MOST_BYTES = 100_000
_DATES = 100
_NEAR = 20


def heading(key: str, digest: Digest) -> str:
    """A section's heading, in both languages where both are read."""
    english, chinese = PHRASES[key]
    if digest.both:
        return f"{english} · {chinese}"
    return chinese if digest.lang == "zh" else english


def own_lines(alert: Alert, *, handling: bool) -> list[Line]:
    """An act that applies to our companies: first line, to whom, title, duties, binding or not."""
    lines = [
        Line(role="headline", segs=(TextRun(text=clean_text(alert.headline), style="strong"),))
    ]
    if alert.headline_second:
        lines.append(Line(role="status", segs=(TextRun(text=clean_text(alert.headline_second)),)))
    lines += [*concern_lines(alert), Line(role="act", segs=(_link(alert.title, alert.url),))]
    if alert.status:
        lines.append(Line(role="status", segs=(TextRun(text=clean_text(alert.status)),)))
    lines += duty_lines_of(alert, _DUTIES)
    lines += fact_lines(alert, _FACTS)
    return [*lines, *handling_lines(alert)] if handling else lines


def changed_lines(act: ChangedAct, digest: Digest) -> list[Line]:
    """A changed act: its first line, below it the act's title, who has it, and links to take it."""
    first = TextRun(text=clean_text(act.line), style="strong", url=web_url(act.page or act.url))
    lines = [Line(role="headline", segs=(first,))]
    if act.second:
        lines.append(Line(role="status", segs=(TextRun(text=clean_text(act.second)),)))
    notes = "".join(f" · {note}" for note in act.notes)
    title = _link(act.title, act.url if act.page else "")  # the first line leads there already
    lines.append(Line(role="meta", segs=(title, TextRun(text=clean_text(notes)))))
    if digest.public_url and digest.handling and not act.owned:
        lines.append(handling_links(digest.public_url, act.notice_id, digest.lang))
    return lines


def _link(title: str, url: str) -> TextRun:
    return TextRun(text=clean_text(clip(title, 300)), url=web_url(url))


def coverage_lines(
    rows: Iterable[Coverage], lang: Lang, zone: tzinfo, *, national: bool = False
) -> list[tuple[str, str]]:
    """State in words and the jurisdictions in it; silence says since when and on how many.
    ``national``: there is a national rule, which applies where a province has none."""
    grouped: dict[str, list[str]] = {}
    kept = sorted(rows, key=lambda row: COVERAGE_STATES.index(row.state))
    for row in kept:
        name = jurisdiction_name(row.jurisdiction, lang)
        if row.state in ("rule", "draft"):
            words = say("cov_rule" if row.state == "rule" else "cov_draft", lang)
            name = f"{name} ({row.acts})"
        elif row.since is None:
            words = say("cov_unread" if row.sources else "cov_unwatched", lang)
        else:
            key = "cov_nothing" if row.state == "nothing" else "cov_unreadable"
            moment = day(row.since.astimezone(zone).date(), lang)
            words = say(key, lang, n=row.sources, date=moment)
        looked = row.state in ("nothing", "draft")
        if national and looked:  # of a province nobody watches nothing is known
            words = say("cov_national", lang, state=words)
        grouped.setdefault(words, []).append(name)
    comma = ", " if lang == "en" else "、"
    return [(words, comma.join(names)) for words, names in grouped.items()]


def digest_lines(digest: Digest, zone: tzinfo) -> list[Line]:
    """The whole digest as lines: for you, dates, what changed, what is gone, what is not seen."""
    lines = [
        _head(digest.subject),
        _note(digest.covers),
        _note(f"{digest.verdict} · {digest.healthy}"),
    ]
    if digest.ours:
        lines.append(_section("for_you", digest))
    for alert in digest.ours:
        lines += [*own_lines(alert, handling=digest.handling), _note("")]
    lines += _date_lines(digest)
    if digest.changed:
        lines.append(_section("sec_changed", digest))
    for act in digest.changed:
        lines += [*changed_lines(act, digest), _note("")]
    lines += _title_lines("sec_minor", digest.minor, digest)
    lines += _title_lines("sec_gone", digest.gone, digest)
    lines += [*_blind_lines(digest), *_near_lines(digest), *_coverage_lines(digest, zone)]
    lines += _activity_lines(digest)
    if digest.vouched:
        lines.append(_note(f"\n{digest.vouched}"))
    return lines


def _title_lines(key: str, titles: Sequence[TitleLine], digest: Digest) -> list[Line]:
    """Acts told by their titles; nothing where there are none."""
    lines = [_section(key, digest)] if titles else []
    for item in titles[:_TITLES]:
        lead = f"{item.mark} {item.place} · {item.what} · "
        lines.append(Line(role="act", segs=(TextRun(text=lead), _link(item.title, item.url))))
    return lines + _rest(len(titles) - _TITLES, digest)


def _rest(number: int, digest: Digest) -> list[Line]:
    return [_note(say("more", digest.lang, n=number))] if number > 0 else []


def _blind_lines(digest: Digest) -> list[Line]:
    lines = [_note(line) for line in digest.blind[:_BLIND] or (say("none", digest.lang),)]
    return [_section("sec_blind", digest), *lines, *_rest(len(digest.blind) - _BLIND, digest)]


def _coverage_lines(digest: Digest, zone: tzinfo) -> list[Line]:
    covered = coverage_lines(digest.covered, digest.lang, zone, national=digest.national)
    return [
        _section("sec_coverage", digest),
        *(_note(f"{words}: {names}") for words, names in covered),
    ]


def _activity_lines(digest: Digest) -> list[Line]:
    most = max((count for _, count in digest.activity), default=0)
    return [
        _section("sec_activity", digest),
        *(
            _note(f"{week} {'█' * _bar(count, most, 30)} {count}")
            for week, count in digest.activity
        ),
    ]


def _near_lines(digest: Digest) -> list[Line]:
    """What may concern the reader, each with its reason; nothing where nothing came near."""
    if not digest.near:
        return []
    lines = [_section("sec_near", digest), _note(near_count(digest))]
    for near in digest.near[:_NEAR]:
        lead = TextRun(text=f"{near_lead(near, digest.lang)} · ")
        lines.append(Line(role="act", segs=(lead, _link(near.title, near.url))))
        lines.append(_note(near_why(near, digest.lang)))
    return lines


def near_count(digest: Digest) -> str:
    """How many notices came near the line, and how many of them are not listed."""
    count = say("near_count", digest.lang, n=len(digest.near))
    more = len(digest.near) - _NEAR
    return f"{count} ({say('more', digest.lang, n=more)})" if more > 0 else count


def near_lead(near: NearNotice, lang: Lang) -> str:
    """Where a notice is from, and its number in the archive, for a verdict on it."""
    return f"{near.place} · {say('near_number', lang, n=near.number)}"


def near_why(near: NearNotice, lang: Lang) -> str:
    """Why a notice came near: how likely it is of the field, and its nearest passage."""
    return say("near_why", lang, percent=near.percent, where=near.where, quote=near.quote)


def _bar(count: int, most: int, width: int) -> int:
    return max(1, round(width * count / most)) if count else 0


def _head(text: str) -> Line:
    return Line(role="headline", segs=(TextRun(text=clean_text(text), style="strong"),))


def _note(text: str) -> Line:
    return Line(role="note", segs=(TextRun(text=clean_text(text)),))


def _section(key: str, digest: Digest) -> Line:
    return Line(role="topic", segs=(TextRun(text=f"\n── {heading(key, digest)}", style="strong"),))


def _date_lines(digest: Digest) -> list[Line]:
    lines = [_section("sec_dates", digest)]
    if not digest.dates:
        lines.append(_note(say("none", digest.lang)))
    for row in digest.dates[:_DATES]:
        left = say("in_days", digest.lang, n=row.left)
        lead = f"{short_day(row.day, digest.lang)} ({left}) {row.place} · {row.what} · "
        owner = TextRun(text=clean_text(owner_note(row, digest)))
        lines.append(Line(role="act", segs=(TextRun(text=lead), _link(row.title, row.url), owner)))
    return lines + _rest(len(digest.dates) - _DATES, digest)


def owner_note(row: OpenDate, digest: Digest) -> str:
    """Who has the act whose day it is; '' for nobody."""
    return f" · {say('owned_by', digest.lang, who=row.owner)}" if row.owner else ""


def digest_mail(digest: Digest, zone: tzinfo, public_url: str | None = None) -> MailContent:
    """Subject, text and HTML of a digest; a page of more than 100 kB is cut by mail programs, so
    it lists fewer acts then, and says how many are left out."""
    leave = leave_line(public_url, digest.lang)
    html = ""
    for share in (1, 2, 4, 8):
        html = _page(digest, zone, leave, share)
        if len(html.encode()) <= _MOST_BYTES:
            break
    text = as_text([*digest_lines(digest, zone), *leave])
    return MailContent(subject=digest.subject, text=text + "\n", html=html)


def _page(digest: Digest, zone: tzinfo, leave: list[Line], share: int) -> str:
    """The HTML; ``share`` is by how much the lists are shorter than they may be."""
    most = max((count for _, count in digest.activity), default=0)
    page = templates().get_template("digest.html.j2")
    return page.render(
        digest=digest,
        subject=digest.subject,
        lang=digest.lang,
        heading=lambda key: heading(key, digest),
        own_lines=lambda alert: own_lines(alert, handling=digest.handling),
        changed_lines=lambda act: changed_lines(act, digest),
        owner_note=lambda row: owner_note(row, digest),
        most_blind=_BLIND,
        coverage=coverage_lines(digest.covered, digest.lang, zone, national=digest.national),
        near=[
            (near_lead(near, digest.lang), near, near_why(near, digest.lang))
            for near in digest.near[:_NEAR]
        ],
        near_count=near_count(digest),
        titles=[("sec_minor", digest.minor), ("sec_gone", digest.gone)],
        most_titles=_TITLES // share,
        most_dates=_DATES // share,
        most_changed=_CHANGED // share,
        in_days=lambda number: say("in_days", digest.lang, n=number),
        tones=TONES,
        bars=[(week, count, _bar(count, most, 100)) for week, count in digest.activity],
        none=say("none", digest.lang),
        more=lambda number: say("more", digest.lang, n=number),
        short_day=lambda value: short_day(value, digest.lang),
        clean=clean_text,
        web_url=web_url,
        leave=leave,
    )
