"""Rows of an HTML page or fragment, and the state signals that finding them gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from crawler.adapters.adapter import ColumnContext, ListProblem, ListResponse
from crawler.extract.html_in_json import html_piece
from crawler.extract.lists.list_rows import find_rows
from crawler.extract.page.page_state import challenge_marks
from domain.records.observation import NoticeRef
from domain.records.reason import Reason, reason
from domain.records.states import FailureKind


@dataclass(frozen=True, kw_only=True, slots=True)
class HtmlRows:
    """Rows with the reason for what was used where the configured selector failed."""

    rows: tuple[NoticeRef, ...]
    fallback: Reason | None = None


def rows_of(context: ColumnContext, html: str, url: str, today: date | None = None) -> HtmlRows:
    """The rows of a list, by the column's selectors, else by the list's own shape. ``today`` is
    the day that 昨天 and days without a year are counted from."""
    if html.lstrip()[:1] in ("{", "["):
        html = html_piece(html) or html
    base = context.origin + "/" if context.params.get("base") == "root" else url
    found = find_rows(html, base, selectors=context.selectors, today=today)
    if found.used == "commented":
        return HtmlRows(rows=found.rows, fallback=found.note)
    if not context.selectors.row or not found.used.startswith("fallback"):
        return HtmlRows(rows=found.rows)
    instead = reason("source.used_instead", why=found.note, used=found.used)
    return HtmlRows(rows=found.rows, fallback=instead)


def refuse_challenge(answer: ListResponse, rows: tuple[NoticeRef, ...]) -> None:
    """A page without rows that is a verification or block page is no list."""
    if not rows and (mark := challenge_marks(answer.text)):
        raise ListProblem(
            FailureKind.CHALLENGE, reason("source.challenge_instead_of_list", mark=mark)
        )


def same_site(url: str, base: str) -> bool:
    return urlsplit(url).netloc == urlsplit(base).netloc
