"""A case folder for one notice: every version, attachment, diff and hash, with an index page.

Meant to be handed over and kept: it can be read without noticewatch, and checked with
``sha256sum -c SHA256SUMS``. Responses are kept as ``.bin``, so that no browser runs them.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from archive.errors import ArchiveError
from archive.evidence.chain import sha256_of
from archive.services.editions import ActPair
from archive.store import Archive
from archive.transfer.case_index import index_page, pair_title, version_place
from archive.transfer.notice_json import notice_json
from domain.diff.diff_text import whole_diff
from domain.records.notice import Notice, Posting, Version
from domain.text.safe_output import folder_name
from i18n.catalogue import english

_ZIP_DATE = (2000, 1, 1, 0, 0, 0)  # the same folder gives the same bytes


Files = Iterable[tuple[str, bytes]]
"""Names and contents."""


def case_files(
    archive: Archive, notice_id: int, besides: Files = ()
) -> Iterator[tuple[str, bytes]]:
    """The files of the folder, their names and contents, and those ``besides`` (reports on
    articles that rest on the act); the sums come last."""
    notice = archive.notices.get(notice_id)
    if notice is None:
        raise ArchiveError(f"there is no notice {notice_id}")
    sums = []
    for name, content in chain(_files(archive, notice), besides):
        sums.append(f"{sha256_of(content)}  {name}\n")
        yield name, content
    yield "SHA256SUMS", "".join(sums).encode()


def write_case_folder(archive: Archive, notice_id: int, folder: Path, besides: Files = ()) -> int:
    """Write the folder, which must be new or empty; how many files."""
    if folder.exists() and any(folder.iterdir()):
        raise ArchiveError(f"{folder} is not empty")
    count = 0
    for name, content in case_files(archive, notice_id, besides):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    return count


def case_zip(archive: Archive, notice_id: int, besides: Files = ()) -> bytes:
    """The folder as a ZIP file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in case_files(archive, notice_id, besides):
            packed.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _files(archive: Archive, notice: Notice) -> Iterator[tuple[str, bytes]]:
    exported = json.dumps(notice_json(notice), ensure_ascii=False, indent=1)
    yield "notice.json", exported.encode("utf-8", "replace")
    for posting in notice.postings:
        for version in posting.versions:
            yield from _version_files(archive, posting, version)
    diffs = []
    for change in notice.changes:
        diff = archive.comparisons.of_change(change.id)
        if diff is not None:
            diffs.append((change.id, diff))
            yield f"changes/{change.id}.txt", whole_diff(diff, english(diff.reason)).encode()
    pairs = archive.editions.act_pairs(notice.id)
    for pair in pairs:
        yield f"acts/{pair.predecessor_id}.txt", _pair_as_text(pair).encode()
    yield "index.html", index_page(notice, {number for number, _ in diffs}, pairs).encode()


def _version_files(
    archive: Archive, posting: Posting, version: Version
) -> Iterator[tuple[str, bytes]]:
    place = version_place(posting, version)
    response = archive.versions.response_of(version.id)
    yield f"{place}/text.txt", version.text.encode("utf-8", "replace")
    pruned = archive.evidence.pruned(
        [version.raw_sha256, *(i.sha256 or "" for i in version.attachments)]
    )
    if version.raw_sha256 not in pruned:
        yield f"{place}/response.bin", archive.evidence.get(version.raw_sha256)
    record = {
        "address": response.url,
        "status": response.status,
        "headers": [list(pair) for pair in version.headers],
        "fetched_at": version.fetched_at.isoformat(),
        "raw_sha256": version.raw_sha256,
        "text_sha256": version.text_sha256,
        "title": version.title,
        "record_sha256": version.record_sha256,
        "chain_sha256": version.chain_sha256,
    }
    yield f"{place}/record.json", json.dumps(record, ensure_ascii=False, indent=1).encode()
    for number, item in enumerate(version.attachments, 1):
        if item.sha256 and item.sha256 not in pruned:
            name = f"{place}/attachments/{number}-{folder_name(item.name)}"
            yield name, archive.evidence.get(item.sha256)


def _pair_as_text(pair: ActPair) -> str:
    """The notice beside the act that it replaces or amends, and what could not be applied."""
    left = "".join(f"not applied: {statement}\n" for statement in pair.left)
    diff = pair.diff()
    return f"{pair_title(pair)}\n\n{whole_diff(diff, english(diff.reason))}{left}"
