"""Ask an OpenID Connect provider who somebody is: authorization code flow with PKCE.

Authlib speaks the protocol; what is kept here is what must hold whatever the provider says: its
own name, our client, this login, its keys, algorithms with a key pair.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from config.addresses import is_loopback
from config.model import OidcSettings

# Key pairs only: with HMAC whoever knows the client's secret could say who somebody is.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_TIMEOUT = 10.0
_MOST_BYTES = 1_000_000
_KEPT_SECONDS = 3600.0


class LoginRefused(Exception):
    """A login that does not count; the text says why, for a reader."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LoginProof:
    """What ties an answer to the browser that asked: never sent to the provider but as a hash
    (``verifier``) or to come back in the token (``nonce``)."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str


@dataclass
class _Kept:
    """An answer of the provider, and when it was fetched."""

    value: dict[str, Any]
    at: float


@dataclass
class OidcClient:
    """One provider; its description and keys are kept for an hour."""

    settings: OidcSettings
    secret: str | None
    clock: Callable[[], datetime]
    tick: Callable[[], float] = time.monotonic
    _described: _Kept | None = None
    _keys: _Kept | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def address(self, proof: LoginProof) -> str:
        """Where the browser is sent to log in."""
        endpoint = self._endpoint("authorization_endpoint")
        with self._protocol(proof) as client:
            address, _ = client.create_authorization_url(
                endpoint, state=proof.state, code_verifier=proof.verifier, nonce=proof.nonce
            )
        return str(address)

    def claims(self, proof: LoginProof, code: str) -> Mapping[str, Any]:
        """Who has logged in, as the provider's signed token says; LoginRefused for a token that
        is not for us, not of now, not of this login or not the provider's."""
        with self._protocol(proof) as client:
            try:
                token = client.fetch_token(
                    self._endpoint("token_endpoint"), code=code, code_verifier=proof.verifier
                )
            except (OAuthError, httpx2.HTTPError, ValueError) as error:
                raise LoginRefused(_short(error)) from error
        if not isinstance(token.get("id_token"), str):
            raise LoginRefused("the answer holds no ID token")
        told = self._checked(token["id_token"], proof.nonce, str(token.get("access_token", "")))
        return self._with_userinfo(told, str(token.get("access_token", "")))

    def sign_out_address(self, back: str) -> str | None:
        """Where a browser is signed out at the provider; None where that is not known yet."""
        endpoint = self._described and self._described.value.get("end_session_endpoint")
        if not endpoint:
            return None
        asked = {"client_id": self.settings.client_id, "post_logout_redirect_uri": back}
        return f"{self._safe(str(endpoint))}?{urlencode(asked)}"

    def _protocol(self, proof: LoginProof) -> Any:
        return OAuth2Client(
            client_id=self.settings.client_id,
            client_secret=self.secret,
            scope=" ".join(dict.fromkeys(("openid", *self.settings.scopes))),
            redirect_uri=proof.redirect_uri,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if self.secret else "none",
            timeout=_TIMEOUT,
            follow_redirects=False,
        )

    def _checked(self, id_token: str, nonce: str, access_token: str) -> Mapping[str, Any]:
        try:
            signed = self._decoded(id_token)
            told: Any = CodeIDToken(
                signed.claims,
                signed.header,
                options={
                    "iss": {"essential": True, "value": self.settings.issuer},
                    "aud": {"essential": True, "value": self.settings.client_id},
                },
                params={
                    "nonce": nonce,
                    "client_id": self.settings.client_id,
                    "access_token": access_token,
                },
            )
            told.validate(int(self.clock().timestamp()), self.settings.leeway_seconds)
        except (JoseError, ValueError, TypeError) as error:
            raise LoginRefused(_short(error)) from error
        return dict(told)

    def _decoded(self, id_token: str) -> Any:
        """The token by one of the provider's keys; by its new ones where none fits. The token
        comes from the provider itself, so that nobody else can have keys fetched again."""
        try:
            return jwt.decode(id_token, self._key_set(), algorithms=_ALGORITHMS)
        except (BadSignatureError, InvalidKeyIdError, ValueError):
            return jwt.decode(id_token, self._key_set(anew=True), algorithms=_ALGORITHMS)

    def _key_set(self, *, anew: bool = False) -> KeySet:
        with self._lock:
            if anew or self._keys is None or self.tick() - self._keys.at > _KEPT_SECONDS:
                self._keys = _Kept(self._get(self._endpoint("jwks_uri")), self.tick())
            keys = [key for key in self._keys.value.get("keys", ()) if key.get("use") != "enc"]
            return KeySet.import_key_set({"keys": keys})

    def _endpoint(self, name: str) -> str:
        if self._described is None or self.tick() - self._described.at > _KEPT_SECONDS:
            issuer = self.settings.issuer
            described = self._get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if described.get("issuer") != issuer:
                raise LoginRefused(f"the provider calls itself {described.get('issuer')!r:.200}")
            self._described = _Kept(described, self.tick())
        address = self._described.value.get(name)
        if not isinstance(address, str):
            raise LoginRefused(f"the provider names no {name}")
        return self._safe(address)

    def _safe(self, address: str) -> str:
        """An address over TLS; on this machine a plain one too."""
        parts = urlsplit(address)
        if parts.scheme == "https" or (
            parts.scheme == "http" and is_loopback(parts.hostname or "")
        ):
            return address
        raise LoginRefused(f"the provider's address is not https: {address:.200}")

    def _with_userinfo(self, told: Mapping[str, Any], access_token: str) -> Mapping[str, Any]:
        """With what the provider says only of whom one asks for, where a claim that we need is
        missing; it counts when it is of the same person."""
        wanted = {self.settings.person_claim, self.settings.groups_claim}
        assert self._described is not None  # its endpoints were used before
        endpoint = self._described.value.get("userinfo_endpoint")
        if wanted <= set(told) or not endpoint or not access_token:
            return told
        bearer = {"authorization": f"Bearer {access_token}"}
        more = self._get(self._safe(str(endpoint)), bearer)
        return {**more, **told} if more.get("sub") == told["sub"] else told

    def _get(self, address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        try:
            with httpx2.Client(timeout=_TIMEOUT, follow_redirects=False) as client:
                answer = client.get(self._safe(address), headers=dict(headers or {}))
                answer.raise_for_status()
                found = answer.json() if len(answer.content) <= _MOST_BYTES else None
        except (httpx2.HTTPError, ValueError) as error:
            raise LoginRefused(f"the provider cannot be asked: {_short(error)}") from error
        if not isinstance(found, dict):
            raise LoginRefused("the provider's answer is not understood")
        return found


def _short(error: Exception) -> str:
    """The error in a line, without what it quotes at length."""
    return f"{type(error).__name__}: {error}".split("\n")[0][:200]
