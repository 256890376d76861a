"""Turn a notice's page into an observation: parse it, fetch its attachments, store it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from archive.evidence.chain import sha256_of
from config.model import Platform, Selectors
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.extract.dom import without_tags
from crawler.extract.file_readers import FileReaders
from crawler.extract.page.notice_parser import parse_notice
from crawler.extract.page_weight import is_light
from crawler.passes.notice_limits import MOST_TEXT, bounded_file, bounded_notice
from crawler.passes.page_jobs import NoticePage
from crawler.passes.page_reader import PageTooHeavy
from crawler.passes.pass_context import PassContext
from crawler.passes.removal import next_look, spread
from crawler.transport.download import FetchError
from domain.records.observation import (
    AttachmentLink,
    Block,
    Capture,
    FetchedAttachment,
    IngestResult,
    NoticeDates,
    NoticeRef,
    Observation,
    ParsedNotice,
)
from domain.records.page_memory import PageHints
from domain.records.reason import reason
from domain.records.source_run import (
    PageState,
)
from domain.records.states import (
    AttachmentStatus,
    ChangeKind,
    FailureKind,
)

MAX_ATTACHMENTS = 60
_FILE_MARKS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")
_UNREAD = {
    FailureKind.OVERSIZE: AttachmentStatus.TOO_LARGE,
    FailureKind.BOMB: AttachmentStatus.TOO_LARGE,
    FailureKind.OFF_HOST: AttachmentStatus.UNSUPPORTED,
}
_NEW = {ChangeKind.NEW, ChangeKind.COPIED}
_REVISED = {ChangeKind.REVISED, ChangeKind.ATTACHMENT_REVISED, ChangeKind.RETITLED}


@dataclass(slots=True)
class Tally:
    """Changes of a pass by kind, for the report."""

    new: int = 0
    revised: int = 0
    withdrawn: int = 0

    def count(self, kind: ChangeKind | None) -> None:
        self.new += kind in _NEW
        self.revised += kind in _REVISED
        self.withdrawn += kind == ChangeKind.WITHDRAWN


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


def is_document(answer: ListResponse) -> bool:
    """Whether an answer is a file (PDF, Office, archive) and no page, by its first bytes."""
    return answer.body[:8].lstrip().startswith(_FILE_MARKS)


def capture_of(answer: ListResponse) -> Capture:
    return Capture(
        url=answer.url,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        fetched_at=answer.fetched_at,
    )


class Documents:
    """Reads the notices of one source into the archive."""

    def __init__(self, context: PassContext, platform: Platform, files: FileReaders) -> None:
        self.context = context
        self.archive = context.archive
        self.files = files
        self.platform = platform
        self.tally = Tally()
        own = {key: value for key, value in context.source.selectors if value is not None}
        self.selectors: Selectors = platform.selectors.model_copy(update=own)

    # ------------------------------------------------------------------ parse, ingest

    async def take(
        self,
        answer: ListResponse,
        url: str,
        column_key: str,
        *,
        baseline: bool,
        ready: Mapping[str, StoredFile] | None = None,
    ) -> IngestResult:
        """Parse a page, fetch its attachments (those not ``ready``), store what is new of it.

        What is remembered of the addresses is committed together with what came from them.
        """
        hints = self.archive.crawl_memory.page_hints(url)
        known = self.archive.pages.page(url)
        files = dict(ready or {})
        if is_document(answer):
            link = AttachmentLink(name=hints.title, url=url)
            read = await self._read(link, answer)
            if read.answer is None:
                raise PageTooHeavy
            files[url] = replace(read, answer=None)  # remembered as the page that it is
            parsed = self._row_notice(hints.as_row(url), attachments=(link,))
        else:
            row = hints.as_row(url)
            page = self._page(answer, row)
            found = await self.context.notice(page)
            parsed = self._bounded(self.completed(found, row), url)
        for link in parsed.attachments[:MAX_ATTACHMENTS]:
            if link.url not in files:
                files[link.url] = await self.look_at_file(
                    link, referer=url, known=link.url in hints.files
                )
        items = [
            replace(files[link.url].item, link=link)
            if link.url in files
            else _unread(link, AttachmentStatus.UNSUPPORTED)
            for link in parsed.attachments
        ]
        with self.archive.transaction():
            result = self.ingest(parsed, answer, url, column_key, items, baseline=baseline)
            changed = result.version_id is not None
            published = parsed.dates.published
            self.remember(answer, url, column_key, changed, published, known)
            self._keep_files(url, files)
            for address, file in files.items():
                if file.answer is not None:
                    self.remember(file.answer, address, column_key, True, None, None)
        return result

    def _keep_files(self, url: str, files: Mapping[str, StoredFile]) -> None:
        """Remember which attachments are in the archive, and which are to be tried again."""

        def change(hints: PageHints) -> PageHints:
            read = [a for a, file in files.items() if a in hints.files or file.answer is not None]
            unread = [
                a
                for a, file in files.items()
                if a not in read and file.item.status == AttachmentStatus.BROKEN and a != url
            ]
            return replace(hints, files=tuple(read), unread_files=tuple(unread))

        self.archive.crawl_memory.update_page_hints(url, change)

    def parse(self, answer: ListResponse, row: NoticeRef) -> ParsedNotice:
        """The notice of a page, completed by what its list row said."""
        return self.completed(self.context.pages.notice_now(self._page(answer, row)), row)

    def _bounded(self, parsed: ParsedNotice, url: str) -> ParsedNotice:
        bounded = bounded_notice(parsed)
        if bounded is not parsed:
            why = reason("source.not_stored_whole", most=MOST_TEXT)
            self.context.note(FailureKind.HEAVY, why, url)
        return bounded

    def _page(self, answer: ListResponse, row: NoticeRef) -> NoticePage:
        return NoticePage(html=answer.text, url=answer.url, selectors=self.selectors, row=row)

    def completed(self, parsed: ParsedNotice, row: NoticeRef) -> ParsedNotice:
        """What a page says, with what only its list and its source know."""
        return replace(
            parsed,
            issuers=self._issuers(parsed.issuers),
            title=parsed.title or row.title,
            blocks=parsed.blocks or blocks_of(row.hints.body, row.title),
            validity=parsed.validity or row.hints.validity or None,
        )

    def _issuers(self, found: tuple[str, ...]) -> tuple[str, ...]:
        """The issuing bodies with 省… and 市… made whole; the publisher when a page names none."""
        publisher = self.context.source.publisher
        whole = tuple(
            publisher if len(name) > 4 and publisher.endswith(name) else name for name in found
        )
        if whole or self.platform.library:
            return tuple(dict.fromkeys(whole))
        return (publisher,)

    def ingest(
        self,
        parsed: ParsedNotice,
        answer: ListResponse,
        url: str,
        column_key: str,
        files: Sequence[FetchedAttachment],
        *,
        baseline: bool,
    ) -> IngestResult:
        source = self.context.source
        result = self.archive.ingest(
            Observation(
                source_key=source.key,
                column_key=column_key,
                publisher=source.publisher,
                jurisdiction=source.jurisdiction,
                url=url,
                parsed=parsed,
                capture=capture_of(answer),
                attachments=tuple(files),
                baseline=baseline and not self.context.options.alert_baseline,
            )
        )
        self.tally.count(result.kind)
        if result.kind is not None and not baseline:
            self.context.budget.changes -= 1
        return result

    # ------------------------------------------------------------------ known from the list only

    def take_row(
        self, row: NoticeRef, answer: ListResponse, column_key: str, *, baseline: bool
    ) -> IngestResult:
        """Store a notice from its list row alone; the list's answer is the evidence."""
        parsed = self._row_notice(row)
        return self.ingest(parsed, answer, row.url, column_key, (), baseline=baseline)

    def _row_notice(
        self, row: NoticeRef, attachments: tuple[AttachmentLink, ...] = ()
    ) -> ParsedNotice:
        """A notice of which only the list speaks, or whose address is a file."""
        parsed = parse_notice("", row.url, selectors=self.selectors, row=row)
        return replace(
            parsed,
            title=row.title,
            blocks=blocks_of(row.hints.body, row.title),
            dates=NoticeDates(listed=row.published),
            validity=row.hints.validity or None,
            issuers=self._issuers(parsed.issuers),
            attachments=attachments,
        )

    # ------------------------------------------------------------------ attachments

    async def look_at_file(self, link: AttachmentLink, *, referer: str, known: bool) -> StoredFile:
        """Fetch an attachment, conditionally when the archive has it with this notice."""
        page = self.archive.pages.page(link.url) if known else None
        try:
            answer = await self.context.fetch(
                ListRequest(url=link.url), referer=referer, validators=validators_of(page)
            )
        except FetchError as error:
            why = reason("source.attachment_not_read", why=error.reason)
            self.context.note(FailureKind.ATTACHMENT, why, link.url)
            return StoredFile(item=_unread(link, _UNREAD.get(error.kind, AttachmentStatus.BROKEN)))
        if answer.status == 304 and page is not None:
            return StoredFile(item=_unread(link, AttachmentStatus.BROKEN))
        if answer.status != 200:
            status = reason("source.http_status", status=answer.status)
            why = reason("source.attachment_not_read", why=status)
            self.context.note(FailureKind.ATTACHMENT, why, link.url)
            return StoredFile(item=_unread(link, AttachmentStatus.BROKEN))
        if page is not None and page.raw_sha256 == sha256_of(answer.body):
            return StoredFile(item=_unread(link, AttachmentStatus.BROKEN))
        return await self._read(link, answer)

    async def changed_files(self, url: str, hints: PageHints) -> dict[str, StoredFile]:
        """The attachments of a known page that are not what they were, or come at last."""
        changed = {}
        for address in (*hints.files, *hints.unread_files):
            link = AttachmentLink(name="", url=address)
            file = await self.look_at_file(link, referer=url, known=address in hints.files)
            if file.answer is not None:
                changed[address] = file
        return changed

    async def _read(self, link: AttachmentLink, answer: ListResponse) -> StoredFile:
        """The text of an attachment; one whose source has had its share waits for the next
        pass. What it waited for other sources is no time of its own pass."""
        key, name = self.context.source.key, link.name or link.url
        waited = self.files.waited(key)
        read = await self.files.read(key, name, answer.body)
        self.context.fetcher.deadline += self.files.waited(key) - waited
        if read is None:
            why = reason("source.attachments_wait", seconds=round(self.files.used(key)))
            self.context.note(FailureKind.ATTACHMENT, why, link.url)
            return StoredFile(item=_unread(link, AttachmentStatus.BROKEN))
        read = bounded_file(read)
        item = FetchedAttachment(
            link=link,
            capture=capture_of(answer),
            status=read.status,
            text=read.text,
            media_type=read.media_type,
            tables=read.tables,
        )
        return StoredFile(item=item, answer=answer)

    # ------------------------------------------------------------------ what is remembered

    def remember(
        self,
        answer: ListResponse,
        url: str,
        column_key: str,
        changed: bool,
        published: date | None,
        known: PageState | None,
    ) -> None:
        """Keep validators, hash and the moment of the next look at an address just read."""
        now = self.context.now
        same = known if answer.status == 304 else None
        changed_at = now if changed or known is None else known.changed_at
        self.archive.pages.save_page(
            PageState(
                url=url,
                source_key=self.context.source.key,
                column_key=column_key,
                etag=answer.header("etag") or (same.etag if same else None),
                last_modified=answer.header("last-modified")
                or (same.last_modified if same else None),
                raw_sha256=same.raw_sha256 if same else sha256_of(answer.body),
                checked_at=now,
                changed_at=changed_at,
                next_check=self.due(url, published, changed_at),
            )
        )

    def due(self, url: str, published: date | None, changed_at: datetime | None) -> datetime:
        now = self.context.now
        registered = url in self.context.options.registered
        return spread(next_look(now, published, changed_at, registered=registered), now, url)


def blocks_of(text: str, title: str) -> tuple[Block, ...]:
    """A body that came with the list, as HTML or as lines."""
    if "<" in text and ">" in text and is_light(text):
        row = NoticeRef(url="http://x/", title=title)
        html = f"<html><body><div>{text}</div></body></html>"
        return parse_notice(html, row.url, row=row).blocks
    text = without_tags(text)
    return tuple(
        Block(kind="paragraph", text=line.strip()) for line in text.split("\n") if line.strip()
    )


def _unread(link: AttachmentLink, status: AttachmentStatus) -> FetchedAttachment:
    return FetchedAttachment(link=link, capture=None, status=status)
