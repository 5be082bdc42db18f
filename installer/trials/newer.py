"""Versions after the packed one, for the trials: the same program under a higher number, one whose window is broken."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from installer import update_file
from installer.windows.folder import ARCHIVE

NEWS = "Bản để thử cập nhật."
_MADE_ON = "2026-01-01"
_KEYS = "resources/updates/release-keys.toml"


@dataclass(frozen=True)
class Signer:
    """A key of release that only the trials trust; its private part lies in `file`, made anew."""

    file: Path
    public: str

    @classmethod
    def new(cls, file: Path) -> Signer:
        file.unlink(missing_ok=True)
        return cls(file, update_file.new_key(file))

    def let_in(self, version_folder: Path) -> None:
        """Makes the program in this folder trust the key."""
        [keys] = version_folder.glob(f"*/{_KEYS}")
        keys.write_text(f'trusted = ["{self.public}"]\nretired = []\n', encoding="utf-8")


def raised(version: str) -> str:
    """A higher version of as many characters: it takes the place of the old one in bytecode."""
    at = max(i for i, digit in enumerate(version) if digit.isdigit() and digit != "9")
    return f"{version[:at]}{int(version[at]) + 1}{version[at + 1 :]}"


def copied(folder: Path, old: str, new: str, into: Path) -> Path:
    """The folder of a version again, as version `new`."""
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(folder, into)
    archive, module = into / ARCHIVE, into / "lib/desk_app/__init__.pyc"
    if archive.exists():
        with zipfile.ZipFile(archive) as before:
            held = [(entry, before.read(entry)) for entry in before.infolist()]
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as after:
            for entry, content in held:
                is_it = entry.filename == "desk_app/__init__.pyc"
                after.writestr(entry, _renamed(content, old, new) if is_it else content)
    else:
        module.write_bytes(_renamed(module.read_bytes(), old, new))
    return into


def _renamed(bytecode: bytes, old: str, new: str) -> bytes:
    if len(old) != len(new) or bytecode.count(old.encode()) != 1:
        raise SystemExit(f"Không đổi được số phiên bản {old} thành {new} trong desk_app/__init__.pyc")
    return bytecode.replace(old.encode(), new.encode())


def packed(folder: Path, version: str, platform: str, signer: Signer, out: Path) -> Path:
    """The update file of the folder, quickly compressed."""
    signer.let_in(folder)
    update_file.describe(folder, platform=platform, version=version)
    key = update_file.key_in(signer.file)
    return update_file.make(folder, out, key=key, news=NEWS, made_on=_MADE_ON, level=1)


def broken_window(folder: Path) -> None:
    """Its window cannot start; its self-test, done by the terminal's program, finds nothing wrong."""
    for program in folder.glob("ban-mot-cua*"):
        program.write_bytes(b"#!/bin/sh\nexit 1\n")
