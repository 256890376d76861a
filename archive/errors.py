"""Errors of the archive; each message is one sentence for the person who reads it."""

from __future__ import annotations


class ArchiveError(Exception):
    """Something is wrong with the archive; the message is one sentence for the operator."""


class SearchTooCostly(ArchiveError):
    """A search that asks for more than one search may."""


class LeaseLost(ArchiveError):
    """Somebody else has the work by now: what a late holder writes is refused."""


class LeaseHeld(ArchiveError):
    """Somebody else has the work; it was waited for long enough."""


TAKES_TOO_LONG = "this search takes too long: ask for fewer or longer words"


class LinkUsed(ArchiveError):
    """A link for one use that was used before."""


class EvidenceMissing(LookupError):
    """No file is kept for this hash."""


class EvidenceDamaged(ValueError):
    """The file is there, but its content is not what its name says."""
