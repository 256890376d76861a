"""Rows of an HTML page or fragment, and the state signals that finding them gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from archive.records import NoticeRef
from crawler.adapters.base import Answer, ColumnContext, ListProblem
from crawler.extract.rows import find_rows

_CHALLENGE = re.compile(
    r"安全验证|验证码|人机验证|访问验证|访问频繁|请求被拒绝|请开启JavaScript|enable JavaScript"
    r"|_\$_?ts\b|__jsl_clearance|acw_sc__v2|cf-challenge|challenge-platform|Just a moment"
    r"|Access Denied|403 Forbidden|FSSBBIl1UgzbN7N",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Rows with a phrase on what was used where the configured selector failed."""

    rows: tuple[NoticeRef, ...]
    fallback: str | None = None


def rows_of(context: ColumnContext, html: str, url: str) -> Found:
    """The rows of a list, by the column's selectors, else by the list's own shape."""
    base = context.origin + "/" if context.params.get("base") == "root" else url
    found = find_rows(html, base, selectors=context.selectors)
    if found.used == "commented":
        return Found(rows=found.rows, fallback=found.note)
    missed = bool(context.selectors.row) and found.used.startswith("fallback")
    return Found(rows=found.rows, fallback=f"{found.note}; used {found.used}" if missed else None)


def refuse_challenge(answer: Answer, rows: tuple[NoticeRef, ...]) -> None:
    """A small page without rows that speaks of verification is a challenge, not a list."""
    if not rows and len(answer.body) < 60_000 and _CHALLENGE.search(answer.text):
        raise ListProblem("challenge", "a challenge or verification page came instead of the list")


def is_challenge(text: str) -> bool:
    """Whether a short page is a script challenge or a verification page."""
    return bool(_CHALLENGE.search(text))


def same_site(url: str, base: str) -> bool:
    return urlsplit(url).netloc == urlsplit(base).netloc


def absolute(base: str, address: str) -> str:
    return urljoin(base, address)
