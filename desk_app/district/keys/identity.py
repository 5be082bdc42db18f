"""Who this district is: the keys it signs and opens with, and the card by which desks know it."""

from __future__ import annotations

from dataclasses import dataclass

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
    def fingerprint(self) -> str:
        """The root's fingerprint for people to compare: 8 groups of 4 hex digits of its first 16 bytes."""
        text = self.root.fingerprint[:16].hex()
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
