"""Play every fault of a site that the crawler must tell apart."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from noticewatch.demo.replica_site import ReplicaContent

if TYPE_CHECKING:
    from noticewatch.demo.replica_server import Handler


@dataclass(slots=True)
class Fault:
    name: str
    match: str = ""  # part of the path; empty: every request but robots.txt
    kind: str = ""  # list, shell, detail, file
    times: int | None = None
    value: str = ""


def play_fault(handler: Handler, fault: Fault, content: ReplicaContent | None) -> bool:
    """Answer with a fault; False: the request is served as usual after all."""
    return _PLAYS.get(fault.name, _altered)(handler, fault, content)


def _forbidden(handler: Handler, _: Fault, __: ReplicaContent | None) -> bool:
    handler.send(403, b"<html><head><title>403 Forbidden</title></head></html>")
    return True


def _challenge(handler: Handler, fault: Fault, _: ReplicaContent | None) -> bool:
    script = "<html><head><script>var _$_ts={};eval('challenge')</script></head></html>"
    handler.send(int(fault.value or 412), script.encode())
    return True


def _rate_limited(handler: Handler, fault: Fault, _: ReplicaContent | None) -> bool:
    headers = {"Retry-After": fault.value} if fault.value else {}
    handler.send(429, b"slow down", headers=headers)
    return True


def _server_error(handler: Handler, _: Fault, __: ReplicaContent | None) -> bool:
    handler.send(500, b"<html><body>500</body></html>")
    return True


def _unavailable(handler: Handler, fault: Fault, _: ReplicaContent | None) -> bool:
    handler.send(503, b"busy", headers={"Retry-After": fault.value} if fault.value else {})
    return True


def _not_found(handler: Handler, _: Fault, __: ReplicaContent | None) -> bool:
    handler.send(404, b"<html><body>404</body></html>")
    return True


def _timeout(handler: Handler, _: Fault, __: ReplicaContent | None) -> bool:
    handler.replica.wait(handler.replica.slow_seconds)
    handler.close_connection = True
    return True


def _promise(handler: Handler, size: int) -> None:
    """The head of an answer of so many bytes, which need not come."""
    handler.hit.status = 200
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html; charset=utf-8")
    handler.send_header("Content-Length", str(size))
    handler.end_headers()


def _drip(handler: Handler, _: Fault, __: ReplicaContent | None) -> bool:
    _promise(handler, 100_000)
    until = time.monotonic() + handler.replica.slow_seconds
    while time.monotonic() < until and not handler.replica.stopped:
        handler.wfile.write(b" ")
        handler.wfile.flush()
        handler.replica.wait(0.1)
    handler.close_connection = True
    return True


def _truncated(handler: Handler, _: Fault, content: ReplicaContent | None) -> bool:
    body = content.body if content else b"<html>"
    _promise(handler, len(body) + 500)
    handler.wfile.write(body[: len(body) // 2])
    handler.wfile.flush()
    handler.close_connection = True
    return True


def _html_for_json(handler: Handler, _: Fault, __: ReplicaContent | None) -> bool:
    page = "<!DOCTYPE html><html><body><h1>访问频繁，请完成安全验证</h1></body></html>"
    handler.send(200, page.encode(), "text/html; charset=utf-8")
    return True


def _broken_json(handler: Handler, _: Fault, content: ReplicaContent | None) -> bool:
    handler.send(200, (content.body if content else b"{")[:40], "application/json")
    return True


def _empty_unit(handler: Handler, _: Fault, __: ReplicaContent | None) -> bool:
    empty = b'{"code":"200","success":true,"data":{"html":""}}'
    handler.send(200, empty, "application/json")
    return True


def _malformed_unit(handler: Handler, _: Fault, __: ReplicaContent | None) -> bool:
    broken = b"<datastore><totalrecord>9</totalrecord><recordset><record><![CDATA[<li>"
    handler.send(200, broken, "text/xml")
    return True


def _off_host(handler: Handler, fault: Fault, _: ReplicaContent | None) -> bool:
    target = fault.value or f"http://127.0.0.2:{handler.replica.port}{handler.path}"
    handler.send(302, b"", headers={"Location": target})
    return True


def _redirect_loop(handler: Handler, _: Fault, __: ReplicaContent | None) -> bool:
    turn = "1" if "turn=0" in handler.path else "0"
    target = f"{urlsplit(handler.path).path}?turn={turn}"
    handler.send(302, b"", headers={"Location": target})
    return True


def _page_redirect(handler: Handler, fault: Fault, _: ReplicaContent | None) -> bool:
    """A page without content that leads on by itself; ``{}`` is the address to go to."""
    if "moved=1" in handler.path and fault.value.count("{}"):
        return False
    joiner = "&" if "?" in handler.path else "?"
    shell = fault.value.replace("{}", f"{handler.path}{joiner}moved=1")
    handler.send(200, f"<html><head>{shell}</head><body></body></html>".encode())
    return True


def _cookie_then_self(handler: Handler, _: Fault, __: ReplicaContent | None) -> bool:
    if "pass=1" in handler.headers.get("Cookie", ""):
        return False
    headers = {"Location": handler.path, "Set-Cookie": "pass=1; Path=/"}
    handler.send(302, b"", headers=headers)
    return True


def _oversize(handler: Handler, _: Fault, __: ReplicaContent | None) -> bool:
    _promise(handler, 1 << 31)
    handler.close_connection = True
    return True


def _bomb(handler: Handler, fault: Fault, _: ReplicaContent | None) -> bool:
    size = int(fault.value or 64 * 1024 * 1024)
    packed = gzip.compress(b"\0" * size, 9)
    handler.send(200, packed, headers={"Content-Encoding": "gzip"})
    return True


def _altered(handler: Handler, fault: Fault, content: ReplicaContent | None) -> bool:
    """Faults that serve a changed list: redesign, commented, undated, stale."""
    if content is None or content.kind not in {"list", "shell"}:
        return False
    page = handler.replica.encode(content).body.decode(handler.replica.encoding)
    changed = handler.replica.pages.altered(fault.name, page)
    if changed is None:
        return False
    handler.send(200, changed.encode(handler.replica.encoding), content.media_type)
    return True


_PLAYS: dict[str, Callable[[Handler, Fault, ReplicaContent | None], bool]] = {
    "forbidden": _forbidden,
    "challenge": _challenge,
    "rate_limited": _rate_limited,
    "server_error": _server_error,
    "unavailable": _unavailable,
    "not_found": _not_found,
    "timeout": _timeout,
    "drip": _drip,
    "truncated": _truncated,
    "html_for_json": _html_for_json,
    "broken_json": _broken_json,
    "empty_unit": _empty_unit,
    "malformed_unit": _malformed_unit,
    "off_host": _off_host,
    "redirect_loop": _redirect_loop,
    "page_redirect": _page_redirect,
    "cookie_then_self": _cookie_then_self,
    "oversize": _oversize,
    "bomb": _bomb,
}
_ALTERED = ("redesign", "commented", "undated", "stale")  # of which the list is served changed
FAULTS = (*_PLAYS, *_ALTERED)
