"""Whose each log is, as this desk knows it: what the rule of `domain.history.founding` asks for."""

from __future__ import annotations

from desk_app import typed_values
from desk_app.domain.history.founding import KnownDevice, Writers
from desk_app.protocol.keys import DistrictCard
from desk_app.protocol.known_devices import known_device
from desk_app.store.database.database import DeskDatabase
from desk_app.store.peers import devices, sync_state

_NO_KEYS = b""


def is_district(db: DeskDatabase, log: str) -> bool:
    """Whether the log of this name (hex) is the district's, by the certificate of the key that signs it."""
    row = db.one(
        "SELECT log.author, device.certificate FROM log LEFT JOIN device ON device.kid = log.author"
        " WHERE log.name = ? AND log.author IS NOT NULL",
        (bytes.fromhex(log),),
    )
    if row is None:
        return False
    author, signed = row
    if not signed:
        card = sync_state.get(db).card
        signed = typed_values.from_json(card, DistrictCard).certificate if card else b""
    told = known_device(signed)
    return told.is_district and told.kid == author


def writers(db: DeskDatabase) -> Writers:
    """The writers of all logs that stand here. Reads every device and every log, so only where it is needed."""
    state = sync_state.get(db)
    signed = [row.certificate for row in devices.all(db) if row.certificate]
    if state.card:
        signed.append(typed_values.from_json(state.card, DistrictCard).certificate)
    if state.certificate:
        signed.append(state.certificate)
    known = [KnownDevice(kid=_NO_KEYS), *map(known_device, signed)]
    own = state.kid or _NO_KEYS
    rows = db.all("SELECT name, author, is_own FROM log")
    return Writers(known, {name: own if author is None and is_own else author for name, author, is_own in rows})
