"""The HTTP server of a replica: robots.txt, pages with validators, faults."""

from __future__ import annotations

import json
import socket
import time
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from noticewatch.demo.exchange import RequestRecord, ServedSite
from noticewatch.demo.faults import play_fault
from noticewatch.demo.replica_site import ReplicaContent


class ReplicaServer(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up early is part of the play."""


class ReplicaHandler(BaseHTTPRequestHandler):
    replica: ServedSite
    hit: RequestRecord  # the request being answered
    protocol_version = "HTTP/1.1"
    timeout = 60

    def setup(self) -> None:
        super().setup()
        # Answers are small and written in pieces: without this each waits for the client's ACK.
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.replica.connection(+1)

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.replica.connection(-1)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base's name)
        """Silent: the replica keeps its own record."""

    def do_GET(self) -> None:
        self._serve({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("utf-8")
        if self.headers.get_content_type() == "application/json":
            self._serve({name: str(value) for name, value in json.loads(body).items()})
        else:
            self._serve(dict(parse_qsl(body, keep_blank_values=True)))

    def _serve(self, form: dict[str, str]) -> None:
        hit = RequestRecord(
            method=self.command,
            path=self.path,
            started=time.monotonic(),
            headers={key.lower(): value for key, value in self.headers.items()},
        )
        with self.replica.recorded(hit):
            self.hit = hit
            parts = urlsplit(self.path)
            if parts.path == "/robots.txt":
                self._robots()
                return
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            with self.replica.site.lock:
                content = self.replica.pages.handle(unquote(parts.path), {**query, **form})
            kind = content.kind if content else "list"
            fault = self.replica.fault_for(self.path, kind)
            if fault is not None and play_fault(self, fault, content):
                return
            if content is None:
                self.send(404, b"<html><body><h1>404 Not Found</h1></body></html>")
                return
            self._content(self.replica.encode(content))

    def _robots(self) -> None:
        robots = self.replica.robots
        if isinstance(robots, int):
            self.send(robots, b"", "text/plain")
        else:
            self.send(200, robots.encode(), "text/plain")

    def _content(self, content: ReplicaContent) -> None:
        headers: dict[str, str] = {}
        if self.replica.validators and content.modified is not None:
            etag = f'"{content.tag}"'
            headers["ETag"] = etag
            headers["Last-Modified"] = format_datetime(content.modified, usegmt=True)
            if self.headers.get("If-None-Match") == etag:
                self.send(304, b"", headers=headers)
                return
        media = content.media_type
        if "json" in media:
            media = f"{media}; charset=utf-8"
        elif "html" in media and self.replica.declare_encoding:
            media = f"{media}; charset={self.replica.encoding}"
        self.send(200, content.body, media, headers)

    def send(
        self,
        status: int,
        body: bytes,
        media_type: str = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
    ) -> None:
        self.hit.status = status
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)
