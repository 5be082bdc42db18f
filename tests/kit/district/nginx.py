"""A real nginx in front of a district, set up by the very words of docs/district.md; skips where none is installed."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app.district.keys import tls
from tests.kit.desk.terminal import ROOT

CERTIFICATE = tls.CERTIFICATE
_FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def missing() -> str:
    """Why none can be started here; "" when one can."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return "" if found else "no nginx is installed here"


def documented() -> tuple[str, list[str]]:
    """The server that the handbook describes, and what it says of nginx.conf, as lines of that file."""
    told = (ROOT / "docs" / "district.md").read_text("utf-8")
    (server,) = re.findall(r"```nginx\n(.*?)```", told, re.DOTALL)
    (line,) = [line for line in told.splitlines() if "`nginx.conf`" in line]
    return server, [code for code in re.findall(r"`([^`]+)`", line) if code != "nginx.conf"]


def _replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def _settings(folder: Path, port: int, upstream: int) -> str:
    server, top = documented()
    server = _replaced(server, "listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;")
    server = _replaced(server, "/etc/ssl/mot-cua.pem", str(folder / tls.CERTIFICATE))
    server = _replaced(server, "/etc/ssl/private/mot-cua.key", str(folder / tls.KEY))
    server = _replaced(server, "http://127.0.0.1:8443", f"http://127.0.0.1:{upstream}")
    kept = "".join(f"{name}_temp_path {folder / name};\n" for name in _FOLDERS)
    user = "" if os.geteuid() else "user root root;\n"
    return (
        f"daemon off;\nworker_processes 2;\n{user}pid {folder / 'pid'};\nerror_log {folder / 'log'};\n"
        + "\n".join(top)
        + f"\nhttp {{\naccess_log off;\n{kept}{server}}}\n"
    )


@contextmanager
def running(folder: Path, *, port: int, upstream: int) -> Iterator[None]:
    """nginx at this port of 127.0.0.1, before what listens at `upstream`; its certificate is in the folder."""
    folder.mkdir()
    tls.write(folder, "127.0.0.1")
    file = folder / "nginx.conf"
    file.write_text(_settings(folder, port, upstream), "utf-8")
    command = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "nginx"
    with subprocess.Popen([command, "-p", str(folder), "-e", str(folder / "log"), "-c", str(file)]) as process:
        try:
            for _ in range(500):
                assert process.poll() is None, (folder / "log").read_text()
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except ConnectionRefusedError:
                    time.sleep(0.02)
            yield
        finally:
            process.terminate()
            process.wait(30)
