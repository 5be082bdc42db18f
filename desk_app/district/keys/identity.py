"""Who this district is: the keys it signs and opens with, and the card by which desks know it."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk_app.protocol.keys import DistrictCard, Keys, PublicKeys

ROOT = "root"
"""The key under which a database says whose it is."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The operational keys with the card that proves them. The root's private half is put away, never here."""

    keys: Keys
    card: DistrictCard

    @property
    def root(self) -> PublicKeys:
        return PublicKeys.load(self.card.root)

    @property
    def storage_key(self) -> bytes:
        """What `open_storage` takes."""
        return storage_key(self.keys)

    @property
    def fingerprint(self) -> str:
        """The root's fingerprint for people to compare: 8 groups of 4 hex digits of its first 16 bytes."""
        text = self.root.fingerprint[:16].hex()
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def storage_key(keys: Keys) -> bytes:
    """The 32 bytes that encrypt what is kept. They follow from the operational keys, so every slot of keys.json gives
    them, no file holds them, and a new passphrase changes nothing of them.
    """
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"district storage").derive(keys.dump())
