"""Write and read bundles: a signed manifest, then the parts that it names (docs/border.md)."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from crawler.border.signed_document import (
    NotSigned,
    SignedDocument,
    canonical,
    parse_document,
    sign_document,
)
from domain.records.remote.collected import EntryKind, SpoolEntry

MAGIC = b"NWBUNDLE1\n"
SUFFIX = ".nwb"
MOST_BUNDLE = 96 * 1024 * 1024  # bytes of a file; of an entry that is large by itself too
_MOST_PART = 64 * 1024 * 1024  # unpacked
_MOST_PARTS = 512 * 1024 * 1024  # the same, all together
_LEVEL = 6
_COLLECTOR = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_HASH = re.compile(r"[0-9a-f]{64}|")


class BundleRefused(Exception):
    """A bundle that is not taken; one sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BundleOrigin:
    """Who makes a bundle and which one it is."""

    collector: str
    chain: str  # of one spool; another spool begins at number 1 again
    number: int
    previous: str  # id of the bundle before it; empty for the first
    made: datetime
    software: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BundlePart:
    """A stretch of bytes behind the manifest, packed by zlib (RFC 1950)."""

    sha256: str  # of the unpacked bytes
    size: int
    packed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Bundle:
    """A bundle as read from bytes; its signature is checked by :func:`check_bundle`."""

    origin: BundleOrigin
    parts: tuple[BundlePart, ...]  # the log first, then the bodies
    document: SignedDocument
    packed: bytes  # what follows the signature

    @property
    def id(self) -> str:
        return self.document.id


def is_collector_name(text: str) -> bool:
    """Whether a collector may be called so: its name becomes part of file names."""
    return _COLLECTOR.fullmatch(text) is not None


def bundle_name(collector: str, number: int) -> str:
    """The file name of a bundle; names sort as numbers do."""
    return f"{collector}-{number:09d}{SUFFIX}"


def write_bundle(
    origin: BundleOrigin, entries: Sequence[SpoolEntry], key: Ed25519PrivateKey
) -> bytes:
    """A bundle: its signed head, then its parts."""
    unpacked = [log_of(entries), *_bodies(entries)]
    parts = [zlib.compress(part, _LEVEL) for part in unpacked]
    described = [
        {"sha256": hashlib.sha256(part).hexdigest(), "size": len(part), "packed": len(packed)}
        for part, packed in zip(unpacked, parts, strict=True)
    ]
    manifest = {
        "collector": origin.collector, "chain": origin.chain, "number": origin.number,
        "previous": origin.previous, "made": origin.made.isoformat(),
        "software": origin.software, "parts": described,
    }  # fmt: skip
    return sign_document(MAGIC, manifest, key) + b"".join(parts)


def log_of(entries: Sequence[SpoolEntry]) -> bytes:
    """The log of a bundle: a line of JSON for each entry."""
    return b"".join(canonical(_entry_json(entry)) + b"\n" for entry in entries)


def _bodies(entries: Sequence[SpoolEntry]) -> list[bytes]:
    """The bodies of a bundle, each once, in the order in which they came."""
    return list(dict.fromkeys(entry.body for entry in entries if entry.body is not None))


def _entry_json(entry: SpoolEntry) -> dict[str, Any]:
    sha256 = None if entry.body is None else hashlib.sha256(entry.body).hexdigest()
    return {
        "seq": entry.seq, "pass": entry.pass_id, "kind": str(entry.kind),
        "at": entry.at.isoformat(), "data": dict(entry.data), "body": sha256,
    }  # fmt: skip


# ------------------------------------------------------------------ reading


def read_bundle(raw: bytes) -> Bundle:
    """What bytes say they are; BundleRefused for what is no bundle or is cut."""
    if len(raw) > MOST_BUNDLE:
        raise BundleRefused(f"it is larger than {MOST_BUNDLE} bytes")
    try:
        document = parse_document(MAGIC, raw)
        origin, parts = _origin(document.content), _parts(document.content)
    except NotSigned as error:
        raise BundleRefused(str(error)) from error
    except (KeyError, TypeError, ValueError) as error:
        raise BundleRefused("its manifest cannot be understood") from error
    return Bundle(origin=origin, parts=parts, document=document, packed=raw[document.size :])


def check_bundle(bundle: Bundle, key: Ed25519PublicKey) -> None:
    """BundleRefused unless its sender's key signed it and nothing is missing behind it."""
    try:
        bundle.document.check(key)
    except NotSigned as error:
        raise BundleRefused(str(error)) from error
    wanted = sum(part.packed for part in bundle.parts)
    if len(bundle.packed) != wanted:
        short = "cut short" if len(bundle.packed) < wanted else "longer than its manifest says"
        raise BundleRefused(f"it is {short}: {len(bundle.packed)} of {wanted} bytes of parts")


def entries_of(bundle: Bundle) -> list[SpoolEntry]:
    """The entries of a bundle whose signature was checked; BundleRefused where a part is not
    what its hash says."""
    unpacked, start = [], 0
    for number, part in enumerate(bundle.parts):
        packed = bundle.packed[start : start + part.packed]
        start += part.packed
        unpacked.append(_unpacked(number, part, packed))
    bodies = {part.sha256: body for part, body in zip(bundle.parts, unpacked, strict=True)}
    try:
        lines = unpacked[0].decode("utf-8", "surrogatepass").split("\n")
        entries = [_entry(json.loads(line), bodies) for line in lines if line]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BundleRefused("its log cannot be understood") from error
    if any(a.seq >= b.seq for a, b in pairwise(entries)):
        raise BundleRefused("the entries of its log are not in order")
    return entries


def _unpacked(number: int, part: BundlePart, packed: bytes) -> bytes:
    reader = zlib.decompressobj()
    try:
        body = reader.decompress(packed, part.size + 1)
    except zlib.error as error:
        raise BundleRefused(f"its part {number} is damaged") from error
    if len(body) != part.size or not reader.eof or reader.unused_data:
        raise BundleRefused(f"its part {number} is damaged")
    if hashlib.sha256(body).hexdigest() != part.sha256:
        raise BundleRefused(f"its part {number} is not what its hash says")
    return body


def _origin(content: Mapping[str, Any]) -> BundleOrigin:
    origin = BundleOrigin(
        collector=str(content["collector"]),
        chain=str(content["chain"]),
        number=int(content["number"]),
        previous=str(content["previous"]),
        made=datetime.fromisoformat(content["made"]),
        software=str(content["software"])[:80],
    )
    sound = _COLLECTOR.fullmatch(origin.collector) and _HASH.fullmatch(origin.previous)
    if not sound or origin.number < 1 or origin.made.tzinfo is None or len(origin.chain) > 64:
        raise ValueError(origin.collector)
    return origin


def _parts(content: Mapping[str, Any]) -> tuple[BundlePart, ...]:
    parts = tuple(
        BundlePart(sha256=str(p["sha256"]), size=int(p["size"]), packed=int(p["packed"]))
        for p in content["parts"]
    )
    if not parts or any(not 0 <= part.size <= _MOST_PART or part.packed < 0 for part in parts):
        raise ValueError("parts")
    if sum(part.size for part in parts) > _MOST_PARTS:
        raise ValueError("parts")
    return parts


def _entry(line: Mapping[str, Any], bodies: Mapping[str, bytes]) -> SpoolEntry:
    at = datetime.fromisoformat(line["at"])
    if at.tzinfo is None or not isinstance(line["data"], dict):
        raise ValueError("entry")
    return SpoolEntry(
        seq=int(line["seq"]),
        pass_id=int(line["pass"]),
        kind=EntryKind(line["kind"]),
        at=at,
        data=line["data"],
        body=None if line["body"] is None else bodies[line["body"]],
    )
