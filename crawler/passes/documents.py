"""A notice's page to an observation: parse it, fetch its attachments, hand it to the archive."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from archive.evidence.chain import sha256_of
from config.model import Platform, Selectors
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.extract.file_extractor import FileExtractor
from crawler.extract.page.notice_parser import parse_notice
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
from domain.records.source_run import (
    PageState,
)
from domain.records.states import (
    AttachmentStatus,
    ChangeKind,
)

MAX_ATTACHMENTS = 60
_FILE_MARKS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")
_UNREAD = {
    "oversize": AttachmentStatus.TOO_LARGE,
    "bomb": AttachmentStatus.TOO_LARGE,
    "off_host": AttachmentStatus.UNSUPPORTED,
}
# Collections of everybody's acts: their publisher is not the issuing body.
_LIBRARIES = {"gov_library"}
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

    def __init__(self, context: PassContext, platform: Platform, files: FileExtractor) -> None:
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
        hints = self.archive.pages.page_params(url)
        known = self.archive.pages.page(url)
        files = dict(ready or {})
        if is_document(answer):
            link = AttachmentLink(name=hints.get("title", ""), url=url)
            files[url] = StoredFile(item=await self._extracted(link, answer))
            parsed = self._row_notice(url, hints, attachments=(link,))
        else:
            parsed = self.parse(answer, hints)
        for link in parsed.attachments[:MAX_ATTACHMENTS]:
            if link.url not in files:
                files[link.url] = await self.look_at_file(
                    link, referer=url, known=link.url in stored_files(hints)
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
            self._keep_files(url, hints, files)
            for address, file in files.items():
                if file.answer is not None:
                    self.remember(file.answer, address, column_key, True, None, None)
        return result

    def _keep_files(
        self, url: str, hints: Mapping[str, str], files: Mapping[str, StoredFile]
    ) -> None:
        """Remember which attachments are in the archive, and which are to be tried again."""
        stored = stored_files(hints)
        read = [a for a, file in files.items() if a in stored or file.answer is not None]
        unread = [
            a
            for a, file in files.items()
            if a not in read and file.item.status == AttachmentStatus.BROKEN and a != url
        ]
        fresh = {"files": "\n".join(read), "unread": "\n".join(unread)}
        if any(hints.get(key, "") != value for key, value in fresh.items()):
            self.archive.pages.save_page_params(url, {**hints, **fresh})

    def parse(self, answer: ListResponse, hints: Mapping[str, str]) -> ParsedNotice:
        """The notice of a page, completed by what its list row said."""
        listed = date.fromisoformat(hints["published"]) if hints.get("published") else None
        parsed = parse_notice(
            answer.text, answer.url, selectors=self.selectors, hints=hints, listed=listed
        )
        changes: dict[str, object] = {"issuers": self._issuers(parsed.issuers)}
        if not parsed.title and hints.get("title"):
            changes["title"] = hints["title"]
        if not parsed.blocks and hints.get("body"):
            changes["blocks"] = blocks_of(hints["body"], hints.get("title", ""))
        if not parsed.validity and hints.get("validity"):
            changes["validity"] = hints["validity"]
        return replace(parsed, **changes)  # type: ignore[arg-type]

    def _issuers(self, found: tuple[str, ...]) -> tuple[str, ...]:
        """The issuing bodies with 省… and 市… made whole; the publisher when a page names none."""
        publisher = self.context.source.publisher
        whole = tuple(
            publisher if len(name) > 4 and publisher.endswith(name) else name for name in found
        )
        if whole or self.platform.key in _LIBRARIES:
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
        return result

    # ------------------------------------------------------------------ known from the list only

    def take_row(
        self, row: NoticeRef, answer: ListResponse, column_key: str, *, baseline: bool
    ) -> IngestResult:
        """Store a notice from its list row alone; the list's answer is the evidence."""
        parsed = self._row_notice(row.url, hints_of(row))
        return self.ingest(parsed, answer, row.url, column_key, (), baseline=baseline)

    def _row_notice(
        self, url: str, hints: Mapping[str, str], attachments: tuple[AttachmentLink, ...] = ()
    ) -> ParsedNotice:
        """A notice of which only the list speaks, or whose address is a file."""
        listed = date.fromisoformat(hints["published"]) if hints.get("published") else None
        title = hints.get("title", "")
        parsed = parse_notice("", url, selectors=self.selectors, hints=hints, listed=listed)
        return replace(
            parsed,
            title=title,
            blocks=blocks_of(hints.get("body", ""), title),
            dates=NoticeDates(listed=listed),
            validity=hints.get("validity"),
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
            self.context.note("attachment", f"attachment not read: {error.message}", link.url)
            return StoredFile(item=_unread(link, _UNREAD.get(error.kind, AttachmentStatus.BROKEN)))
        if answer.status == 304 and page is not None:
            return StoredFile(item=_unread(link, AttachmentStatus.BROKEN))
        if answer.status != 200:
            message = f"attachment not read: HTTP {answer.status}"
            self.context.note("attachment", message, link.url)
            return StoredFile(item=_unread(link, AttachmentStatus.BROKEN))
        if page is not None and page.raw_sha256 == sha256_of(answer.body):
            return StoredFile(item=_unread(link, AttachmentStatus.BROKEN))
        return StoredFile(item=await self._extracted(link, answer), answer=answer)

    async def changed_files(self, url: str, hints: Mapping[str, str]) -> dict[str, StoredFile]:
        """The attachments of a known page that are not what they were, or come at last."""
        changed = {}
        stored = stored_files(hints)
        for address in (*stored, *unread_files(hints)):
            link = AttachmentLink(name="", url=address)
            file = await self.look_at_file(link, referer=url, known=address in stored)
            if file.answer is not None:
                changed[address] = file
        return changed

    async def _extracted(self, link: AttachmentLink, answer: ListResponse) -> FetchedAttachment:
        loop = asyncio.get_running_loop()
        name = link.name or link.url
        read = await loop.run_in_executor(None, self.files.extract, name, answer.body)
        return FetchedAttachment(
            link=link,
            capture=capture_of(answer),
            status=read.status,
            text=read.text,
            media_type=read.media_type,
            tables=read.tables,
        )

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
    if "<" in text and ">" in text:
        return parse_notice(
            f"<html><body><div>{text}</div></body></html>", "http://x/", hints={"title": title}
        ).blocks
    return tuple(
        Block(kind="paragraph", text=line.strip()) for line in text.split("\n") if line.strip()
    )


def stored_files(hints: Mapping[str, str]) -> list[str]:
    """Addresses of the attachments that the archive has with a notice."""
    return [address for address in hints.get("files", "").split("\n") if address]


def unread_files(hints: Mapping[str, str]) -> list[str]:
    """Addresses of a notice's attachments that could not be read yet."""
    return [address for address in hints.get("unread", "").split("\n") if address]


def hints_of(row: NoticeRef) -> dict[str, str]:
    """What a list row says, as it is remembered for later looks at its page."""
    kept = {key: value for key, value in row.hints.items() if key not in {"status", "detail"}}
    kept["title"] = row.title
    if row.published:
        kept["published"] = row.published.isoformat()
    return kept


def _unread(link: AttachmentLink, status: AttachmentStatus) -> FetchedAttachment:
    return FetchedAttachment(link=link, capture=None, status=status)
