"""Random keys that all processes of an archive on a server share."""

from __future__ import annotations

import secrets

from archive.ports import Database

_BYTES = 32


class SharedKeys:
    """Kept in the database only where there is no folder that all processes share."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def kept(self, name: str) -> bytes:
        """The key of a name, made when it is first needed: all get that of the quickest."""
        value = self._db.value("SELECT value FROM shared_keys WHERE name = ?", (name,))
        if value is None:
            with self._db.transaction():
                self._db.run(
                    "INSERT INTO shared_keys (name, value) VALUES (?, ?)"
                    " ON CONFLICT (name) DO NOTHING",
                    (name, secrets.token_hex(_BYTES)),
                )
            value = self._db.value("SELECT value FROM shared_keys WHERE name = ?", (name,))
        return bytes.fromhex(value)
