"""What the handlers share: the archive per thread, names, templates, and the visitor."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus
from zoneinfo import ZoneInfo

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from archive.backends.factory import DATABASE_NAME
from archive.store import Archive
from domain.records.message import OutboxItem
from domain.records.notice import Notice
from i18n.phrases import SEVERITY_MARK, Lang
from i18n.visitor_words import Words
from noticewatch.web.auth.access import Guard, kept_secret
from noticewatch.web.views.marked_text import visible
from notifier.render.preview import preview

if TYPE_CHECKING:
    from config.model import Names, Settings, Source, Topic


@dataclass
class WebContext:
    """One web archive; handlers run in threads, and each thread has its own connection."""

    data_dir: Path
    settings: Settings
    topics: tuple[Topic, ...]
    sources: Mapping[str, Source]
    jurisdictions: Mapping[str, Names]
    clock: Callable[[], datetime]
    check: Callable[[str], None] | None = None  # starts a check of the source with this key
    _local: threading.local = field(default_factory=threading.local)
    _kept_lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: dict[str, tuple[tuple[int, ...], list[Notice]]] = field(default_factory=dict)

    @property
    def archive(self) -> Archive:
        archive: Archive | None = getattr(self._local, "archive", None)
        if archive is None:
            archive = Archive.open(self.data_dir)
            self._local.archive = archive
        return archive

    @cached_property
    def guard(self) -> Guard:
        return Guard(self.settings.web, kept_secret(self.data_dir))

    @property
    def today(self) -> date:
        return self.clock().astimezone(ZoneInfo(self.settings.timezone)).date()

    @cached_property
    def templates(self) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.PackageLoader("noticewatch.web", "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
            finalize=visible,
        )
        environment.filters["day"] = lambda value: value.isoformat() if value else ""
        environment.filters["minute"] = self._local_time
        environment.filters["web_url"] = web_url
        environment.filters["clip"] = clip
        environment.filters["file_name"] = file_name
        environment.filters["headline"] = self.headline
        environment.filters["unquoted"] = unquote_plus
        return environment

    def headline(self, item: OutboxItem) -> str:
        """The first line of a message's words."""
        _, _, words = preview(item, self.settings).partition("\n")
        lines = words.strip().splitlines()
        if not lines:
            return item.dedupe_key
        line = lines[0].removeprefix("Subject: ")
        for severity, mark in SEVERITY_MARK.items():  # not every machine has these signs
            line = line.replace(mark, f"{severity.upper()} ")
        return line

    def _local_time(self, value: datetime | None) -> str:
        if value is None:
            return ""
        return value.astimezone(ZoneInfo(self.settings.timezone)).strftime("%Y-%m-%d %H:%M")

    @cached_property
    def _topics(self) -> dict[str, Topic]:
        return {topic.id: topic for topic in self.topics}

    def words(self, language: Lang) -> Words:
        return Words(
            language=language,
            today=self.today,
            topics=self._topics,
            jurisdictions=self.jurisdictions,
        )

    def base_url(self, request: Request) -> str:
        return (self.settings.web.public_url or str(request.base_url)).rstrip("/")

    def relevant(self) -> list[Notice]:
        """Relevant notices with their topics and facts, newest first."""
        return self._keep("relevant", lambda: self.archive.overview.relevant_notices())

    def dated(self) -> list[Notice]:
        """Relevant notices that name a day from today on."""
        return self._keep("dated", lambda: self.archive.overview.dated_notices(self.today))

    def _keep(self, name: str, read: Callable[[], list[Notice]]) -> list[Notice]:
        """A list read anew when the archive's files changed, or the day."""
        mark = (*self._file_mark(), self.today.toordinal())
        with self._kept_lock:
            known = self._kept.get(name)
            if known is None or known[0] != mark:
                known = self._kept[name] = (mark, read())
            return known[1]

    def _file_mark(self) -> tuple[int, ...]:
        """Size and time of the database and its log: every commit changes one of them."""
        mark: list[int] = []
        for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal"):
            try:
                stat = (self.data_dir / name).stat()
            except OSError:
                continue
            mark += [stat.st_mtime_ns, stat.st_size]
        return tuple(mark)

    def page(self, request: Request, name: str, /, **context: Any) -> HTMLResponse:
        """Render a template with what every page needs."""
        language = language_of(request)
        words = self.words(language)
        html = self.templates.get_template(name).render(
            t=words.t,
            w=words,
            language=language,
            languages={
                code: request.url.include_query_params(lang=code).query for code in ("en", "zh")
            },
            path=request.url.path,
            user=request.scope.get("user_name") or "",
            editor=bool(request.scope.get("user_edits")),
            today=self.today,
            now=self.clock(),
            sign_out=self.settings.web.auth == "token",
            **context,
        )
        response = HTMLResponse(html)
        if request.query_params.get("lang"):
            response.set_cookie("lang", language, samesite="lax", httponly=True)
        return response

    def form_page(self, request: Request, name: str, /, **context: Any) -> HTMLResponse:
        """A page with a form: the visitor gets a session that its token is bound to."""
        known = request.cookies.get("nw_session")
        session = known or secrets.token_urlsafe(16)
        context["csrf"] = self.guard.csrf_token(session, request.scope.get("user_name"))
        response = self.page(request, name, **context)
        if not known:
            response.set_cookie(
                "nw_session",
                session,
                httponly=True,
                samesite="strict",
                secure=request.url.scheme == "https",
            )
        return response


def language_of(request: Request) -> Lang:
    """As chosen on a page, else what the browser asks for first."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang")
    wanted = chosen or request.headers.get("accept-language", "").strip().lower()[:2]
    return "zh" if wanted == "zh" else "en"


def alert_channels(site: WebContext) -> list[str]:
    """The channels that alerts may go to."""
    known = site.settings.channels.items()
    return [name for name, channel in known if channel.purpose == "alerts"]


def web_url(url: str) -> str:
    """An address that may be linked; anything else is shown as text only."""
    return url if url.startswith(("http://", "https://")) else ""


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters, with an ellipsis for what is left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


_DOTS = re.compile(r"\.{2,}")


def file_name(name: str) -> str:
    """A name that is safe to save under, whatever the publisher called the file."""
    kept = "".join(
        char if char.isalnum() or char in " ._-()（）《》〔〕、，" else "_" for char in name
    )
    return _DOTS.sub(".", kept).strip(" ._")[-100:] or "file"
