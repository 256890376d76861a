"""Answer requests from recorded responses instead of the network: ``--replay FOLDER``.

``manifest.tsv`` names a file and the address it answers (columns ``file`` and ``url``, or
``original_url``); every other address is 404. The spider and all code behind it are the same.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.adapters.adapter import ListResponse
from crawler.extract.file_types import DOCUMENTS

_PAGES = {
    "html": "text/html", "htm": "text/html", "shtml": "text/html", "jsp": "text/html",
    "xml": "text/xml", "json": "application/json",
}  # fmt: skip
_TYPES = {f".{name}": media_type for name, media_type in {**DOCUMENTS, **_PAGES}.items()}
_ABBREVIATED = re.compile(r"&?\.{3,}|&?…+")
# Which page of a list is asked for: a record of page one must not answer for page two.
_PAGE_KEYS = {"p", "page", "pageno", "pageindex", "pagenumber", "currpage", "current"}
_FIRST_PAGES = {"0", "1"}


def address_of(url: str, method: str, body: bytes) -> str:
    """The address under which an answer is kept: that of a form with its fields as a query, as
    the fields say which page of which list was asked for."""
    fields = body.decode("utf-8", "replace") if method == "POST" else ""
    return f"{url}{'&' if '?' in url else '?'}{fields}" if fields else url


class ReplayError(Exception):
    """The folder cannot be replayed; one sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One line of the manifest."""

    file: Path
    url: str
    host: str
    path: str
    query: frozenset[tuple[str, str]]
    abbreviated: bool


@dataclass(frozen=True, slots=True)
class Recordings:
    """The manifest of a folder of recorded responses."""

    records: tuple[Record, ...]

    @staticmethod
    def write(folder: Path, answers: Sequence[ListResponse]) -> int:
        """Keep answers in a folder in the form that :meth:`load` reads; how many there are."""
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9][0-9].*"):
            old.unlink()  # of an earlier capture
        kept = {
            address_of(each.ask.url, each.ask.method, each.ask.body): each
            for each in reversed(answers)
            if each.status == 200
        }
        lines = ["file\turl"]
        for number, url in enumerate(sorted(kept), 1):
            name = f"{number:03}{_suffix(kept[url])}"
            (folder / name).write_bytes(kept[url].body)
            lines.append(f"{name}\t{url}")
        (folder / "manifest.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return len(kept)

    @classmethod
    def load(cls, folder: Path) -> Recordings:
        manifest = folder / "manifest.tsv"
        try:
            text = manifest.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise ReplayError(f"{manifest} cannot be read: {error.strerror}") from error
        rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
        records = []
        for number, row in enumerate(rows, 2):
            url = (
                row.get("url") or row.get("original_url") or row.get("original URL") or ""
            ).strip()
            name = (row.get("file") or "").strip()
            if not name or not re.match(r"https?://", url):
                continue  # a line about a file that answers no address
            file = folder / name
            if not file.is_file():
                raise ReplayError(f"{manifest} line {number}: {name} is not in the folder")
            records.append(_record(file, url))
        if not records:
            raise ReplayError(f"{manifest}: expected lines with the columns file and url")
        return cls(tuple(records))

    def find(self, url: str) -> Record | None:
        """The record that answers an address: exactly, by its query in any order, abbreviated."""
        exact = [record for record in self.records if record.url == url]
        if exact:
            return exact[0]
        asked = _record(Path(), url)
        found = [(score, r) for r in self.records if (score := _match(r, asked)) > 0]
        return max(found, key=lambda pair: pair[0])[1] if found else None


def _suffix(answer: ListResponse) -> str:
    """A file ending from which :func:`replayer` tells the type again."""
    told = (answer.header("content-type") or "").partition(";")[0].strip().lower()
    path = urlsplit(answer.url).path
    ending = f".{path.rpartition('.')[2].lower()}" if "." in path.rpartition("/")[2] else ""
    if _TYPES.get(ending) == told:
        return ending
    return next((known for known, kind in _TYPES.items() if kind == told), ".bin")


def _record(file: Path, url: str) -> Record:
    abbreviated = bool(_ABBREVIATED.search(url))
    parts = urlsplit(_ABBREVIATED.sub("&", url) if abbreviated else url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return Record(
        file=file,
        url=url,
        host=(parts.netloc or "").lower().removesuffix(":80").removesuffix(":443"),
        path=parts.path.rstrip("/&") or "/",
        query=frozenset((key, value) for key, value in pairs),
        abbreviated=abbreviated,
    )


def _match(record: Record, asked: Record) -> float:
    """How well a record answers: 0 not at all, more for more of the query in common."""
    if record.host != asked.host or record.path != asked.path:
        return 0.0
    if record.query == asked.query:
        return 1000.0
    recorded, wanted = dict(record.query), dict(asked.query)
    common = recorded.keys() & wanted.keys()
    if any(recorded[key] != wanted[key] for key in common if key.lower() not in _SIZES):
        return 0.0
    if _later_page(wanted) != _later_page(recorded):
        return 0.0
    if not record.abbreviated and not (common or not recorded):
        return 0.0
    return 1.0 + len(common)


# How many rows are asked for, and what is only decoration: a record may have been made with
# other values than ours.
_SIZES = {
    "pg", "perpage", "startrecord", "endrecord", "pagesize", "n", "rows", "selectfields", "pos",
    "sort", "sorttype", "sortfields", "_", "webname", "sourcecontenttype", "col", "appid",
    "permissiontype", "path", "level", "group", "_pagesize",
}  # fmt: skip


def _later_page(query: dict[str, str]) -> str | None:
    for key, value in query.items():
        if key.lower() in _PAGE_KEYS and value not in _FIRST_PAGES:
            return value
        if key == "startrecord" and value.isdigit() and int(value) > 1:
            return f"from {value}"
        if key == "paramJson" and (match := re.search(r"pageNo\D*(\d+)", value)):
            return match[1] if match[1] not in _FIRST_PAGES else None
    return None


def replayer(recordings: Recordings) -> Any:
    """A stand-in for the engine's download: requests in, recorded responses out."""

    async def download(request: Any) -> Any:
        from scrapy.http import Response

        asked = address_of(request.url, request.method, request.body)
        record = recordings.find(asked) or recordings.find(request.url)
        if record is None:
            return Response(request.url, status=404, request=request)
        kind = _TYPES.get(record.file.suffix.lower(), "application/octet-stream")
        return Response(
            request.url,
            status=200,
            headers={"Content-Type": kind},
            body=record.file.read_bytes(),
            request=request,
        )

    return download
