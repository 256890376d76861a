"""Check that an answer is the notice of its address before anything of it is stored."""

from __future__ import annotations

from dataclasses import dataclass

from archive.errors import ArchiveError
from archive.store import Archive
from crawler.adapters.adapter import ListResponse
from crawler.extract.page.notice_identity import EarlierNotice, same_title, shows
from crawler.passes.page_jobs import PageDoubt
from crawler.passes.pass_context import PassContext
from crawler.transport.download import FetchError
from domain.records.notice import Version
from domain.records.observation import ParsedNotice
from domain.records.reason import Reason, reason
from domain.records.states import FailureKind


class NotANotice(FetchError):
    """An answer with content that is not the notice of its address."""

    def __init__(self, what: Reason, url: str) -> None:
        super().__init__(FailureKind.NOT_A_NOTICE, reason("source.not_a_notice", why=what), url)
        self.what = what


@dataclass(frozen=True, kw_only=True, slots=True)
class PageCheck:
    """Holds what came from an address against what the archive knows of it."""

    context: PassContext

    @property
    def archive(self) -> Archive:
        return self.context.archive

    async def check(self, answer: ListResponse, parsed: ParsedNotice, url: str) -> None:
        """Raises :class:`NotANotice` for a page that is not believed."""
        earlier = self._earlier(answer, url)
        page = PageDoubt(earlier=earlier, parsed=parsed, html=answer.text)
        if why := await self.context.doubt(page) or self._is_anothers(earlier, parsed, url):
            raise NotANotice(why, url)

    def _is_anothers(self, earlier: EarlierNotice, parsed: ParsedNotice, url: str) -> Reason | None:
        """Whether a known notice's page shows another known one of the same source, while its
        own list row still has the old title. Titles of a series (第一批, 第二批) are too alike
        to tell so by themselves."""
        if not earlier.read or same_title(earlier.titles, parsed.title):
            return None
        for other in self.archive.postings.titled(self.context.source.key, parsed.title):
            known = None if other == url else self.archive.versions.latest_at(other)
            if known is not None and shows(parsed, earlier.text, known[1].text):
                return reason("source.answer_anothers", title=parsed.title, url=other)
        return None

    def _earlier(self, answer: ListResponse, url: str) -> EarlierNotice:
        listed = self.archive.crawl_memory.page_hints(url).title
        page = self.archive.pages.page(url)
        known = self.archive.versions.latest_at(url)
        if known is None or page is None or page.raw_sha256 is None:
            return EarlierNotice(titles=(listed,))
        version = known[1]
        return EarlierNotice(
            titles=(version.title, listed),
            number=version.document_number,
            text=version.text,
            files=frozenset(item.url for item in version.attachments),
            read=True,
            was_closed=_is_closed(answer.body) or self._was_closed(version),
        )

    def _was_closed(self, version: Version) -> bool:
        """Whether the bytes of a version ended as a page does; so it is said of pruned ones."""
        try:
            return _is_closed(self.archive.evidence.get(version.raw_sha256))
        except ArchiveError:
            return True


def _is_closed(body: bytes) -> bool:
    return b"</html" in body[-2000:].lower() or b"</body" in body[-2000:].lower()
