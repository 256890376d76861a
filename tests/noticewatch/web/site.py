"""Serve an archive in this process, and read what its pages hold."""

from datetime import UTC, datetime

from lxml import html

from config.loader import load_jurisdictions, load_sources, load_topics
from config.model import Settings, WebSettings
from noticewatch.web.context import WebContext


def make_site(folder, **web) -> WebContext:
    return WebContext(
        data_dir=folder,
        settings=Settings(web=WebSettings(**web)),
        topics=load_topics(),
        sources=load_sources(),
        jurisdictions=load_jurisdictions(),
        clock=lambda: datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
    )


def in_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def csrf(client, path="/notices/1") -> str:
    return html.fromstring(client.get(path).text).xpath("//input[@name='csrf']/@value")[0]
