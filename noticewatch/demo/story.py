"""``noticewatch demo``: the real main job on four replica sites and a scripted story.

Every pass is the command ``noticewatch poll`` itself, in a process of its own, against
loopback sites whose notices are invented and say so.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.paths import child_environment
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.demo import texts

if TYPE_CHECKING:
    from noticewatch.demo.replica import Replica
    from noticewatch.demo.replica_site import Article

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PUBLISHERS = {
    "demo-industry": ("hanweb_jpaas", "演示工业部", "Demonstration Ministry of Industry"),
    "demo-environment": ("trs_static", "演示环境部", "Demonstration Ministry of Environment"),
    "demo-market": ("hanweb_jpaas", "演示市场监管局", "Demonstration Market Regulator"),
    "demo-transport": ("trs_static", "演示交通部", "Demonstration Ministry of Transport"),
}


def field_table(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """An XLSX workbook of a field table."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("字段表")
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
    return stream.getvalue()


@dataclass
class Sites:
    """The four replicas and the notices that the story changes later."""

    replicas: dict[str, Replica]
    fine: Article
    fields: Article
    withdrawn: Article
    today: date

    @classmethod
    def build(cls, replicas: dict[str, Replica], today: date) -> Sites:
        """The sites as they are before the story begins."""
        from noticewatch.demo.replica_site import ReplicaFile

        for number, (replica, title) in enumerate(
            zip(replicas.values(), texts.OTHER_TITLES, strict=True), start=2
        ):
            day = today - timedelta(days=20 * number)
            replica.add(title, day, [*texts.OTHER_BODY, texts.NOTE])
        industry, transport = replicas["demo-industry"], replicas["demo-transport"]
        fine = industry.add(
            texts.FINE_TITLE,
            today - timedelta(days=30),
            [*texts.FINE_BODY_BEFORE, texts.NOTE],
            number=texts.FINE_NUMBER,
        )
        table = ReplicaFile(
            "溯源数据接口字段表.xlsx", field_table(texts.FIELDS_BEFORE), SPREADSHEET
        )
        fields = replicas["demo-environment"].add(
            texts.FIELDS_TITLE,
            today - timedelta(days=25),
            [*texts.FIELDS_BODY, texts.NOTE],
            files=[table],
        )
        withdrawn = transport.add(
            texts.WITHDRAWN_TITLE, today - timedelta(days=12), [*texts.WITHDRAWN_BODY, texts.NOTE]
        )
        return cls(replicas, fine, fields, withdrawn, today)

    def publish_joint_notice(self) -> None:
        """One act on three sites, each with a wrapper and a title of its own."""
        wrappers = {
            "demo-industry": texts.JOINT_TITLE,
            "demo-environment": f"{texts.MARK}三部门{texts.JOINT_TITLE.removeprefix(texts.MARK)}",
            "demo-market": texts.JOINT_TITLE,
        }
        for key, title in wrappers.items():
            paragraphs = [
                texts.JOINT_NUMBER,
                *texts.JOINT_BODY,
                *texts.JOINT_ISSUERS,
                texts.JOINT_SIGNED,
                texts.NOTE,
            ]
            self.replicas[key].add(title, self.today, paragraphs, number=texts.JOINT_NUMBER)

    def change_fine_silently(self) -> None:
        site = self.replicas["demo-industry"].site
        site.edit(self.fine, paragraphs=[*texts.FINE_BODY_AFTER, texts.NOTE])

    def replace_attachment(self) -> None:
        from noticewatch.demo.replica_site import ReplicaFile

        table = ReplicaFile("溯源数据接口字段表.xlsx", field_table(texts.FIELDS_AFTER), SPREADSHEET)
        self.replicas["demo-environment"].site.edit(self.fields, files=[table])

    def withdraw(self) -> None:
        self.replicas["demo-transport"].site.withdraw(self.withdrawn)

    def block(self) -> None:
        self.replicas["demo-market"].fault("forbidden")


@contextmanager
def replica_sites(today: date) -> Iterator[Sites]:
    """Four sites on ports of their own, closed at the end."""
    from noticewatch.demo.replica import Replica

    replicas = {
        key: Replica(platform, name=key, noise=True) for key, (platform, *_) in PUBLISHERS.items()
    }
    for replica in replicas.values():
        replica.start()
    try:
        yield Sites.build(replicas, today)
    finally:
        for replica in replicas.values():
            replica.close()


def write_sources(sites: Sites, folder: Path) -> None:
    """A source file for each replica, as an operator would write it."""
    import yaml

    folder.mkdir(parents=True, exist_ok=True)
    for key, (_, publisher, english) in PUBLISHERS.items():
        record = sites.replicas[key].source(
            key, name={"zh": publisher, "en": english}, publisher=publisher
        )
        text = yaml.safe_dump(record, allow_unicode=True, sort_keys=False)
        (folder / f"{key}.yml").write_text(f"# demonstration\n{text}", encoding="utf-8")


SETTINGS = """# demonstration
channels:
  terminal: {type: terminal}
  operators: {type: terminal, purpose: health}
  digest: {type: file, path: DIGEST}
subscriptions:
  - {channel: terminal, language: both}
  - {channel: digest, when: "weekly mon 08:00", language: both}
"""


@dataclass
class StoryStage:
    """The demo's folder and how the command is called on it."""

    folder: Path

    def prepare(self, sites: Sites, settings: str = SETTINGS) -> None:
        write_sources(sites, self.folder / "sources")
        settings = settings.replace("DIGEST", str(self.folder / "messages"))
        (self.folder / "noticewatch.yml").write_text(settings, encoding="utf-8")

    @property
    def options(self) -> list[str]:
        return [
            "--config", str(self.folder / "noticewatch.yml"),
            "--data-dir", str(self.folder / "data"),
            "--sources-dir", str(self.folder / "sources"),
        ]  # fmt: skip

    def call(self, *arguments: str) -> None:
        """Run a noticewatch command in a process of its own and show what it says."""
        click.secho(f"$ noticewatch {' '.join(arguments)}", bold=True)
        command = [sys.executable, "-P", "-m", "noticewatch.cli", *self.options, *arguments]
        done = subprocess.run(command, check=False, env=child_environment(PYTHONUTF8="1"))  # noqa: S603
        if done.returncode not in {0, 3}:
            raise NoticewatchError(f"`noticewatch {arguments[0]}` failed in the demonstration")


def _heading(text: str) -> None:
    click.echo()
    click.secho(f"── {text} ", fg="cyan", bold=True)


def play_story(sites: Sites, stage: StoryStage) -> None:
    """The story, pass by pass."""
    _heading("First pass: the baseline. Everything is archived, one summary, no single alerts")
    stage.call("poll")
    _heading("Three ministries publish a joint notice: one act, one alert")
    sites.publish_joint_notice()
    stage.call("poll")
    _heading("A fine and a deadline are changed in place, without any announcement")
    sites.change_fine_silently()
    stage.call("poll", "--recheck", "all")
    _heading("An attachment is replaced under its old address")
    sites.replace_attachment()
    stage.call("poll", "--recheck", "all")
    _heading("A notice is taken down, and a site blocks us: neither is 'no news'")
    sites.withdraw()
    sites.block()
    stage.call("poll", "--recheck", "all")
    click.echo("One look is no proof: the next one confirms that the notice is gone.")
    stage.call("poll", "--recheck", "all")
    _heading("What the archive knows")
    stage.call("search", "罚款")
    stage.call("source", "list")
    _heading("The digest")
    week = sites.today.isocalendar()
    stage.call(
        "digest", "--week", f"{week.year}-W{week.week:02d}", "--out", str(stage.folder / "digest")
    )


def run_demo(*, directory: Path | None, keep: bool, port: int) -> None:
    """Play the story in ``directory`` (default: a temporary folder that is kept)."""
    folder = directory or Path(tempfile.mkdtemp(prefix="noticewatch-demo-"))
    if (folder / "data").exists():
        raise NoticewatchError(f"{folder} holds a demonstration already; choose an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    click.secho(
        "Demonstration: all notices, ministries and numbers below are invented.", fg="yellow"
    )
    with replica_sites(date.today()) as sites:  # noqa: DTZ011 (the visitor's own day)
        stage = StoryStage(folder)
        stage.prepare(sites)
        play_story(sites, stage)
    _show_digest(folder / "digest")
    click.echo(f"\nEverything is in {folder}")
    if keep:
        from noticewatch.web.server import serve_until_stopped

        serve_until_stopped(demo_app(folder), port=port or None)
    else:
        options = " ".join(StoryStage(folder).options)
        click.echo(f"Look at its web archive:\n  noticewatch {options} serve")


def demo_app(folder: Path) -> Application:
    return Application(
        config=folder / "noticewatch.yml",
        data_dir_option=folder / "data",
        sources_dir_option=folder / "sources",
    )


def _show_digest(folder: Path) -> None:
    for path in sorted(folder.glob("*.txt")):
        click.echo(path.read_text(encoding="utf-8"))
