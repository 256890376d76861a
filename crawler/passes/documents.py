"""Turn a notice's page into an observation: parse it, fetch its attachments, store it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from archive.evidence.chain import sha256_of
from config.model import Platform, Selectors
from crawler.adapters.adapter import ListResponse
from crawler.extract.dom import without_tags
from crawler.extract.file_readers import FileReaders
from crawler.extract.notice_limits import MOST_TEXT, bounded_notice
from crawler.extract.page.body_pictures import is_body_picture
from crawler.extract.page.notice_parser import parse_notice
from crawler.extract.page_weight import is_light
from crawler.passes.attachment_files import (
    AttachmentFiles,
    StoredFile,
    capture_of,
    unread,
)
from crawler.passes.page_check import NotANotice, PageCheck
from crawler.passes.page_jobs import NoticePage
from crawler.passes.pass_context import PassContext
from crawler.passes.removal import next_look, spread
from domain.records.observation import (
    AttachmentLink,
    Block,
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
# For example the end of 关于某事的通知（点阅 505）.
_COUNTED = re.compile(
    r"\s*[(（\[【]?\s*[^\d(（]{0,6}[:：]?\s*\d[\d,]{0,9}\s*[次人]{0,2}\s*[)）\]】]?"
)
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


def is_document(answer: ListResponse) -> bool:
    """Whether an answer is a file (PDF, Office, archive) and no page, by its first bytes."""
    return answer.body[:8].lstrip().startswith(_FILE_MARKS)


class Documents:
    """Reads the notices of one source into the archive."""

    def __init__(self, context: PassContext, platform: Platform, files: FileReaders) -> None:
        self.context = context
        self.archive = context.archive
        self.files = files
        self.platform = platform
        self.tally = Tally()
        self.page_check = PageCheck(context=context)
        self.attachments = AttachmentFiles(context, files)
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
        Raises :class:`NotANotice` for a page that is none. A change of a known page that no look
        before this one showed is ``unconfirmed``: not stored yet, and to be looked at again.
        """
        hints = self.archive.crawl_memory.page_hints(url)
        known = self.archive.pages.page(url)
        again = known is not None and known.raw_sha256 is not None
        files = dict(ready or {})
        if is_document(answer):
            link = AttachmentLink(name=hints.title, url=url)
            files[url] = StoredFile(item=await self._own_file(link, answer, known))
            parsed = self._row_notice(hints.as_row(url), attachments=(link,))
        else:
            row = hints.as_row(url)
            found = await self.context.notice(self._page(answer, row))
            parsed = self._bounded(self.completed(found, row), url)
            if parsed.blocks != blocks_of(hints.row.body, hints.title) or not parsed.blocks:
                await self.page_check.check(answer, parsed, url)  # a text of the list needs no page
        if again:
            parsed = _without_late_pictures(parsed, hints)
        for link in parsed.attachments[:MAX_ATTACHMENTS]:
            if link.url not in files:
                files[link.url] = await self.attachments.look_at(
                    link, referer=url, known=link.url in hints.files
                )
        items = [
            replace(files[link.url].item, link=link)
            if link.url in files
            else unread(link, AttachmentStatus.UNSUPPORTED)
            for link in parsed.attachments
        ]
        with self.archive.transaction():
            seen = self._observation(parsed, answer, url, column_key, items, baseline=baseline)
            result = self._store(seen, confirm=again)
            self.archive.page_looks.sound(url)
            if result.unconfirmed:
                self._look_again(known)
                return result
            changed = result.version_id is not None
            published = parsed.dates.published
            self.remember(answer, url, column_key, changed, published, known)
            self._keep_files(url, files)
            for address, file in files.items():
                if file.answer is not None:
                    self.remember(file.answer, address, column_key, True, None, None)
        return result

    async def _own_file(
        self, link: AttachmentLink, answer: ListResponse, known: PageState | None
    ) -> FetchedAttachment:
        """The file that stands at the notice's own address; one cut off is no new version."""
        item = await self.attachments.extracted(link, answer)
        if known is not None and self.attachments.is_spoiled(item, link.url):
            raise NotANotice(reason("source.answer_cut"), link.url)
        return item

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

    def _page(self, answer: ListResponse, row: NoticeRef) -> NoticePage:
        return NoticePage(html=answer.text, url=answer.url, selectors=self.selectors, row=row)

    def _bounded(self, parsed: ParsedNotice, url: str) -> ParsedNotice:
        bounded = bounded_notice(parsed)
        if bounded is not parsed:
            why = reason("source.not_stored_whole", most=MOST_TEXT)
            self.context.note(FailureKind.HEAVY, why, url)
        return bounded

    def completed(self, parsed: ParsedNotice, row: NoticeRef) -> ParsedNotice:
        """What a page says, with what only its list and its source know."""
        return replace(
            parsed,
            issuers=self._issuers(parsed.issuers),
            title=_counted_out(parsed.title, row.title) or row.title,
            blocks=parsed.blocks or blocks_of(row.hints.body, row.title),
            validity=parsed.validity or row.hints.validity or None,
        )

    def _issuers(self, found: tuple[str, ...]) -> tuple[str, ...]:
        """The issuing bodies with 省… and 市… made whole; the publisher when a page names none."""
        whole = self._named(found)
        if whole or self.platform.library:
            return whole
        return (self.context.source.publisher,)

    def _named(self, found: tuple[str, ...]) -> tuple[str, ...]:
        publisher = self.context.source.publisher
        return tuple(
            dict.fromkeys(
                publisher if len(name) > 4 and publisher.endswith(name) else name for name in found
            )
        )

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
        return self._store(
            self._observation(parsed, answer, url, column_key, files, baseline=baseline)
        )

    def _observation(
        self,
        parsed: ParsedNotice,
        answer: ListResponse,
        url: str,
        column_key: str,
        files: Sequence[FetchedAttachment],
        *,
        baseline: bool,
    ) -> Observation:
        source = self.context.source
        return Observation(
            source_key=source.key,
            column_key=column_key,
            publisher=source.publisher,
            jurisdiction=source.jurisdiction,
            url=url,
            parsed=parsed,
            capture=capture_of(answer),
            attachments=tuple(files),
            level=source.authority.level,
            speaks_for=source.authority.bodies,
            baseline=baseline and not self.context.options.alert_baseline,
        )

    def _store(self, observation: Observation, *, confirm: bool = False) -> IngestResult:
        result = self.archive.ingest(observation, confirm=confirm)
        self.tally.count(result.kind)
        if result.kind is not None and not observation.baseline:
            self.context.budget.changes -= 1
        return result

    def _look_again(self, known: PageState | None) -> None:
        """A change that was seen once: its page is due at once."""
        if known is not None:
            self.archive.pages.save_page(replace(known, next_check=self.context.now))

    # ------------------------------------------------------------------ known from the list only

    def take_row(
        self, row: NoticeRef, answer: ListResponse, column_key: str, *, baseline: bool
    ) -> IngestResult:
        """Store a notice from its list row alone; the list's answer is the evidence. A row that
        leads to another host does not tell who issued what stands there."""
        own = self.context.fetcher.may_visit(row.url) is None
        parsed = self._row_notice(row, own=own)
        return self.ingest(parsed, answer, row.url, column_key, (), baseline=baseline)

    def _row_notice(
        self, row: NoticeRef, attachments: tuple[AttachmentLink, ...] = (), *, own: bool = True
    ) -> ParsedNotice:
        """A notice of which only the list speaks, or whose address is a file. ``own``: on one of
        the source's hosts."""
        parsed = parse_notice("", row.url, selectors=self.selectors, row=row)
        return replace(
            parsed,
            title=row.title,
            blocks=blocks_of(row.hints.body, row.title),
            dates=NoticeDates(listed=row.published),
            validity=row.hints.validity or None,
            issuers=(self._issuers if own else self._named)(parsed.issuers),
            attachments=attachments,
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


def _counted_out(title: str, listed: str) -> str:
    """A page's title without the number of readers behind the title that its list prints."""
    return (
        listed
        if listed and title.startswith(listed) and _COUNTED.fullmatch(title[len(listed) :])
        else title
    )


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


def _without_late_pictures(parsed: ParsedNotice, hints: PageHints) -> ParsedNotice:
    """A known page as it is known: that pictures of its body are kept since is no change of it."""
    kept = {*hints.files, *hints.unread_files}
    links = tuple(
        link for link in parsed.attachments if link.url in kept or not is_body_picture(link)
    )
    return replace(parsed, attachments=links)
