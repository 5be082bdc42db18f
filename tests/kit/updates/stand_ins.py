"""Installations in which the program's folders are small stand-ins that run this source tree under another version.

What a stand-in does stands in its `how.json`: `selftest` and `start` "good", "crash" or "hang" (`selftest` also "in
time": good where told by when to end), `schema` how many migrations it knows, `oldest` the oldest that may write its
data, `spoilt` a migration that fails.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk_app.protocol.update.manifest import ReleaseKeys, public_of
from desk_app.services.updates.program_folder import NEXT, ProgramFolder
from desk_app.store.database import schema
from desk_app.store.database.database import open_database
from desk_app.store.journal.check import check_journal
from desk_app.store.keys import vault
from installer import update_file
from tests.kit.desk.desks import PASSPHRASE
from tests.kit.machine import scripts

ROOT = Path(__file__).resolve().parents[3]
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = ReleaseKeys(trusted=frozenset({public_of(KEY)}))
PLATFORM = "linux-amd64"
SCHEMA = schema.VERSION
_PROGRAM = f"""import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.kit.updates import stand_in
sys.exit(stand_in.run(__file__))
"""


def program(folder: Path, version: str, **how: object) -> Path:
    """A version's folder, not yet described."""
    folder.mkdir(parents=True)
    for name in ("desk-app", "ban-mot-cua", "desk-district"):
        scripts.write(folder / name, _PROGRAM)
    (folder / "how.json").write_text(json.dumps({"version": version, "key": public_of(KEY)} | how), "utf-8")
    tables = how.get("schema", SCHEMA)
    assert isinstance(tables, int)
    update_file.describe(folder, platform=PLATFORM, version=version, tables=tables)
    return folder


def update(folder: Path, version: str, *, key: Ed25519PrivateKey = KEY, **how: object) -> Path:
    """An update file with this version."""
    source = program(folder / f"made-{version}", version, **how)
    return update_file.make(source, folder, key=key, news="Nhanh hơn.\nSửa lỗi in.", made_on="2026-11-29", level=1)


@cache
def launcher(*macros: str) -> bytes:
    """The launcher as the packages build it, unless `macros` change its times."""
    made = Path(os.environ["DESK_STATE"]).parent / f"launcher-{os.getpid()}"
    made.parent.mkdir(parents=True, exist_ok=True)
    source = ROOT / "installer" / "launcher" / "launcher.c"
    subprocess.run(["cc", "-std=c99", "-D_GNU_SOURCE", "-O1", *macros, "-o", made, source], check=True)
    found = made.read_bytes()
    made.unlink()
    return found


@dataclass(frozen=True)
class Installation:
    """A folder of programs with launchers on top, and a desk."""

    place: Path
    data: Path
    secret: Path

    @property
    def folder(self) -> ProgramFolder:
        return ProgramFolder(self.place, self.place)

    def command(self, *arguments: str) -> tuple[list[str], dict[str, str]]:
        named = ["--data", str(self.data), "--passphrase-file", str(self.secret)]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("DESK_PROGRAMS")}
        return [str(self.place / "desk-app"), *arguments, *named], clean

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command through the launcher."""
        line, variables = self.command(*arguments)
        return subprocess.run(line, env=variables, capture_output=True, text=True, check=False, timeout=120)

    @property
    def version(self) -> str:
        """Which one the launcher starts when nothing is on trial."""
        return (self.place / "current").read_text("ascii").split()[0]

    def choose(self, version: str, **how: object) -> None:
        """As after `desk-app update` took this version."""
        program(self.place / "versions" / version, version, **how)
        self.folder.put(NEXT, version)

    def hurry(self, *, selftest_ms: int, limit_ms: int) -> None:
        """A new version from now on has only this time."""
        for name in ("desk-app", "ban-mot-cua", "desk-district"):
            (self.place / name).write_bytes(launcher(f"-DSELFTEST_MS={selftest_ms}", f"-DLIMIT_MS={limit_ms}"))

    def words(self, pointer: str) -> str:
        """What a pointer file says; "" where it is not there."""
        file = self.place / pointer
        return file.read_text("ascii").strip() if file.exists() else ""

    def codes(self) -> list[str]:
        """Every dossier in the books, whichever program made the tables; the chains are proven."""
        key = vault.unlock(self.data, passphrase=PASSPHRASE)
        db = open_database(self.data / "desk.db", key, readonly=True, any_tables=True)
        try:
            assert check_journal(db).problems == ()
            return [code for (code,) in db.all("SELECT code FROM dossier ORDER BY code")]
        finally:
            db.close()


def install(place: Path, data: Path, secret: Path, version: str = "0.5.0", **how: object) -> Installation:
    """What an installer leaves."""
    program(place / "versions" / version, version, **how)
    (place / "current").write_text(f"{version}\n", "ascii")
    for name in ("desk-app", "ban-mot-cua", "desk-district"):
        (place / name).write_bytes(launcher())
        (place / name).chmod(0o755)
    return Installation(place, data, secret)
