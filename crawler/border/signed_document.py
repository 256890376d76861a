"""Frame a JSON document so that one signature covers every byte of it.

::

    magic        a line of ASCII that names the format and its version
    4 bytes      length of the document, unsigned, big-endian
    document     JSON in UTF-8, keys sorted, no spaces
    64 bytes     ed25519 signature of everything before it
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from crawler.border.collector_keys import SIGNATURE_BYTES, is_signed

_LENGTH = struct.Struct(">I")
MOST_DOCUMENT = 32 * 1024 * 1024


class NotSigned(Exception):
    """A document that is not what it should be; one sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedDocument:
    """A document as it was read; trusted only once :meth:`check` was passed."""

    content: Mapping[str, Any]
    signed: bytes  # magic, length and document
    signature: bytes

    @property
    def size(self) -> int:
        return len(self.signed) + len(self.signature)

    @property
    def id(self) -> str:
        """The sha256 of what is signed."""
        return hashlib.sha256(self.signed).hexdigest()

    def check(self, key: Ed25519PublicKey) -> None:
        """NotSigned unless this key signed it."""
        if not is_signed(key, self.signature, self.signed):
            raise NotSigned("its signature is not by the key that is trusted for its sender")


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write a document."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8", "surrogatepass")  # fmt: skip


def sign_document(magic: bytes, content: Mapping[str, Any], key: Ed25519PrivateKey) -> bytes:
    """The framed document with its signature."""
    document = canonical(content)
    signed = magic + _LENGTH.pack(len(document)) + document
    return signed + key.sign(signed)


def parse_document(magic: bytes, raw: bytes) -> SignedDocument:
    """The document at the beginning of bytes; NotSigned when there is none, or half of one."""
    start = len(magic) + _LENGTH.size
    if raw[: len(magic)] != magic:
        raise NotSigned("it does not begin as such a file does")
    if len(raw) < start:
        raise NotSigned("it is cut short")
    (length,) = _LENGTH.unpack(raw[len(magic) : start])
    if length > MOST_DOCUMENT or len(raw) < start + length + SIGNATURE_BYTES:
        raise NotSigned("it is cut short")
    end = start + length
    try:
        content = json.loads(raw[start:end].decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise NotSigned("its document cannot be read") from error
    if not isinstance(content, dict):
        raise NotSigned("its document cannot be read")
    return SignedDocument(
        content=content, signed=raw[:end], signature=raw[end : end + SIGNATURE_BYTES]
    )
