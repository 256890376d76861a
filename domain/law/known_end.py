"""What the archive knows of an act's end, and what a library says of its validity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEnd:
    """The state of an act of the archive beside its own text.

    ``validity`` is what a library or a page prints of it (已修改, 失效), ``official`` whether its
    issuer or a superior says so; ``listed_only`` that nothing but a row of a list is held.
    """

    validity: str | None = None
    official: bool = False
    listed_only: bool = False
    repealed_from: date | None = None
    repealed_by: str | None = None


NOTHING_KNOWN = KnownEnd()
