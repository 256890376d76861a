"""A Slack of our own on the loopback: accepts, refuses, hangs and drops as told.

Faults are taken from ``faults`` in order, one for each call of a method (``*`` for any).
Messages are kept with their metadata and can be read back page by page.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

MOST_CHARACTERS = 13_200
_ASKED = {
    "views.open", "views.publish", "chat.postEphemeral", "answer", "chat.unfurl",
    "conversations.info", "auth.test",
}  # fmt: skip


@dataclass
class Fault:
    """``kind``: status, error, hang (accepted, no answer), drop (accepted, no answer),
    refuse (not accepted, connection cut), garbage (accepted, no JSON)."""

    kind: str
    method: str = "chat.postMessage"
    status: int = 200
    error: str = ""
    retry_after: str | None = None
    accepted: bool = False


@dataclass
class Call:
    method: str
    body: dict[str, Any]
    at: float


@dataclass
class FakeSlack:
    page_size: int = 50
    faults: list[Fault] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    strict: bool = True
    uploads: dict[str, tuple[str, bytes]] | None = None  # name and bytes; None: not allowed
    socket_url: str = ""  # where Socket Mode is to connect
    on_update: Callable[[], None] | None = None
    views: list[dict[str, Any]] = field(default_factory=list)  # opened or published
    told: list[dict[str, Any]] = field(default_factory=list)  # to one member only
    unfurls: list[dict[str, Any]] = field(default_factory=list)
    scopes: str = "chat:write,channels:history,commands"
    joined: bool = True  # whether the app is in its channel
    latency: float = 0.0  # seconds before a call is taken, and again before it is answered

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._number = 0
        self._release = threading.Event()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Silence."""

            def do_POST(self) -> None:
                fake.answer(self)

            do_GET = do_POST  # noqa: N815

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """A client that was killed is no error of ours."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=lambda: self._server.serve_forever(poll_interval=0.02), daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/api/"

    @property
    def answer_url(self) -> str:
        """Where commands and shortcuts are answered."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/answer"

    @property
    def hook_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    def close(self) -> None:
        self._release.set()
        self._server.shutdown()
        self._server.server_close()

    def keys(self) -> list[str]:
        return [m["metadata"]["event_payload"]["dedupe_key"] for m in self.messages]

    def count(self, method: str) -> int:
        return sum(call.method == method for call in self.calls)

    # -- answering ------------------------------------------------------------------------

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        if "/upload/" in handler.path:
            self._keep_upload(handler)
            return
        length = int(handler.headers.get("Content-Length") or 0)
        raw = handler.rfile.read(length).decode()
        method = handler.path.split("?")[0].rsplit("/", 1)[-1]
        kind = handler.headers.get("Content-Type", "")
        body = json.loads(raw) if "json" in kind and raw else dict(parse_qsl(raw))
        with self._lock:
            self.calls.append(Call(method, body, time.monotonic()))
            fault = self._take(method)
        if fault is None:
            time.sleep(self.latency)
            result = self._result(method, body)
            time.sleep(self.latency)
            self._reply(handler, 200, result)
            return
        if fault.kind == "status":
            if fault.accepted:
                self._result(method, body)
            self._reply(handler, fault.status, {"ok": False}, fault.retry_after)
        elif fault.kind == "error":
            self._reply(handler, fault.status, {"ok": False, "error": fault.error})
        elif fault.kind == "garbage":
            self._result(method, body)
            self._raw(handler, 200, b"<html>upstream</html>")
        else:
            if fault.kind != "refuse":
                self._result(method, body)
            if fault.kind == "hang":
                self._release.wait(60)
            handler.close_connection = True
            handler.connection.close()

    def _take(self, method: str) -> Fault | None:
        for number, fault in enumerate(self.faults):
            if fault.method in (method, "*"):
                return self.faults.pop(number)
        return None

    def _result(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            if method in ("chat.postMessage", "hook"):
                return self._post(body)
            if method == "chat.update":
                return self._update(body)
            if method == "apps.connections.open" and self.socket_url:
                return {"ok": True, "url": self.socket_url}
            if method in _ASKED:
                return self._asked(method, body)
            if method == "files.getUploadURLExternal" and self.uploads is not None:
                self._number += 1
                number = f"F{self._number}"
                self.uploads[number] = (body["filename"], b"")
                address = f"{self.url.removesuffix('api/')}upload/{number}"
                return {"ok": True, "file_id": number, "upload_url": address}
            if method == "files.completeUploadExternal" and self.uploads is not None:
                return self._share(body, self.uploads)
            if method == "conversations.history":
                return self._page([m for m in self.messages if "thread_ts" not in m], body)
            if method == "conversations.replies":
                root = body["ts"]
                kept = [m for m in self.messages if root in (m["ts"], m.get("thread_ts"))]
                return self._page(kept, body, newest_first=False)
        return {"ok": False, "error": "unknown_method"}

    def _asked(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        """What apps do besides messages, each within Slack's limits."""
        if method in ("views.open", "views.publish"):
            trouble = view_fault(body["view"])
            if trouble or (method == "views.open" and not body.get("trigger_id")):
                return {"ok": False, "error": trouble or "invalid_trigger_id"}
            self.views.append(body["view"])
        elif method in ("chat.postEphemeral", "answer"):
            if self.strict and (trouble := refusal(body)):
                return {"ok": False, "error": trouble}
            self.told.append(body)
        elif method == "chat.unfurl":
            self.unfurls.append(body)
        elif method == "conversations.info":
            return {"ok": True, "channel": {"id": body["channel"], "is_member": self.joined}}
        elif method == "auth.test":
            return {"ok": True, "team": "Example", "user": "noticewatch", "bot_id": "B1"}
        return {"ok": True}

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        trouble = refusal(body) if self.strict else None
        if trouble:
            return {"ok": False, "error": trouble}
        self._number += 1
        ts = f"{time.time():.0f}.{self._number:06d}"
        self.messages.append({**body, "ts": ts})
        return {"ok": True, "ts": ts, "channel": body.get("channel")}

    def _keep_upload(self, handler: BaseHTTPRequestHandler) -> None:
        assert self.uploads is not None
        number = handler.path.rsplit("/", 1)[-1]
        data = handler.rfile.read(int(handler.headers["Content-Length"]))
        with self._lock:
            self.uploads[number] = (self.uploads[number][0], data)
        self._raw(handler, 200, b"OK")

    def _share(self, body: dict[str, Any], uploads: dict[str, tuple[str, bytes]]) -> dict[str, Any]:
        named = body["files"]
        files = json.loads(named) if isinstance(named, str) else named
        self._number += 1
        shared = {"ts": f"{time.time():.0f}.{self._number:06d}", "channel": body["channel_id"],
                  "files": [{"id": f["id"], "name": uploads[f["id"]][0]} for f in files]}  # fmt: skip
        if body.get("thread_ts"):
            shared["thread_ts"] = body["thread_ts"]
        self.messages.append(shared)
        return {"ok": True, "files": files}

    def _update(self, body: dict[str, Any]) -> dict[str, Any]:
        trouble = refusal(body)
        kept = [message for message in self.messages if message["ts"] == body["ts"]]
        if trouble or not kept:
            return {"ok": False, "error": trouble or "message_not_found"}
        kept[0].update(body)
        if self.on_update:
            self.on_update()
        return {"ok": True, "ts": body["ts"]}

    def _page(
        self, messages: list[dict[str, Any]], body: dict[str, Any], *, newest_first: bool = True
    ) -> dict[str, Any]:
        oldest = float(body.get("oldest") or 0)
        kept = [m for m in messages if float(m["ts"]) >= oldest]
        if newest_first:
            kept.reverse()
        start = int(body.get("cursor") or 0)
        shown = kept[start : start + self.page_size]
        more = start + self.page_size < len(kept)
        if str(body.get("include_all_metadata")).lower() not in ("1", "true"):
            shown = [{k: v for k, v in m.items() if k != "metadata"} for m in shown]
        cursor = str(start + self.page_size) if more else ""
        return {"ok": True, "messages": shown, "response_metadata": {"next_cursor": cursor}}

    def _reply(
        self,
        handler: BaseHTTPRequestHandler,
        status: int,
        data: dict[str, Any],
        retry_after: str | None = None,
    ) -> None:
        self._raw(handler, status, json.dumps(data).encode(), retry_after)

    def _raw(
        self,
        handler: BaseHTTPRequestHandler,
        status: int,
        data: bytes,
        retry_after: str | None = None,
    ) -> None:
        try:
            handler.send_response(status)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(data)))
            handler.send_header("X-OAuth-Scopes", self.scopes)
            if retry_after is not None:
                handler.send_header("Retry-After", retry_after)
            handler.end_headers()
            handler.wfile.write(data)
        except OSError:
            handler.close_connection = True


def goes_on(message: dict[str, Any]) -> bool:
    """Whether a message goes on in the thread with an alert that is longer than nine lines."""
    told = (message.get("metadata") or {}).get("event_payload") or {}
    key = str(told.get("dedupe_key", ""))
    return key.startswith("alert:") and key.count(":") > 2  # alert:CHANNEL:CHANGE:2


def refusal(body: dict[str, Any]) -> str | None:
    """What the real Slack would refuse in a message: None for a valid one."""
    blocks = body.get("blocks") or []
    if not blocks and not body.get("text"):
        return "no_text"
    if len(blocks) > 50 or any(not _valid(block) for block in blocks):
        return "invalid_blocks"
    if len(json.dumps(blocks, ensure_ascii=False)) > MOST_CHARACTERS:
        return "msg_blocks_too_long"
    return None


def _valid(block: dict[str, Any]) -> bool:
    if block["type"] == "section":
        return 0 < len(block["text"]["text"]) <= 3000
    if block["type"] == "header":
        return 0 < len(block["text"]["text"]) <= 150
    if block["type"] == "context":
        texts = [element["text"] for element in block["elements"]]
        return 0 < len(texts) <= 10 and all(0 < len(text) <= 2000 for text in texts)
    if block["type"] == "actions":
        return 0 < len(block["elements"]) <= 25
    if block["type"] == "rich_text":
        runs = [run for section in block["elements"] for run in section["elements"]]
        return bool(runs) and all(run.get("text") or run.get("user_id") for run in runs)
    return False


def view_fault(view: dict[str, Any]) -> str | None:
    """What the real Slack would refuse in a form or home tab: None for a valid one."""
    blocks = view.get("blocks") or []
    if not 0 < len(blocks) <= 100 or any(not _valid_in_view(block) for block in blocks):
        return "invalid_blocks"
    if view["type"] == "modal":
        titles = [view[part]["text"] for part in ("title", "submit", "close")]
        if any(not 0 < len(text) <= 24 for text in titles):
            return "invalid_arguments"
        if len(view.get("private_metadata", "")) > 3000:
            return "invalid_arguments"
    return None


def _valid_in_view(block: dict[str, Any]) -> bool:
    if block["type"] != "input":
        return _valid(block)
    element = block["element"]
    options = element.get("options")
    if element["type"] in ("static_select", "radio_buttons", "checkboxes"):
        most = 10 if element["type"] != "static_select" else 100
        if not options or len(options) > most:
            return False
        values = [option["value"] for option in options]
        if len(set(values)) != len(values):
            return False
        return all(0 < len(option["text"]["text"]) <= 75 for option in options)
    return 0 < len(block["label"]["text"]) <= 2000
