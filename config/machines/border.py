"""Settings of a hub: which collectors it trusts, and which sources each of them reads."""

from __future__ import annotations

import base64
import binascii
import re
from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from config.strict_model import Model

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_KEY_BYTES = 32


def _collector_name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(f"expected lower-case letters, digits, - and _, got {text!r}")
    return text


def _public_key(text: str) -> str:
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != _KEY_BYTES:
        raise ValueError("expected a public key as `noticewatch collect --make-key` prints it")
    return text.strip()


class TrustedCollector(Model):
    """A collector whose bundles are taken."""

    public_key: Annotated[str, AfterValidator(_public_key)]
    """Its public key, as `noticewatch collect --make-key FILE` prints it."""
    sources: tuple[str, ...] | Literal["all"] = "all"
    """The sources that it reads, by key or pattern (`gd-*`); this machine reads them no more."""
    token_env: str | None = None
    """Variable with the token by which it uploads; without one it cannot."""
    silent_hours: int = Field(default=26, ge=1)
    """After so many hours without a bundle the operators are told."""

    def reads(self, source_key: str) -> bool:
        """Whether a source is this collector's."""
        if self.sources == "all":
            return True
        return any(fnmatchcase(source_key, pattern) for pattern in self.sources)


class BorderSettings(Model):
    """Collectors on other machines, without a link to the archive."""

    collectors: dict[Annotated[str, AfterValidator(_collector_name)], TrustedCollector] = Field(
        default_factory=dict
    )
    """The collectors by name."""
    folders: tuple[str, ...] = ()
    """Folders in which `run` looks for their bundles, beside what is uploaded."""

    def reader_of(self, source_key: str) -> str | None:
        """The collector that reads a source; None where this machine does."""
        readers = (name for name, one in self.collectors.items() if one.reads(source_key))
        return next(readers, None)
