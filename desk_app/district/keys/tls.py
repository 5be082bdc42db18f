"""The files of the server's own certificate; desks pin it (`DistrictCard.tls`)."""

from __future__ import annotations

from pathlib import Path

from desk_app import server_certificate
from desk_app.district.keys import durable_files

CERTIFICATE, KEY = "tls.pem", "tls.key"


def write(folder: Path, host: str) -> str:
    """Make both files in the data folder, the key for its owner's eyes alone; the certificate's PEM for the card."""
    certificate, secret = server_certificate.make(host)
    durable_files.write(folder / CERTIFICATE, certificate)
    durable_files.write(folder / KEY, secret)
    return certificate.decode()
