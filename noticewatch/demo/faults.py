"""Play what goes wrong at a site: every fault that the crawler must tell apart."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from noticewatch.demo.exchange import Exchange, Fault
from noticewatch.demo.replica_site import ReplicaContent


def play_fault(exchange: Exchange, fault: Fault, content: ReplicaContent | None) -> bool:
    """Answer with a fault; False: the request is served as usual after all."""
    return _PLAYS.get(fault.name, _altered)(exchange, fault, content)


def _forbidden(exchange: Exchange, _: Fault, __: ReplicaContent | None) -> bool:
    exchange.send(403, b"<html><head><title>403 Forbidden</title></head></html>")
    return True


def _challenge(exchange: Exchange, fault: Fault, _: ReplicaContent | None) -> bool:
    script = "<html><head><script>var _$_ts={};eval('challenge')</script></head></html>"
    exchange.send(int(fault.value or 412), script.encode())
    return True


def _rate_limited(exchange: Exchange, fault: Fault, _: ReplicaContent | None) -> bool:
    headers = {"Retry-After": fault.value} if fault.value else {}
    exchange.send(429, b"slow down", headers=headers)
    return True


def _server_error(exchange: Exchange, _: Fault, __: ReplicaContent | None) -> bool:
    exchange.send(500, b"<html><body>500</body></html>")
    return True


def _unavailable(exchange: Exchange, fault: Fault, _: ReplicaContent | None) -> bool:
    exchange.send(503, b"busy", headers={"Retry-After": fault.value} if fault.value else {})
    return True


def _not_found(exchange: Exchange, _: Fault, __: ReplicaContent | None) -> bool:
    exchange.send(404, b"<html><body>404</body></html>")
    return True


def _timeout(exchange: Exchange, _: Fault, __: ReplicaContent | None) -> bool:
    exchange.replica.wait(exchange.replica.slow_seconds)
    exchange.close_connection = True
    return True


def _promise(exchange: Exchange, size: int) -> None:
    """The head of an answer of so many bytes, which need not come."""
    exchange.hit.status = 200
    exchange.send_response(200)
    exchange.send_header("Content-Type", "text/html; charset=utf-8")
    exchange.send_header("Content-Length", str(size))
    exchange.end_headers()


def _drip(exchange: Exchange, _: Fault, __: ReplicaContent | None) -> bool:
    _promise(exchange, 100_000)
    until = time.monotonic() + exchange.replica.slow_seconds
    while time.monotonic() < until and not exchange.replica.stopped:
        exchange.wfile.write(b" ")
        exchange.wfile.flush()
        exchange.replica.wait(0.1)
    exchange.close_connection = True
    return True


def _truncated(exchange: Exchange, _: Fault, content: ReplicaContent | None) -> bool:
    body = content.body if content else b"<html>"
    _promise(exchange, len(body) + 500)
    exchange.wfile.write(body[: len(body) // 2])
    exchange.wfile.flush()
    exchange.close_connection = True
    return True


def _html_for_json(exchange: Exchange, _: Fault, __: ReplicaContent | None) -> bool:
    page = "<!DOCTYPE html><html><body><h1>访问频繁，请完成安全验证</h1></body></html>"
    exchange.send(200, page.encode(), "text/html; charset=utf-8")
    return True


def _broken_json(exchange: Exchange, _: Fault, content: ReplicaContent | None) -> bool:
    exchange.send(200, (content.body if content else b"{")[:40], "application/json")
    return True


def _empty_unit(exchange: Exchange, _: Fault, __: ReplicaContent | None) -> bool:
    empty = b'{"code":"200","success":true,"data":{"html":""}}'
    exchange.send(200, empty, "application/json")
    return True


def _malformed_unit(exchange: Exchange, _: Fault, __: ReplicaContent | None) -> bool:
    broken = b"<datastore><totalrecord>9</totalrecord><recordset><record><![CDATA[<li>"
    exchange.send(200, broken, "text/xml")
    return True


def _off_host(exchange: Exchange, fault: Fault, _: ReplicaContent | None) -> bool:
    target = fault.value or f"http://127.0.0.2:{exchange.replica.port}{exchange.path}"
    exchange.send(302, b"", headers={"Location": target})
    return True


def _redirect_loop(exchange: Exchange, _: Fault, __: ReplicaContent | None) -> bool:
    turn = "1" if "turn=0" in exchange.path else "0"
    target = f"{urlsplit(exchange.path).path}?turn={turn}"
    exchange.send(302, b"", headers={"Location": target})
    return True


def _page_redirect(exchange: Exchange, fault: Fault, _: ReplicaContent | None) -> bool:
    """A page without content that leads on by itself; ``{}`` is the address to go to."""
    if "moved=1" in exchange.path and fault.value.count("{}"):
        return False
    joiner = "&" if "?" in exchange.path else "?"
    shell = fault.value.replace("{}", f"{exchange.path}{joiner}moved=1")
    exchange.send(200, f"<html><head>{shell}</head><body></body></html>".encode())
    return True


def _cookie_then_self(exchange: Exchange, _: Fault, __: ReplicaContent | None) -> bool:
    if "pass=1" in exchange.headers.get("Cookie", ""):
        return False
    headers = {"Location": exchange.path, "Set-Cookie": "pass=1; Path=/"}
    exchange.send(302, b"", headers=headers)
    return True


def _oversize(exchange: Exchange, _: Fault, __: ReplicaContent | None) -> bool:
    _promise(exchange, 1 << 31)
    exchange.close_connection = True
    return True


def _bomb(exchange: Exchange, fault: Fault, _: ReplicaContent | None) -> bool:
    size = int(fault.value or 64 * 1024 * 1024)
    packed = gzip.compress(b"\0" * size, 9)
    exchange.send(200, packed, headers={"Content-Encoding": "gzip"})
    return True


def _altered(exchange: Exchange, fault: Fault, content: ReplicaContent | None) -> bool:
    """Faults that serve a changed list: redesign, commented, undated, stale."""
    if content is None or content.kind not in {"list", "shell"}:
        return False
    page = exchange.replica.encode(content).body.decode(exchange.replica.encoding)
    changed = exchange.replica.pages.altered(fault.name, page)
    if changed is None:
        return False
    exchange.send(200, changed.encode(exchange.replica.encoding), content.media_type)
    return True


_PLAYS: dict[str, Callable[[Exchange, Fault, ReplicaContent | None], bool]] = {
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
