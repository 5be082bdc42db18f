"""A key at rest in envelopes: wrapped for a secret that a person types, or for one that a keyring or a file keeps.

The desk's vault and the district's key file are made of these slots.
"""

from __future__ import annotations

import base64
import os
import secrets

from msgspec import Struct

from desk_app.errors import DeskError


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
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - 50 ms, and a desk with a keyring needs none

    return hash_secret_raw(secret.encode(), salt, cost.passes, cost.memory, cost.lanes, 32, Type.ID)


def wrapped(wrapping: bytes, key: bytes, bound_to: str) -> str:
    """Nonce and ciphertext in base 64."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - slow to import

    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(wrapping).encrypt(nonce, key, bound_to.encode())).decode()


def unwrapped(wrapping: bytes, blob: str, bound_to: str) -> bytes | None:
    """The key, or None where `wrapping` is the wrong one."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - slow to import
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - slow to import

    sealed = base64.b64decode(blob)
    try:
        return AESGCM(wrapping).decrypt(sealed[:12], sealed[12:], bound_to.encode())
    except InvalidTag:
        return None
