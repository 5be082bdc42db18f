"""One encrypted file that can be read from any byte and grow at its end; torn writes show and are written over."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.errors import FileGoneError
from desk_app.lazy import lazy
from desk_app.own_files import held_files, owner_only

if TYPE_CHECKING:
    from cryptography import exceptions
    from cryptography.hazmat.primitives.ciphers import aead
else:
    exceptions = lazy("cryptography.exceptions")
    aead = lazy("cryptography.hazmat.primitives.ciphers.aead")

CHUNK = 32768
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_NONCE, _TAG = 12, 16
_RECORD = _NONCE + CHUNK + _TAG


def sealed_size(size: int) -> int:
    """How many bytes `size` bytes take sealed."""
    return size + -(-size // CHUNK) * (_NONCE + _TAG)


@dataclass(frozen=True, slots=True)
class SealedFile:
    """Chunks of 32 KiB, each AES-256-GCM under a nonce of its own, bound to `name` and to its place."""

    path: Path
    key: bytes
    name: bytes

    def read_at(self, offset: int, length: int) -> bytes:
        """These bytes, fewer at the end. Raises `FileGoneError` where the file is away or was altered."""
        if length <= 0:
            return b""
        first = offset // CHUNK
        plain = bytearray()
        try:
            with os.fdopen(held_files.opened(self.path, _READ), "rb") as file:
                file.seek(first * _RECORD)
                for place in range(first, (offset + length - 1) // CHUNK + 1):
                    record = file.read(_RECORD)
                    if not record:
                        break
                    plain += self._opened(place, record)
        except OSError as error:
            raise FileGoneError(name=self.name.hex()[:8]) from error
        return bytes(plain[offset - first * CHUNK :][:length])

    def write_at(self, offset: int, data: bytes) -> None:
        """Bytes at `offset`, which may not lie behind the end; what followed is cut off. Durable on return."""
        first = offset // CHUNK
        kept = self.read_at(first * CHUNK, offset % CHUNK)
        if len(kept) != offset % CHUNK:
            raise ValueError("a sealed file has no gaps")
        plain = kept + data
        file = owner_only.open_file(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0))
        with os.fdopen(file, "r+b") as out:
            out.seek(first * _RECORD)
            for place, start in enumerate(range(0, len(plain), CHUNK), first):
                out.write(self._sealed(place, plain[start : start + CHUNK]))
            out.truncate()
            out.flush()
            os.fsync(out.fileno())

    def _sealed(self, place: int, plain: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + aead.AESGCM(self.key).encrypt(nonce, plain, self.name + place.to_bytes(4))

    def _opened(self, place: int, record: bytes) -> bytes:
        try:
            return aead.AESGCM(self.key).decrypt(record[:_NONCE], record[_NONCE:], self.name + place.to_bytes(4))
        except (exceptions.InvalidTag, ValueError) as error:
            raise FileGoneError(name=self.name.hex()[:8]) from error
