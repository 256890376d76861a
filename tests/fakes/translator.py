"""A loopback translation service: an OpenAI-compatible endpoint and DeepL's, with faults."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FAULTS = ("error", "hang", "drip", "huge", "broken", "list", "empty", "redirect", "deep")


@dataclass
class Translator:
    """``answers``: what each Chinese text becomes; ``fault``: what it does instead, one of
    FAULTS or the number of an HTTP status."""

    url: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    asked: list[tuple[str, Mapping[str, str], Any]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def texts(self) -> list[str]:
        found: list[str] = []
        for _, _, body in self.asked:
            found += body["text"] if "text" in body else [body["messages"][-1]["content"]]
        return found


class _Handler(BaseHTTPRequestHandler):
    far: Translator

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.far.asked.append((self.path, dict(self.headers), body))
        if self.far.fault:
            self._fail(self.far.fault)
        elif self.path.endswith("/v2/translate"):
            texts = [{"text": self.far.answers.get(text, "")} for text in body["text"]]
            self._send(json.dumps({"translations": texts}).encode())
        else:
            text = self.far.answers.get(body["messages"][-1]["content"], "")
            self._send(json.dumps({"choices": [{"message": {"content": text}}]}).encode())

    def _fail(self, fault: str) -> None:
        if fault.isdigit():
            self.send_error(int(fault))
        elif fault == "error":
            self.send_error(500)
        elif fault == "redirect":
            self.send_response(302)
            self.send_header("Location", f"{self.far.url}/elsewhere")
            self.end_headers()
        elif fault == "hang":
            self.far.stop.wait(20)
        elif fault == "drip":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            while not self.far.stop.wait(0.05):
                self.wfile.write(b" ")
        else:
            self._send(
                {
                    "huge": b"[" + b"1," * 1_500_000,
                    "broken": b"{not json",
                    "list": b"[1, 2]",
                    "empty": b'{"choices": [], "translations": {"0": 3}}',
                    "deep": b"[" * 200_000,
                }[fault]
            )

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            super().handle()


@contextmanager
def translator() -> Iterator[Translator]:
    far = Translator()
    handler = type("Handler", (_Handler,), {"far": far})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    far.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield far
    finally:
        far.stop.set()
        server.shutdown()
        server.server_close()
