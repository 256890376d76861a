"""Shipped files, recorded responses, and a reading of lists by a source's selectors alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from parsel import Selector

from config.loader import load_platforms, load_sources
from config.model import Platform, Selectors, Source
from tests.paths import samples

_DATE = re.compile(r"(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_STATUS = re.compile(r"^(?:\[[^\]]*\])?\s*-\s*|^\[[^\]]*\]\s*")


@pytest.fixture(scope="session")
def platforms() -> dict[str, Platform]:
    return load_platforms()


@pytest.fixture(scope="session")
def sources() -> dict[str, Source]:
    return load_sources()


@pytest.fixture(scope="session")
def recorded() -> Path:
    """Recorded responses, where a folder of them is named."""
    folder = samples()
    if folder is None:
        pytest.skip("NOTICEWATCH_SAMPLES names no folder of recorded responses")
    return folder


@pytest.fixture(scope="session")
def effective(
    sources: dict[str, Source], platforms: dict[str, Platform]
) -> Callable[[str], Selectors]:
    """Selectors of a source over those of its platform."""
    return lambda key: _effective(sources[key], platforms[sources[key].platform])


@pytest.fixture(scope="session")
def read_rows(
    sources: dict[str, Source], platforms: dict[str, Platform]
) -> Callable[[str, Path, str], list[Row]]:
    """Rows of a saved answer of a source, whatever it is wrapped in."""

    def read(key: str, saved: Path, url: str) -> list[Row]:
        source = sources[key]
        text = saved.read_text(encoding="utf-8")
        return _read_rows(source, platforms[source.platform], text, url)

    return read


class Row(NamedTuple):
    title: str
    url: str
    date: str | None


def _effective(source: Source, platform: Platform) -> Selectors:
    own = {name: value for name, value in source.selectors if value is not None}
    return platform.selectors.model_copy(update=own)


def _read_rows(source: Source, platform: Platform, body: str, page_url: str) -> list[Row]:
    """Rows of a saved answer, whatever it is wrapped in."""
    selectors = _effective(source, platform)
    found = []
    for row in _rows(body, selectors):
        links = row.css(selectors.link or "a[href]")
        if not links:
            continue
        base = page_url
        if platform.params.get("base") == "root":
            parts = urlsplit(page_url)
            base = f"{parts.scheme}://{parts.netloc}/"
        found.append(
            Row(
                title=_title(row, links[0], selectors),
                url=urljoin(base, links[0].attrib["href"]),
                date=_date(row, selectors),
            )
        )
    return found


def _rows(body: str, selectors: Selectors) -> list[Selector]:
    if body.lstrip().startswith("{"):
        body = json.loads(body)["data"]["html"]
    records = re.findall(r"<record><!\[CDATA\[(.*?)\]\]></record>", body, re.S)
    if records:
        return [Selector(record) for record in records]
    assert selectors.row, "a list of this kind needs a row selector"
    return list(Selector(body).css(selectors.row))


def _title(row: Selector, link: Selector, selectors: Selectors) -> str:
    if selectors.title:
        text = row.css(selectors.title).xpath("string()").get("")
    else:
        text = link.attrib.get("title") or link.xpath("string()").get("")
    return _STATUS.sub("", " ".join(text.split()))


def _date(row: Selector, selectors: Selectors) -> str | None:
    texts = row.css(selectors.date).xpath("string()").getall() if selectors.date else [row.get()]
    for text in texts:
        if match := _DATE.search(text or ""):
            return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return None
