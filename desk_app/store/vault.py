"""The desk's key in slots: each slot wraps the same random 32 bytes, so that a lost one never loses the data.

Slots: the system's keyring, a printed recovery code (always), a passphrase where there is no keyring or on wish.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

import msgspec
from msgspec import Struct

from desk_app import keyrings
from desk_app.domain import passwords
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
from desk_app.store.recovery import new_code, plain_code

FILE = "vault.json"


class Cost(Struct, frozen=True, kw_only=True):
    """What a guess costs: Argon2id passes, KiB of memory, lanes."""

    passes: int
    memory: int
    lanes: int


# RFC 9106 §4, second recommended option: what a reception PC with 4 GB can spare.
PASSPHRASE_COST = Cost(passes=3, memory=65536, lanes=4)
# A recovery code has 128 random bits; stretching adds nothing.
RECOVERY_COST = Cost(passes=1, memory=8192, lanes=1)


class Slot(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One way to the key: `blob` is nonce ‖ AES-256-GCM of the key; `salt` and `cost` where a secret is typed."""

    kind: str
    blob: str
    keeper: str = ""
    salt: str = ""
    cost: Cost | None = None


class Vault(Struct, frozen=True, kw_only=True):
    """What vault.json holds; `check` tells a right key from a wrong one without the database."""

    version: int = 1
    id: str
    check: str
    slots: tuple[Slot, ...]


class Created(Struct, frozen=True, kw_only=True):
    """A new vault: the key, the code to print, and which keyring keeps the key ("" for none)."""

    key: bytes
    recovery_code: str
    kept_by: str


def create(data: Path, *, passphrase: str | None) -> Created:
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
        slots.append(Slot(kind="keyring", keeper=kept_by, blob=_wrapped(wrapping, key, f"keyring{name}")))
    if passphrase is not None:
        slots.append(_typed_slot("passphrase", _plain(passphrase), key, name=name, cost=PASSPHRASE_COST))
    code = new_code()
    slots.append(_typed_slot("recovery", plain_code(code), key, name=name, cost=RECOVERY_COST))
    _write(data, Vault(id=name, check=_check(key), slots=tuple(slots)))
    return Created(key=key, recovery_code=code, kept_by=kept_by)


def unlock(data: Path, *, passphrase: str | None = None, recovery: str | None = None) -> bytes:
    """The key, by what is given; by the system's keyring when nothing is.

    Raises `WrongPassphraseError`, `WrongRecoveryCodeError`, `MistypedRecoveryCodeError`, `KeyStoreLockedError`,
    `KeyStoreEmptyError`, `PassphraseNeededError`, `NoKeyStoreError`, `DamagedVaultError`, `NoDeskError`.
    """
    vault = _read(data)
    if recovery is not None:
        return _typed_key(vault, "recovery", plain_code(recovery), WrongRecoveryCodeError())
    if passphrase is not None:
        return _key_by_passphrase(vault, passphrase)
    slot = next((slot for slot in vault.slots if slot.kind == "keyring"), None)
    if slot is None:
        raise PassphraseNeededError
    kept = keyrings.trusted().get(vault.id)
    if kept is None:
        raise KeyStoreEmptyError
    key = _unwrapped(base64.b64decode(kept), slot.blob, f"keyring{vault.id}")
    if key is None:
        raise KeyStoreEmptyError
    return key


def set_passphrase(data: Path, key: bytes, passphrase: str) -> None:
    """Add the passphrase slot or replace it; the database itself is not touched."""
    vault = _read(data)
    slot = _typed_slot("passphrase", _plain(passphrase), key, name=vault.id, cost=PASSPHRASE_COST)
    _write(data, _with(vault, slot))


def new_recovery_code(data: Path, key: bytes) -> str:
    """Replace the recovery slot; the old printed code stops working."""
    vault = _read(data)
    code = new_code()
    _write(data, _with(vault, _typed_slot("recovery", plain_code(code), key, name=vault.id, cost=RECOVERY_COST)))
    return code


def keep_in_keyring(data: Path, key: bytes) -> str:
    """Add or renew the keyring slot, after a restore on another machine; the keyring's name. `NoKeyStoreError`."""
    vault = _read(data)
    keyring = keyrings.trusted()
    wrapping = secrets.token_bytes(32)
    keyring.put(vault.id, base64.b64encode(wrapping).decode())
    _write(
        data,
        _with(vault, Slot(kind="keyring", keeper=keyring.label, blob=_wrapped(wrapping, key, f"keyring{vault.id}"))),
    )
    return keyring.label


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
            return _typed_key(vault, "passphrase", spelling, wrong)
        except WrongPassphraseError:
            continue
    raise wrong


def _plain(passphrase: str) -> str:
    plain = passwords.plain(passphrase)
    if not plain:
        raise EmptyPassphraseError
    return plain


def _with(vault: Vault, slot: Slot) -> Vault:
    others = tuple(old for old in vault.slots if old.kind != slot.kind)
    return Vault(id=vault.id, check=vault.check, slots=(*others, slot))


def _typed_slot(kind: str, secret: str, key: bytes, *, name: str, cost: Cost) -> Slot:
    salt = secrets.token_bytes(16)
    blob = _wrapped(_stretched(secret, salt, cost), key, f"{kind}{name}")
    return Slot(kind=kind, blob=blob, salt=base64.b64encode(salt).decode(), cost=cost)


def _typed_key(vault: Vault, kind: str, secret: str, wrong: WrongPassphraseError | WrongRecoveryCodeError) -> bytes:
    slot = next((slot for slot in vault.slots if slot.kind == kind), None)
    if slot is None or slot.cost is None:
        raise wrong
    key = _unwrapped(_stretched(secret, base64.b64decode(slot.salt), slot.cost), slot.blob, f"{kind}{vault.id}")
    if key is None:
        raise wrong
    return key


def _stretched(secret: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - 50 ms, and a desk with a keyring needs none

    return hash_secret_raw(secret.encode(), salt, cost.passes, cost.memory, cost.lanes, 32, Type.ID)


def _wrapped(wrapping: bytes, key: bytes, bound_to: str) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - slow to import

    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(wrapping).encrypt(nonce, key, bound_to.encode())).decode()


def _unwrapped(wrapping: bytes, blob: str, bound_to: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - slow to import
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - slow to import

    sealed = base64.b64decode(blob)
    try:
        return AESGCM(wrapping).decrypt(sealed[:12], sealed[12:], bound_to.encode())
    except InvalidTag:
        return None


def _check(key: bytes) -> str:
    return hashlib.sha256(b"desk key check" + key).hexdigest()[:32]


def _read(data: Path) -> Vault:
    if not data.is_dir():
        raise DataFolderMissingError(folder=data)
    try:
        return msgspec.json.decode((data / FILE).read_bytes(), type=Vault)
    except FileNotFoundError as error:
        raise (DamagedVaultError(file=FILE) if (data / "desk.db").exists() else NoDeskError(folder=data)) from error
    except msgspec.DecodeError as error:
        raise DamagedVaultError(file=FILE) from error


def _write(data: Path, vault: Vault) -> None:
    """Whole and durable, or the old file: losing this file would lose every dossier."""
    beside = data / (FILE + ".new")
    file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(vault), indent=1))
        out.flush()
        os.fsync(out.fileno())
    beside.replace(data / FILE)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
