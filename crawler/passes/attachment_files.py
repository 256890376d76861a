"""Fetch the attachments of notices: those that changed, came at last, or could not be had."""

from __future__ import annotations

from dataclasses import dataclass

from archive.evidence.chain import sha256_of
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.extract.error_file import no_file
from crawler.extract.file_readers import FileReaders
from crawler.extract.notice_limits import bounded_file
from crawler.passes.page_reader import PageTooHeavy
from crawler.passes.pass_context import PassContext
from crawler.transport.download import FetchError
from domain.records.notice import Attachment
from domain.records.observation import AttachmentLink, Capture, FetchedAttachment
from domain.records.page_memory import PageHints
from domain.records.reason import Reason, reason
from domain.records.source_run import PageState
from domain.records.states import AttachmentStatus, FailureKind

_UNREAD = {
    FailureKind.OVERSIZE: AttachmentStatus.TOO_LARGE,
    FailureKind.BOMB: AttachmentStatus.TOO_LARGE,
    FailureKind.OFF_HOST: AttachmentStatus.UNSUPPORTED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredFile:
    """An attachment as looked at now. ``answer`` is what came; None when nothing new did."""

    item: FetchedAttachment
    answer: ListResponse | None = None


def validators_of(page: PageState | None) -> tuple[tuple[str, str], ...]:
    """The conditional headers for an address seen before."""
    pairs = []
    if page is not None and page.etag:
        pairs.append(("If-None-Match", page.etag))
    if page is not None and page.last_modified:
        pairs.append(("If-Modified-Since", page.last_modified))
    return tuple(pairs)


def capture_of(answer: ListResponse) -> Capture:
    return Capture(
        url=answer.url,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        fetched_at=answer.fetched_at,
    )


def unread(link: AttachmentLink, status: AttachmentStatus) -> FetchedAttachment:
    """A link whose file is not at hand."""
    return FetchedAttachment(link=link, capture=None, status=status)


class AttachmentFiles:
    """The attachments of one source's notices."""

    def __init__(self, context: PassContext, files: FileReaders) -> None:
        self.context = context
        self.archive = context.archive
        self.files = files

    async def look_at(self, link: AttachmentLink, *, referer: str, known: bool) -> StoredFile:
        """Fetch an attachment, conditionally when the archive has it with this notice; one that
        could not be read lately is not asked for."""
        page = self.archive.pages.page(link.url) if known else None
        wait = self.archive.page_looks.file_wait(link.url)
        if wait.not_before is not None and self.context.now < wait.not_before:
            return StoredFile(item=unread(link, AttachmentStatus.BROKEN))
        try:
            answer = await self.context.fetch(
                ListRequest(url=link.url), referer=referer, validators=validators_of(page)
            )
        except FetchError as error:
            return self._file_failed(link, error.reason, _UNREAD.get(error.kind))
        if answer.status not in {200, 304}:
            return self._file_failed(link, reason("source.http_status", status=answer.status))
        if page is not None and (answer.status == 304 or page.raw_sha256 == sha256_of(answer.body)):
            self.archive.page_looks.file_read(link.url)
            return StoredFile(item=unread(link, AttachmentStatus.BROKEN))
        return await self._new_file(link, answer, referer)

    async def _new_file(self, link: AttachmentLink, answer: ListResponse, url: str) -> StoredFile:
        """A file that came for the first time or is not what it was; no error page for one."""
        before = self._stored_file(url, link)
        known_type = before.media_type if before else ""
        if why := no_file(link.name, link.url, answer.body, known_type=known_type):
            return self._file_failed(link, why)
        try:
            item = await self.extracted(link, answer)
        except PageTooHeavy:  # its source has had its share: the next pass reads it
            seconds = round(self.files.used(self.context.source.key))
            why = reason("source.attachments_wait", seconds=seconds)
            self.context.note(FailureKind.ATTACHMENT, why, link.url)
            return StoredFile(item=unread(link, AttachmentStatus.BROKEN))
        if self.is_spoiled(item, url):
            return self._file_failed(link, reason("source.answer_cut"))
        self.archive.page_looks.file_read(link.url)
        return StoredFile(item=item, answer=answer)

    def is_spoiled(self, item: FetchedAttachment, url: str) -> bool:
        """Whether a file that could be read when it was stored cannot be read now."""
        before = self._stored_file(url, item.link)
        readable = before is not None and before.status == AttachmentStatus.OK
        return readable and item.status == AttachmentStatus.BROKEN

    def _stored_file(self, url: str, link: AttachmentLink) -> Attachment | None:
        known = self.archive.versions.latest_at(url)
        stored = known[1].attachments if known else ()
        return next((each for each in stored if each.url == link.url and each.sha256), None)

    def _file_failed(
        self, link: AttachmentLink, why: Reason, status: AttachmentStatus | None = None
    ) -> StoredFile:
        said = reason("source.attachment_not_read", why=why)
        self.context.note(FailureKind.ATTACHMENT, said, link.url)
        self.archive.page_looks.file_failed(link.url, self.context.now)
        return StoredFile(item=unread(link, status or AttachmentStatus.BROKEN))

    async def changed_files(self, url: str, hints: PageHints) -> dict[str, StoredFile]:
        """The attachments of a known page that are not what they were, or come at last."""
        changed = {}
        for address in (*hints.files, *hints.unread_files):
            link = AttachmentLink(name="", url=address)
            file = await self.look_at(link, referer=url, known=address in hints.files)
            if file.answer is not None:
                changed[address] = file
        return changed

    async def extracted(self, link: AttachmentLink, answer: ListResponse) -> FetchedAttachment:
        """A file with its text, read in the extractor's own process; what it waited for other
        sources is no time of its pass. PageTooHeavy when its source has had its share."""
        key, name = self.context.source.key, link.name or link.url
        waited = self.files.waited(key)
        found = await self.files.read(key, name, answer.body)
        self.context.fetcher.deadline += self.files.waited(key) - waited
        if found is None:
            raise PageTooHeavy
        read = bounded_file(found)
        return FetchedAttachment(
            link=link,
            capture=capture_of(answer),
            status=read.status,
            text=read.text,
            media_type=read.media_type,
            tables=read.tables,
            scans=read.scans.waiting,
        )
