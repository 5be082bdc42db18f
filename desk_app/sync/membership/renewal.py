"""The district has new keys or its server a new certificate: taken over only on proof by the pinned root."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from desk_app import typed_values
from desk_app.errors import UnknownDeviceError
from desk_app.protocol.keys import DistrictCard, tls_told
from desk_app.protocol.messages import Refused
from desk_app.sync.membership.identity import Member, told

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
        card = typed_values.from_json(answer, DistrictCard)
        if card.root != member.district.root:
            return None
        keys = card.operational()
    except (ValueError, RecursionError, Refused):
        return None
    if keys.kid == member.district_keys.kid:
        if status == _UNKNOWN:
            raise UnknownDeviceError
        return None
    if told(card.certificate).from_at < told(member.district.certificate).from_at:
        return None
    mine = msgspec.structs.replace(member.district, certificate=card.certificate)
    return Renewed(replace(member, district=mine, district_keys=keys), msgspec.json.encode(mine).decode())


def vouched_for(member: Member, answer: bytes) -> Renewed | None:
    """The membership with the server's certificate that `answer` names; None where the district did not sign for it.

    `answer` may come over a connection that nobody vouches for: the pinned root proves the keys, the keys the
    certificate (docs/decisions/0093).
    """
    try:
        card = typed_values.from_json(answer, DistrictCard)
        if card.root != member.district.root or not card.tls or card.tls == member.district.tls:
            return None
        keys = card.operational()
        keys.verify(card.tls_word, tls_told(card.root, card.tls))
    except (ValueError, RecursionError, Refused):
        return None
    if told(card.certificate).from_at < told(member.district.certificate).from_at:
        return None
    mine = msgspec.structs.replace(member.district, certificate=card.certificate, tls=card.tls, tls_word=card.tls_word)
    return Renewed(replace(member, district=mine, district_keys=keys), msgspec.json.encode(mine).decode())
