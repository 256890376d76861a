"""Make, read and use the ed25519 keys by which bundles and offers are signed."""

from __future__ import annotations

import base64
import binascii
import os
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

SIGNATURE_BYTES = 64
_PUBLIC_BYTES = 32
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyProblem(Exception):
    """A key that cannot be used; one sentence."""


def make_key(path: Path) -> str:
    """Write a new private key, readable by its owner only, and answer the public one."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    part = path.with_name(f"{path.name}.{token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        os.link(part, path)  # whole or not at all, and never over another
    except FileExistsError:
        raise KeyProblem(f"{path} exists already; a key is never written over") from None
    except OSError as error:
        raise KeyProblem(f"{path} cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return public_text(key)


def read_key(path: Path) -> Ed25519PrivateKey:
    """The private key of a file that nobody else may read."""
    try:
        mode, pem = path.stat().st_mode, path.read_bytes()
    except OSError as error:
        raise KeyProblem(
            f"{path} cannot be read ({error.strerror}); `noticewatch collect --make-key` writes one"
        ) from error
    if mode & _FOR_OTHERS:
        raise KeyProblem(f"{path} can be read by others: chmod 600 {path}")
    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError) as error:
        raise KeyProblem(f"{path} holds no private key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyProblem(f"{path} holds another kind of key than ed25519")
    return key


def kept_key(path: Path) -> Ed25519PrivateKey:
    """The same, made when it is first needed."""
    with suppress(KeyProblem):
        if not path.exists():
            make_key(path)
    return read_key(path)


def public_text(key: Ed25519PrivateKey) -> str:
    """The public key as it stands in settings: 32 bytes in base64."""
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode("ascii")


def public_key(text: str) -> Ed25519PublicKey:
    """The key of such a text."""
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != _PUBLIC_BYTES:
        raise KeyProblem(f"{text[:50]!r} is no public key: 32 bytes in base64 are expected")
    return Ed25519PublicKey.from_public_bytes(raw)


def is_signed(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    """Whether a signature is of this key over this content."""
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True
