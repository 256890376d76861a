"""Give every attachment reader its limits, its refusals, and safe unpacking.

A reader takes the file's bytes and gives :class:`Read`. It raises Encrypted, TooLarge or Broken,
or whatever the foreign parser that it calls raises on a broken file. What it could not read of
a file that it could read otherwise it names in ``unread``.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from lxml import etree

from crawler.extract.formats.zip_names import open_archive
from domain.records.states import AttachmentStatus

Table = tuple[tuple[str, ...], ...]

MAX_TEXT = 4_000_000
MAX_EXPANDED = 240 * 1024 * 1024
MAX_XML = 64 * 1024 * 1024
MAX_RATIO = 300
MAX_MEMBERS = 200
MAX_PAGES = 1500
MAX_ROWS = 20_000
MAX_COLUMNS = 120


class UnreadPart(NamedTuple):
    """A page, sheet, member or object of a file that is not in its text, and why."""

    name: str
    why: AttachmentStatus


class Member(NamedTuple):
    """A file inside a file; ``unpack`` may raise what a reader raises."""

    name: str
    unpack: Callable[[], bytes]


class Read(NamedTuple):
    """A file's text, tables included, its tables alone, and what stands in neither."""

    text: str
    tables: tuple[Table, ...] = ()
    unread: tuple[UnreadPart, ...] = ()
    members: Iterable[Member] = ()  # files inside, to be read like files of their own


class Encrypted(Exception):
    """The file asks for a password."""


class Unsupported(Exception):
    """The file is of a kind, or packed in a way, that is not read here."""


class TooLarge(Exception):
    """The file would expand beyond the limits."""


class Broken(Exception):
    """The file is not what its first bytes say."""


# what reading one part of a package raises when that part is broken
BROKEN_PART = (
    Broken, TooLarge, KeyError, OSError, EOFError, zipfile.BadZipFile, zlib.error, etree.LxmlError,
)  # fmt: skip


def open_zip(body: bytes) -> zipfile.ZipFile:
    """A package to read, its names decoded; TooLarge before anything is unpacked."""
    archive = open_archive(body)
    infos = archive.infolist()
    expanded = sum(info.file_size for info in infos)
    if expanded > MAX_EXPANDED or len(infos) > 50_000:
        raise TooLarge
    if expanded > 8 * 1024 * 1024 and expanded > MAX_RATIO * max(len(body), 1):
        raise TooLarge
    return archive


def read_member(
    archive: zipfile.ZipFile, member: str | zipfile.ZipInfo, limit: int = MAX_XML
) -> bytes:
    """A member of ``limit`` bytes at most, whatever the package says of its size."""
    info = archive.getinfo(member) if isinstance(member, str) else member
    if info.flag_bits & 1:
        raise Encrypted
    if info.file_size > limit:
        raise TooLarge
    with archive.open(info) as content:
        data = content.read(limit + 1)
    if len(data) > limit:
        raise TooLarge
    return data


def parse_xml(data: bytes) -> Any:
    """The root of an XML document, mended where it is broken; entities stay unresolved."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, recover=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(data, parser)
    if root is None:
        raise Broken
    return root


def numbers_in(name: str) -> list[int]:
    """Sorts ``slide10`` behind ``slide9``."""
    return [int(number) for number in re.findall(r"\d+", name)]
