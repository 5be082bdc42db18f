"""What an update file says of itself, and what of that may be believed. Pure: no file, no key of this machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from desk_app import typed_values
from desk_app.errors.updates import DamagedUpdateError, ForeignUpdateKeyError, NewerUpdateFormatError

FORMAT = 1
PROGRAM = "ban-mot-cua"
PROGRAMS = ("ban-mot-cua", "desk-app", "desk-district")
NOTE = "program.json"
"""Stands in the folder of every version; last to come, so that a folder without it is not whole."""
MOST_FILES, MOST_BYTES, MOST_NEWS = 20_000, 2 << 30, 20_000
_MOST_HANDOVERS = 16
_VERSION = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,5}){1,3}", re.ASCII)
_NAME = re.compile(r"[^\x00-\x1f\x7f<>:\"|?*\\/]{1,200}")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})


class ProgramNote(Struct, frozen=True, kw_only=True):
    """A version of the program: `schema` counts the migrations it knows, `oldest_data` is the oldest schema that it
    takes over.
    """

    version: str
    platform: str
    schema: int
    oldest_data: int = 1


class PackedFile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file of the program's folder; `path` relative, with slashes. The same content stands in the file once."""

    path: str
    size: int
    sha256: str
    executable: bool = False


class Handover(Struct, frozen=True, kw_only=True):
    """A new key of release, in hex, and the signature of the key that was good before it."""

    key: str
    signature: str


class UpdateManifest(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Signed by `key`; `handovers` lead there from a key that older programs know. `content` is of the packed files."""

    format: int = FORMAT
    program: str
    note: ProgramNote
    made_on: str
    news: str
    files: tuple[PackedFile, ...]
    content_size: int
    content_sha256: str
    key: str
    handovers: tuple[Handover, ...] = ()

    @property
    def version(self) -> str:
        return self.note.version

    @property
    def installed_size(self) -> int:
        """Bytes on the disk, each file counted."""
        return sum(file.size for file in self.files)


class ReleaseKeys(Struct, frozen=True, kw_only=True):
    """Public keys in hex: those whose updates are taken; those taken no more, whichever key hands over to them."""

    trusted: frozenset[str]
    retired: frozenset[str] = frozenset()


class _Format(Struct, frozen=True):
    format: int = 0
    program: str = ""


def order(version: str) -> tuple[int, ...]:
    """For comparing versions: 0.10 comes after 0.9, and 0.9.0 is 0.9. Raises `ValueError`."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def is_version(text: str) -> bool:
    """Two to four numbers between dots: nothing else becomes the name of a folder."""
    return _VERSION.fullmatch(text) is not None


def signed_text(told: bytes) -> bytes:
    """What the signature of a manifest is of; nothing else that the same key may sign begins so."""
    return b"ban-mot-cua update 1\n" + told


def handover_text(old: str, new: str) -> bytes:
    """What a key signs to say that another one follows it."""
    return f"ban-mot-cua release key 1\n{old}\n{new}\n".encode("ascii")


def handed_over(old: Ed25519PrivateKey, new: str) -> Handover:
    """The word of a key for the key that follows it."""
    signature = old.sign(handover_text(public_of(old), new))
    return Handover(key=new, signature=signature.hex())


def public_of(key: Ed25519PrivateKey) -> str:
    """The public part in hex, as manifests and the list of trusted keys name it."""
    return key.public_key().public_bytes_raw().hex()


def believed(told: bytes, signature: bytes, keys: ReleaseKeys) -> UpdateManifest:
    """The manifest in these bytes, where a key of release signed it.

    Raises `NewerUpdateFormatError`, `ForeignUpdateKeyError`, `DamagedUpdateError` (it is not what its key signed).
    """
    try:
        head = typed_values.from_json(told, _Format)
        if head.program == PROGRAM and head.format > FORMAT:
            raise NewerUpdateFormatError
        manifest = typed_values.from_json(told, UpdateManifest)
        if not _leads_to(manifest.key, manifest.handovers, keys):
            raise ForeignUpdateKeyError
        _verify(manifest.key, signature, signed_text(told))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, InvalidSignature, ValueError) as error:
        raise DamagedUpdateError from error
    if not _is_sound(manifest):
        raise DamagedUpdateError
    return manifest


def _leads_to(key: str, handovers: tuple[Handover, ...], keys: ReleaseKeys) -> bool:
    """Whether the key is trusted, or the last of those that hand over to each other from a trusted one."""
    good = set(keys.trusted - keys.retired)
    for each in handovers[:_MOST_HANDOVERS]:
        if each.key not in keys.retired and any(_has_signed(old, each) for old in good):
            good.add(each.key)
    return key in good


def _has_signed(old: str, handover: Handover) -> bool:
    try:
        _verify(old, bytes.fromhex(handover.signature), handover_text(old, handover.key))
    except (InvalidSignature, ValueError):
        return False
    return True


def _verify(key: str, signature: bytes, text: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, text)


# --- what it may hold ------------------------------------------------------------------------------------------------


def _is_sound(manifest: UpdateManifest) -> bool:
    note, files = manifest.note, manifest.files
    return (
        manifest.program == PROGRAM
        and is_version(note.version)
        and 0 < len(files) <= MOST_FILES
        and len(manifest.news) <= MOST_NEWS
        and manifest.content_size > 0
        and all(file.size >= 0 for file in files)
        and manifest.installed_size <= MOST_BYTES
        and are_paths(file.path for file in files)
        and _are_alike(files)
    )


def are_paths(paths: Iterable[str]) -> bool:
    """Whether each is a relative path that every system takes, none twice, none a folder of another, on Windows too."""
    seen: set[str] = set()
    folders: set[str] = set()
    for path in paths:
        parts = path.split("/")
        if not all(_is_name(part) for part in parts) or len(path) > 400:
            return False
        folded = path.casefold()
        if folded in seen:
            return False
        seen.add(folded)
        folders |= {str(folder) for folder in PurePosixPath(folded).parents if str(folder) != "."}
    return not seen & folders


def _is_name(name: str) -> bool:
    return (
        _NAME.fullmatch(name) is not None
        and not name.startswith("..")
        and name != "."
        and not name.endswith((".", " "))
        and name.partition(".")[0].casefold() not in _RESERVED
    )


def _are_alike(files: tuple[PackedFile, ...]) -> bool:
    """Whether files of one SHA-256 are of one size: their content is packed once."""
    sizes: Mapping[str, int] = {file.sha256: file.size for file in files}
    return all(sizes[file.sha256] == file.size for file in files)
