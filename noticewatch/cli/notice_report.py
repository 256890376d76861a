"""Print one notice: as JSON, as lines, one of its versions, or what changed in it."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from i18n.catalogue import english
from noticewatch.application.application import Application
from noticewatch.application.console import cut, print_json
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from archive.services.editions import ActPair
    from archive.store import Archive
    from domain.records.notice import Notice, Posting
    from domain.records.relation import Relation


def show_notice(app: Application, archive: Archive, notice: Notice) -> None:
    """Everything known of a notice."""
    if app.json:
        print_json(_record(archive, notice))
    else:
        for line in _lines(app, archive, notice):
            click.echo(line)


def _record(archive: Archive, notice: Notice) -> dict[str, Any]:
    from archive.transfer.notice_json import notice_json

    record: dict[str, Any] = {**notice_json(notice)}
    record["differences"] = [
        {"field": item.field, "values": dict(item.values)}
        for item in archive.summary.differences(notice.id)
    ]
    record["compared_with"] = [_pair_json(pair) for pair in _pairs(archive, notice)]
    record["machine_translations"] = {
        chinese: asdict(known) for chinese, known in notice.translations.items()
    }
    record["feedback"] = [asdict(entry) for entry in archive.feedback.find(notice.id)]
    return record


def _lines(app: Application, archive: Archive, notice: Notice) -> list[str]:
    lines = [
        *_head_lines(notice),
        *_concern_lines(app, archive, notice),
        "",
        *_label_lines(notice),
        *_duty_lines(notice),
        *_fact_lines(notice),
        *_relation_lines(notice),
        "",
        *_posting_lines(notice),
        *_change_lines(app, archive, notice),
    ]
    for item in archive.summary.differences(notice.id):
        lines.append(f"the copies differ in {item.field.replace('_', ' ')}")
        lines += [f"    {url}: {cut(value, 90) or 'none'}" for url, value in item.values]
    lines += [
        f"{_compared(pair)}: `show {notice.id} --diff acts` has the differences"
        for pair in _pairs(archive, notice)
    ]
    lines += [
        f"feedback {entry.at:%Y-%m-%d} {entry.who}: {entry.verdict} {entry.note}"
        for entry in archive.feedback.find(notice.id)
    ]
    return lines


def _pairs(archive: Archive, notice: Notice) -> list[ActPair]:
    """The acts that it follows or amends; what reads them is loaded only where it names any."""
    return archive.editions.act_pairs(notice.id) if notice.relations else []


def _with_version(notice: Notice, number: int) -> Posting:
    for posting in notice.postings:
        if any(version.number == number for version in posting.versions):
            return posting
    raise NoticewatchError(f"notice {notice.id} has no version {number}")


def show_version(app: Application, notice: Notice, number: int) -> None:
    """The text of one version."""
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


def show_difference(app: Application, notice: Notice, spec: str) -> None:
    """What changed between two versions of one copy, named as ``A..B``."""
    from domain.diff.compare import diff_versions
    from domain.diff.diff_text import shortened_diff

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
        from domain.diff.diff_json import diff_json

        print_json(
            {
                "url": posting.url,
                "from": first,
                "to": second,
                **diff_json(difference, english(difference.reason)),
            }
        )
    else:
        click.echo(shortened_diff(difference, english(difference.reason)))


def show_acts(app: Application, archive: Archive, notice: Notice) -> None:
    """The notice beside the act that it replaces, or the acts that it amends as it leaves them."""
    pairs = _pairs(archive, notice)
    if not pairs:
        raise NoticewatchError(f"notice {notice.id} replaces and amends no act in the archive")
    if app.json:
        from domain.diff.diff_json import diff_json

        found = [(pair, pair.diff()) for pair in pairs]
        print_json(
            [{**_pair_json(pair), **diff_json(diff, english(diff.reason))} for pair, diff in found]
        )
        return
    from domain.diff.diff_text import shortened_diff

    for pair in pairs:
        diff = pair.diff()
        click.echo(f"{_compared(pair)}\n{shortened_diff(diff, english(diff.reason))}")
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


def _head_lines(notice: Notice) -> list[str]:
    lines = [notice.title]
    if notice.title_en:
        lines.append(notice.title_en)
    return [
        *lines,
        *_translated(notice, notice.title),
        notice.url,
        f"{notice.severity.upper()}: {notice.severity_rule}" if notice.severity_rule else "",
        f"number {notice.document_number or 'none stated'} · issued by "
        f"{'、'.join(notice.issuers) or 'not stated'} · {notice.jurisdiction}",
        f"published {notice.published or 'not stated'} · in force "
        f"{notice.effective or 'not stated'} · status {notice.status or 'not known'} · "
        f"stage {notice.stage or 'not known'}",
    ]


def _concern_lines(app: Application, archive: Archive, notice: Notice) -> list[str]:
    """To which of our companies it applies, and which names of ours it holds, where."""
    from i18n.concern_text import applies_to, names_text

    found = archive.reach.concerned(notice, app.readable_entities)
    told = [line for line in (applies_to(found, "en"), names_text(found, "en")) if line]
    return [*told, *(f"    {one.where}: {cut(one.quote, 90)}" for one in found.names)]


def _label_lines(notice: Notice) -> list[str]:
    lines = []
    for label in notice.labels:
        lines.append(f"topic {label.topic} ({label.score:.2f})")
        for passage in label.evidence[:2]:
            lines.append(f"    {passage.where}: {cut(passage.text, 90)}")
            lines += [f"    {line}" for line in _translated(notice, passage.text)]
    return lines


def _duty_lines(notice: Notice) -> list[str]:
    from domain.law.duties import duty_ids
    from i18n.headline_text import duty_text, else_text

    lines = []
    for number, duty in zip(duty_ids(notice.duties, notice.id), notice.duties, strict=True):
        otherwise = else_text(duty, "en")
        tail = f" (if not: {otherwise})" if otherwise else ""
        lines.append(f"duty   {duty_text(duty, 'en')}{tail}  [{number}]")
        lines.append(f"         {duty.article or ''} {cut(duty.quote, 90)}".rstrip())
    return lines


def _fact_lines(notice: Notice) -> list[str]:
    from i18n.en.fact_sentences import fact_sentence

    lines = []
    for fact in notice.facts:
        lines.append(f"{fact.kind}: {fact_sentence(fact)} ({fact.where})")
        lines.append(f"    “{cut(fact.quote, 90)}”")
    return lines


def _relation_lines(notice: Notice) -> list[str]:
    lines = []
    for relation in notice.relations:
        known = _target(relation)
        number = f" ({relation.document_number})" if relation.document_number else ""
        probable = " (probable)" if relation.probable else ""
        claimed = " (claimed)" if relation.claimed else ""
        unread = f" [not understood: {relation.unread}]" if relation.unread else ""
        lines.append(f"{relation.kind}{probable}{claimed}: {relation.title}{number}{known}{unread}")
    lines += [
        f"claimed by notice {claim.notice_id}: {claim.kind} it ({claim.title}) {claim.url}"
        for claim in notice.claims
    ]
    return lines


def _target(relation: Relation) -> str:
    """Where the other act is found: in the archive, else in the law list."""
    from archive.transfer.registered_keys import registered_key

    if relation.target_id:
        return f" → notice {relation.target_id}"
    key = registered_key(relation)
    return f" → law {key}" if key else ""


def _posting_lines(notice: Notice) -> list[str]:
    lines = []
    for posting in notice.postings:
        odd = ", says otherwise" if posting.disagrees else ""
        who = f"{posting.source_key}, {posting.state}, {posting.standing}{odd}"
        lines.append(f"copy {posting.url} ({who})")
        lines += [
            f"    version {version.number} {version.fetched_at:%Y-%m-%d %H:%M} "
            f"sha256 {version.raw_sha256[:16]} · {len(version.attachments)} attachments"
            f"{f' · validity: {version.validity}' if version.validity else ''}"
            for version in posting.versions
        ]
    return lines


def _change_lines(app: Application, archive: Archive, notice: Notice) -> list[str]:
    """Each change with its reason, and where it was told or why it was not."""
    from noticewatch.application.saved_search_subscriptions import with_saved_searches
    from notifier.delivery.delivery_status import delivery_phrases

    told = delivery_phrases(archive, with_saved_searches(app.settings, archive), notice)
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
