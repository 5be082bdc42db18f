"""What makes this desk a member of its district: its own keys and certificate, and the district it has pinned."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk_app import typed_values
from desk_app.errors import DigitsNotComparedError, NotEnrolledError
from desk_app.protocol.keys import SIGNATURE, Certificate, DistrictCard, Keys, PublicKeys
from desk_app.store.database.database import DeskDatabase
from desk_app.store.peers import device_key, sync_state
from desk_app.store.peers.sync_state import SyncState


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """`district_keys` sign receipts and notices, `root` is what they were proved by. Holds secrets: never logged."""

    keys: Keys
    certificate: Certificate
    district: DistrictCard
    district_keys: PublicKeys
    root: PublicKeys


def load(db: DeskDatabase, data: Path) -> Member:
    """The membership that a person has confirmed. Raises `NotEnrolledError`, `DigitsNotComparedError`."""
    state = sync_state.get(db)
    secret = device_key.get(data, db) if state.certificate else None
    if secret is None or not state.card:
        raise NotEnrolledError
    if not state.digits_confirmed:
        raise DigitsNotComparedError
    keys = Keys.load(secret)
    if keys.kid != state.kid:
        raise NotEnrolledError  # new keys were kept, and the power went before the rest was
    return member_of(keys, state)


def member_of(keys: Keys, state: SyncState) -> Member:
    """The membership that the state tells of."""
    card = card_of(state)
    return Member(
        keys=keys,
        certificate=told(state.certificate),
        district=card,
        district_keys=card.operational(),
        root=PublicKeys.load(card.root),
    )


def card_of(state: SyncState) -> DistrictCard:
    """The district's card as it was kept at enrolment."""
    return typed_values.from_json(state.card, DistrictCard)


def told(certificate: bytes) -> Certificate:
    """What a certificate says that was proved when it was taken in."""
    return typed_values.from_msgpack(certificate[SIGNATURE:], Certificate)
