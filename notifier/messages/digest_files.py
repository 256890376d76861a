"""Write the digests of a week into files: page, text and mails; nothing is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.store import Archive, utc_now
from config.model import Settings, Subscription
from domain.records.states import OutboxKind
from notifier.channels.channel_factory import open_channel
from notifier.delivery.link_tokens import with_tokens
from notifier.messages.digest_content import build_digest
from notifier.messages.digest_inputs import DigestInputs
from notifier.messages.notification_context import NotificationContext
from notifier.messages.period import Period, Week, default_week, parse_week
from notifier.render.digestview import digest_mail
from notifier.render.envelope import Envelope
from notifier.render.mail import MailAddresses, compose
from notifier.render.mail_renderer import MailRenderer
from notifier.selection.subscribers import (
    digest_subscriptions,
    next_occurrence,
)

_EVERYBODY = Subscription(channel="digest", when="weekly mon 08:00")
_NOBODY = MailAddresses(sender="noticewatch <noticewatch@localhost>", to=("reader@localhost",))


def write_digests(
    archive: Archive,
    settings: Settings,
    week: str | None,
    out_dir: Path,
    *,
    clock: Callable[[], datetime] = utc_now,
) -> list[Path]:
    """Write the digests of a week as .html, .txt and one .eml a recipient; nothing is sent.

    Without a digest subscription there is one for everything.
    """
    now, context = clock(), NotificationContext(settings)
    chosen = parse_week(week, context.zone) if week else default_week(now, context.zone)
    inputs = DigestInputs.read(archive, context, now)
    out_dir.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    subscriptions = digest_subscriptions(settings) or {"all": _EVERYBODY}
    names: set[str] = set()
    for key, subscription in subscriptions.items():
        name = _file_name(chosen, subscription.channel, names)
        written += _write(inputs, settings, key, subscription, chosen, out_dir / name)
    return written


def _file_name(week: Week, channel: str, taken: set[str]) -> str:
    base = f"digest-{week.name}-{re.sub(r'[^A-Za-z0-9_-]', '-', channel)}"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return name


def _write(
    inputs: DigestInputs,
    settings: Settings,
    key: str,
    subscription: Subscription,
    week: Week,
    stem: Path,
) -> list[Path]:
    until = min(week.end, inputs.now)
    due = next_occurrence(
        subscription.when, week.end - timedelta(microseconds=1), inputs.context.zone
    )
    period = Period(week=week.number, since=week.start, until=until, due=due)
    changes = inputs.told(subscription, week.start, inputs.now if until == inputs.now else week.end)
    digest = build_digest(inputs, subscription, period, changes)
    public_url = settings.web.public_url
    paths = [stem.with_name(f"{stem.name}{suffix}") for suffix in (".html", ".txt")]
    shown = replace(digest, handling=False)  # a page is nobody's mail: it has no links to act by
    page = digest_mail(shown, inputs.context.zone)
    for path, words in zip(paths, (page.html, page.text), strict=True):
        path.write_text(words, "utf-8")
    config = settings.channels.get(subscription.channel)
    addresses = open_channel(config).mail_addresses if config else None
    envelope = Envelope(
        channel=subscription.channel,
        key=f"digest:{key}:{due.astimezone(UTC).isoformat()}",
        kind=OutboxKind.DIGEST,
        now=until,
        public_url=public_url,
    )
    items = MailRenderer(addresses or _NOBODY).digest(digest, inputs.context.zone, envelope)
    for item in items:
        local = re.sub(r"[^A-Za-z0-9_.-]", "-", str(item.payload["to"]))
        suffix = f"-{local}" if len(items) > 1 else ""
        path = stem.with_name(f"{stem.name}{suffix}.eml")
        payload = with_tokens(
            inputs.archive,
            item.payload,
            public_url,
            channel=item.channel,
            key=item.dedupe_key,
            now=inputs.now,
        )
        path.write_bytes(compose(payload).as_bytes())
        paths.append(path)
    return paths
