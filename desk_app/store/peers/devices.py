"""Devices that may write: certificates as the district signed them, bytes that only sync can judge."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from desk_app.store.database.database import DeskDatabase

_SELECT = "SELECT kid, certificate, unit, desk, name, revoked, reason FROM device"


class DeviceRow(Struct, frozen=True, kw_only=True):
    """A device by its key id (8 B); `reason` says why it was revoked."""

    kid: bytes
    certificate: bytes
    unit: str
    desk: int
    name: str
    is_revoked: bool
    reason: str


def put(db: DeskDatabase, kid: bytes, certificate: bytes, unit: str, desk: int, name: str) -> None:
    """Keep a certificate; a device revoked before stays so."""
    db.execute(
        """
        INSERT INTO device(kid, certificate, unit, desk, name) VALUES(?,?,?,?,?)
        ON CONFLICT(kid) DO UPDATE SET certificate = excluded.certificate, unit = excluded.unit,
            desk = excluded.desk, name = excluded.name
        """,
        (kid, certificate, unit, desk, name),
    )


def get(db: DeskDatabase, kid: bytes) -> DeviceRow | None:
    found = db.one(f"{_SELECT} WHERE kid = ?", (kid,))
    return _row(found) if found else None


def all(db: DeskDatabase) -> list[DeviceRow]:  # noqa: A001 - read as devices.all(db)
    """Every device, by commune and desk."""
    return [_row(row) for row in db.all(f"{_SELECT} ORDER BY unit, desk, kid")]


def revoke(db: DeskDatabase, kid: bytes, reason: str) -> None:
    """Nothing new of this device is taken in any more; also one whose certificate never came."""
    db.execute(
        """
        INSERT INTO device(kid, certificate, unit, desk, name, revoked, reason) VALUES(?,x'','',0,'',1,?)
        ON CONFLICT(kid) DO UPDATE SET revoked = 1, reason = excluded.reason
        """,
        (kid, reason),
    )


def _row(row: tuple[Any, ...]) -> DeviceRow:
    kid, certificate, unit, desk, name, revoked, reason = row
    return DeviceRow(
        kid=kid, certificate=certificate, unit=unit, desk=desk, name=name, is_revoked=bool(revoked), reason=reason
    )
