"""Tell loopback and inner addresses from public ones."""

from __future__ import annotations

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name or as an address."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_internal(host: str) -> bool:
    """Whether a host is written as a private, loopback, link-local or reserved address."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return _is_odd_address(name)
    return not address.is_global


def _is_odd_address(name: str) -> bool:
    """Other spellings of an IPv4 address (``127.1``, ``0x7f000001``, ``2130706433``)."""
    pieces = name.split(".")
    return all(p and (p.isdigit() or p.startswith("0x")) for p in pieces) and len(pieces) <= 4
