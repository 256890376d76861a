"""The case folder: all that is kept of one act, to hand over or to file.

A zip with a readable ``index.html``, the record as JSON, every version's original and text,
the attachments, the diffs, and a list of hashes that ``sha256sum -c`` checks.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.connection import ArchiveError
from archive.diff import Diff, diff_versions
from archive.export import export_notice
from archive.records import Attachment, Notice, Posting, Version
from noticewatch.web.site import file_name

if TYPE_CHECKING:
    import jinja2

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a zip can hold


class _Pipe(io.RawIOBase):
    """Collects what the zip writer has written until it is taken away."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def take(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def case_folder(
    notice: Notice,
    evidence: Callable[[str], bytes],
    index: jinja2.Template,
    now: datetime,
) -> Iterator[bytes]:
    """The zip piece by piece: one file at a time is in memory.

    An original that is missing or was altered is named in ``hashes.txt`` instead.
    """
    pipe = _Pipe()
    root = f"notice-{notice.id}"
    hashes: list[str] = []
    listed: list[tuple[str, str, str]] = []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as book:  # type: ignore[arg-type]
        for name, note, read in _entries(notice, evidence):
            try:
                body = read()
            except ArchiveError as error:
                hashes.append(f"# {name}: {error}")
                continue
            _write(book, f"{root}/{name}", body, now)
            sha256 = hashlib.sha256(body).hexdigest()
            hashes.append(f"{sha256}  {name}")
            listed.append((name, note, sha256))
            yield pipe.take()
        page = index.render(notice=notice, files=listed, now=now, latest=_latest(notice))
        _write(book, f"{root}/index.html", page.encode(), now)
        _write(book, f"{root}/hashes.txt", ("\n".join(hashes) + "\n").encode(), now)
    yield pipe.take()


def _write(book: zipfile.ZipFile, name: str, body: bytes, now: datetime) -> None:
    stamp = max(now.timetuple()[:6], _EARLIEST)
    info = zipfile.ZipInfo(name, date_time=stamp)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    book.writestr(info, body)


_Entry = tuple[str, str, Callable[[], bytes]]  # name, what it is, how to get it


def _entries(notice: Notice, evidence: Callable[[str], bytes]) -> Iterator[_Entry]:
    record = json.dumps(export_notice(notice), ensure_ascii=False, indent=1).encode()
    yield "notice.json", "the record as the export has it", lambda: record
    for number, posting in enumerate(notice.postings, 1):
        folder = f"copy-{number}"
        for version in posting.versions:
            yield from _version_entries(folder, posting, version, evidence)
        for before, after in pairwise(posting.versions):
            name = f"{folder}/diff-{before.number}-{after.number}.html"
            page = _diff_page(before, after)
            yield name, f"version {before.number} → {after.number}", lambda page=page: page


def _version_entries(
    folder: str, posting: Posting, version: Version, evidence: Callable[[str], bytes]
) -> Iterator[_Entry]:
    base = f"{folder}/version-{version.number}"
    raw, text = version.raw_sha256, version.text.encode()
    what = f"{posting.url}, version {version.number}, fetched {version.fetched_at:%Y-%m-%d %H:%M}Z"
    yield f"{base}/original.bin", f"{what}: as received", lambda: evidence(raw)
    yield f"{base}/text.txt", f"{what}: text", lambda: text
    for place, item in enumerate(version.attachments, 1):
        if item.sha256:
            yield _attachment_entry(f"{base}/attachment-{place}-", item, evidence)


def _attachment_entry(
    prefix: str, item: Attachment, evidence: Callable[[str], bytes]
) -> _Entry:
    sha256 = item.sha256 or ""
    return f"{prefix}{file_name(item.name)}", item.name, lambda: evidence(sha256)


def _latest(notice: Notice) -> Version | None:
    return next((posting.versions[-1] for posting in notice.postings if posting.versions), None)


_TAGS = {"insert": "ins", "delete": "del"}


def _diff_page(before: Version, after: Version) -> bytes:
    diff = diff_versions(before, after)
    return (
        "<!doctype html><meta charset=utf-8><title>diff</title>"
        "<style>body{font:16px/1.6 sans-serif;max-width:50rem;margin:2rem auto}"
        "ins{background:#d7f5df}del{background:#fde0de}</style>"
        f"<h1>{html.escape(after.title)}</h1><p>version {before.number} → {after.number}: "
        f"{html.escape(diff.reason)}</p>{''.join(_diff_lines(diff))}"
    ).encode("utf-8", "replace")


def _diff_lines(diff: Diff) -> Iterator[str]:
    for field in diff.fields:
        yield (
            f"<p>{html.escape(field.field)}: <del>{html.escape(field.before or '')}</del> "
            f"<ins>{html.escape(field.after or '')}</ins></p>"
        )
    for part in (*diff.parts, *(part for file in diff.attachments for part in file.parts)):
        label = part.label_after or part.label_before or ""
        body = "".join(
            f"<{_TAGS[span.op]}>{html.escape(span.text)}</{_TAGS[span.op]}>"
            if span.op in _TAGS
            else html.escape(span.text)
            for span in part.spans
        )
        yield f"<p><b>{html.escape(label)}</b> ({part.kind}) {body}</p>"
