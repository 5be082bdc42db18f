"""The desk's key in slots: each slot wraps the same random 32 bytes, so that a lost one never loses the data.

Slots: the system's keyring, a printed recovery code (always), a passphrase where there is no keyring or on wish.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app import keyrings, typed_values
from desk_app.errors import (
    DamagedVaultError,
    DataFolderMissingError,
    DeskExistsError,
    EmptyPassphraseError,
    KeyStoreEmptyError,
    KeyStoreLockedError,
    NoDeskError,
    NoKeyStoreError,
    PassphraseNeededError,
    WrongPassphraseError,
    WrongRecoveryCodeError,
)
from desk_app.key_envelope import PASSPHRASE_COST, Cost, Slot, opened, typed_slot, unwrapped, wrapped
from desk_app.lazy import lazy
from desk_app.own_files import held_files, owner_only
from desk_app.own_files.durable_names import sync_folder

if TYPE_CHECKING:
    from desk_app.domain import passwords
    from desk_app.store.keys import recovery_code
else:
    passwords = lazy("desk_app.domain.passwords")
    recovery_code = lazy("desk_app.store.keys.recovery_code")

FILE = "vault.json"
_RECOVERY, _RECOVERY_NEXT = "recovery", "recovery-next"
"""The code that was proved to be kept, and a new one that nobody has typed back yet: both open."""


# A recovery code has 128 random bits; stretching adds nothing.
RECOVERY_COST = Cost(passes=1, memory=8192, lanes=1)


class Vault(Struct, frozen=True, kw_only=True):
    """What vault.json holds; `check` tells a right key from a wrong one without the database."""

    version: int = 1
    id: str
    check: str
    slots: tuple[Slot, ...]


class NewVault(Struct, frozen=True, kw_only=True):
    """A new vault: the key, the code to print, and which keyring keeps the key ("" for none)."""

    key: bytes
    recovery_code: str
    kept_by: str


def create(data: Path, *, passphrase: str | None) -> NewVault:
    """Make the desk's key and its slots.

    Raises `NoKeyStoreError` where no keyring can be trusted and no passphrase is given; `DeskExistsError`.
    """
    if not data.is_dir():
        raise DataFolderMissingError(folder=data)
    if (data / FILE).exists():
        raise DeskExistsError(folder=data)
    key = secrets.token_bytes(32)
    name = secrets.token_hex(8)
    slots: list[Slot] = []
    kept_by = ""
    try:
        keyring = keyrings.trusted()
    except (NoKeyStoreError, KeyStoreLockedError):
        if passphrase is None:
            raise
    else:
        wrapping = secrets.token_bytes(32)
        keyring.put(name, base64.b64encode(wrapping).decode())
        kept_by = keyring.label
        slots.append(Slot(kind="keyring", keeper=kept_by, blob=wrapped(wrapping, key, f"keyring{name}")))
    if passphrase is not None:
        slots.append(typed_slot("passphrase", _plain(passphrase), key, name=name, cost=PASSPHRASE_COST))
    code = recovery_code.new_code()
    slots.append(typed_slot("recovery", recovery_code.plain_code(code), key, name=name, cost=RECOVERY_COST))
    _write(data, Vault(id=name, check=_check(key), slots=tuple(slots)))
    return NewVault(key=key, recovery_code=code, kept_by=kept_by)


def unlock(data: Path, *, passphrase: str | None = None, recovery: str | None = None) -> bytes:
    """The key, by what is given; by the system's keyring when nothing is.

    Raises `WrongPassphraseError`, `WrongRecoveryCodeError`, `MistypedRecoveryCodeError`, `KeyStoreLockedError`,
    `KeyStoreEmptyError`, `PassphraseNeededError`, `NoKeyStoreError`, `DamagedVaultError`, `NoDeskError`.
    """
    vault = _read(data)
    if recovery is not None:
        return _key_by_code(vault, recovery_code.plain_code(recovery))
    if passphrase is not None:
        return _key_by_passphrase(vault, passphrase)
    slot = next((slot for slot in vault.slots if slot.kind == "keyring"), None)
    if slot is None:
        raise PassphraseNeededError
    kept = keyrings.trusted().get(vault.id)
    if kept is None:
        raise KeyStoreEmptyError
    key = unwrapped(base64.b64decode(kept), slot.blob, f"keyring{vault.id}")
    if key is None:
        raise KeyStoreEmptyError
    return key


def set_passphrase(data: Path, key: bytes, passphrase: str) -> None:
    """Add the passphrase slot or replace it; the database itself is not touched."""
    vault = _read(data)
    slot = typed_slot("passphrase", _plain(passphrase), key, name=vault.id, cost=PASSPHRASE_COST)
    _write(data, _with(vault, slot))


def add_recovery_code(data: Path, key: bytes) -> str:
    """A new code that opens beside the old one until `settle_recovery_code`; one drawn before and not settled dies."""
    vault = _read(data)
    code = recovery_code.new_code()
    slot = typed_slot(_RECOVERY, recovery_code.plain_code(code), key, name=vault.id, cost=RECOVERY_COST)
    _write(data, _with(vault, replace(slot, kind=_RECOVERY_NEXT)))
    return code


def settle_recovery_code(data: Path) -> None:
    """The new code takes the place of the old one, which stops working; without a new code nothing changes."""
    vault = _read(data)
    slot = _slot(vault, _RECOVERY_NEXT)
    if slot is not None:
        left = replace(vault, slots=tuple(each for each in vault.slots if each is not slot))
        _write(data, _with(left, replace(slot, kind=_RECOVERY)))


def withdraw_recovery_code(data: Path) -> None:
    """The new code that nobody kept stops working; the old one opens as before."""
    vault = _read(data)
    if _slot(vault, _RECOVERY_NEXT) is not None:
        _write(data, replace(vault, slots=tuple(each for each in vault.slots if each.kind != _RECOVERY_NEXT)))


def has_unsettled_code(data: Path) -> bool:
    """Whether a new recovery code waits to be typed back."""
    return _slot(_read(data), _RECOVERY_NEXT) is not None


def new_recovery_code(data: Path, key: bytes) -> str:
    """Replace the recovery code at once; the old printed code stops working."""
    code = add_recovery_code(data, key)
    settle_recovery_code(data)
    return code


def keep_in_keyring(data: Path, key: bytes) -> str:
    """Add or renew the keyring slot, after a restore on another machine; the keyring's name. `NoKeyStoreError`."""
    vault = _read(data)
    keyring = keyrings.trusted()
    kept = keyring.get(vault.id)  # of another folder of this desk on this machine, which must go on opening
    wrapping = base64.b64decode(kept) if kept else secrets.token_bytes(32)
    if not kept:
        keyring.put(vault.id, base64.b64encode(wrapping).decode())
    _write(
        data,
        _with(vault, Slot(kind="keyring", keeper=keyring.label, blob=wrapped(wrapping, key, f"keyring{vault.id}"))),
    )
    return keyring.label


def leave_keyring(data: Path) -> None:
    """Forget the slot of a keyring that another machine has."""
    vault = _read(data)
    _write(data, replace(vault, slots=tuple(each for each in vault.slots if each.kind != "keyring")))


def name_of(data: Path) -> str:
    """The name of the vault in `data`; a copied folder has the same."""
    return _read(data).id


def kept_by(data: Path) -> str:
    """The keyring that keeps the key, "" when a passphrase must be typed each time."""
    return next((slot.keeper for slot in _read(data).slots if slot.kind == "keyring"), "")


def slots(data: Path) -> tuple[str, ...]:
    """The kinds of slots there are."""
    return tuple(slot.kind for slot in _read(data).slots)


def fits(data: Path, key: bytes) -> bool:
    """Whether this is the key of the vault in `data`; False when there is none."""
    if not (data / FILE).exists():
        return False
    return hmac.compare_digest(_read(data).check, _check(key))


def _key_by_passphrase(vault: Vault, passphrase: str) -> bytes:
    """The passphrase as typed, then as another input method or another hand would have set it."""
    first, *others = passwords.spellings(_plain(passphrase))
    wrong = WrongPassphraseError()
    for spelling in (first, *others):
        try:
            return opened(_slot(vault, "passphrase"), spelling, name=vault.id, wrong=wrong)
        except WrongPassphraseError:
            continue
    raise wrong


def _key_by_code(vault: Vault, code: str) -> bytes:
    """The key by the code in force, or by a new one that was not typed back yet."""
    slots = [slot for kind in (_RECOVERY, _RECOVERY_NEXT) if (slot := _slot(vault, kind)) is not None]
    for slot in slots:
        with suppress(WrongRecoveryCodeError):
            return opened(replace(slot, kind=_RECOVERY), code, name=vault.id, wrong=WrongRecoveryCodeError())
    raise WrongRecoveryCodeError


def _slot(vault: Vault, kind: str) -> Slot | None:
    return next((slot for slot in vault.slots if slot.kind == kind), None)


def _plain(passphrase: str) -> str:
    plain = passwords.plain(passphrase)
    if not plain:
        raise EmptyPassphraseError
    return plain


def _with(vault: Vault, slot: Slot) -> Vault:
    others = tuple(old for old in vault.slots if old.kind != slot.kind)
    return Vault(id=vault.id, check=vault.check, slots=(*others, slot))


def _check(key: bytes) -> str:
    return hashlib.sha256(b"desk key check" + key).hexdigest()[:32]


def _read(data: Path) -> Vault:
    if not data.is_dir():
        raise DataFolderMissingError(folder=data)
    try:
        return typed_values.from_json((data / FILE).read_bytes(), Vault)
    except FileNotFoundError as error:
        raise (DamagedVaultError(file=FILE) if (data / "desk.db").exists() else NoDeskError(folder=data)) from error
    except msgspec.DecodeError as error:
        raise DamagedVaultError(file=FILE) from error


def _write(data: Path, vault: Vault) -> None:
    """Whole and durable, or the old file: losing this file would lose every dossier."""
    beside = data / (FILE + ".new")
    file = owner_only.open_file(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0))
    with os.fdopen(file, "wb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(vault), indent=1))
        out.flush()
        os.fsync(out.fileno())
    held_files.replace(beside, data / FILE)
    sync_folder(data)
