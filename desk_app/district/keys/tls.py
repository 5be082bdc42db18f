"""The server's own certificate: valid from 1970 to 9999, for a desk whose clock is wrong must still get through.

Desks pin this very certificate (`DistrictCard.tls`); no authority vouches for it, and nothing in it ever expires.
"""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from desk_app.district.keys import durable_files

CERTIFICATE, KEY = "tls.pem", "tls.key"


def make(host: str) -> tuple[bytes, bytes]:
    """A fresh certificate for this host, and its private key, both PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ban Mot Cua")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(1970, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([_general_name(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return certificate.public_bytes(serialization.Encoding.PEM), secret


def write(folder: Path, host: str) -> str:
    """Make both files in the data folder, the key for its owner's eyes alone; the certificate's PEM for the card."""
    certificate, secret = make(host)
    durable_files.write(folder / CERTIFICATE, certificate)
    durable_files.write(folder / KEY, secret)
    return certificate.decode()


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return x509.DNSName(host.encode("idna").decode() or "localhost")
