"""Whose each log of a unit is: what the rule of `domain.history.founding` asks for."""

from __future__ import annotations

from collections.abc import Iterable

from desk_app.district.storage.contract import Session
from desk_app.domain.history.founding import Writers
from desk_app.protocol.known_devices import known_device


def writers(session: Session, unit: str, *, district: Iterable[bytes] = ()) -> Writers:
    """The writers of the logs of a unit. `district` are certificates of the district's keys that no table holds yet."""
    rows = session.all("SELECT certificate FROM device WHERE unit = ? OR role = 'district'", (unit,))
    devices = [known_device(bytes(certificate)) for (certificate,) in rows] + [known_device(one) for one in district]
    logs = session.all("SELECT log, kid FROM log WHERE scope = ?", (unit,))
    return Writers(devices, {bytes(log): bytes(kid) for log, kid in logs})
