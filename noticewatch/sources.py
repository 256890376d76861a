"""``source list · check · discover · new · capture``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from noticewatch.context import App
from noticewatch.errors import NoticewatchError
from noticewatch.output import cut, leave_not_well, print_json, table

if TYPE_CHECKING:
    from archive.records import ParsedNotice, SourceHealth
    from config.model import Source
    from crawler.probe import Discovery, Recorded


# -------------------------------------------------------------------------- list


def show_list(app: App) -> None:
    with app.archive() as archive:
        health = {state.key: state for state in archive.health()}
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


def check(app: App, keys: tuple[str, ...], replay: Path | None) -> None:
    """Lists read now, in an archive that is thrown away."""
    from crawler.probe import check as probe
    from noticewatch.pipeline import source_run_json
    from noticewatch.report import progress

    picked = app.pick_sources(keys)
    runs = probe(picked, app.platforms, replay=replay, progress=progress(app, len(picked)))
    if app.json:
        print_json(
            {
                "sources": [
                    {**source_run_json(run), "parameters": dict(run.parameters)} for run in runs
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
            for run in runs
        ]
        click.echo(table(("source", "state", "rows", "newest", "detected", "reason"), rows))
    if any(run.state != "ok" for run in runs):
        leave_not_well()


# ---------------------------------------------------------------------- discover


def show_discovery(app: App, url: str) -> None:
    found = _discover(app, url)
    answer = discovery_json(found)
    if app.json:
        print_json(answer)
        return
    click.echo(f"{answer['kind']} · platform {answer['platform']} · {answer['url']}")
    for row in answer["rows"]:
        click.echo(f"  {row['date'] or 'undated':<10}  {row['title']}\n              {row['url']}")
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


def _discover(app: App, url: str) -> Discovery:
    from crawler.probe import ProbeError, discover
    from crawler.run import CrawlError

    try:
        return discover(url, app.platforms)
    except (ProbeError, CrawlError) as error:
        raise NoticewatchError(str(error)) from error


def discovery_json(found: Discovery) -> dict[str, Any]:
    """The shape of ``source discover --json``."""
    detected = found.detected
    return {
        "url": found.url,
        "platform": detected.platform,
        "kind": detected.kind,
        "rows": [
            {
                "title": row.title,
                "url": row.url,
                "date": row.published.isoformat() if row.published else None,
            }
            for row in found.rows
        ],
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


# --------------------------------------------------------------------------- new


def scaffold(app: App, url: str, key: str | None, jurisdiction: str, out: Path | None) -> None:
    """A source file from what was found; what a person must still say is left as a comment."""
    found = _discover(app, url)
    text = source_yaml(found, key or _key_from(url), jurisdiction)
    if out is None:
        click.echo(text, nl=False)
        return
    target = out / f"{key or _key_from(url)}.yml"
    if target.exists():
        raise NoticewatchError(f"{target} exists already; choose another --key")
    out.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    click.echo(f"written: {target}; fill in the names, then `noticewatch source check`", err=True)


def _key_from(url: str) -> str:
    host = (urlsplit(url).hostname or "source").removeprefix("www.")
    return re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")


def source_yaml(found: Discovery, key: str, jurisdiction: str) -> str:
    import yaml

    from config.model import Source

    detected = found.detected
    columns = [
        {"key": f"c{number}", "name": {"zh": column.name}, "url": column.url}
        for number, column in enumerate(detected.columns, start=1)
    ] or [{"key": "notices", "url": found.url, "params": _params(detected.parameters)}]
    record = {
        "key": key,
        "name": {"zh": urlsplit(found.url).hostname},
        "publisher": urlsplit(found.url).hostname,
        "jurisdiction": jurisdiction,
        "platform": detected.platform,
        "columns": columns,
        "expect": {"min_rows": max(1, len(found.rows) // 2), "max_silence_days": 90},
        "evidence": {"level": "live", "since": datetime.now(UTC).date().isoformat()},
    }
    Source.model_validate(record)
    body: str = yaml.safe_dump(record, allow_unicode=True, sort_keys=False)
    return f"# Found at {found.url}. Say who publishes: name, publisher, jurisdiction.\n{body}"


def _params(found: Mapping[str, str]) -> dict[str, str]:
    """Ids that the page gave away, as the fallback for a day when it does not."""
    return {key: value for key, value in found.items() if value and key not in {"url", "webname"}}


# ----------------------------------------------------------------------- capture


def capture(app: App, key: str, out: Path) -> None:
    """Poll one source into a scratch archive and keep every answer as a replay folder."""
    from crawler.probe import record
    from crawler.replay import Recordings

    source = app.pick_sources((key,))[0]
    folder = out / key
    recorded = record(source, app.platforms)
    answers = Recordings.write(folder, recorded.answers)
    expected = captured_json(recorded)
    (folder / "expected.json").write_text(
        json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    notices = f"{len(recorded.notices)} notices of {key} ({recorded.run.state})"
    click.echo(f"{notices} and {answers} answers kept in {folder}")
    if answers and captured_json(record(source, app.platforms, replay=folder)) != expected:
        click.echo("a replay of the folder reads something else: see expected.json", err=True)


def captured_json(recorded: Recorded) -> dict[str, Any]:
    """What was understood of a pass, without what differs from one to the next."""
    return {
        "rows": recorded.run.rows,
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
