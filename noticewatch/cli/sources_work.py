"""``source list · check · discover · capture``; ``new`` is in :mod:`..application.source_draft`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import click

from noticewatch.application.application import Application
from noticewatch.application.console import cut, leave_not_well, print_json, table
from noticewatch.application.errors import NoticewatchError

if TYPE_CHECKING:
    from config.model import Source
    from crawler.adapters.adapter import ListResponse
    from crawler.discovery.probe import Discovery, Recorded
    from domain.records.observation import NoticeRef, ParsedNotice
    from domain.records.source_run import SourceHealth

SHOWN_ROWS = 5  # of a source that was asked for by its key


# -------------------------------------------------------------------------- list


def show_list(app: Application) -> None:
    with app.archive() as archive:
        health = {state.key: state for state in archive.sources.all()}
    rows = [_source_row(source, health.get(source.key)) for source in app.sources.values()]
    if app.json:
        print_json({"sources": rows})
        return
    lines = [
        (
            row["key"],
            row["state"] or "-",
            row["last_polled"][:16].replace("T", " ") if row["last_polled"] else "never",
            row["newest"] or "-",
            str(row["rows"]),
            row["evidence"],
            row["jurisdiction"],
            cut(row["publisher"], 40),
            cut(row["reason"], 60),
        )
        for row in rows
    ]
    header = ("source", "state", "last poll", "newest", "rows", "evidence", "where", "publisher",
              "reason")  # fmt: skip
    click.echo(table(header, lines))


def _source_row(source: Source, state: SourceHealth | None) -> dict[str, Any]:
    return {
        "key": source.key,
        "publisher": source.publisher,
        "jurisdiction": source.jurisdiction,
        "platform": source.platform,
        "columns": len(source.columns),
        "enabled": source.enabled,
        "evidence": source.evidence.level,
        "evidence_since": source.evidence.since.isoformat() if source.evidence.since else None,
        "state": str(state.state) if state else None,
        "since": state.since.isoformat() if state else None,
        "reason": state.reason if state else "",
        "last_polled": state.last_polled.isoformat() if state and state.last_polled else None,
        "last_ok": state.last_ok.isoformat() if state and state.last_ok else None,
        "newest": state.newest.isoformat() if state and state.newest else None,
        "rows": state.rows if state else 0,
        "min_rows": source.expect.min_rows,
        "robots": state.robots if state else "",
    }


# ------------------------------------------------------------------------- check


def check(app: Application, keys: tuple[str, ...], replay: Path | None) -> None:
    """Lists read now, in an archive that is thrown away."""
    from crawler.discovery.probe import ProbeError, refuse_broken_selectors
    from crawler.discovery.probe import check as probe
    from noticewatch.application.pipeline import source_run_json
    from noticewatch.cli.monitoring_work import progress

    picked = app.pick_sources(keys)
    try:
        for source in picked if keys else ():
            refuse_broken_selectors(source)
    except ProbeError as error:
        raise NoticewatchError(str(error)) from error
    looks = probe(picked, app.platforms, replay=replay, progress=progress(app, len(picked)))
    if app.json:
        print_json(
            {
                "sources": [
                    {
                        **source_run_json(look.run),
                        "parameters": dict(look.run.parameters),
                        "list": [_row_json(row) for row in look.rows] if keys else [],
                    }
                    for look in looks
                ]
            }
        )
    else:
        rows = [
            (
                run.key,
                str(run.state),
                str(run.rows),
                run.newest.isoformat() if run.newest else "-",
                ", ".join(f"{key}={value}" for key, value in run.parameters.items()) or "-",
                run.reason or "-",
            )
            for run in (look.run for look in looks)
        ]
        click.echo(table(("source", "state", "rows", "newest", "detected", "reason"), rows))
        for look in looks if keys else ():
            _echo_rows(look.rows[:SHOWN_ROWS])
    if any(look.run.state != "ok" for look in looks):
        leave_not_well()


def _row_json(row: NoticeRef) -> dict[str, str | None]:
    day = row.published.isoformat() if row.published else None
    return {"title": row.title, "url": row.url, "date": day}


def _echo_rows(rows: tuple[NoticeRef, ...]) -> None:
    for row in rows:
        day = row.published.isoformat() if row.published else "undated"
        click.echo(f"  {day:<10}  {row.title}\n              {row.url}")


# ---------------------------------------------------------------------- discover


def show_discovery(app: Application, url: str, form: str) -> None:
    found = discovered(app, url, form)
    answer = discovery_json(found)
    if app.json:
        print_json(answer)
        return
    click.echo(f"{answer['kind']} · platform {answer['platform']} · {answer['url']}")
    _echo_rows(found.rows)
    for column in answer["columns"]:
        click.echo(
            f"  {column['name']}: {column['rows']} rows, newest {column['newest'] or '-'}\n"
            f"              {column['url']}"
        )
    if answer["notice"]:
        notice = answer["notice"]
        click.echo(f"  {notice['title']}")
        click.echo(
            f"  published {notice['published'] or '-'} · number {notice['document_number'] or '-'}"
            f" · issued by {'、'.join(notice['issuers']) or '-'}"
        )
        for attachment in notice["attachments"]:
            click.echo(f"  attachment {attachment['name']}: {attachment['url']}")
        click.echo(cut(notice["body"].replace("\n", " "), 300))
    for key, value in answer["parameters"].items():
        click.echo(f"  {key} = {value}")
    if what := nothing_found(found):
        click.echo(what, err=True)


def nothing_found(found: Discovery) -> str:
    """What to do about a page that holds nothing to watch; empty when it does."""
    if found.rows or found.detected.columns or found.detected.notice:
        return ""
    if found.json_names:
        return (
            "this is JSON, but no entry with a title, an address and a date could be told: "
            f"describe it by hand (docs/add-a-source.md, step 6). It has {found.json_names}"
        )
    if found.interfaces:
        names = ", ".join(found.interfaces)
        return (
            f"no dated row stands in this page; its script may ask {names}: look for that request "
            "in the browser's network view and try `noticewatch source discover` on its address, "
            "with --form for what is posted"
        )
    return (
        "no dated row stands in this page: look whether it is the list itself, and in the browser's"
        " network view for an answer that holds the titles (docs/add-a-source.md)"
    )


def discovered(app: Application, url: str, form: str) -> Discovery:
    """What stands at an address; ``form`` is posted to it, in the form ``a=1&b=2``."""
    from crawler.discovery.probe import ProbeError, discover
    from crawler.run import CrawlError

    try:
        return discover(url, app.platforms, tuple(parse_qsl(form, keep_blank_values=True)))
    except (ProbeError, CrawlError) as error:
        raise NoticewatchError(str(error)) from error


def discovery_json(found: Discovery) -> dict[str, Any]:
    """The shape of ``source discover --json``."""
    detected = found.detected
    return {
        "url": found.url,
        "platform": detected.platform,
        "kind": detected.kind,
        "rows": [_row_json(row) for row in found.rows],
        "notice": _notice_json(detected.notice) if detected.notice else None,
        "columns": [
            {
                "name": column.name,
                "url": column.url,
                "rows": column.rows,
                "newest": column.newest.isoformat() if column.newest else None,
            }
            for column in detected.columns
        ],
        "parameters": dict(detected.parameters),
    }


def _notice_json(notice: ParsedNotice) -> dict[str, Any]:
    published = notice.dates.published
    return {
        "title": notice.title,
        "published": published.isoformat() if published else None,
        "document_number": notice.document_number,
        "issuers": list(notice.issuers),
        "body": notice.text,
        "attachments": [{"name": link.name, "url": link.url} for link in notice.attachments],
    }


# ----------------------------------------------------------------------- capture


def capture(app: Application, key: str, out: Path, notices: int) -> None:
    """Poll one source into a scratch archive and keep every answer as a replay folder."""
    from crawler.discovery.probe import ProbeError, record
    from crawler.replay import Recordings

    source = app.pick_sources((key,))[0]
    folder = out / key
    most = notices or None
    try:
        recorded = record(source, app.platforms, notices=most, heard=_told(app))
    except ProbeError as error:
        raise NoticewatchError(str(error)) from error
    if not recorded.notices:
        reason = recorded.run.reason or "no notice could be read"
        raise NoticewatchError(f"{key} is {recorded.run.state}: {reason}; nothing was kept")
    answers = Recordings.write(folder, recorded.answers)
    expected = captured_json(recorded, most)
    (folder / "expected.json").write_text(
        json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    click.echo(
        f"{len(recorded.notices)} notices of {key} ({recorded.run.state}) and {answers} answers "
        f"kept in {folder}"
    )
    for name in recorded.idle:
        click.echo(f"selectors.{name} found nothing in these pages", err=True)
    replayed = record(source, app.platforms, notices=most, replay=folder)
    if captured_json(replayed, most) != expected:
        raise NoticewatchError(
            f"a replay of {folder} reads something else than the site did; "
            "compare `noticewatch poll --replay` with expected.json"
        )


def _told(app: Application) -> Callable[[ListResponse], None] | None:
    """Prints a line for each answer: a polite pass takes its time."""
    if app.json and not sys.stderr.isatty():
        return None
    return lambda answer: click.echo(f"  {answer.status} {cut(answer.url, 100)}", err=True)


def captured_json(recorded: Recorded, most: int | None = None) -> dict[str, Any]:
    """What was understood of a pass, without what differs from one to the next; ``most`` is how
    many notices of each list were read (None: all)."""
    return {
        "rows": recorded.run.rows,
        "most": most,
        "notices": [
            {
                "url": notice.url,
                "title": notice.title,
                "published": notice.published.isoformat() if notice.published else None,
                "document_number": notice.document_number,
                "issuers": list(notice.issuers),
                "text": version.text,
                "attachments": [
                    {"name": file.name, "url": file.url, "status": str(file.status)}
                    for file in version.attachments
                ],
            }
            for notice in recorded.notices
            for version in [notice.postings[0].versions[-1]]
        ],
    }
