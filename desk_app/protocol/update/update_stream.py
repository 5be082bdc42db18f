r"""The bytes of an update file: head, manifest, signature, packed files. Reads and writes streams; names no file.

"BMC-UPDATE 1\n" · length of the manifest (4 bytes, big end first) · manifest (JSON) · signature (64 bytes) ·
one zstd frame: the content of every file, in the manifest's order, the same content once
"""

from __future__ import annotations

import hashlib
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from desk_app.errors.updates import DamagedUpdateError, HalfUpdateError, NotAnUpdateError
from desk_app.protocol.update.manifest import PackedFile, ReleaseKeys, UpdateManifest, believed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAGIC = b"BMC-UPDATE 1\n"
SUFFIX = ".capnhat"
MIME = "application/vnd.ban-mot-cua.update"
MOST_FILE = 512 << 20
"""The longest update file that is read, in bytes."""
MOST_MANIFEST = 8 << 20
_LENGTH = struct.Struct(">I")
_SIGNATURE = 64
_PIECE = 256 << 10


class FileMaker(Protocol):
    """Takes the content of the files, each piece by piece, in the manifest's order."""

    def begin(self, file: PackedFile) -> None:
        """The next file begins; it has no content yet."""

    def write(self, piece: bytes) -> None:
        """More of the file that was begun."""

    def end(self) -> None:
        """The file is whole, and proven."""

    def same(self, file: PackedFile, earlier: PackedFile) -> None:
        """A file of the same content as an earlier one."""


@dataclass(frozen=True, slots=True)
class _OpenedUpdate:
    manifest: UpdateManifest
    rest: Iterator[bytes]


def head(told: bytes, signature: bytes) -> bytes:
    """What stands before the packed files."""
    return MAGIC + _LENGTH.pack(len(told)) + told + signature


def proven(pieces: Iterable[bytes], keys: ReleaseKeys) -> UpdateManifest:
    """Read all of it: the manifest, where a trusted key signed it and every byte behind it is there and unchanged.

    Raises `NotAnUpdateError`, `HalfUpdateError`, `DamagedUpdateError`, `ForeignUpdateKeyError`,
    `NewerUpdateFormatError`, and what the pieces raise.
    """
    opening = _opened(pieces, keys)
    manifest = opening.manifest
    digest, size = hashlib.sha256(), 0
    for piece in opening.rest:
        size += len(piece)
        if size > manifest.content_size:
            raise DamagedUpdateError
        digest.update(piece)
    if size < manifest.content_size:
        raise HalfUpdateError
    if digest.hexdigest() != manifest.content_sha256:
        raise DamagedUpdateError
    return manifest


def manifest_of(pieces: Iterable[bytes], keys: ReleaseKeys) -> UpdateManifest:
    """The manifest alone, where a trusted key signed it; what comes behind is not looked at. Raises as `proven`."""
    return _opened(pieces, keys).manifest


def unpack(
    pieces: Iterable[bytes],
    maker: FileMaker,
    keys: ReleaseKeys,
    *,
    progress: Callable[[int], None] = lambda _: None,
) -> UpdateManifest:
    """Hand every file to `maker`, each proven by its SHA-256 before its end. Raises as `proven`.

    `progress` hears how many bytes were written.
    """
    opening = _opened(pieces, keys)
    content = _Content(opening.rest)
    earlier: dict[str, PackedFile] = {}
    done = 0
    for file in opening.manifest.files:
        if file.sha256 in earlier:
            maker.same(file, earlier[file.sha256])
        else:
            _unpack_one(content, file, maker)
            earlier[file.sha256] = file
        done += file.size
        progress(done)
    if content.take(1):
        raise DamagedUpdateError
    return opening.manifest


def _unpack_one(content: _Content, file: PackedFile, maker: FileMaker) -> None:
    digest, left = hashlib.sha256(), file.size
    maker.begin(file)
    while left:
        piece = content.take(min(left, _PIECE))
        if not piece:
            raise DamagedUpdateError
        digest.update(piece)
        maker.write(piece)
        left -= len(piece)
    if digest.hexdigest() != file.sha256:
        raise DamagedUpdateError
    maker.end()


class _Content:
    """The packed files as one stream of bytes."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._frame = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: WINDOW_LOG})

    def take(self, most: int) -> bytes:
        """Up to so many bytes; b"" at the end. Raises `DamagedUpdateError`."""
        try:
            while not self._frame.eof:
                piece = next(self._pieces, b"") if self._frame.needs_input else b""
                if self._frame.needs_input and not piece:
                    raise HalfUpdateError
                found = self._frame.decompress(piece, max_length=most)
                if found:
                    return found
        except zstd.ZstdError as error:
            raise DamagedUpdateError from error
        return b""


def _opened(pieces: Iterable[bytes], keys: ReleaseKeys) -> _OpenedUpdate:
    source, room = iter(pieces), bytearray()

    def first(count: int) -> bytes:
        while len(room) < count:
            piece = next(source, b"")
            room.extend(piece)
            if bytes(room[: len(MAGIC)]) != MAGIC[: len(room)]:
                raise NotAnUpdateError
            if not piece:
                raise HalfUpdateError
        return bytes(room[:count])

    start = len(MAGIC) + _LENGTH.size
    (length,) = _LENGTH.unpack(first(start)[len(MAGIC) :])
    if length > MOST_MANIFEST:
        raise DamagedUpdateError
    whole = first(start + length + _SIGNATURE)
    manifest = believed(whole[start : start + length], whole[start + length :], keys)
    rest = bytes(room[start + length + _SIGNATURE :])

    def behind() -> Iterator[bytes]:
        if rest:
            yield rest
        yield from source

    return _OpenedUpdate(manifest, behind())


# --- making ----------------------------------------------------------------------------------------------------------

WINDOW_LOG = 25
"""32 MiB: what an old machine of 4 GB spares while it unpacks."""
_LEVEL = 19


def packed(contents: Iterable[bytes], *, level: int = _LEVEL) -> Iterator[bytes]:
    """One zstd frame of these bytes; the same bytes every time from the same library."""
    parameter = zstd.CompressionParameter
    options: dict[int, int] = {
        parameter.compression_level: level,
        parameter.window_log: WINDOW_LOG,
        parameter.enable_long_distance_matching: 1,
        parameter.checksum_flag: 0,
    }
    made = zstd.ZstdCompressor(options=options)
    for piece in contents:
        if done := made.compress(piece):
            yield done
    yield made.flush()
