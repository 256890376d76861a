"""Hold a replica site's articles with their files, and change them as the story goes."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any


@dataclass(slots=True)
class ReplicaFile:
    name: str
    body: bytes
    media_type: str = "application/octet-stream"


@dataclass(slots=True)
class Article:
    """One notice of a site. ``listed`` and ``live`` are taken away separately."""

    id: int
    title: str
    day: date
    paragraphs: list[str]
    number: str = ""
    issuer: str = ""
    files: list[ReplicaFile] = field(default_factory=list)
    listed: bool = True
    live: bool = True
    removed_text: bool = False
    modified: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    @property
    def hex(self) -> str:
        return hashlib.md5(f"article {self.id}".encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class ReplicaContent:
    """What a page is before faults, noise and validators."""

    body: bytes
    media_type: str = "text/html"
    modified: datetime | None = None
    kind: str = "list"  # list, shell, detail, file
    tag: str = ""  # of the content without noise


class ReplicaSite:
    """The articles of one site; platforms render them."""

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self._ids = count(1001)
        self.lock = threading.RLock()

    def add(
        self,
        title: str,
        day: date,
        paragraphs: list[str] | None = None,
        *,
        number: str = "",
        issuer: str = "",
        files: list[ReplicaFile] | None = None,
    ) -> Article:
        with self.lock:
            article = Article(
                id=next(self._ids),
                title=title,
                day=day,
                paragraphs=paragraphs or [f"{title}的正文。", "现予以公布，请遵照执行。"],
                number=number,
                issuer=issuer,
                files=list(files or ()),
            )
            self.articles.append(article)
            return article

    def edit(self, article: Article, **changes: Any) -> None:
        """Change title, paragraphs, files … of an article, and its time of modification."""
        with self.lock:
            for name, value in changes.items():
                setattr(article, name, value)
            article.modified = datetime.now(UTC).replace(microsecond=0)

    def withdraw(self, article: Article, *, keep_row: bool = False, text: bool = False) -> None:
        """Take an article away: 404, or (``text``) a page that says it was removed."""
        self.edit(article, live=text, removed_text=text, listed=keep_row)

    def restore(self, article: Article) -> None:
        self.edit(article, live=True, removed_text=False, listed=True)

    def listed(self) -> list[Article]:
        """Newest first, as lists show them."""
        with self.lock:
            shown = [article for article in self.articles if article.listed]
            return sorted(shown, key=lambda article: (article.day, article.id), reverse=True)
