"""What a round did, and the district's refusals as failures that a clerk can read."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.errors import (
    DeskError,
    DistrictBusyError,
    RevokedError,
    UnknownDeviceError,
    UpgradeNeededError,
)
from desk_app.protocol.messages import Code, Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`code` is "done", or "partly" when something on either side could not be taken (`detail` says what, by code).

    Numbers are events: `sent` went over the line, `received` were new here, `confirmed` own ones were confirmed now,
    `waiting` own ones are not confirmed yet; `set_aside` things wait for a person. `clock_offset` s, district − desk.
    """

    code: str
    sent: int = 0
    received: int = 0
    confirmed: int = 0
    set_aside: int = 0
    waiting: int = 0
    files: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    exchanges: int = 0
    clock_offset: int = 0
    dossiers: tuple[str, ...] = ()
    detail: str = ""


def refusal(receipt: Receipt) -> DeskError | None:
    """The failure that a receipt tells of, None when the round goes on."""
    if receipt.code in (Code.BUSY, Code.STORAGE):
        return DistrictBusyError(retry=receipt.retry)
    if receipt.code == Code.REVOKED:
        return RevokedError()
    if receipt.code == Code.UNKNOWN_DEVICE:
        return UnknownDeviceError()
    if receipt.code == Code.UPGRADE:
        return UpgradeNeededError(version=receipt.min_app)
    return None


def says_nothing(receipt: Receipt) -> bool:
    """A refusal that names no logs tells nothing of what the district holds: it must not be read as "nothing"."""
    return not receipt.logs and receipt.code != Code.OK
