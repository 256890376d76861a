"""Tell where a request comes from: this machine, or a proxy of ours."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import MutableMapping
from importlib.util import find_spec
from typing import Any

from config.addresses import is_loopback
from config.model import WebSettings
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.web.auth.users import secret_holders

Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]


def check_binding(web: WebSettings, host: str) -> None:
    """Refuse to serve beyond loopback without authentication."""
    if web.auth == "none" and not is_loopback(host):
        raise NoticewatchError(
            f"web.host {host} is not loopback: set web.auth to token, basic, proxy_header or oidc"
        )
    if web.auth == "oidc" and find_spec("authlib") is None:
        raise NoticewatchError("web.auth is oidc: pip install 'noticewatch[oidc]'")
    known = secret_holders(os.environ.get(web.people_env, ""))
    if web.auth in {"token", "basic"} and not (known or os.environ.get(web.token_env)):
        raise NoticewatchError(
            f"web.auth is {web.auth}, but the environment variables {web.people_env} and "
            f"{web.token_env} are empty"
        )


def from_trusted_proxy(scope: MutableMapping[str, Any], proxies: Networks) -> bool:
    """Whether a proxy of ours passed the request on; then client and scheme become those that
    it names (the last X-Forwarded-For, which no client can write)."""
    peer = (scope.get("client") or ("", 0))[0]
    if not _within(peer, proxies):
        return False
    headers = dict(scope["headers"])
    forwarded = headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")[-1].strip()
    if forwarded:
        scope["client"] = (forwarded, 0)
    if headers.get(b"x-forwarded-proto", b"").decode("latin-1").strip() == "https":
        scope["scheme"] = "https"
    return True


def _within(address: str, networks: Networks) -> bool:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in networks)
