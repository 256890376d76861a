"""Which hosts are this machine, which are inside a network."""

from __future__ import annotations

import pytest

from config.addresses import is_internal, is_loopback


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True), ("LOCALHOST", True), ("a.localhost", True), ("127.0.0.1", True),
        ("127.8.9.1", True), ("::1", True), ("[::1]", True), ("10.1.2.3", False), ("", False),
        ("127.example.com", False), ("localhost.example.com", False), ("0.0.0.0", False),
    ],
)  # fmt: skip
def test_loopback_hosts(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize("host", ["192.168.0.1", "[fe80::1]", "0x7f000001", "2130706433", "127.1"])
def test_an_inner_address_in_any_spelling(host: str) -> None:
    assert is_internal(host)
    assert not is_internal("www.miit.gov.cn")
