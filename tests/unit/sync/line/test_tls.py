"""The line under TLS: the pinned certificate, whatever the clock says, and what is wrong with another."""

from __future__ import annotations

import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
import urllib3

from desk_app.errors import (
    ChangedCertificateError,
    ExpiredCertificateError,
    NoDistrictError,
    OtherHostCertificateError,
)
from desk_app.sync.line.connection import Connection
from desk_app.sync.line.district_client import Line
from tests.kit.wire.ears import TRUE, ask
from tests.kit.wire.servers import serving


def certificate(*, first: datetime, last: datetime) -> tuple[bytes, bytes]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "district")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(first)
        .not_valid_after(last)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM), key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def secured(pem: bytes, key: bytes, folder):
    import ssl

    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    file = folder / "server.pem"
    file.write_bytes(pem + key)
    made.load_cert_chain(file)
    return lambda sock: made.wrap_socket(sock, server_side=True)


LONG_AGO, LONG_AFTER = datetime(2001, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last"),
    [(LONG_AGO, LONG_AFTER), (LONG_AGO, LONG_AGO + timedelta(days=1)), (LONG_AFTER - timedelta(days=1), LONG_AFTER)],
    ids=["valid", "expired", "not yet valid"],
)
def test_the_pinned_certificate_is_taken_whatever_the_clock_says(first, last, tmp_path) -> None:
    pem, key = certificate(first=first, last=last)
    with serving(lambda talk: talk.answer(TRUE + talk.request()), wrap=secured(pem, key, tmp_path)) as talks:
        whole, _, _ = ask(talks.url, tls=pem.decode())
    assert whole


@pytest.mark.parametrize("pinned", ["another", ""])
def test_another_certificate_than_the_pinned_one_is_nobody(pinned, tmp_path) -> None:
    pem, key = certificate(first=LONG_AGO, last=LONG_AFTER)
    other, _ = certificate(first=LONG_AGO, last=LONG_AFTER)
    with (
        serving(lambda talk: talk.answer(TRUE + talk.request()), wrap=secured(pem, key, tmp_path)) as talks,
        pytest.raises(NoDistrictError),
    ):
        ask(talks.url, tls=other.decode() if pinned else "")
    assert [talk.requests for talk in talks] in ([], [[]])


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (10, ExpiredCertificateError),
        (9, ExpiredCertificateError),
        (62, OtherHostCertificateError),
        (64, OtherHostCertificateError),
        (18, ChangedCertificateError),
        (20, ChangedCertificateError),
    ],
)
def test_what_is_wrong_with_a_certificate_is_told_apart(code, told, monkeypatch) -> None:
    def refuse(_self: object, _path: str, _body: object) -> None:
        refused = ssl.SSLCertVerificationError("no")
        refused.verify_code = code
        raise urllib3.exceptions.SSLError(refused)

    monkeypatch.setattr(Connection, "_asked", refuse)
    with pytest.raises(told):
        ask("https://127.0.0.1:1", tls="")


def test_a_desk_that_knows_only_a_code_may_call_whoever_is_there(tmp_path) -> None:
    pem, key = certificate(first=LONG_AGO, last=LONG_AFTER)
    with serving(lambda talk: talk.answer(b"a card" + talk.request()), wrap=secured(pem, key, tmp_path)) as talks:
        made = Line(talks.url, None, stop=threading.Event())
        assert made.call("/v1/hub") == b"a card"
        assert made.call("/v1/enrol", b"body") == b"a cardbody"
        made.close()
