"""What the handlers share: the archive per thread, names, templates, and the visitor."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from archive.records import Notice
from archive.store import Archive
from noticewatch.web.i18n import translator
from noticewatch.web.security import Guard

if TYPE_CHECKING:
    from config.model import Names, Settings, Source, Topic


@dataclass
class Site:
    """One web archive; handlers run in threads, and each thread has its own connection."""

    data_dir: Path
    settings: Settings
    topics: tuple[Topic, ...]
    sources: Mapping[str, Source]
    jurisdictions: Mapping[str, Names]
    clock: Callable[[], datetime]
    _local: threading.local = field(default_factory=threading.local)

    @property
    def archive(self) -> Archive:
        archive: Archive | None = getattr(self._local, "archive", None)
        if archive is None:
            archive = Archive.open(self.data_dir)
            self._local.archive = archive
        return archive

    @cached_property
    def guard(self) -> Guard:
        return Guard(self.settings.web)

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
        )
        environment.filters["day"] = lambda value: value.isoformat() if value else ""
        environment.filters["minute"] = lambda value: self._local_time(value)
        environment.filters["web_url"] = web_url
        environment.filters["safe_snippet"] = safe_snippet
        environment.globals["topic_names"] = {topic.id: topic.name for topic in self.topics}
        environment.globals["jurisdiction_name"] = self.jurisdiction_name
        return environment

    def _local_time(self, value: datetime | None) -> str:
        if value is None:
            return ""
        return value.astimezone(ZoneInfo(self.settings.timezone)).strftime("%Y-%m-%d %H:%M")

    def jurisdiction_name(self, code: str, language: str = "en") -> str:
        names = self.jurisdictions.get(code)
        if names is None:
            return code
        return names.zh if language == "zh" else (names.en or names.zh)

    def base_url(self, request: Request) -> str:
        return (self.settings.web.public_url or str(request.base_url)).rstrip("/")

    def relevant(self) -> list[Notice]:
        """Relevant notices without their texts, newest first; read anew when the archive
        changed."""
        stamp = self.archive.data_version()
        cached = getattr(self._local, "relevant", None)
        if cached is None or cached[0] != stamp:
            cached = (stamp, list(self.archive.notices(relevant=True, versions=False)))
            self._local.relevant = cached
        notices: list[Notice] = cached[1]
        return notices

    def page(self, request: Request, name: str, /, **context: Any) -> HTMLResponse:
        """Render a template with what every page needs."""
        language = request.query_params.get("lang") or request.cookies.get("lang") or "en"
        language = "zh" if language == "zh" else "en"
        html = self.templates.get_template(name).render(
            t=translator(language),
            language=language,
            request=request,
            user=request.scope.get("user_name") or "",
            today=self.today,
            **context,
        )
        response = HTMLResponse(html)
        if request.query_params.get("lang"):
            response.set_cookie("lang", language, samesite="lax", httponly=True)
        return response


def safe_snippet(snippet: str) -> Markup:
    """A snippet with its ``<mark>`` pairs kept and everything else escaped."""
    marked = escape(snippet)
    for tag in ("mark", "/mark"):
        marked = marked.replace(f"&lt;{tag}&gt;", Markup(f"<{tag}>"))  # noqa: S704 (two fixed tags)
    return marked


def web_url(url: str) -> str:
    """An address that may be linked; anything else is shown as text only."""
    return url if url.startswith(("http://", "https://")) else ""
