"""Search, show and feedback on the command line."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import cut, print_json
from noticewatch.application.errors import NoticewatchError
from noticewatch.application.query import Question, find, result_json
from noticewatch.cli.monitoring_work import parse_date

if TYPE_CHECKING:
    from archive.repositories.feedback import Verdict
    from archive.services.editions import ActPair
    from archive.store import Archive
    from domain.records.notice import Notice, Posting


def search(
    app: Application,
    query: str,
    topics: tuple[str, ...],
    jurisdictions: tuple[str, ...],
    since: str | None,
    until: str | None,
    mode: Any,
    limit: int,
) -> None:
    known = {topic.id for topic in app.topics} if topics else set()
    for topic in topics:
        if topic not in known:
            raise NoticewatchError(f"no topic {topic!r} (known: {', '.join(sorted(known))})")
    question = Question(
        query=query,
        mode=mode,
        topics=topics,
        jurisdictions=jurisdictions,
        since=parse_date(since, "--since"),
        until=parse_date(until, "--until"),
        limit=limit,
    )
    with app.archive() as archive:
        result = find(archive, question, encoder=app.settings.encoder.model)
    if app.json:
        print_json(result_json(result))
        return
    for hit in result.hits:
        published = hit.published.isoformat() if hit.published else "undated"
        labels = f"  [{', '.join(hit.labels)}]" if hit.labels else ""
        click.echo(f"{hit.id:>6}  {published}  {hit.jurisdiction:<5}  {hit.title}{labels}")
        if hit.snippet:
            plain = re.sub(r"</?mark>", "", hit.snippet)
            click.echo(f"        {cut(plain, 96)}")
    click.echo(f"{result.total} found in {result.took_ms:.0f} ms", err=True)


def show(app: Application, notice_id: int, version: int | None, diff: str | None) -> None:
    with app.archive() as archive:
        notice = archive.notices.get(notice_id)
        if notice is None:
            raise NoticewatchError(f"no notice {notice_id} in the archive")
        if diff == "acts":
            _show_acts(app, archive, notice)
        elif diff is not None:
            _show_diff(app, notice, diff)
        elif version is not None:
            _show_version(app, notice, version)
        elif app.json:
            from archive.transfer.exporter import export_notice

            record = export_notice(notice)
            record["differences"] = [
                {"field": item.field, "values": dict(item.values)}
                for item in archive.summary.differences(notice_id)
            ]
            record["compared_with"] = [
                _pair_json(pair) for pair in archive.editions.act_pairs(notice_id)
            ]
            record["machine_translations"] = {
                chinese: asdict(known) for chinese, known in notice.translations.items()
            }
            record["feedback"] = [asdict(entry) for entry in archive.feedback.find(notice_id)]
            print_json(record)
        else:
            click.echo("\n".join(_notice_lines(notice)))
            click.echo("\n".join(_change_lines(app, archive, notice)))
            for item in archive.summary.differences(notice_id):
                click.echo(f"the copies differ in {item.field.replace('_', ' ')}")
                for url, value in item.values:
                    click.echo(f"    {url}: {cut(value, 90) or 'none'}")
            for pair in archive.editions.act_pairs(notice_id):
                click.echo(f"{_compared(pair)}: `show {notice_id} --diff acts` has the differences")
            for entry in archive.feedback.find(notice_id):
                click.echo(
                    f"feedback {entry.at:%Y-%m-%d} {entry.who}: {entry.verdict} {entry.note}"
                )


def case_folder(app: Application, notice_id: int, folder: Path) -> None:
    """Every version, attachment, diff and hash of a notice, to be handed over."""
    from archive.transfer.case_file import write_case_folder

    with app.archive(create=False) as archive:
        count = write_case_folder(archive, notice_id, folder)
    if app.json:
        print_json({"folder": str(folder), "files": count})
    else:
        click.echo(f"{count} files written to {folder}; check: sha256sum -c SHA256SUMS")


def _with_version(notice: Notice, number: int) -> Posting:
    for posting in notice.postings:
        if any(version.number == number for version in posting.versions):
            return posting
    raise NoticewatchError(f"notice {notice.id} has no version {number}")


def _show_version(app: Application, notice: Notice, number: int) -> None:
    posting = _with_version(notice, number)
    version = next(version for version in posting.versions if version.number == number)
    if app.json:
        print_json(
            {
                "url": posting.url,
                "number": number,
                "fetched_at": version.fetched_at,
                "raw_sha256": version.raw_sha256,
                "title": version.title,
                "text": version.text,
            }
        )
        return
    click.echo(f"{version.title}\n{posting.url}\nversion {number}, {version.fetched_at}\n")
    click.echo(version.text)


def _show_diff(app: Application, notice: Notice, spec: str) -> None:
    from domain.diff.compare import diff_versions, render_plain

    match = re.fullmatch(r"(\d+)\.\.(\d+)", spec)
    if not match:
        raise NoticewatchError(f"--diff: expected A..B such as 1..2, or acts, got {spec!r}")
    first, second = int(match[1]), int(match[2])
    posting = next(
        (
            posting
            for posting in notice.postings
            if {first, second} <= {version.number for version in posting.versions}
        ),
        None,
    )
    if posting is None:
        raise NoticewatchError(f"no copy of notice {notice.id} has versions {first} and {second}")
    by_number = {version.number: version for version in posting.versions}
    difference = diff_versions(by_number[first], by_number[second])
    if app.json:
        from noticewatch.application.notice_views import diff_json

        print_json({"url": posting.url, "from": first, "to": second, **diff_json(difference)})
    else:
        click.echo(render_plain(difference))


def _show_acts(app: Application, archive: Archive, notice: Notice) -> None:
    """The notice beside the act that it replaces, or the acts that it amends as it leaves them."""
    pairs = archive.editions.act_pairs(notice.id)
    if not pairs:
        raise NoticewatchError(f"notice {notice.id} replaces and amends no act in the archive")
    if app.json:
        from noticewatch.application.notice_views import diff_json

        print_json([{**_pair_json(pair), **diff_json(pair.diff())} for pair in pairs])
        return
    from domain.diff.compare import render_plain

    for pair in pairs:
        click.echo(f"{_compared(pair)}\n{render_plain(pair.diff())}")
        for statement in pair.left:
            click.echo(f"not applied: {statement}")


def _compared(pair: ActPair) -> str:
    what = "amends" if pair.relation == "amends" else "compared with"
    probable = " (probable)" if pair.probable else ""
    return f"{what}{probable} notice {pair.predecessor_id} {pair.before.title}"


def _pair_json(pair: ActPair) -> dict[str, Any]:
    return {
        "notice_id": pair.predecessor_id,
        "title": pair.before.title,
        "relation": pair.relation,
        "probable": pair.probable,
        "not_applied": list(pair.left),
    }


def _notice_lines(notice: Notice) -> list[str]:
    from i18n.en.fact_sentences import fact_sentence

    lines = [notice.title]
    if notice.title_en:
        lines.append(notice.title_en)
    lines += _translated(notice, notice.title)
    lines += [
        notice.url,
        f"{notice.severity.upper()}: {notice.severity_rule}" if notice.severity_rule else "",
        f"number {notice.document_number or 'none stated'} · issued by "
        f"{'、'.join(notice.issuers) or 'not stated'} · {notice.jurisdiction}",
        f"published {notice.published or 'not stated'} · in force "
        f"{notice.effective or 'not stated'} · status {notice.status or 'not known'} · "
        f"stage {notice.stage or 'not known'}",
        "",
    ]
    for label in notice.labels:
        lines.append(f"topic {label.topic} ({label.score:.2f})")
        for passage in label.evidence[:2]:
            lines.append(f"    {passage.where}: {cut(passage.text, 90)}")
            lines += [f"    {line}" for line in _translated(notice, passage.text)]
    for fact in notice.facts:
        lines.append(f"{fact.kind}: {fact_sentence(fact)} ({fact.where})")
        lines.append(f"    “{cut(fact.quote, 90)}”")
    for relation in notice.relations:
        known = f" → notice {relation.target_id}" if relation.target_id else ""
        number = f" ({relation.document_number})" if relation.document_number else ""
        probable = " (probable)" if relation.probable else ""
        lines.append(f"{relation.kind}{probable}: {relation.title}{number}{known}")
    lines.append("")
    for posting in notice.postings:
        lines.append(f"copy {posting.url} ({posting.source_key}, {posting.state})")
        lines += [
            f"    version {version.number} {version.fetched_at:%Y-%m-%d %H:%M} "
            f"sha256 {version.raw_sha256[:16]} · {len(version.attachments)} attachments"
            for version in posting.versions
        ]
    return lines


def _change_lines(app: Application, archive: Archive, notice: Notice) -> list[str]:
    """Each change with its reason, and where it was told or why it was not."""
    from noticewatch.application.saved_search_subscriptions import with_saved_searches
    from notifier.delivery.delivery_status import fates

    told = fates(archive, with_saved_searches(app.settings, archive), notice)
    lines = []
    for change in notice.changes:
        mark = "substantive" if change.substantive else "cosmetic"
        lines.append(
            f"change {change.id} {change.at:%Y-%m-%d %H:%M} {change.kind}: {mark}, {change.reason}"
        )
        lines += [f"    {phrase}" for phrase in told[change.id]]
    return lines


def _translated(notice: Notice, chinese: str) -> list[str]:
    known = notice.translations.get(chinese)
    return [f"machine translation ({known.provider}): {known.text}"] if known else []


def feedback(
    app: Application, notice_id: int, verdict: Verdict, topic: str | None, who: str, note: str
) -> None:
    with app.one_pass(), app.archive(create=False) as archive:
        if archive.notices.get(notice_id, versions=False) is None:
            raise NoticewatchError(f"no notice {notice_id} in the archive")
        archive.feedback.add(notice_id, verdict, who=who, topic=topic, note=note)
    click.echo(f"kept: notice {notice_id} {verdict} by {who}", err=True)


def split(app: Application, posting_url: str) -> None:
    with app.one_pass(), app.archive(create=False) as archive:
        posting = archive.postings.by_url(posting_url)
        if posting is None:
            raise NoticewatchError(f"no copy at {posting_url} in the archive")
        notice_id = archive.merging.split(posting.id)
    if app.json:
        print_json({"notice_id": notice_id})
    else:
        click.echo(f"the copy is now notice {notice_id} and stays apart")
