"""Give every attachment reader its limits, its refusals, and safe unpacking.

A reader takes the file's bytes and gives :data:`Read`. It raises Encrypted, TooLarge or Broken,
or whatever the foreign parser that it calls raises on a broken file.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

Table = tuple[tuple[str, ...], ...]
Read = tuple[str, tuple[Table, ...]]  # a file's text, tables included, and its tables alone

MAX_TEXT = 4_000_000
MAX_EXPANDED = 240 * 1024 * 1024
MAX_XML = 64 * 1024 * 1024
MAX_RATIO = 300
MAX_MEMBERS = 200
MAX_PAGES = 1500
MAX_ROWS = 20_000
MAX_COLUMNS = 120


class Encrypted(Exception):
    """The file asks for a password."""


class TooLarge(Exception):
    """The file would expand beyond the limits."""


class Broken(Exception):
    """The file is not what its first bytes say."""


def open_zip(body: bytes) -> zipfile.ZipFile:
    """A package to read; TooLarge before anything is unpacked."""
    # old Chinese archives hold GBK names without saying so
    archive = zipfile.ZipFile(io.BytesIO(body), metadata_encoding="gbk")
    infos = archive.infolist()
    expanded = sum(info.file_size for info in infos)
    if expanded > MAX_EXPANDED or len(infos) > 50_000:
        raise TooLarge
    if expanded > 8 * 1024 * 1024 and expanded > MAX_RATIO * max(len(body), 1):
        raise TooLarge
    return archive


def read_member(archive: zipfile.ZipFile, name: str, limit: int = MAX_XML) -> bytes:
    """A member of ``limit`` bytes at most, whatever the package says of its size."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise Encrypted
    if info.file_size > limit:
        raise TooLarge
    with archive.open(info) as member:
        data = member.read(limit + 1)
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
