"""Say in one sentence what PostgreSQL or the way to it refuses; no password is ever in it."""

from __future__ import annotations

import psycopg

from archive.errors import ArchiveError

LOCK_SECONDS = 30

# By SQLSTATE, or its class of two characters.
_SENTENCES = {
    "53100": "the disk of {where} is full; nothing was changed",
    "53300": "{where} has no connection left: raise max_connections or start fewer processes",
    "25006": "{where} cannot be written: it is read-only",
    "55P03": f"{{where}} stayed locked by another process for {LOCK_SECONDS} seconds",
    "28": "{where} refuses this user: check the name and the password",
    "3D000": "{where} does not exist: create the database first",
    "42501": "{where} does not let this user do that: {said}",
    "XX001": "{where} is damaged: {said}",
    "XX002": "{where} is damaged: {said}",
    "57P03": "{where} is starting up or shutting down; try again in a moment",
    "57P": "the connection to {where} was cut by the server",
    "08": "the connection to {where} was cut",
}


def explain_server_error(error: Exception, where: str) -> ArchiveError | None:
    """The sentence for an error of PostgreSQL or of the network; None for other errors."""
    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    said = (str(error).strip().splitlines() or [""])[0]
    for known in (state, state[:3], state[:2]):
        if known in _SENTENCES:
            return ArchiveError(_SENTENCES[known].format(where=where, said=said))
    if isinstance(error, psycopg.DataError) and "NUL" in said:
        return ArchiveError(f"{where} cannot keep a text with the character NUL")
    if isinstance(error, psycopg.OperationalError) and not state:
        return ArchiveError(f"{where} cannot be reached: {_reason(str(error))}")
    return None


def _reason(text: str) -> str:
    """What is wrong with the way to the server, of several tries the last."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    reason = next((line for line in reversed(lines) if "failed:" in line), lines[-1:] or "")
    return (reason if isinstance(reason, str) else reason[0]).rpartition("failed: ")[2]


def may_be_tried_again(error: Exception) -> bool:
    """Whether nothing was done, and a moment later it may work: the connection was cut, the
    server starts up, two writers met."""
    if not isinstance(error, psycopg.Error):
        return False
    state = error.sqlstate or ""
    if state in {"40001", "40P01", "57P01", "57P02", "57P03"} or state.startswith("08"):
        return True
    return isinstance(error, psycopg.OperationalError) and not state
