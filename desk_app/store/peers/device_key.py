"""The keys of this device: in the system's keyring where the vault is kept there, else in the encrypted database."""

from __future__ import annotations

import base64
from pathlib import Path

from desk_app import keyrings
from desk_app.store.database.database import DeskDatabase
from desk_app.store.keys import vault

_NAME = "device"


def put(data: Path, db: DeskDatabase, secret: bytes) -> None:
    """Keep the secret (64 B) in place of an earlier one. Raises `NoKeyStoreError`, `KeyStoreLockedError`."""
    if vault.kept_by(data):
        keyrings.trusted().put(_entry(data), base64.b64encode(secret).decode())
        return
    db.execute(
        "INSERT INTO secret(name, value) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        (_NAME, secret),
    )


def get(data: Path, db: DeskDatabase) -> bytes | None:
    """The secret; None where this machine has none, as after a restore elsewhere: it must be enrolled anew.

    Raises `NoKeyStoreError`, `KeyStoreLockedError`.
    """
    if vault.kept_by(data):
        kept = keyrings.trusted().get(_entry(data))
        if kept is not None:
            return base64.b64decode(kept)
    found = db.one("SELECT value FROM secret WHERE name = ?", (_NAME,))
    return found[0] if found else None


def _entry(data: Path) -> str:
    return f"{vault.name_of(data)}-{_NAME}"
