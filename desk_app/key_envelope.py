"""A key at rest in envelopes: wrapped for a secret that a person types, or for one that a keyring or a file keeps.

The desk's vault and the district's key file are made of these slots.
"""

from __future__ import annotations

import base64
import os
import secrets
from typing import TYPE_CHECKING

from msgspec import Struct

from desk_app.errors import DeskError
from desk_app.lazy import lazy

if TYPE_CHECKING:
    from argon2 import low_level
    from cryptography import exceptions
    from cryptography.hazmat.primitives.ciphers import aead
else:
    low_level = lazy("argon2.low_level")
    exceptions = lazy("cryptography.exceptions")
    aead = lazy("cryptography.hazmat.primitives.ciphers.aead")


class Cost(Struct, frozen=True, kw_only=True):
    """What a guess costs: Argon2id passes, KiB of memory, lanes."""

    passes: int
    memory: int
    lanes: int


# RFC 9106 §4, second recommended option: what a reception PC with 4 GB can spare.
PASSPHRASE_COST = Cost(passes=3, memory=65536, lanes=4)


class Slot(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One way to the key: `blob` is nonce ‖ AES-256-GCM of the key; `salt` and `cost` where a secret is typed."""

    kind: str
    blob: str
    keeper: str = ""
    salt: str = ""
    cost: Cost | None = None


def typed_slot(kind: str, secret: str, key: bytes, *, name: str, cost: Cost) -> Slot:
    """The key wrapped for a secret that is typed; `name` is what the blob is bound to beside its kind."""
    salt = secrets.token_bytes(16)
    blob = wrapped(_stretched(secret, salt, cost), key, f"{kind}{name}")
    return Slot(kind=kind, blob=blob, salt=base64.b64encode(salt).decode(), cost=cost)


def opened(slot: Slot | None, secret: str, *, name: str, wrong: DeskError) -> bytes:
    """The key by a typed secret; raises `wrong` where it does not open or there is no such slot."""
    if slot is None or slot.cost is None:
        raise wrong
    key = unwrapped(_stretched(secret, base64.b64decode(slot.salt), slot.cost), slot.blob, f"{slot.kind}{name}")
    if key is None:
        raise wrong
    return key


def _stretched(secret: str, salt: bytes, cost: Cost) -> bytes:
    return low_level.hash_secret_raw(secret.encode(), salt, cost.passes, cost.memory, cost.lanes, 32, low_level.Type.ID)


def wrapped(wrapping: bytes, key: bytes, bound_to: str) -> str:
    """Nonce and ciphertext in base 64."""
    nonce = os.urandom(12)
    return base64.b64encode(nonce + aead.AESGCM(wrapping).encrypt(nonce, key, bound_to.encode())).decode()


def unwrapped(wrapping: bytes, blob: str, bound_to: str) -> bytes | None:
    """The key, or None where `wrapping` is the wrong one."""
    sealed = base64.b64decode(blob)
    try:
        return aead.AESGCM(wrapping).decrypt(sealed[:12], sealed[12:], bound_to.encode())
    except exceptions.InvalidTag:
        return None
