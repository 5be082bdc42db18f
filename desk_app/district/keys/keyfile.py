"""The operational keys at rest: keys.json, where each slot wraps the same 64 bytes, by passphrase, keyring or root.

The root slot lets the put-away root file open a district whose passphrase or machine is lost.
"""

from __future__ import annotations

import base64
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

from desk_app import key_envelope, typed_values
from desk_app.district.failures import (
    DamagedSettingsError,
    KeysLockedError,
    NoDistrictFolderError,
    RootFileError,
    WrongDistrictPassphraseError,
)
from desk_app.district.keys import durable_files, keyrings
from desk_app.district.keys.identity import storage_key
from desk_app.domain import passwords
from desk_app.errors import of_system
from desk_app.key_envelope import PASSPHRASE_COST, Slot, typed_slot, unwrapped, wrapped
from desk_app.protocol.keys import Certificate, Keys, PublicKeys, certificate_of, certify
from desk_app.protocol.messages import Refused

FILE = "keys.json"


class KeyFile(Struct, frozen=True, kw_only=True):
    """What keys.json holds; `root` 64 public bytes in hex, `certificate` base64 of the root's word for the keys."""

    version: int = 1
    root: str
    certificate: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Keys that are in use now, and what proves them."""

    keys: Keys
    certificate: bytes
    root: PublicKeys

    @property
    def storage_key(self) -> bytes:
        """What `open_storage` takes."""
        return storage_key(self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKeys:
    """New keys: the root's private half is here for one moment, to be written to the file that is put away."""

    opened: Opened
    root: Keys
    kept_by: str


def create(folder: Path, *, name: str, at: int, passphrase: str | None) -> NewKeys:
    """Draw root and operational keys and write keys.json; `at` UTC ms, `kept_by` the keyring, "" for a passphrase.

    Raises `NoKeyKeeperError` where no keyring can be trusted and no passphrase is given.
    """
    root, keys = Keys.new(), Keys.new()
    certificate = certify(Certificate(keys=keys.public.dump(), role="district", name=name, from_at=at), root)
    keeping, kept_by = _keeping_slot(keys, passphrase)
    slots = (keeping, _root_slot(keys, root))
    write(folder, KeyFile(root=root.public.dump().hex(), certificate=_text(certificate), slots=slots))
    return NewKeys(opened=Opened(keys=keys, certificate=certificate, root=root.public), root=root, kept_by=kept_by)


def unlock(folder: Path, *, passphrase: str | None = None, root: Keys | None = None) -> Opened:
    """The keys, by what is given; by the keyring when nothing is.

    Raises `WrongDistrictPassphraseError`, `KeysLockedError`, `KeyringSilentError`, `RootFileError`,
    `NoDistrictFolderError`, `DamagedSettingsError`.
    """
    file = read(folder)
    try:
        public = PublicKeys.load(bytes.fromhex(file.root))
        certificate = base64.b64decode(file.certificate)
        told = certificate_of(certificate, public)
    except (Refused, ValueError) as error:
        raise DamagedSettingsError(file=FILE, why="chứng thư không khớp khóa gốc") from error
    dump = _opened(file, told.public.kid, passphrase=passphrase, root=root)
    keys = Keys.load(dump)
    if keys.kid != told.public.kid:
        raise DamagedSettingsError(file=FILE, why="khóa không khớp chứng thư")
    return Opened(keys=keys, certificate=certificate, root=public)


def keep(folder: Path, opened: Opened, *, passphrase: str | None) -> str:
    """Keep the keys by a new passphrase, or by this machine's keyring where none is given; the keyring's name."""
    file = read(folder)
    slot, kept_by = _keeping_slot(opened.keys, passphrase)
    others = tuple(each for each in file.slots if each.kind == "root")
    write(folder, KeyFile(root=file.root, certificate=file.certificate, slots=(slot, *others)))
    return kept_by


def read(folder: Path) -> KeyFile:
    """Keys.json as it stands. Raises `NoDistrictFolderError`, `DamagedSettingsError`."""
    try:
        return typed_values.from_json((folder / FILE).read_bytes(), KeyFile)
    except FileNotFoundError as error:
        raise NoDistrictFolderError(folder=folder) from error
    except OSError as error:
        raise of_system(error, folder / FILE) from error
    except msgspec.DecodeError as error:
        raise DamagedSettingsError(file=FILE, why="nội dung bị hỏng") from error


def _keeping_slot(keys: Keys, passphrase: str | None) -> tuple[Slot, str]:
    if passphrase is not None:
        typed = passwords.plain(passphrase)
        return typed_slot("passphrase", typed, keys.dump(), name=keys.kid.hex(), cost=PASSPHRASE_COST), ""
    wrapping = secrets.token_bytes(32)
    keeper = keyrings.keep(keys.kid.hex(), _text(wrapping))
    return Slot(kind="keyring", keeper=keeper, blob=wrapped(wrapping, keys.dump(), f"keyring{keys.kid.hex()}")), keeper


def _root_slot(keys: Keys, root: Keys) -> Slot:
    return Slot(kind="root", blob=wrapped(_root_wrapping(root), keys.dump(), f"root{keys.kid.hex()}"))


def _root_wrapping(root: Keys) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"district keys by root").derive(root.dump())


def _opened(file: KeyFile, kid: bytes, *, passphrase: str | None, root: Keys | None) -> bytes:
    slots = {slot.kind: slot for slot in file.slots}
    if root is not None:
        dump = unwrapped(_root_wrapping(root), slots["root"].blob, f"root{kid.hex()}") if "root" in slots else None
        if dump is None:
            raise RootFileError(file="khóa gốc")
        return dump
    if passphrase is not None:
        return _by_passphrase(slots.get("passphrase"), kid, passphrase)
    if "keyring" not in slots:
        raise KeysLockedError
    kept = base64.b64decode(keyrings.kept(kid.hex()))
    dump = unwrapped(kept, slots["keyring"].blob, f"keyring{kid.hex()}")
    if dump is None:
        raise DamagedSettingsError(file=FILE, why="kho khóa giữ một khóa khác")
    return dump


def _by_passphrase(slot: Slot | None, kid: bytes, passphrase: str) -> bytes:
    """The passphrase as typed, then as another input method or another hand would have set it."""
    for spelling in passwords.spellings(passphrase):
        with suppress(WrongDistrictPassphraseError):
            typed = passwords.plain(spelling)
            return key_envelope.opened(slot, typed, name=kid.hex(), wrong=WrongDistrictPassphraseError())
    raise WrongDistrictPassphraseError


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def write(folder: Path, file: KeyFile) -> None:
    """Put keys.json in its place, whole and durably. Raises `FolderRefusedError`."""
    durable_files.write(folder / FILE, msgspec.json.format(msgspec.json.encode(file), indent=1))
