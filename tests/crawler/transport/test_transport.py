"""TLS, proxies and sessions, as each source asks for them."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.model import Source
from noticewatch.demo.replica import Replica


def certificate(folder: Path) -> Path:
    """A certificate that nobody has signed, for 127.0.0.1."""
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "demonstration")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "site.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def over_tls(replica: Replica, pem: Path, *, old: bool = False) -> dict[str, Any]:
    """Put a started replica behind TLS; its source's content with https addresses."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    if old:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    server = replica._server
    assert server is not None
    server.socket = context.wrap_socket(server.socket, server_side=True)
    made = replica.source("tls")
    made["columns"][0]["url"] = replica.column_url.replace("http://", "https://")
    return made


@pytest.mark.parametrize(
    ("http", "state"),
    [
        ({"verify_tls": True}, "failing"),
        ({"verify_tls": False}, "ok"),
        ({"legacy_tls": True}, "ok"),
    ],
)
def test_certificates_are_checked_unless_the_source_says_otherwise(
    stage: Any, tmp_path: Path, http: dict[str, bool], state: str
) -> None:
    replica = stage.replica("trs_static", notices=2)
    made = over_tls(replica, certificate(tmp_path), old="legacy_tls" in http)
    made["http"] = {"min_gap_seconds": 0, **http}
    report = stage.crawl(Source.model_validate(made))["tls"]
    assert report.state == state, report
    if state == "failing":
        assert "certificate" in report.reason.lower()
        assert replica.hits == []


def test_a_source_behind_a_proxy(stage: Any) -> None:
    proxy = stage.replica("trs_static", notices=2)
    made = proxy.source("far")
    made["columns"][0]["url"] = "http://www.ministry.example/xxgk/tzgg/"
    made["http"] = {"min_gap_seconds": 0.01, "proxy": proxy.base}
    report = stage.crawl(Source.model_validate(made))["far"]
    assert (report.state, report.new) == ("ok", 2)
    assert all(path.startswith("http://www.ministry.example/") for path in proxy.paths())
    assert all(n.url.startswith("http://www.ministry.example/") for n in stage.notices())


def test_sessions_of_two_sources_are_apart(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=1)
    replica.fault("cookie_then_self")
    first, second = stage.source(replica, "first"), stage.source(replica, "second")
    assert stage.crawl(first)["first"].state == "ok"
    replica.forget()
    assert stage.crawl(second)["second"].state == "ok"
    assert any(hit.status == 302 for hit in replica.hits)
