"""The addresses of a source's known notices, for rows that come back under another one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from archive.store import Archive
from config.model import Column
from domain.records.observation import NoticeRef
from domain.text.web_addresses import (
    address_key,
    parameter_names,
    standing,
    without_dots,
    without_parameter,
    without_session,
)

_MOST_WAITING = 500
# A parameter that names a notice, however alike two of them are
_NAMES_A_NOTICE = re.compile(r"\w*(?:id|no|num|guid|code|key|page|p|n)", re.I)


def tidy_row(row: NoticeRef, column: Column) -> NoticeRef:
    """No fragment, no session, no dot segments, https where the column has it."""
    url = without_dots(without_session(row.url.partition("#")[0].strip()))
    mine, theirs = urlsplit(column.url), urlsplit(url)
    if mine.scheme == "https" and theirs.scheme == "http" and mine.netloc == theirs.netloc:
        url = "https" + url.removeprefix("http")
    return replace(row, url=url)


def known_addresses(archive: Archive, source_key: str, now: datetime) -> AddressBook:
    """The addresses of a source's notices, read or not yet."""
    waiting = archive.pages.unread_pages(source_key, now, everything=True, limit=_MOST_WAITING)
    return AddressBook(
        {*archive.pages.known_urls(source_key), *(page.url for page in waiting)},
        lambda url: archive.crawl_memory.page_hints(url).as_row(url),
    )


class AddressBook:
    """Known addresses by what they have in common. ``row_of`` tells what a list said of one."""

    def __init__(self, known: Iterable[str], row_of: Callable[[str], NoticeRef]) -> None:
        self._row_of = row_of
        self._rows: dict[str, NoticeRef] = {}  # as listed in this pass
        self._by_key: dict[str, list[str]] = defaultdict(list)
        self._without: dict[str, dict[str, list[str]]] = {}
        self._known: set[str] = set()
        for url in sorted(known, key=standing):
            self._add(url)

    def _add(self, url: str) -> None:
        if url not in self._known:
            self._known.add(url)
            self._by_key[address_key(url)].append(url)
            for name in self._without.keys() & set(parameter_names(url)):
                self._without[name].setdefault(without_parameter(url, name), []).append(url)

    def resolve(self, rows: Sequence[NoticeRef]) -> tuple[NoticeRef, ...]:
        """The rows under the addresses that their notices are known by, each address once."""
        titles = {(address_key(row.url), row.title) for row in rows}
        several = Counter(key for key, _ in titles)
        found: dict[str, NoticeRef] = {}
        for row in rows:
            key = address_key(row.url)
            apart = several[key] > 1  # what looks like a time stamp tells notices apart here
            url = row.url if apart else self._known_as(row) or self._by_evidence(row, rows)
            named = replace(row, url=url or row.url)
            if found.setdefault(named.url, named) is named:
                self._rows[named.url] = named
                self._add(named.url)
        return tuple(found.values())

    def first_of(self, url: str) -> str:
        """The address that stands for a known page, of those that lead to it."""
        return self._known_as(self._said(url)) or url

    def _known_as(self, row: NoticeRef) -> str | None:
        """The first known address that leads to the same page."""
        plain = address_key(row.url, moments=True)
        for url in self._by_key.get(address_key(row.url), ()):
            if address_key(url, moments=True) == plain or _alike(self._said(url), row):
                return url
        return None

    def _by_evidence(self, row: NoticeRef, rows: Sequence[NoticeRef]) -> str | None:
        """A known address that differs in one parameter alone, where list and archive show that
        the parameter tells no notice from another: same title, same day, nothing else there."""
        for name in parameter_names(row.url):
            if _NAMES_A_NOTICE.fullmatch(name) or row.published is None:
                continue
            rest = without_parameter(row.url, name)
            for url in self._rests(name).get(rest, ()):
                said = self._said(url)
                if (said.title, said.published) == (row.title, row.published) and (
                    sum(without_parameter(each.url, name) == rest for each in rows) == 1
                ):
                    return url
        return None

    def _rests(self, name: str) -> dict[str, list[str]]:
        """The addresses with a parameter, by what is left of them without it."""
        if name not in self._without:
            rests = self._without[name] = defaultdict(list)
            for url in self._known:
                if name in parameter_names(url):
                    rests[without_parameter(url, name)].append(url)
        return self._without[name]

    def _said(self, url: str) -> NoticeRef:
        return self._rows.get(url) or self._row_of(url)


def _alike(known: NoticeRef, row: NoticeRef) -> bool:
    """Whether lists say the same of two addresses; nothing is known of some old ones."""
    same_day = None in (known.published, row.published) or known.published == row.published
    return same_day and known.title in ("", row.title)
