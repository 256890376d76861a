"""``noticewatch selftest``: a canary notice through the whole chain, to the operators.

A loopback site of our own publishes an invented notice; it is crawled, classified by the real
model and told on the real channels of the operators, all in an archive that is thrown away.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from config.field.field_names import load_field
from noticewatch.application.application import Application
from noticewatch.application.console import leave_not_well, print_json

if TYPE_CHECKING:
    from archive.store import Archive
    from config.model import Channel, Settings
    from noticewatch.demo.replica import Replica

KEY = "selftest"
MARK = "【自检 self-test】"
_NOT_REAL = "这是 noticewatch 的自检信息，不是真实文件。 This is a self-test, not a real act."


@dataclass
class Result:
    """What the canary came through; ``problems`` is empty when all is well."""

    crawled: bool = False
    topics: tuple[str, ...] = ()
    channels: dict[str, bool] = field(default_factory=dict)  # name -> delivered
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.ok, **self.__dict__, "topics": list(self.topics)}


def show_selftest(app: Application) -> None:
    """Run it and say how far the canary came; leaves with 3 when it did not arrive."""
    result = run_selftest(app)
    if app.json:
        print_json(result.as_json())
    else:
        click.echo(f"crawled from a loopback site: {'yes' if result.crawled else 'NO'}")
        click.echo(f"classified: {', '.join(result.topics) or 'NO'}")
        for name, delivered in result.channels.items():
            click.echo(f"channel {name}: {'delivered' if delivered else 'NOT delivered'}")
        for problem in result.problems:
            click.echo(f"  → {problem}")
        click.echo(f"self-test {'passed' if result.ok else 'FAILED'} in {result.seconds:.1f} s")
    if not result.ok:
        leave_not_well()


def run_selftest(app: Application) -> Result:
    """The chain once; only unforeseen errors are raised."""
    result = Result()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="noticewatch-selftest-") as folder, _site() as site:
        inner = _inner_app(app, Path(folder), site)
        if not inner.settings.channels:
            result.problems.append("no channel has `purpose: health`: nobody to tell")
        with inner.archive() as archive:
            _through(inner, archive, site, result)
    result.seconds = round(time.monotonic() - started, 1)
    return result


@contextmanager
def _site() -> Iterator[Replica]:
    from noticewatch.demo.replica import Replica

    with Replica("trs_static", name=KEY) as site:
        today = datetime.now().date()  # noqa: DTZ005 (the visitor's own day)
        site.add("关于开展节能宣传活动的通知", today, ["请各单位组织节能宣传活动。"])
        yield site


def _inner_app(app: Application, folder: Path, site: Replica) -> Application:
    """The operators' channels as receivers of alerts, and one source: the canary's."""
    import yaml

    sources = folder / "sources"
    sources.mkdir()
    record = site.source(
        KEY, name={"zh": "自检", "en": "Self-test"}, publisher="noticewatch 自检 (self-test)"
    )
    (sources / f"{KEY}.yml").write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
    inner = Application(data_dir_option=folder / "data", json=app.json, clock=app.clock)
    inner.__dict__["settings"] = _inner_settings(app.settings, folder / "data", sources)
    return inner


def _inner_settings(settings: Settings, data_dir: Path, sources: Path) -> Settings:
    from config.model import Subscription
    from notifier.messages.source_messages import health_channels

    channels = {
        name: _without_buttons(channel).model_copy(update={"purpose": "alerts"})
        for name, channel in health_channels(settings).items()
    }
    return settings.model_copy(
        update={
            "data_dir": str(data_dir),
            "sources_dir": str(sources),
            "channels": channels,
            "subscriptions": tuple(Subscription(channel=name) for name in channels),
            "web": settings.web.model_copy(update={"public_url": None}),
        }
    )


def _without_buttons(channel: Channel) -> Channel:
    """The canary's act is in no archive: a click would mean whatever act has its number there."""
    if channel.type != "slack":
        return channel
    return channel.model_copy(update={"app_token_env": None, "signing_secret_env": None})


def _through(app: Application, archive: Archive, site: Replica, result: Result) -> None:
    from crawler.crawl_options import CrawlOptions
    from domain.records.states import OutboxState
    from noticewatch.application import pipeline

    sources, options = app.pick_sources(()), CrawlOptions()
    text = load_field().self_test
    pipeline.run_pass(app, archive, sources, options)  # the baseline, which alerts nobody
    canary = site.add(MARK + text.title, datetime.now().date(), [_NOT_REAL, *text.body])  # noqa: DTZ005
    report = pipeline.run_pass(app, archive, sources, options)
    notice = archive.notices.by_url(site.detail_url(canary))
    result.crawled = notice is not None
    if notice is None:
        run = report.crawl.runs[0] if report.crawl else None
        result.problems.append(f"the canary was not crawled: {run.reason if run else 'no pass'}")
        return
    result.topics = tuple(label.topic for label in notice.labels)
    if not result.topics:
        result.problems.append("the canary was not recognised as relevant")
    if report.classify and report.classify.errors:
        result.problems += report.classify.errors
    told = archive.outbox.of_notice(notice.id)
    for name in app.settings.channels:
        mine = [item for item in told if item.channel == name]
        result.channels[name] = bool(mine) and all(i.state is OutboxState.SENT for i in mine)
        if not result.channels[name]:
            why = next((item.error for item in mine if item.error), "no message was made")
            result.problems.append(f"channel {name} did not deliver: {why}")
