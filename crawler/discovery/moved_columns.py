"""Find where a column went: its named alternatives, then the site's own home page and menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from urllib.parse import urljoin, urlsplit

from config.model import Column, Platform, Source
from crawler.discovery.column_looks import ColumnLook, look_at
from crawler.discovery.home_columns import FoundColumn
from crawler.discovery.probe import Discovery, ProbeError, discover
from crawler.run import CrawlError

MOST_TRIED = 4  # addresses for one column
_ALIKE = 0.5  # of a column's name or folder
_NOTICES = ("通知公告", "公告公示", "公示公告", "通知", "公告", "公示", "政策文件", "规范性文件")


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedColumn:
    """Where a column stands now, as it was read there."""

    column: Column
    look: ColumnLook
    found_by: str  # alternative, or home page


@dataclass(frozen=True, kw_only=True, slots=True)
class HomePage:
    """The columns that a site's own home page shows and links to; why there are none."""

    columns: tuple[FoundColumn, ...] = ()
    problem: str = ""


def home_page(url: str, platforms: Mapping[str, Platform]) -> HomePage:
    """The columns named on the home page of an address's site."""
    try:
        found = discover(urljoin(url, "/"), platforms)
    except (ProbeError, CrawlError) as error:
        return HomePage(problem=str(error))
    columns = found.detected.columns
    return HomePage(columns=columns, problem="" if columns else "it names no column of notices")


def find_moved(
    source: Source, column: Column, home: HomePage, platforms: Mapping[str, Platform], today: date
) -> MovedColumn | None:
    """The first address that reads as the source's file expects, by the source's own reader."""
    tried = 0
    for found_by, candidate in _candidates(column, home, platforms):
        if candidate.url == column.url and candidate.params == column.params:
            continue
        tried += 1
        if tried > MOST_TRIED:
            return None
        trial = source.model_copy(update={"columns": (candidate,)})
        (found,) = look_at([trial], platforms, today=today)
        if found.is_well:
            return MovedColumn(column=candidate, look=found.columns[0], found_by=found_by)
    return None


def _candidates(
    column: Column, home: HomePage, platforms: Mapping[str, Platform]
) -> Iterator[tuple[str, Column]]:
    for url in column.alternatives:
        yield "alternative", column.model_copy(update={"url": url})
    for one in likely_columns(column, home.columns):
        yield "home page", _as_it_stands(column, one.url, platforms)


def _as_it_stands(column: Column, url: str, platforms: Mapping[str, Platform]) -> Column:
    """The column at another address, with the ids that its page there gives away."""
    if not column.params:
        return column.model_copy(update={"url": url})
    told = _parameters(url, platforms)
    params = {name: told.get(name, value) for name, value in column.params.items()}
    return column.model_copy(update={"url": url, "params": params})


def _parameters(url: str, platforms: Mapping[str, Platform]) -> Mapping[str, str]:
    try:
        found: Discovery = discover(url, platforms)
    except (ProbeError, CrawlError):
        return {}
    return found.detected.parameters


def likely_columns(column: Column, found: Sequence[FoundColumn]) -> list[FoundColumn]:
    """Those of a home page that may be the column, the likeliest first."""
    scored = [(_likeness(column, one), -number, one) for number, one in enumerate(found)]
    return [one for score, _, one in sorted(scored, key=lambda item: item[:2], reverse=True)
            if score >= _ALIKE]  # fmt: skip


def _likeness(column: Column, found: FoundColumn) -> float:
    """By the name where the file has one, else by what notices are called; and by the folder."""
    name = column.name.zh if column.name is not None else ""
    by_folder = _same(_folder(column.url), _folder(found.url))
    if name:
        return max(_same(name, found.name), 0.9 * by_folder)
    called = 0.6 if any(word in found.name for word in _NOTICES) else 0.0
    return max(called, 0.9 * by_folder)


def _same(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio() if one and other else 0.0


def _folder(url: str) -> str:
    """The last folder of an address: ``tzgg`` of ``/xxgk/tzgg/index.html``."""
    parts = [part for part in urlsplit(url).path.split("/")[1:] if part and "." not in part]
    return parts[-1] if parts else ""
