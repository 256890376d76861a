"""An S3-compatible server on loopback: objects by path, whole or not there, listed by prefix.

It answers what a client asks who keeps evidence (PUT with If-None-Match, GET, HEAD, deletion,
list of version 2), and refuses a request that carries no signature. Times are of no account.
"""

from __future__ import annotations

import hashlib
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape, unescape

_WHEN = "2026-11-30T00:00:00.000Z"
_WHEN_HTTP = "Mon, 30 Nov 2026 00:00:00 GMT"
_LIST = "<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>"
_ROW = (
    "<Contents><Key>{key}</Key><Size>{size}</Size><ETag>&quot;{tag}&quot;</ETag>"
    f"<LastModified>{_WHEN}</LastModified></Contents>"
)
_ERROR = "<Error><Code>{code}</Code><Message>{code}</Message></Error>"


class ObjectServer:
    """Every bucket exists; ``objects`` are by bucket and key, as in ``evidence/ab/cd.gz``."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.puts = 0  # that were carried out
        lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Silence."""

            def do_PUT(self) -> None:
                content = self._body()
                if not self._signed():
                    return
                with lock:
                    if self.headers.get("If-None-Match") == "*" and self._key in server.objects:
                        self._answer(412, _ERROR.format(code="PreconditionFailed").encode())
                        return
                    server.objects[self._key] = content
                    server.puts += 1
                self._answer(200, b"", tag=content)

            def do_GET(self) -> None:
                if not self._signed():
                    return
                asked = parse_qs(urlsplit(self.path).query)
                if "list-type" in asked:
                    self._answer(200, self._list(asked.get("prefix", [""])[0]))
                elif (content := server.objects.get(self._key)) is None:
                    self._answer(404, _ERROR.format(code="NoSuchKey").encode())
                else:
                    self._answer(200, content, tag=content)

            def do_HEAD(self) -> None:
                self.do_GET()

            def do_POST(self) -> None:
                """The one request of this kind is a deletion of several objects."""
                names = re.findall(r"<Key>([^<]+)</Key>", self._body().decode())
                if not self._signed():
                    return
                for name in names:
                    server.objects.pop(f"{self._key}/{unescape(name)}", None)
                rows = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in names)
                self._answer(200, f"<DeleteResult>{rows}</DeleteResult>".encode())

            @property
            def _key(self) -> str:
                return unquote(urlsplit(self.path).path).strip("/")

            def _signed(self) -> bool:
                signed = self.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256 ")
                if not signed:
                    self._answer(403, _ERROR.format(code="AccessDenied").encode())
                return signed

            def _body(self) -> bytes:
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))

            def _list(self, prefix: str) -> bytes:
                bucket = self._key
                names = (name.removeprefix(f"{bucket}/") for name in sorted(server.objects))
                rows = "".join(
                    _ROW.format(
                        key=escape(name),
                        size=len(server.objects[f"{bucket}/{name}"]),
                        tag=_tag(server.objects[f"{bucket}/{name}"]),
                    )
                    for name in names
                    if name.startswith(prefix)
                )
                return _LIST.format(rows=rows).encode()

            def _answer(self, status: int, body: bytes, *, tag: bytes | None = None) -> None:
                self.send_response(status)
                if tag is not None:
                    self.send_header("ETag", f'"{_tag(tag)}"')
                    self.send_header("Last-Modified", _WHEN_HTTP)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _tag(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
