"""A PostgreSQL of the tests' own: made in a temporary folder, reached by a socket in it, gone afterwards.

From the system's packages (it refuses to run as root, so root lends it to another user). Skips where there is none.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

pwd: Any = importlib.import_module("pwd") if os.name == "posix" else None

# Commits are durable; a machine of tests need not wait for the disk beyond what a killed process could lose.
_SETTINGS = "listen_addresses=''\nfsync=on\nfull_page_writes=on\nmax_connections=40\nshared_buffers=64MB\n"


def binaries() -> Path | None:
    """Where initdb is; None where no PostgreSQL is installed."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        return found.parent
    found_on_path = shutil.which("initdb")
    return Path(found_on_path).resolve().parent if found_on_path else None


def missing() -> str:
    """Why none can be started here; "" when one can."""
    if pwd is None or binaries() is None:
        return "no PostgreSQL is installed here"
    if not os.geteuid() and not _other_user():
        return "PostgreSQL refuses root, and there is no other user"
    return ""


def _other_user() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return ""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server; `database` gives the URL of a fresh one in it."""

    folder: Path

    def run(self, tool: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        where = binaries()
        assert where
        as_user: dict[str, Any] = {}
        if not os.geteuid():
            user = pwd.getpwnam(_other_user())
            as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        return subprocess.run(
            [str(where / tool), *arguments],
            capture_output=True,
            text=True,
            check=check,
            cwd="/",
            stdin=subprocess.DEVNULL,
            env={"PATH": str(where), "LC_ALL": "C.UTF-8"},
            **as_user,
        )

    def database(self, name: str, *, like: str = "") -> str:
        """The URL of a new database: an empty one, or a copy of one that nobody has open."""
        copied = ("-T", like) if like else ()
        self.run("createdb", "-h", str(self.folder), "-U", "postgres", *copied, name)
        return self.url(name)

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def control(self, *arguments: str) -> None:
        """pg_ctl, waiting until it is done; its server's output goes to a file, which no pipe has to outlive."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-s", "-w", *arguments)

    def die_and_come_back(self) -> None:
        """As after a power cut of the server: no shutdown, recovery from the write-ahead log."""
        self.control("restart", "-m", "immediate")


@contextmanager
def running() -> Iterator[Postgres]:
    usual = tempfile.gettempdir()
    folder = Path(
        tempfile.mkdtemp(prefix="cx-pg-", dir=usual if len(usual) <= 20 else "/tmp")
    )  # a socket's path may have 107 bytes
    if not os.geteuid():
        user = pwd.getpwnam(_other_user())
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o755)
    server = Postgres(folder)
    try:
        server.run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(f"{_SETTINGS}unix_socket_directories='{folder}'\n")
        server.control("start")
        try:
            yield server
        finally:
            server.run("pg_ctl", "-D", str(folder / "data"), "-s", "-w", "-m", "immediate", "stop", check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
