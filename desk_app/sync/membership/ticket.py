"""What a district's paper says to a new desk, and whether the district that answers is the one it names."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from msgspec.structs import replace

from desk_app import typed_values
from desk_app.errors import AddressNeededError, BadCodeError, NoDistrictError, WrongDistrictError
from desk_app.protocol.keys import DistrictCard, PublicKeys, plain_code
from desk_app.protocol.messages import DISTRICT_PATH, Refused
from desk_app.sync.line.district_client import Line

_MARK = "CX1"
_SHORTEST = 26  # letters of base32: 128 bits of the fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What the paper from the district says: its code, its address, the root's fingerprint ("" when only typed)."""

    code: str
    url: str
    fingerprint: str = ""


def ticket_of(text: str, *, url: str = "") -> Ticket:
    """From a typed code and address, or from the text of the QR. Raises `BadCodeError`, `AddressNeededError`."""
    mark, *parts = text.strip().split("|")
    fingerprint = ""
    if mark.upper() == _MARK and len(parts) == 3:
        told, fingerprint, code = parts
        url = url or told
    else:
        code = text
    code = plain_code(code)
    if not code:
        raise BadCodeError
    return Ticket(code=code, url=_address(url), fingerprint=fingerprint.strip().upper().rstrip("="))


def _address(typed: str) -> str:
    """An address as it is kept; "" stays, for a stick needs none."""
    url = typed.strip().rstrip("/")
    return url if not url or "://" in url else f"https://{url}"


def fetched_card(ticket: Ticket, line: Line) -> DistrictCard:
    """The card of the district at the ticket's address, proved by its own root; the code will prove that root.

    Raises `NoDistrictError`, `WrongDistrictError`, and the line's errors.
    """
    if not ticket.url:
        raise AddressNeededError
    return replace(card_of(line.call(DISTRICT_PATH), ticket), url=ticket.url)


def card_of(told: bytes, ticket: Ticket) -> DistrictCard:
    """The card in these bytes, if it is the ticket's district's. Raises `NoDistrictError`, `WrongDistrictError`."""
    try:
        read = typed_values.from_json if told[:1] == b"{" else typed_values.from_msgpack
        card = read(told, DistrictCard)
    except (ValueError, RecursionError) as error:
        raise NoDistrictError from error
    try:
        card.operational()
        root = PublicKeys.load(card.root)
    except Refused as error:
        raise WrongDistrictError from error
    if ticket.fingerprint and not _fits(ticket.fingerprint, root):
        raise WrongDistrictError
    return card


def _fits(fingerprint: str, root: PublicKeys) -> bool:
    whole = base64.b32encode(root.fingerprint).decode().rstrip("=")
    return len(fingerprint) >= _SHORTEST and whole.startswith(fingerprint)
