"""Look after the disk and the deliveries every few minutes, back up and prune once a night."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from i18n.phrases import Count
from noticewatch.application.application import Application
from noticewatch.application.storage import disk_is_low
from noticewatch.daemon.operator_alarms import Alarms

if TYPE_CHECKING:
    from archive.store import Archive

log = logging.getLogger(__name__)

_JUDGED_AT_ONCE = 200
UNDELIVERED = timedelta(hours=1)
_MOVED_LATELY = timedelta(days=7)  # so long the operators are reminded


def upkeep(app: Application, alarms: Alarms) -> None:
    """Everything but the self-test; blocking, for a thread."""
    check_disk(app, alarms)
    check_deliveries(app, alarms)
    judge_earlier_acts(app)
    keep_severities(app)
    check_articles(app, alarms)
    note_live_sources(app)
    keep_companies(app)
    forget_leases(app)
    nightly(app, alarms)


def forget_leases(app: Application) -> None:
    """What dead workers left, and leases of acts that nobody has had for long."""
    with app.archive() as archive:
        archive.leases.forget()


def note_live_sources(app: Application) -> None:
    """Keep what the passes prove: which sources read as their files expect from here."""
    from noticewatch.application.sources.source_overlay import load_overlay, save_overlay
    from noticewatch.application.sources.source_verification import proved_by_passes

    with app.archive() as archive:
        health = archive.sources.all()
    proved = proved_by_passes(list(app.sources.values()), health, load_overlay(app.data_dir))
    if proved is not None:
        save_overlay(app.data_dir, proved)


def check_disk(app: Application, alarms: Alarms) -> None:
    low, free = disk_is_low(app.data_dir)
    if low:
        alarms.raise_alarm(
            "disk", f"the disk of {app.data_dir} is nearly full: {free / 1e6:.0f} MB free",
            "Free some space, or set keep_evidence_days; `noticewatch tidy` shows what takes it.",
            red=True,
        )  # fmt: skip
    else:
        alarms.resolve("disk", f"there is room on the disk again: {free / 1e9:.1f} GB free")


def check_deliveries(app: Application, alarms: Alarms) -> None:
    """Channels that have not delivered for an hour, and dead letters."""
    now = app.clock()
    with app.archive() as archive:
        waiting = archive.outbox.undelivered_since()
        reasons = {name: archive.notifier_state.channel(name).get("reason", "") for name in waiting}
        dead = archive.notices.counts()["dead"]
    for name in app.settings.channels:
        since = waiting.get(name)
        if since is not None and now - since > UNDELIVERED:
            alarms.raise_alarm(
                f"channel-{name}", f"channel {name} delivers nothing since {since:%Y-%m-%d %H:%M}",
                f"{reasons[name] or 'no reason known'}. Messages wait and are not lost.",
            )  # fmt: skip
        elif since is None:
            alarms.resolve(f"channel-{name}", f"channel {name} delivers again")
    if dead:
        note = "See /alerts in the web archive; `noticewatch notify --retry-dead` sends them again."
        words = f"{Count(dead):message was|messages were} refused for good"
        alarms.raise_alarm("dead-letters", words, note)
    else:
        alarms.resolve("dead-letters", "no message is refused any more")


def judge_earlier_acts(app: Application) -> None:
    """Who says it, for what an earlier release stored; some at each round, until all are judged."""
    with app.archive() as archive:
        judged = archive.relations.judge_earlier(_JUDGED_AT_ONCE)
    if judged:
        log.info("%d acts of an earlier release were judged by who says it", judged)


def check_articles(app: Application, alarms: Alarms) -> None:
    """Kept articles again where an act that they rest on has changed; moved verdicts are told."""
    from noticewatch.application.check.lead_upkeep import check_leads

    with app.archive() as archive:
        check_leads(
            archive, app.register, archive.severity.today(), encoder=app.settings.encoder.model
        )
        moved = archive.leads.moved_since(app.clock() - _MOVED_LATELY)
    if moved:
        titles = "; ".join(lead.title[:60] for lead in moved[:3])
        words = f"{Count(len(moved)):checked article has|checked articles have} other verdicts now"
        alarms.raise_alarm("leads", words, f"{titles}. See /check in the web archive.")
    else:
        alarms.resolve("leads", "no verdict on a checked article has moved lately")


def keep_severities(app: Application) -> None:
    """Once each day the severities of acts whose rules speak of days to come."""
    with app.archive() as archive:
        today = archive.severity.today().isoformat()
        if archive.marks.get("severities") != today:
            changed = archive.severity.reassess_all()
            archive.expiry_notes.tell()
            archive.marks.set("severities", today)
            log.info("severities as of %s: %d changed", today, changed)


def keep_companies(app: Application) -> None:
    """``entities.yml`` as it is now: its names are read in every notice where it changed, and
    what applies today becomes an obligation. Settings that do not load change nothing."""
    from config.yaml_file import ConfigError
    from noticewatch.application.me.name_upkeep import look_for_names
    from noticewatch.application.me.obligation_lists import keep_obligations

    anew = replace(app)
    try:
        if not anew.settings.entities_file:
            return
    except ConfigError as error:
        log.warning("companies stay as they are: %s", error)
        return
    with anew.archive() as archive:
        look_for_names(anew, archive)
        keep_obligations(anew, archive)


def nightly(app: Application, alarms: Alarms) -> None:
    """Backup and pruning as the settings ask for them, once a day from ``backup.at`` on; what
    failed is tried again each hour of that day, a new destination gets its copy at once."""
    local = app.clock().astimezone(ZoneInfo(app.settings.timezone))
    today = f"{local:%Y-%m-%d} {app.settings.backup.dest or ''}".strip()
    failed_now = f"{today} failed at {local:%H}"
    if f"{local:%H:%M}" < app.settings.backup.at:
        return
    with app.archive() as archive:
        if archive.marks.get("nightly") in {today, failed_now}:
            return
        _prune(app, archive)
        _stamp(app, archive, alarms)
        done = _backup(app, archive, alarms, local)
        archive.maintenance.optimize()
        archive.marks.set("nightly", today if done else failed_now)


def _prune(app: Application, archive: Archive) -> None:
    days = app.settings.keep_evidence_days
    if days is not None:
        files, freed = archive.retention.prune(app.clock() - timedelta(days=days))
        if files:
            log.info("evidence pruned: %d files, %.1f MB", files, freed / 1e6)


def _stamp(app: Application, archive: Archive, alarms: Alarms) -> None:
    """The chain's head signed by the timestamp service, where one is set up."""
    from noticewatch.application.timestamping import TimestampUnusable, stamp_head

    if app.settings.evidence.timestamp_url is None:
        return
    try:
        stamp_head(app, archive)
    except (TimestampUnusable, OSError) as error:
        alarms.raise_alarm(
            "timestamp", "the hash chain's head could not be signed",
            f"{error}. It is tried again the next night, or by `noticewatch timestamp`.",
        )  # fmt: skip
    else:
        alarms.resolve("timestamp", "the hash chain's head is signed again")


def _backup(app: Application, archive: Archive, alarms: Alarms, local: datetime) -> bool:
    """False when it failed, which is told; true also when none is wanted."""
    from archive.errors import ArchiveError
    from noticewatch.application.backup import rotate_backup

    if not app.settings.backup.dest:
        return True
    try:
        rotate_backup(archive, Path(app.settings.backup.dest), app.settings.backup.keep, now=local)
    except (ArchiveError, OSError) as error:
        note = f"{error}. It is tried again each hour of this day."
        alarms.raise_alarm("backup", "the nightly backup failed", note, red=True)
        return False
    alarms.resolve("backup", "the nightly backup works again")
    return True
