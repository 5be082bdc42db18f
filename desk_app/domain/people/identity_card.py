"""What a citizen's card or a passport says: the QR code of the 2021 and 2024 cards, or a machine-readable zone.

Reads and doubts; decides nothing. What is certain to be wrong is refused, what only looks odd is a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec.structs import replace

from desk_app.domain.calendar import dates
from desk_app.domain.people import mrz, paper_number, qr_card, scan_envelope, zone_card
from desk_app.domain.people.card import Card
from desk_app.domain.people.person import Person
from desk_app.domain.people.scanned_text import repaired
from desk_app.errors import UnreadableCardError

__all__ = ["NEW_CARD_FROM", "Card", "as_person", "read", "warnings_today"]

NEW_CARD_FROM = "2024-07-01"
"""Luật 26/2023/QH15: "Căn cước", issued by Bộ Công an, from this day."""

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_LONGEST = 4_000
"""Characters; the longest card with every letter escaped for the web has fewer."""


def read(text: str) -> Card:
    """The card whose QR code or MRZ a reader gave as `text`.

    Raises `UnreadableCardError` (neither), `GarbledCardError` (letters lost on the way), `BadCheckDigitError`.
    """
    if len(text) > _LONGEST:
        raise UnreadableCardError(why="mã dài hơn mã của một tấm thẻ")
    text, was_damaged = repaired(text)
    if not mrz.looks_like_mrz(text):  # a zone whose first letters were misread has no envelope to open
        text = scan_envelope.unwrapped(text)
    if scan_envelope.holds_two(text):
        raise UnreadableCardError(why="một lần quét có hai thẻ khác nhau")
    if "|" in text:
        return qr_card.from_qr(text, was_damaged=was_damaged)
    if mrz.looks_like_mrz(text):
        zone = mrz.read(text)
        return zone_card.from_card_zone(zone) if zone.layout is mrz.TD1 else zone_card.from_passport(zone)
    if not text.strip():
        raise UnreadableCardError(why="đầu đọc không gửi gì")
    raise UnreadableCardError(why="đây không phải mã của thẻ căn cước")


def as_person(card: Card, *, today: date, countries: Mapping[str, str] = _NO_NAMES) -> Person:
    """The holder, with the paper named as forms name it; a date later than `today` is left out, for it is misread.

    Who issued: căn cước công dân by the police department for administrative management of social order, căn cước
    (from 01/07/2024) by Bộ Công an. An MRZ does not say which of the two it is. `countries` are names by ICAO code; a
    code without a name is kept as it is.
    """
    holder = Person(
        full_name=card.full_name,
        id_number=card.id_number,
        old_id_number=card.old_id_number,
        born_on=_born_by(card, today),
        sex=card.sex,
    )
    if card.kind == "mrz_td3":
        return replace(
            holder,
            nationality=countries.get(card.nationality, card.nationality),
            id_kind=paper_number.PASSPORT,
            document_number=card.document_number if card.document_number != card.id_number else "",
            issuing_country=countries.get(card.issuing_state, card.issuing_state),
        )
    issued_on = card.issued_on if card.issued_on <= today.isoformat() else ""
    kind, by = "", ""
    if issued_on:
        is_new = issued_on >= NEW_CARD_FROM
        kind = "Căn cước" if is_new else "Căn cước công dân"
        by = "Bộ Công an" if is_new else "Cục Cảnh sát quản lý hành chính về trật tự xã hội"
    return replace(
        holder,
        residence=card.residence,
        nationality=paper_number.VIETNAM,  # the card is a citizen's
        id_kind=kind,
        id_issued_on=issued_on,
        id_issued_by=by,
    )


def _born_by(card: Card, today: date) -> str:
    """The birth date unless it is still to come; two digits of a year that are, are a century older."""
    if card.born_on <= today.isoformat():
        return card.born_on
    if not card.kind.startswith("mrz"):
        return ""
    return f"{int(card.born_on[:4]) - 100}{card.born_on[4:]}"


def warnings_today(card: Card, *, today: date) -> tuple[str, ...]:
    """What depends on the day: the card has expired, or has dates that are still to come."""
    day = today.isoformat()
    found = []
    if card.expires_on and card.expires_on < day:
        found.append(f"Thẻ đã hết hạn ngày {dates.shown(card.expires_on)}.")
    if card.issued_on > day:
        found.append("Ngày cấp trên thẻ ở sau hôm nay: có thể đọc sai, hoặc đồng hồ máy sai.")
    if card.born_on > day and _born_by(card, today):
        found.append("Năm sinh trong dòng mã chỉ có hai số cuối, đã lấy thế kỷ trước: xem lại.")
    elif card.born_on > day:
        found.append("Ngày sinh trên thẻ ở sau hôm nay: có thể đọc sai, hoặc đồng hồ máy sai.")
    return tuple(found)
