"""Notices from the command line: search, show, feedback, undo a merge, the weekly digest."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import cut, leave_not_well, print_json
from noticewatch.application.notice_search import Question, find_notices
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.options import PATH, cli, command, date_option

if TYPE_CHECKING:
    from archive.store import Archive
    from domain.law.law_list import LawEntry
    from domain.records.notice import Notice
    from domain.records.search_hit import SearchHit, SearchResult
    from noticewatch.application.law.act_as_of import ActAsOf


@command(cli, "search", context_settings={"ignore_unknown_options": True})  # a query may be -词
@click.argument("query")
@click.option("--topic", "topics", multiple=True, metavar="T", help="Only this topic; repeatable.")
@click.option(
    "--jurisdiction",
    "jurisdictions",
    multiple=True,
    metavar="J",
    help="Only this one: CN, CN-GD …; repeatable.",
)
@click.option("--since", metavar="D", help="Published on or after (YYYY-MM-DD).")
@click.option("--until", metavar="D", help="Published on or before (YYYY-MM-DD).")
@click.option("--as-of", metavar="D", help="Status and answer as of this day (YYYY-MM-DD).")
@click.option(
    "--mode",
    type=click.Choice(["auto", "text", "meaning", "hybrid"]),
    default="auto",
    show_default=True,
    help="A question in English or Chinese; by the letter, by meaning, or both together.",
)
@click.option(
    "--no-filter",
    "refused",
    multiple=True,
    metavar="KIND[=VALUE]",
    help="Do not read this filter in the question (jurisdiction, role=importer …); repeatable.",
)
@click.option("--near-line", is_flag=True, help="Only what is not relevant but came near the line.")
@click.option(
    "--limit", type=click.IntRange(1, 2000), default=20, show_default=True, help="Most hits shown."
)
@click.option("--mine", is_flag=True, help="Only acts that may apply to our companies.")
@click.option("--entity", metavar="K", help="The same for one company of entities.yml.")
def search_command(
    app: Application, query: str, mine: bool, entity: str | None, **options: Any
) -> None:
    """Search titles, bodies, attachments and document numbers."""
    question = _question(app, query, **options)
    with app.archive() as archive:
        if mine or entity is not None:
            question = replace(question, ids=_our_notices(app, archive, entity))
        result = find_notices(archive, question, encoder=app.settings.encoder.model)
    law = _law_hits(query, question.as_of)
    if app.json:
        from noticewatch.application.search_json import result_json

        print_json(result_json(result, law))
    else:
        _print_law(law)
        _print_hits(result)


def _law_hits(query: str, as_of: date | None) -> list[LawEntry]:
    from config.time_zone import BEIJING
    from noticewatch.application.law.registered_law import first_hits

    return first_hits(query, as_of or datetime.now(BEIJING).date())


def _print_law(law: list[LawEntry]) -> None:
    """The registered acts that a query names, before what the archive holds."""
    from i18n.law_text import status_line, wrong_name_line

    for entry in law:
        if entry.asked_as is not None:
            click.echo(wrong_name_line(entry.asked_as, "en"))
        name = entry.title_en or entry.title
        click.echo(f"   law  {name}: {status_line(entry, 'en')}  [{entry.handle}]")


def _our_notices(app: Application, archive: Archive, entity: str | None) -> tuple[int, ...]:
    """The acts that may apply to our companies, or name them; none as a number that none has."""
    from config.time_zone import BEIJING
    from noticewatch.application.me.mine import read_mine

    today = app.clock().astimezone(BEIJING).date()
    notices = archive.overview.relevant_notices()
    ours = read_mine(archive, notices, app.pick_entities(entity), today)
    return tuple(sorted(ours.notices)) or (0,)


def _question(
    app: Application, query: str, *, since: str | None, until: str | None, as_of: str | None,
    **filters: Any,
) -> Question:  # fmt: skip
    known = {topic.id for topic in app.topics} if filters["topics"] else set()
    _check_refused(filters["refused"])
    for topic in filters["topics"]:
        if topic not in known:
            raise NoticewatchError(f"no topic {topic!r} (known: {', '.join(sorted(known))})")
    return Question(
        query=query,
        since=date_option(since, "--since"),
        until=date_option(until, "--until"),
        as_of=date_option(as_of, "--as-of"),
        order="rank" if filters["mode"] == "auto" and query.strip() else "newest",
        **filters,
    )


def _check_refused(given: tuple[str, ...]) -> None:
    from domain.questions.question_filters import FILTER_KINDS, parse_refused

    try:
        parse_refused(given)
    except ValueError as error:
        raise NoticewatchError(f"{error} (known: {', '.join(FILTER_KINDS)})") from None


def _print_hits(result: SearchResult) -> None:
    from i18n.question_text import found_lines

    for line in found_lines(result):
        click.echo(line, err=True)
    if result.answer is not None:
        click.echo(f"answer: {result.answer.en} (notice {result.answer.notice_id})")
        click.echo(f"        “{cut(result.answer.quote, 200)}”")
    for hit in result.hits:
        published = hit.published.isoformat() if hit.published else "undated"
        labels = f"  [{', '.join(hit.labels)}]" if hit.labels else ""
        click.echo(f"{hit.id:>6}  {published}  {hit.jurisdiction:<5}  {hit.title}{labels}")
        if hit.title_en and result.mode == "auto":
            click.echo(f"        {_standing(hit)}{cut(hit.title_en, 88)}")
        if hit.answer is not None:
            click.echo(f"        > {cut(hit.answer.en, 160)}")
        if hit.snippet:
            plain = re.sub(r"</?mark>", "", hit.snippet)
            click.echo(f"        {cut(plain, 96)}")
    click.echo(f"{result.total} found in {result.took_ms:.0f} ms", err=True)


def _standing(hit: SearchHit) -> str:
    """Severity and status of a hit, where they say something."""
    said = [hit.severity.upper() if hit.severity != "grey" else "", hit.status or ""]
    told = " · ".join(word.replace("_", " ") for word in said if word)
    return f"{told} · " if told else ""


_AGAINST = "noticewatch.show.against"


@command(cli, "show")
@click.argument("notice_id", metavar="ID", type=int)
@click.option("--version", "version", type=click.IntRange(1), help="Text of one version.")
@click.option(
    "--diff",
    "diff",
    metavar="A..B",
    help="What changed between two versions; `acts`: from the act that it replaces or amends.",
)
@click.option(
    "--case", "case", type=PATH, metavar="DIR", help="Write its case folder: everything, hashed."
)
@click.option(
    "--as-of", metavar="D", help="How it reads on this day (YYYY-MM-DD), and by which act."
)
@click.option(
    "--against", metavar="D", expose_value=False,
    callback=lambda context, _, value: context.meta.update({_AGAINST: value}),
    help="With --as-of: article by article against this day, and which act changed it.",
)  # fmt: skip
def show_command(
    app: Application, notice_id: int, version: int | None, diff: str | None, case: Path | None,
    as_of: str | None,
) -> None:  # fmt: skip
    """One notice: data, copies, versions, labels, facts, changes."""
    from noticewatch.cli import notice_report

    if case is not None:
        _write_case(app, notice_id, case)
        return
    with app.archive() as archive:
        notice = archive.notices.get(notice_id)
        if notice is None:
            raise NoticewatchError(f"no notice {notice_id} in the archive")
        if as_of is not None:
            _show_as_of(app, archive, notice, as_of)
        elif diff == "acts":
            notice_report.show_acts(app, archive, notice)
        elif diff is not None:
            notice_report.show_difference(app, notice, diff)
        elif version is not None:
            notice_report.show_version(app, notice, version)
        else:
            notice_report.show_notice(app, archive, notice)


def _show_as_of(app: Application, archive: Archive, notice: Notice, as_of: str) -> None:
    from i18n.headline_text import duty_text
    from noticewatch.application.law.act_as_of import act_as_of, article_head, as_of_json

    act = act_as_of(archive, notice, _day(as_of, "--as-of"))
    if (against := click.get_current_context().meta.get(_AGAINST)) is not None:
        _show_two_days(app, act, act_as_of(archive, notice, _day(against, "--against")))
        return
    if app.json:
        print_json(as_of_json(act))
        return
    since = f" (its text is known from {act.known_since})" if act.known_since else ""
    click.echo(f"{notice.title}: {act.status.replace('_', ' ')} on {act.day}{since}")
    for item in act.articles:
        click.echo(article_head(item))
        if item.text is not None:
            click.echo(f"  {item.text}")
    for duty in act.duties:
        click.echo(f"duty   {duty_text(duty, 'en')}")


def _day(text: str, option: str) -> date:
    day = date_option(text, option)
    assert day is not None
    return day


def _show_two_days(app: Application, first: ActAsOf, second: ActAsOf) -> None:
    from noticewatch.application.law.two_days import compared_days, two_days_json

    if app.json:
        print_json(two_days_json(first, second))
        return
    click.echo(f"{first.notice.title}: {first.day} against {second.day}")
    for row in compared_days(first, second):
        by = row.by.source_number or row.by.source_id
        click.echo(f"[{row.article} · {row.change.replace('_', ' ')} · {row.by.since} · {by}]")
        if row.change != "same":
            click.echo(f"  - {row.before or ''}\n  + {row.after or ''}")


def _write_case(app: Application, notice_id: int, folder: Path) -> None:
    """Every version, attachment, diff and hash of a notice, to be handed over."""
    from noticewatch.application.case_folder import PDF_NAME, write_case

    with app.archive(create=False) as archive:
        written = write_case(archive, notice_id, folder)
    if app.json:
        pdf = str(folder / PDF_NAME) if written.pdf else None
        print_json({"folder": str(folder), "files": written.files, "pdf": pdf})
        return
    click.echo(f"{written.files} files written to {folder}; check: sha256sum -c SHA256SUMS")
    if not written.pdf:
        click.echo("no PDF: that takes Chromium and the extra [browser]; index.html prints as well")


@command(cli, "feedback")
@click.argument("notice_id", metavar="ID", type=int)
@click.argument("verdict", type=click.Choice(["relevant", "not_relevant", "wrong_topic"]))
@click.option("--topic", help="The topic meant, for wrong_topic.")
@click.option("--who", required=True, help="Your name, kept with the verdict.")
@click.option("--note", default="", help="Why; kept with the verdict.")
def feedback_command(
    app: Application, notice_id: int, verdict: Any, topic: str | None, who: str, note: str
) -> None:
    """Say whether a notice is relevant; `train` learns from it."""
    with app.one_pass(), app.archive(create=False) as archive:
        if archive.notices.get(notice_id, versions=False) is None:
            raise NoticewatchError(f"no notice {notice_id} in the archive")
        archive.feedback.add(notice_id, verdict, who=who, topic=topic, note=note)
    click.echo(f"kept: notice {notice_id} {verdict} by {who}", err=True)


@command(cli, "split")
@click.argument("posting_url")
def split_command(app: Application, posting_url: str) -> None:
    """Undo a wrong merge: give the copy at this address a notice of its own, for good."""
    with app.one_pass(), app.archive(create=False) as archive:
        posting = archive.postings.by_url(posting_url)
        if posting is None:
            raise NoticewatchError(f"no copy at {posting_url} in the archive")
        notice_id = archive.merging.split(posting.id)
    if app.json:
        print_json({"notice_id": notice_id})
    else:
        click.echo(f"the copy is now notice {notice_id} and stays apart")


@command(cli, "digest")
@click.option("--week", metavar="2026-W47", help="ISO week; default the last complete one.")
@click.option("--out", type=PATH, help="Folder for .eml, .html and .txt.")
@click.option("--send", is_flag=True, help="Send it to the weekly subscriptions.")
def digest_command(app: Application, week: str | None, out: Path | None, send: bool) -> None:
    """The weekly e-mail, as files or sent."""
    if bool(out) == send:
        raise click.UsageError("choose one of --out DIR and --send")
    if out is not None:
        _write_digest(app, week, out)
    else:
        _send_digest(app, week)


def _write_digest(app: Application, week: str | None, out: Path) -> None:
    from noticewatch.application.saved_search_subscriptions import with_saved_searches
    from notifier.messages.digest_files import write_digests

    with app.one_pass(), app.archive() as archive:
        paths = write_digests(archive, with_saved_searches(app.settings, archive), week, out)
    if app.json:
        print_json({"files": [str(path) for path in paths]})
        return
    for path in paths:
        click.echo(str(path))


def _send_digest(app: Application, week: str | None) -> None:
    from noticewatch.application.saved_search_subscriptions import with_saved_searches
    from notifier.messages.digest import send_digests

    with app.one_pass(), app.archive() as archive:
        settings = with_saved_searches(app.settings, archive)
        sent = send_digests(archive, settings, week, terminal=app.terminal)
    if app.json:
        print_json({"queued": sent.queued, "sent": sent.sent, "failed": sent.failed})
    else:
        click.echo(f"digests: {sent.queued} queued, {sent.sent} sent, {sent.failed} failed")
    if sent.failed:
        leave_not_well()
