"""The far side of Slack's Socket Mode on the loopback: one text frame out, one answer in."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import struct
import threading
from typing import Any, cast

_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CLOSE = 1, 8


class FakeSocketMode:
    """Says hello to every connection, then sends ``envelopes``; ``answers`` are what came back."""

    def __init__(self, envelopes: list[dict[str, Any]]) -> None:
        self.envelopes = envelopes
        self.answers: list[dict[str, Any]] = []
        self.answered = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self._listener.getsockname()[1]}/link"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        key = ""
        while (line := stream.readline().strip()) != b"":
            name, _, value = line.decode().partition(":")
            if name.lower() == "sec-websocket-key":
                key = value.strip()
        accept = base64.b64encode(hashlib.sha1(f"{key}{_MAGIC}".encode()).digest()).decode()
        connection.sendall(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        for message in [{"type": "hello", "num_connections": 1}, *self.envelopes]:
            connection.sendall(_frame(json.dumps(message).encode()))
        while (frame := _read_frame(stream)) is not None:
            kind, data = frame
            if kind == _CLOSE:
                return
            if kind == _TEXT:
                self.answers.append(json.loads(data))
                self.answered.set()


def _frame(data: bytes) -> bytes:
    size = len(data)
    head = bytes([0x80 | _TEXT])
    if size < 126:
        return head + bytes([size]) + data
    return head + bytes([126]) + struct.pack(">H", size) + data


def _read_frame(stream: Any) -> tuple[int, bytes] | None:
    """Kind and content of a client's frame, which is always masked; None at the end."""
    head = stream.read(2)
    if len(head) < 2:
        return None
    size = head[1] & 0x7F
    if size == 126:
        size = struct.unpack(">H", stream.read(2))[0]
    mask = stream.read(4)
    data = stream.read(size)
    return head[0] & 0x0F, bytes(byte ^ mask[i % 4] for i, byte in enumerate(cast("bytes", data)))
