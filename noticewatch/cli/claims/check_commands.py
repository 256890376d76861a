"""Articles on the command line: checked against the law, kept as leads, listed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import print_json, text_table, write_line
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.options import PATH, cli, command, date_option

if TYPE_CHECKING:
    from datetime import date

    from archive.store import Archive
    from noticewatch.application.check.check_json import CheckJson

STDIN = "-"


@command(cli, "check")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option("--compare", type=PATH, metavar="OTHER", help="A second text: where they disagree.")
@click.option("--as-of", metavar="D", help="The law of this day (YYYY-MM-DD); default today.")
@click.option("--html", "out", type=PATH, metavar="OUT", help="Write the report as a page.")
@click.option("--keep", is_flag=True, help="Keep it as a lead, checked again when the law moves.")
@click.option("--list", "listed", is_flag=True, help="The kept leads, and what moved for them.")
def check_command(
    app: Application, file: Path | None, out: Path | None, *, listed: bool, **options: Any
) -> None:
    """Check what an article, a mail or a memo claims (FILE, - for standard input)."""
    if listed:
        _list(app)
        return
    compare: Path | None = options["compare"]
    if file is None:
        raise click.UsageError("Missing argument 'FILE'; --list shows what is kept.")
    name, text = _read(file)
    other = _read(compare)[1] if compare is not None else None
    day = date_option(options["as_of"], "--as-of") or _today(app)
    with app.archive() as archive:
        report = _checked(app, archive, (text, other), day)
        if options["keep"]:
            _keep(app, archive, name, text)
    if out is not None:
        from noticewatch.application.check.check_report import check_page

        out.write_text(check_page(report, name), encoding="utf-8")
        click.echo(f"report written to {out}", err=True)
    if app.json:
        print_json(report)
    elif out is None:
        _print(report)


def _today(app: Application) -> date:
    from config.time_zone import BEIJING

    return app.clock().astimezone(BEIJING).date()


def _read(file: Path) -> tuple[str, str]:
    from noticewatch.application.check.article_text import MOST_BYTES, article_text

    if str(file) == STDIN:
        return "standard input", article_text("", sys.stdin.buffer.read(MOST_BYTES + 1))
    if not file.is_file():
        raise NoticewatchError(f"{file}: no such file")
    return file.name, article_text(file.name, file.read_bytes())


def _checked(
    app: Application, archive: Archive, texts: tuple[str, str | None], day: date
) -> CheckJson:
    from noticewatch.application.check.article_check import check_article
    from noticewatch.application.check.check_json import check_json
    from noticewatch.application.check.law_book import HeldLaw

    law = HeldLaw.of(archive, app.register, day, encoder=app.settings.encoder.model)
    return check_json(check_article(law, texts[0], texts[1]))


def _print(report: CheckJson) -> None:
    for claim in report["claims"]:
        write_line(f"{claim['verdict']:<13}{claim['text']}")
        write_line(f"{'':<13}{claim['en']}")
    for item in report["conflicts"]:
        write_line(f"{'conflict':<13}{item['slot']} of {item['about']}: {item['a']} / {item['b']}")
    counts = ", ".join(f"{number} {name}" for name, number in report["counts"].items() if number)
    click.echo(f"{counts or 'no claims'}; as of {report['as_of']}", err=True)


def _keep(app: Application, archive: Archive, name: str, text: str) -> None:
    """Keep the text and check it as of today, whatever day was asked for."""
    from domain.records.lead import NewLead
    from noticewatch.application.check.lead_upkeep import check_leads

    lead, new = archive.leads.keep(NewLead(title=name, text=text, who="command line"))
    check_leads(archive, app.register, _today(app), encoder=app.settings.encoder.model)
    click.echo(f"{'kept' if new else 'known already'} as lead {lead}", err=True)


def _list(app: Application) -> None:
    from noticewatch.application.check.lead_json import leads_json

    with app.archive() as archive:
        answered = leads_json(archive.leads.all())
    if app.json:
        print_json(answered)
        return
    rows = [("id", "added", "checked", "verdicts", "title")]
    for lead in answered["leads"]:
        counts = ", ".join(f"{number} {name}" for name, number in lead["counts"].items() if number)
        rows.append(
            (
                str(lead["id"]),
                lead["added"][:10],
                (lead["checked"] or "–")[:10],
                counts,
                lead["title"],
            )
        )
    click.echo(text_table(rows[0], rows[1:]))
    for lead in answered["leads"]:
        for claim in lead["moved"]:
            write_line(f"lead {lead['id']}: {claim['before']} → {claim['after']}: {claim['text']}")
