"""The district signs with new keys: taken over only when the pinned root certified them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from desk_app.errors import UnknownDeviceError
from desk_app.sync.identity import Member, told
from desk_app.sync.keys import DistrictCard
from desk_app.sync.protocol import Refused

_UNKNOWN = 401


@dataclass(frozen=True, slots=True)
class Renewed:
    """The membership under the new keys, and the card to keep, as JSON."""

    member: Member
    told: str


def renewed(member: Member, answer: bytes, *, status: int) -> Renewed | None:
    """What the address of the district says of itself; None when that is nobody we know, or nothing new.

    Only the certificate is taken over: the rest of the card is not signed. `status` is what the question was refused
    with; raises `UnknownDeviceError` where it was the district that does not know this desk (restored from before it
    was enrolled).
    """
    try:
        card = msgspec.json.decode(answer, type=DistrictCard)
        if card.root != member.district.root:
            return None
        keys = card.operational()
    except (msgspec.DecodeError, Refused):
        return None
    if keys.kid == member.district_keys.kid:
        if status == _UNKNOWN:
            raise UnknownDeviceError
        return None
    if told(card.certificate).from_at < told(member.district.certificate).from_at:
        return None
    mine = msgspec.structs.replace(member.district, certificate=card.certificate)
    return Renewed(replace(member, district=mine, district_keys=keys), msgspec.json.encode(mine).decode())
