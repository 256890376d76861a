"""Derive notices again from the stored evidence, after an extractor has improved.

No network: the bytes are those of each posting's latest version. Without ``apply`` it only
says what would change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.store import Archive, ArchiveError
from config.model import Platform, Source
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.extract.file_readers import FileReaders
from crawler.passes.documents import Documents, is_document
from crawler.passes.pass_context import PassContext, PassOptions
from crawler.run import download_of
from crawler.transport.fetch import Fetcher
from domain.records.notice import Posting, Version
from domain.records.observation import FetchedAttachment, ParsedNotice
from domain.records.states import AttachmentStatus

_FIELDS = ("title", "document_number", "index_number", "issuers", "comment_deadline", "text")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rederived:
    """A notice that today's extraction reads otherwise; ``before`` and ``after`` by field."""

    url: str
    source_key: str
    before: Mapping[str, str]
    after: Mapping[str, str]


def reparse(
    archive: Archive,
    sources: Sequence[Source],
    platforms: Mapping[str, Platform],
    *,
    apply: bool = False,
    progress: Callable[[Rederived], None] | None = None,
) -> tuple[Rederived, ...]:
    """What today's extraction makes of the stored pages; ``apply`` stores it as new versions
    that are not alerted."""
    found = []
    with FileReaders() as files:
        for source in sources:
            documents = _documents(archive, source, platforms, files)
            for posting in _postings(archive, source.key):
                one = _again(archive, documents, posting, apply=apply)
                if one is not None:
                    found.append(one)
                    if progress:
                        progress(one)
    return tuple(found)


def _documents(
    archive: Archive, source: Source, platforms: Mapping[str, Platform], files: FileReaders
) -> Documents:
    fetcher = Fetcher(source=source, download=download_of(None), replaying=True)
    context = PassContext(source=source, archive=archive, fetcher=fetcher, options=PassOptions())
    return Documents(context, platforms[source.platform], files)


def _postings(archive: Archive, source_key: str) -> Iterator[Posting]:
    for url in sorted(archive.pages.known_urls(source_key)):
        page = archive.pages.page(url)
        if page is None or page.raw_sha256 is None:
            continue  # known from its list row only: there is no page to read again
        posting = archive.postings.by_url(url)
        if posting is not None and posting.versions:
            yield posting


def _again(
    archive: Archive, documents: Documents, posting: Posting, *, apply: bool
) -> Rederived | None:
    version = posting.versions[-1]
    try:
        body = archive.evidence.get(version.raw_sha256)
    except ArchiveError:
        return None  # its bytes are past their keeping time
    answer = ListResponse(
        ask=ListRequest(url=posting.url),
        url=posting.url,
        status=200,
        headers=version.headers,
        body=body,
        fetched_at=datetime.now(UTC),
    )
    if is_document(answer):
        return None
    parsed = documents.parse(
        answer, archive.crawl_memory.page_hints(posting.url).as_row(posting.url)
    )
    before, after = _shown(version), _shown(parsed)
    differing = [name for name in _FIELDS if before[name] != after[name]]
    if not differing:
        return None
    if apply:
        # Without captures the archive keeps the files that it has.
        files = [
            FetchedAttachment(link=link, capture=None, status=AttachmentStatus.BROKEN)
            for link in parsed.attachments
        ]
        documents.ingest(parsed, answer, posting.url, posting.column_key, files, baseline=True)
    return Rederived(
        url=posting.url,
        source_key=posting.source_key,
        before={name: before[name] for name in differing},
        after={name: after[name] for name in differing},
    )


def _shown(one: Version | ParsedNotice) -> dict[str, str]:
    return {
        "title": one.title,
        "document_number": one.document_number or "",
        "index_number": one.index_number or "",
        "issuers": "、".join(one.issuers),
        "comment_deadline": one.comment_deadline.isoformat() if one.comment_deadline else "",
        "text": one.text,
    }
