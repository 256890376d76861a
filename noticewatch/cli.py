"""The command line. Thin: every command reads its options, calls one function, prints.

Heavy imports happen inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from noticewatch.context import App
from noticewatch.errors import NoticewatchError

F = TypeVar("F", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)

EXIT_ERROR = 1
EXIT_USAGE = 2


def global_options(command: F) -> F:
    """Options that work before and after the command's name."""
    options = [
        click.option("--config", "config_", type=PATH, help="Settings file (noticewatch.yml)."),
        click.option("--data-dir", "data_dir_", type=PATH, help="Folder of the archive."),
        click.option(
            "--sources-dir", "sources_dir_", type=PATH, help="Source files instead of the shipped."
        ),
        click.option("--json", "json_", is_flag=True, help="Print the result as JSON only."),
        click.option("--debug", "debug_", is_flag=True, help="Show tracebacks and more logs."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _take_globals(ctx: click.Context, values: dict[str, Any]) -> App:
    app = ctx.ensure_object(App)
    app.config = values.pop("config_") or app.config
    app.data_dir_option = values.pop("data_dir_") or app.data_dir_option
    app.sources_dir_option = values.pop("sources_dir_") or app.sources_dir_option
    app.json = values.pop("json_") or app.json
    app.debug = values.pop("debug_") or app.debug
    return app


def command(
    parent: click.Group, name: str, **options: Any
) -> Callable[[Callable[..., None]], click.Command]:
    """Register a command that gets the :class:`App` and its own options."""

    def register(function: Callable[..., None]) -> click.Command:
        @click.pass_context
        def run(ctx: click.Context, /, **values: Any) -> None:
            app = _take_globals(ctx, values)
            _set_up_logging(app)
            function(app, **values)

        run.__doc__ = function.__doc__
        run.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        return parent.command(name, **options)(global_options(run))

    return register


def _set_up_logging(app: App) -> None:
    from noticewatch.logs import secret_values, set_up_logging

    def secrets() -> tuple[str, ...]:
        from config.loader import ConfigError

        try:
            return secret_values(app.settings)
        except ConfigError:  # told by whoever needs the settings
            return ()

    set_up_logging(secrets=secrets, debug=app.debug)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Also when it runs from a folder and was never installed."""
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("noticewatch")
    except PackageNotFoundError:
        import tomllib

        project = Path(__file__).resolve().parents[1] / "pyproject.toml"
        number = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    click.echo(f"noticewatch, version {number}")
    ctx.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@global_options
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context, /, **values: Any) -> None:
    """Watch China's used power battery rules: what changed, where, for whom, by when.

    Start with `noticewatch demo` to see everything on invented notices, or
    `noticewatch run` to watch the real sources.
    """
    _take_globals(ctx, values)


@cli.group("source")
@global_options
@click.pass_context
def source_group(ctx: click.Context, /, **values: Any) -> None:
    """Sources: their health, probing, and adding new ones."""
    _take_globals(ctx, values)


# ------------------------------------------------------------------- the main job


def _poll_options(function: F) -> F:
    for option in reversed(
        [
            click.option(
                "--source", "sources", multiple=True, metavar="KEY", help="Only this one."
            ),
            click.option(
                "--recheck",
                type=click.Choice(["due", "all"]),
                default="due",
                show_default=True,
                help="Known pages to look at again; `all` counts as the second look.",
            ),
            click.option(
                "--replay",
                type=click.Path(path_type=Path, exists=True, file_okay=False),
                help="Answer from recorded responses (manifest.tsv of file and url), no network.",
            ),
            click.option(
                "--alert-baseline",
                is_flag=True,
                help="Alert one by one also on the first pass over a source.",
            ),
        ]
    ):
        function = option(function)
    return function


@command(cli, "poll")
@_poll_options
def poll(app: App, sources: tuple[str, ...], **options: Any) -> None:
    """One pass over the sources: crawl, classify, notify; then exit."""
    from noticewatch import pipeline, report

    picked = app.pick_sources(sources)
    crawling = pipeline.CrawlOptions(**options, progress=report.progress(app, len(picked)))
    with app.one_pass(), app.archive() as archive:
        result = pipeline.poll(app, archive, picked, crawling)
    report.show_pass(app, result)


@command(cli, "crawl")
@_poll_options
def crawl(app: App, sources: tuple[str, ...], **options: Any) -> None:
    """Only the first stage: fetch lists and notices into the archive."""
    from archive.store import utc_now
    from noticewatch import pipeline, report

    picked = app.pick_sources(sources)
    crawling = pipeline.CrawlOptions(**options, progress=report.progress(app, len(picked)))
    started = utc_now()
    with app.one_pass(), app.archive() as archive:
        crawled = pipeline.crawl(app, archive, picked, crawling)
    result = pipeline.PassReport(started=started, finished=utc_now(), crawl=crawled)
    report.show_pass(app, result)


@command(cli, "classify")
@click.option("--limit", type=click.IntRange(1), help="At most so many changes.")
def classify(app: App, limit: int | None) -> None:
    """Only the second stage: label what the archive has not classified yet."""
    from archive.store import utc_now
    from noticewatch import pipeline, report

    started = utc_now()
    with app.one_pass(), app.archive() as archive:
        classified = pipeline.classify(app, archive, limit=limit)
    result = pipeline.PassReport(started=started, finished=utc_now(), classify=classified)
    report.show_pass(app, result)


@command(cli, "notify")
@click.option("--dry-run", is_flag=True, help="Show what would go where; send and keep nothing.")
@click.option("--retry-dead", is_flag=True, help="Send dead letters again.")
@click.option("--test", "test_channel", metavar="CHANNEL", help="Send a test alert to a channel.")
def notify(app: App, dry_run: bool, retry_dead: bool, test_channel: str | None) -> None:
    """Only the third stage: send alerts and the digests that are due."""
    from archive.store import utc_now
    from noticewatch import pipeline, report

    started = utc_now()
    with app.one_pass(), app.archive() as archive:
        if test_channel:
            report.show_channel_test(app, archive, test_channel)
            return
        notified = pipeline.notify(app, archive, dry_run=dry_run, retry_dead=retry_dead)
    result = pipeline.PassReport(started=started, finished=utc_now(), notify=notified)
    report.show_pass(app, result)


@command(cli, "run")
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the web archive.")
def run(app: App, port: int | None) -> None:
    """The service: scheduler, alerts, digests and web archive until stopped."""
    from noticewatch.service import run_service

    run_service(app, port=port)


@command(cli, "backfill")
@click.option(
    "--source", "sources", multiple=True, required=True, metavar="KEY", help="The source to walk."
)
@click.option("--since", required=True, metavar="DATE", help="Walk back to this day (YYYY-MM-DD).")
@click.option("--until", metavar="DATE", help="Newest day to take; default today.")
def backfill(app: App, sources: tuple[str, ...], since: str, until: str | None) -> None:
    """Walk the pages of a source back; may be stopped and resumed."""
    from noticewatch import report

    report.backfill(app, app.pick_sources(sources), since, until)


@command(cli, "reparse")
@click.option("--source", "sources", multiple=True, metavar="KEY", help="Only this one.")
@click.option("--apply", "apply_", is_flag=True, help="Store what was derived anew.")
def reparse(app: App, sources: tuple[str, ...], apply_: bool) -> None:
    """Derive notices again from the stored pages, without network; shows what would change."""
    from noticewatch import report

    report.reparse(app, app.pick_sources(sources), apply_)


# ------------------------------------------------------------------------ sources


@command(source_group, "list")
def source_list(app: App) -> None:
    """Every source: state, last poll, newest notice, rows, evidence level."""
    from noticewatch import sources

    sources.show_list(app)


@command(source_group, "check")
@click.argument("keys", nargs=-1)
@click.option(
    "--replay", type=click.Path(path_type=Path, exists=True, file_okay=False), help="No network."
)
def source_check(app: App, keys: tuple[str, ...], replay: Path | None) -> None:
    """Probe sources now: rows, newest date, detected parameters, drift. Stores nothing."""
    from noticewatch import sources

    sources.check(app, keys, replay)


_FORM = click.option(
    "--form", default="", metavar="A=1&B=2", help="Post this, as the browser does for its list."
)


@command(source_group, "discover")
@click.argument("url")
@_FORM
def source_discover(app: App, url: str, form: str) -> None:
    """Say what stands at URL: a list with its rows, a notice, or a home page's columns."""
    from noticewatch import sources

    sources.show_discovery(app, url, form)


@command(source_group, "new")
@click.argument("url")
@_FORM
@click.option("--key", help="Key of the source; default made from the host.")
@click.option("--jurisdiction", help="CN, CN-GD …, EU; default told from the publisher's name.")
@click.option("--out", type=PATH, help="Folder for the file; default standard output.")
def source_new(app: App, url: str, **options: Any) -> None:
    """Write the YAML of a new source from what stands at URL: a list, a home page, or the
    answer of an interface."""
    from noticewatch.new_source import new_source

    new_source(app, url, **options)


@command(source_group, "capture")
@click.argument("key")
@click.option(
    "--out",
    type=PATH,
    default=Path("tests/fixtures/sources"),
    show_default=True,
    help="Folder of fixtures.",
)
@click.option(
    "--notices",
    type=click.IntRange(0),
    default=5,
    show_default=True,
    help="How many notices of each column; 0: all.",
)
def source_capture(app: App, key: str, out: Path, notices: int) -> None:
    """Save a source's pages with manifest and parsed result as a fixture folder."""
    from noticewatch import sources

    sources.capture(app, key, out, notices)


# ------------------------------------------------------------------------ reading


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
@click.option(
    "--mode",
    type=click.Choice(["text", "meaning", "hybrid"]),
    default="text",
    show_default=True,
    help="By the letter, by meaning (also in English), or both together.",
)
@click.option(
    "--limit", type=click.IntRange(1, 2000), default=20, show_default=True, help="Most hits shown."
)
def search(app: App, query: str, **options: Any) -> None:
    """Search titles, bodies, attachments and document numbers."""
    from noticewatch import reading

    reading.search(app, query, **options)


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
def show(
    app: App, notice_id: int, version: int | None, diff: str | None, case: Path | None
) -> None:
    """One notice: data, copies, versions, labels, facts, changes."""
    from noticewatch import reading

    if case is not None:
        reading.case_folder(app, notice_id, case)
    else:
        reading.show(app, notice_id, version, diff)


@command(cli, "feedback")
@click.argument("notice_id", metavar="ID", type=int)
@click.argument("verdict", type=click.Choice(["relevant", "not_relevant", "wrong_topic"]))
@click.option("--topic", help="The topic meant, for wrong_topic.")
@click.option("--who", required=True, help="Your name, kept with the verdict.")
@click.option("--note", default="", help="Why; kept with the verdict.")
def feedback(
    app: App, notice_id: int, verdict: Any, topic: str | None, who: str, note: str
) -> None:
    """Say whether a notice is relevant; `train` learns from it."""
    from noticewatch import reading

    reading.feedback(app, notice_id, verdict, topic, who, note)


@command(cli, "fields")
@click.argument("notice_id", type=int)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "csv", "json-schema"]),
    default="text",
    show_default=True,
    help="How the fields are written.",
)
@click.option("--version", type=int, metavar="N", help="As this version has them.")
@click.option("--compare", metavar="A..B", help="What became of each field between versions.")
@click.option("--out", type=PATH, help="File; default standard output.")
def fields(
    app: App, notice_id: int, format_: Any, version: int | None, compare: str | None,
    out: Path | None,
) -> None:  # fmt: skip
    """The data fields that a notice prescribes, for whoever builds the interface."""
    from noticewatch import fieldlist

    fieldlist.fields(app, notice_id, format_, version, compare, out)


@command(cli, "split")
@click.argument("posting_url")
def split(app: App, posting_url: str) -> None:
    """Undo a wrong merge: give the copy at this address a notice of its own, for good."""
    from noticewatch import reading

    reading.split(app, posting_url)


@command(cli, "digest")
@click.option("--week", metavar="2026-W47", help="ISO week; default the last complete one.")
@click.option("--out", type=PATH, help="Folder for .eml, .html and .txt.")
@click.option("--send", is_flag=True, help="Send it to the weekly subscriptions.")
def digest(app: App, week: str | None, out: Path | None, send: bool) -> None:
    """The weekly e-mail, as files or sent."""
    from noticewatch import report

    if bool(out) == send:
        raise click.UsageError("choose one of --out DIR and --send")
    report.digest(app, week, out)


# --------------------------------------------------------------------- classifier


@command(cli, "label")
@click.argument("file", type=click.File("rb"))
def label(app: App, file: Any) -> None:
    """Label JSON lines (`text`, or `title` and `text`); `-` reads standard input."""
    from noticewatch import labelling

    labelling.label(app, file)


@command(cli, "evaluate")
@click.argument("file", type=click.File("rb"))
@click.option("--baselines", is_flag=True, help="Beside rules alone and embedding alone.")
def evaluate(app: App, file: Any, baselines: bool) -> None:
    """Score the classifier on labelled JSON lines."""
    from noticewatch import labelling

    labelling.evaluate(app, file, baselines)


@command(cli, "train")
@click.option("--allow-worse", is_flag=True, help="Keep heads that score below the floors.")
@click.option("--out", type=PATH, help="Folder for the heads; default the installed ones.")
def train(app: App, allow_worse: bool, out: Path | None) -> None:
    """Fit the topic heads on the shipped data plus staff feedback."""
    from noticewatch import labelling

    labelling.train(app, allow_worse, out)


# ------------------------------------------------------------------ moving data


@command(cli, "export")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "csv", "xlsx", "warc"]),
    default="jsonl",
    show_default=True,
    help="`jsonl` has everything, `warc` the original responses.",
)
@click.option("--since", metavar="D", help="Only notices that changed since (YYYY-MM-DD).")
@click.option("--out", type=PATH, help="File; default standard output.")
def export(app: App, format_: str, since: str | None, out: Path | None) -> None:
    """Write the archive as JSON lines, a table or WARC."""
    from noticewatch import moving

    moving.export(app, format_, since, out)


@command(cli, "import")
@click.argument("file", type=click.File("rb"))
def import_(app: App, file: Any) -> None:
    """Read notices from JSON lines; a known address with the same content changes nothing."""
    from noticewatch import moving

    moving.import_(app, file)


@command(cli, "backup")
@click.argument("dest", type=PATH)
@click.option("--keep", type=click.IntRange(1), help="Dated copies in DEST; keep so many.")
def backup(app: App, dest: Path, keep: int | None) -> None:
    """Copy archive and evidence to DEST, consistent while the service runs."""
    from noticewatch import moving

    moving.backup(app, dest, keep)


@command(cli, "restore")
@click.argument("copy", type=click.Path(path_type=Path, exists=True, file_okay=False))
def restore(app: App, copy: Path) -> None:
    """Put a backup in place of the archive; what was there is moved aside."""
    from noticewatch import moving

    moving.restore(app, copy)


@command(cli, "tidy")
@click.option("--prune-days", type=click.IntRange(1), help="Original bytes of irrelevant notices.")
@click.option("--vacuum", is_flag=True, help="Rewrite the database file without its free pages.")
@click.option("--dry-run", is_flag=True, help="Only show what would be freed.")
def tidy(app: App, prune_days: int | None, vacuum: bool, dry_run: bool) -> None:
    """What takes space in the archive, and freeing some of it."""
    from noticewatch import tidying

    tidying.tidy(app, prune_days, vacuum=vacuum, dry_run=dry_run)


@command(cli, "rebuild-index")
def rebuild_index(app: App) -> None:
    """Build the search index anew from the stored versions."""
    from noticewatch import moving

    moving.rebuild_index(app)


# ------------------------------------------------------------------------- house


@command(cli, "serve")
@click.option("--host", help="Address to bind; default from the settings.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; default from the settings.")
def serve(app: App, host: str | None, port: int | None) -> None:
    """The web archive alone."""
    from noticewatch.web.server import serve as serve_web

    serve_web(app, host=host, port=port)


@command(cli, "doctor")
@click.option("--verify", is_flag=True, help="Also check the hash chain and all evidence.")
@click.option("--send-test", is_flag=True, help="Also send a test message to every channel.")
@click.option("--reach", is_flag=True, help="Also read every source's list once.")
def doctor(app: App, **wanted: bool) -> None:
    """Check the installation and say what to do."""
    from noticewatch.doctor import Wanted, show

    show(app, Wanted(**wanted))


@command(cli, "init")
@click.option(
    "--out",
    type=PATH,
    default=Path("noticewatch.yml"),
    show_default=True,
    help="Settings file to write.",
)
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.option("--slack-channel", metavar="ID", help="Alerts by a Slack app to this channel.")
@click.option("--slack-webhook", is_flag=True, help="Alerts by an incoming webhook of Slack.")
@click.option("--email", "emails", multiple=True, metavar="ADDRESS", help="The weekly digest to.")
@click.option("--smtp-host", metavar="HOST", help="Mail server of the digest.")
@click.option("--sender", metavar="ADDRESS", help="Sender of the digest.")
@click.option("--operators", metavar="ID", help="Slack channel for troubles of the service.")
@click.option("--topic", "topics", multiple=True, metavar="T", help="Only these topics.")
@click.option("--jurisdiction", "jurisdictions", multiple=True, metavar="J", help="Only these.")
@click.option("--language", type=click.Choice(["en", "zh", "both"]), help="Of the alerts.")
@click.option("--backup-dir", metavar="DIR", help="Nightly copies of the archive to.")
@click.option("--yes", is_flag=True, help="Ask nothing: flags and defaults.")
def init(app: App, **answers: Any) -> None:
    """Write a commented settings file, by asking or by flags."""
    from noticewatch.first_settings import init as write_first

    write_first(app, **answers)


@command(cli, "selftest")
def selftest(app: App) -> None:
    """Send an invented notice through the whole chain to the operators' channels."""
    from noticewatch.selftest import show

    show(app)


@command(cli, "demo")
@click.option("--dir", "directory", type=PATH, help="Where to keep the demo's archive.")
@click.option("--keep", is_flag=True, help="Serve the web archive at the end until Ctrl-C.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the web archive.")
def demo(app: App, directory: Path | None, keep: bool, port: int) -> None:  # noqa: ARG001
    """The guided demonstration: invented notices on replica sites, the real main job."""
    from noticewatch.demo.story import run_demo

    run_demo(directory=directory, keep=keep, port=port)


# -------------------------------------------------------------------------- main


def _known_errors() -> tuple[type[Exception], ...]:
    from archive.store import ArchiveError
    from config.loader import ConfigError

    return (NoticewatchError, ConfigError, ArchiveError)


def _sentence(error: Exception) -> str:
    if isinstance(error, (*_known_errors(), OSError)):
        return f"Error: {error}"
    name = type(error).__name__
    return f"Unexpected error ({name}): {error}; run again with --debug for details"


def main() -> None:
    """Entry point: an error is one sentence and exit 1, a usage error exits 2."""
    app = App()
    try:
        code = cli.main(standalone_mode=False, obj=app)
    except click.UsageError as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_ERROR)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        if app.debug:
            raise
        click.echo(_sentence(error), err=True)
        sys.exit(EXIT_ERROR)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
