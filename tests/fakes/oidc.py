"""An OpenID Connect provider of our own on the loopback, with real keys: honest, or lying as told.

It keeps to the code flow: a code is good once, for the client, the redirect address and the PKCE
verifier that it was asked with. ``lie`` changes the claims of the next tokens, ``header`` their
header, ``signed_by`` their key.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "noticewatch", "s3cret"


@dataclass
class FakeProvider:
    user: dict[str, Any] = field(default_factory=lambda: {"sub": "u-1"})
    lie: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    signed_by: Any = None
    described: dict[str, Any] = field(default_factory=dict)  # over the true description
    userinfo: dict[str, Any] | None = None
    refuses: str = ""  # an error instead of a code
    asked: list[str] = field(default_factory=list)  # paths

    def __post_init__(self) -> None:
        self.key = self._new_key()
        self._codes: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Silence."""

            def do_GET(self) -> None:
                provider.answer(self, "")

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                provider.answer(self, self.rfile.read(length).decode())

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(
            target=lambda: self._server.serve_forever(poll_interval=0.02), daemon=True
        ).start()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/realm"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def rotate(self) -> None:
        self.key = self._new_key()

    def log_in(self, address: str) -> str:
        """Somebody logs in at the address that the browser was sent to: where they come back."""
        parts = urlsplit(address)
        assert address.startswith(f"{self.issuer}/authorize?")
        asked = dict(parse_qsl(parts.query))
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode({'error': self.refuses, 'state': asked['state']})}"
        code = secrets.token_urlsafe(8)
        self._codes[code] = asked
        told = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(told)}"

    # -- answering ------------------------------------------------------------------------

    def answer(self, handler: BaseHTTPRequestHandler, body: str) -> None:
        path = urlsplit(handler.path).path.removeprefix("/realm")
        self.asked.append(path)
        pages: dict[str, Callable[[], tuple[int, dict[str, Any]]]] = {
            "/.well-known/openid-configuration": lambda: (200, self._description()),
            "/keys": lambda: (200, {"keys": [self.key.as_dict(private=False, use="sig")]}),
            "/token": lambda: self._token(handler, body),
            "/userinfo": lambda: (200, self.userinfo or {}),
        }
        status, told = pages.get(path, lambda: (404, {}))()
        data = json.dumps(told).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def _description(self) -> dict[str, Any]:
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/logout",
        }
        if self.userinfo is not None:
            told["userinfo_endpoint"] = f"{self.issuer}/userinfo"
        return {**told, **self.described}

    def _token(self, handler: BaseHTTPRequestHandler, body: str) -> tuple[int, dict[str, Any]]:
        form = {name: values[0] for name, values in parse_qs(body).items()}
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if handler.headers.get("Authorization") != f"Basic {basic}":
            return 401, {"error": "invalid_client"}
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or (asked["code_challenge"], asked["redirect_uri"]) != (
            challenge, form.get("redirect_uri"),
        ):  # fmt: skip
            return 400, {"error": "invalid_grant"}
        return 200, {
            "access_token": "a-token", "token_type": "Bearer",
            "id_token": self._id_token(asked["nonce"]),
        }  # fmt: skip

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce,
            **self.user, **self.lie,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": self.key.kid, **self.header}
        if header["alg"] == "none":
            parts = [json.dumps(part).encode() for part in (header, claims)]
            return ".".join(base64.urlsafe_b64encode(p).decode().rstrip("=") for p in parts) + "."
        key = self.signed_by or self.key
        return jwt.encode(header, claims, key, algorithms=[header["alg"]])

    def _new_key(self) -> RSAKey:
        return RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)})


def shared_key() -> OctKey:
    """What whoever knows the client's secret could sign with."""
    return OctKey.import_key(SECRET.ljust(64, "."))
