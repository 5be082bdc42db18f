"""The devices that may write, as the district knows them: certificate, unit, state, when they were last here."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from desk_app.district.storage.contract import Row, Session
from desk_app.protocol.keys import PublicKeys

ACTIVE, REVOKED = "active", "revoked"
DESK, DISTRICT = "desk", "district"


class Device(Struct, frozen=True, kw_only=True):
    """A device. `keys` 64 bytes; moments UTC ms; `clock_offset` s by which its clock is behind ours.

    `ahead` is how many events it said it had that were not here when it last asked, −1 when not known.
    """

    kid: bytes
    keys: bytes
    certificate: bytes
    unit: str
    desk: int = 0
    name: str = ""
    role: str = DESK
    status: str = ACTIVE
    reason: str = ""
    enrolled_at: int = 0
    seen_at: int = 0
    clock_offset: int = 0
    app: str = ""
    host: str = ""
    digits: str = ""
    ahead: int = -1

    @property
    def public(self) -> PublicKeys:
        return PublicKeys.load(self.keys)

    @property
    def is_revoked(self) -> bool:
        return self.status == REVOKED


_NAMES = (
    "kid, keys, certificate, role, unit, desk, name, status, reason, enrolled_at, seen_at, clock_offset, app, host,"
    " digits, ahead"
)


def put(session: Session, device: Device) -> bool:
    """Add a device; one that is known stays as it is. Whether it was new."""
    marks = ", ".join("?" for _ in _NAMES.split(","))
    sealed = replace(device, reason=session.seals.sealed("device", "reason", (device.kid,), device.reason))
    values = [getattr(sealed, name.strip()) for name in _NAMES.split(",")]
    return session.run(f"INSERT INTO device({_NAMES}) VALUES({marks}) ON CONFLICT(kid) DO NOTHING", values) > 0


def get(session: Session, kid: bytes) -> Device | None:
    row = session.one(f"SELECT {_NAMES} FROM device WHERE kid = ?", (kid,))
    return _from_row(session, row) if row else None


def every(session: Session, *, unit: str | None = None) -> list[Device]:
    """All devices, or those of a unit, by unit and desk."""
    where = "" if unit is None else " WHERE unit = ?"
    rows = session.all(f"SELECT {_NAMES} FROM device{where} ORDER BY unit, desk, kid", () if unit is None else (unit,))
    return [_from_row(session, row) for row in rows]


def own_kids(session: Session) -> set[bytes]:
    """The keys that the district itself has ever signed with, as far as it has been running with them."""
    return {kid for (kid,) in session.all("SELECT kid FROM device WHERE role = ?", (DISTRICT,))}


def revoke(session: Session, kid: bytes, *, reason: str) -> bool:
    """It may write no more; False when it is not known, or already revoked."""
    changed = session.run(
        "UPDATE device SET status = ?, reason = ? WHERE kid = ? AND status <> ?",
        (REVOKED, session.seals.sealed("device", "reason", (kid,), reason), kid, REVOKED),
    )
    return changed > 0


def saw(session: Session, kid: bytes, *, at: int, clock_offset: int | None, app: str, ahead: int) -> None:
    """A device has asked something; `clock_offset` None says nothing of its clock."""
    session.run(
        "UPDATE device SET seen_at = ?, clock_offset = COALESCE(?, clock_offset), app = ?, ahead = ? WHERE kid = ?",
        (at, clock_offset, app, ahead, kid),
    )


def _from_row(session: Session, row: Row) -> Device:
    told = dict(zip((name.strip() for name in _NAMES.split(",")), row, strict=True))
    told["reason"] = session.seals.opened("device", "reason", (told["kid"],), str(told["reason"]))
    return Device(**told)
