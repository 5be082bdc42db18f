"""A TLS round trip on this machine itself, with the desk's own way of trusting one certificate and no other."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import ssl
import tempfile
import threading
from pathlib import Path

from desk_app import server_certificate
from desk_app.own_files import owner_only
from desk_app.selftest.trial import Trial, TrialError
from desk_app.sync.line import connection

_HOST = "127.0.0.1"
_PATIENCE_S = 3.0


def tls_round_trip() -> Trial:
    """What is sent comes back; whoever shows another certificate is refused."""
    pem, secret = server_certificate.make(_HOST)
    other, _ = server_certificate.make(_HOST)
    with tempfile.TemporaryDirectory(prefix="ban-mot-cua-thu-", ignore_cleanup_errors=True) as folder:
        server = _server_context(Path(folder), pem, secret)
    message = secrets.token_bytes(512)
    with socket.create_server((_HOST, 0)) as listener:
        listener.settimeout(_PATIENCE_S)
        threading.Thread(target=_answer, args=(listener, server, 2), name="loopback", daemon=True).start()
        port = listener.getsockname()[1]
        version, echo = _asked(port, pem.decode(), message)
        if echo != message:
            raise TrialError("nội dung nhận về khác nội dung gửi đi")
        try:
            _asked(port, other.decode(), message)
        except ssl.SSLCertVerificationError:
            return Trial(state=f"{version}, {ssl.OPENSSL_VERSION}: gửi và nhận đủ; chứng thư lạ bị từ chối")
    raise TrialError("một chứng thư lạ vẫn được tin")


def _server_context(folder: Path, pem: bytes, secret: bytes) -> ssl.SSLContext:
    certificate, key = folder / "tls.pem", folder / "tls.key"
    certificate.write_bytes(pem)
    with os.fdopen(owner_only.open_file(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as out:
        out.write(secret)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.load_cert_chain(certificate, key)
    return made


def _answer(listener: socket.socket, server: ssl.SSLContext, callers: int) -> None:
    """Give each caller back what it sends; a caller that goes away is its own affair."""
    for _ in range(callers):
        with contextlib.suppress(OSError):
            line, _ = listener.accept()
            line.settimeout(_PATIENCE_S)
            with line, server.wrap_socket(line, server_side=True) as safe:
                safe.sendall(safe.recv(1024))


def _asked(port: int, pem: str, message: bytes) -> tuple[str, bytes]:
    """The protocol spoken and the answer. Raises `ssl.SSLCertVerificationError` for another certificate."""
    with (
        socket.create_connection((_HOST, port), timeout=_PATIENCE_S) as line,
        connection.context(pem).wrap_socket(line, server_hostname=_HOST) as safe,
    ):
        safe.sendall(message)
        return safe.version() or "", safe.recv(1024)
