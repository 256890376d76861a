"""Where a PostgreSQL archive is: read from ``archive_url``, shown without its password."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from archive.errors import ArchiveError
from config.machines.archive_secret import PASSWORD_VARIABLE

SCHEMES = ("postgresql", "postgres")
_WRONG = (
    "archive_url is not understood: write postgresql://USER@HOST:PORT/DATABASE"
    f" and give the password in {PASSWORD_VARIABLE}"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerAddress:
    """A database on a server."""

    shown: str
    conninfo: str = field(repr=False)

    def __str__(self) -> str:
        return self.shown


def read_address(url: str) -> ServerAddress:
    """The address that a URL gives; ArchiveError for one that is none or has a password."""
    from psycopg import Error
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    try:
        parts = urlsplit(url)
        given = conninfo_to_dict(url)
    except (ValueError, Error):
        raise ArchiveError(_WRONG) from None
    if parts.scheme not in SCHEMES or not given.get("dbname"):
        raise ArchiveError(_WRONG)
    if given.get("password"):
        raise ArchiveError(
            f"archive_url holds a password: take it out and set it in {PASSWORD_VARIABLE}"
        )
    password = os.environ.get(PASSWORD_VARIABLE)
    secret = {"password": password} if password else {}
    return ServerAddress(shown=_shown(url), conninfo=make_conninfo(url, **secret))


def _shown(url: str) -> str:
    """The URL without its settings: postgresql://noticewatch@db.example.org:5432/notices."""
    parts = urlsplit(url)
    host = parts.netloc or dict(parse_qsl(parts.query)).get("host", "")
    return f"postgresql://{unquote(host)}/{parts.path.lstrip('/')}"
