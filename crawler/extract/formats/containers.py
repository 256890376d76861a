"""Archives: their members, to be read like files of their own."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from crawler.extract.formats.packed import (
    MAX_EXPANDED,
    MAX_MEMBERS,
    Broken,
    Member,
    Read,
    TooLarge,
    open_zip,
    read_member,
)
from crawler.extract.formats.zip_names import decoded_name

_MAX_UNPACKED = 120 * 1024 * 1024
# what systems and editors leave beside the files: "__MACOSX/._附件.docx", "~$附件.docx"
_LEFTOVER = re.compile(
    r"(?:^|/)(?:__MACOSX/|\._|~\$|(?:\.DS_Store|Thumbs\.db|desktop\.ini)$)", re.I
)
_STREAMS: tuple[tuple[bytes, Callable[[io.BytesIO], io.BufferedIOBase]], ...] = (
    (b"\x1f\x8b", lambda body: gzip.GzipFile(fileobj=body)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ", lzma.LZMAFile),
)


def read_zip(body: bytes) -> Read:
    """The files of a ZIP, without what systems leave in it."""
    archive = open_zip(body)
    infos = [info for info in archive.infolist() if not info.is_dir()]
    files = [info for info in infos if not is_leftover(info.filename)]
    if len(files) > MAX_MEMBERS:
        raise TooLarge
    return Read("", members=[_zip_member(archive, info) for info in files])


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    return Member(last_name(info.filename), partial(read_member, archive, info, MAX_EXPANDED))


def read_tar(body: bytes) -> Read:
    """The files of a tar archive."""
    return Read("", members=_tar_members(body))


def _tar_members(body: bytes) -> Iterator[Member]:
    with tarfile.open(fileobj=io.BytesIO(body), mode="r:") as archive:
        seen = 0
        for info in archive:
            path = decoded_name(info.name.encode("utf-8", "surrogateescape"))
            if not info.isfile() or is_leftover(path):
                continue
            seen += 1
            if seen > MAX_MEMBERS:
                raise TooLarge
            yield Member(last_name(path), partial(_tar_file, archive, info))


def _tar_file(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    content = archive.extractfile(info)
    if content is None:
        raise Broken
    return content.read()


def read_compressed(name: str, body: bytes) -> Read:
    """What is in a gzip, bzip2 or xz file: a tar archive, or one file under the name inside."""
    opener = next(opener for magic, opener in _STREAMS if body.startswith(magic))
    with opener(io.BytesIO(body)) as stream:
        content = _bounded(stream)
    if is_tar(content):
        return read_tar(content)
    inner = re.sub(r"\.(?:gz|bz2|xz)$", "", name, flags=re.I)
    return Read("", members=[Member(inner, lambda: content)])


def _bounded(stream: io.BufferedIOBase) -> bytes:
    content = stream.read(_MAX_UNPACKED + 1)
    if len(content) > _MAX_UNPACKED:
        raise TooLarge
    return content


def is_tar(body: bytes) -> bool:
    """By the mark that every tar since 1988 has in its first header."""
    return body[257:262] == b"ustar"


def is_leftover(path: str) -> bool:
    """Whether a member is none of its author's, but a system's or an editor's."""
    return _LEFTOVER.search(path) is not None


def last_name(path: str) -> str:
    """A member's name without its folders."""
    return path.rsplit("/", 1)[-1]
