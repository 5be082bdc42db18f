"""Writes the files of a new version into a folder of its own, durably, and gives the folder its name at the end."""

from __future__ import annotations

import os
import secrets
import shutil
from io import BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import Self

from desk_app.own_files import held_files
from desk_app.own_files.durable_names import sync_folder
from desk_app.protocol.update.manifest import PackedFile


class VersionMaker:
    """A `FileMaker` over `versions`; what is not `finished` leaves nothing behind."""

    def __init__(self, versions: Path) -> None:
        self._versions = versions
        self._part = versions / f".{secrets.token_hex(8)}.part"
        self._file: BufferedWriter | None = None

    def __enter__(self) -> Self:
        self._versions.mkdir(parents=True, exist_ok=True)
        self._part.mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
        shutil.rmtree(self._part, ignore_errors=True)

    def begin(self, file: PackedFile) -> None:
        place = self._part / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._file = os.fdopen(os.open(place, flags, 0o755 if file.executable else 0o644), "wb")

    def write(self, piece: bytes) -> None:
        if self._file is not None:
            self._file.write(piece)

    def end(self) -> None:
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def same(self, file: PackedFile, earlier: PackedFile) -> None:
        self.begin(file)
        with (self._part / earlier.path).open("rb") as source:
            while piece := source.read(1 << 20):
                self.write(piece)
        self.end()

    def finish(self, version: str) -> Path:
        """Every name durable, then the folder's own. Raises `OSError`."""
        for folder, _, _ in os.walk(self._part):
            sync_folder(Path(folder))
        whole = self._versions / version
        if whole.exists():
            shutil.rmtree(whole)
        held_files.rename(self._part, whole)
        sync_folder(self._versions)
        return whole
