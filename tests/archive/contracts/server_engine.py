"""Open, damage and fill up an empty archive on PostgreSQL."""

from __future__ import annotations

import sys
from pathlib import Path

import psycopg

from archive.backends.factory import open_backend
from archive.ports import Backend
from tests.fakes.postgres_server import PostgresServer
from tests.paths import ROOT

_OPENED = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from archive.backends.factory import open_backend
backend = open_backend(Path({folder!r}), create=True, read_only=False, url={url!r})
{statements}
"""
# As the server says it when its disk is full.
_FULL = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON translations EXECUTE FUNCTION refuse();
"""


class PostgresEngine:
    """A database on the test's own server, and evidence as files in a folder. Its copies are
    made, and its damage found, by the server's own tools."""

    def __init__(self, folder: Path, server: PostgresServer) -> None:
        self._folder = folder
        self._server = server
        self._database = server.new_archive()
        self._opened: list[Backend] = []

    @property
    def _url(self) -> str:
        return self._server.url(self._database)

    def open(self, *, read_only: bool = False) -> Backend:
        backend = open_backend(self._folder, create=True, read_only=read_only, url=self._url)
        self._opened.append(backend)
        return backend

    def in_another_process(self, statements: str) -> list[str]:
        code = _OPENED.format(
            root=str(ROOT), folder=str(self._folder), url=self._url, statements=statements
        )
        return [sys.executable, "-c", code]

    def fill_disk(self, backend: Backend) -> None:
        with psycopg.connect(self._url) as connection:
            connection.execute(_FULL.encode())

    def spoil_evidence(self, backend: Backend, sha256: str, content: bytes) -> None:
        [path] = [path for path in backend.evidence.files() if path.stem == sha256]
        path.write_bytes(content)

    def close(self) -> None:
        while self._opened:
            self._opened.pop().database.close()

    def remove(self) -> None:
        self.close()
        self._server.drop(self._database)
