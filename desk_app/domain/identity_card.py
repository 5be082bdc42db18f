"""What a citizen's card says: the QR code of the 2021 and 2024 cards, or the MRZ on the back.

Reads and doubts; decides nothing. What is certain to be wrong is refused, what only looks odd is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from desk_app.domain import dates, id_number, mrz, paper_number, scan_envelope
from desk_app.domain.person import Person
from desk_app.domain.scanned_text import ime_residue, is_garbled, repaired
from desk_app.domain.text import fold, nfc
from desk_app.errors import BadFactError, GarbledCardError, UnreadableCardError

NEW_CARD_FROM = "2024-07-01"
"""Luật 26/2023/QH15: "Căn cước", issued by Bộ Công an, from this day."""

_YEAR_OF = re.compile(r"\d{4}(\d{4})|(\d{4})-\d{2}-\d{2}")
_OLD_NUMBER = re.compile(r"\d{9}|\d{12}")
_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_SEXES = {"nam": "Nam", "nu": "Nữ", "m": "Nam", "f": "Nữ", "male": "Nam", "female": "Nữ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The facts of a card as text; "" for what it does not carry.

    `kind` is "qr2021", "qr2024", "mrz" (the back of an identity card) or "mrz_td3" (a passport). `id_number` names the
    holder: twelve digits, else the passport's number. `document_number` is a passport's own, `issuing_state` and
    `nationality` are its ICAO codes ("JPN"). `born_on` is ISO or a year, the other dates ISO; `expires_on` is
    `mrz.NO_END` for a card without end. `rest` are fields nobody has named yet, raw. `warnings` are sentences,
    `suspect` the names of the fields the clerk must look at.
    """

    kind: str
    id_number: str
    old_id_number: str = ""
    full_name: str
    born_on: str = ""
    sex: str = ""
    residence: str = ""
    issued_on: str = ""
    expires_on: str = ""
    document_number: str = ""
    issuing_state: str = ""
    nationality: str = ""
    rest: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    suspect: frozenset[str] = frozenset()


def read(text: str) -> Card:
    """The card whose QR code or MRZ a reader gave as `text`.

    Raises `UnreadableCardError` (neither), `GarbledCardError` (letters lost on the way), `BadCheckDigitError`.
    """
    text, was_damaged = repaired(text)
    if not mrz.looks_like_mrz(text):  # a zone whose first letters were misread has no envelope to open
        text = scan_envelope.unwrapped(text)
    if scan_envelope.holds_two(text):
        raise UnreadableCardError(why="một lần quét có hai thẻ khác nhau")
    if "|" in text:
        return _from_qr(text, was_damaged=was_damaged)
    if mrz.looks_like_mrz(text):
        zone = mrz.read(text)
        return _from_card_zone(zone) if zone.layout is mrz.TD1 else _from_passport(zone)
    if not text.strip():
        raise UnreadableCardError(why="đầu đọc không gửi gì")
    raise UnreadableCardError(why="đây không phải mã của thẻ căn cước")


def as_person(card: Card, *, today: date, countries: Mapping[str, str] = _NO_NAMES) -> Person:
    """The holder, with the paper named as forms name it; a date later than `today` is left out, for it is misread.

    Who issued: căn cước công dân by the police department for administrative management of social order, căn cước
    (from 01/07/2024) by Bộ Công an. An MRZ does not say which of the two it is. `countries` are names by ICAO code; a
    code without a name is kept as it is.
    """
    born_on = _born_by(card, today)
    if card.kind == "mrz_td3":
        return Person(
            full_name=card.full_name,
            id_number=card.id_number,
            old_id_number=card.old_id_number,
            born_on=born_on,
            sex=card.sex,
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
    return Person(
        full_name=card.full_name,
        id_number=card.id_number,
        old_id_number=card.old_id_number,
        born_on=born_on,
        sex=card.sex,
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


@dataclass
class _Doubts:
    """Warnings and the fields they are about, as they come up."""

    warnings: list[str] = field(default_factory=list)
    suspect: set[str] = field(default_factory=set)

    def about(self, name: str, warning: str) -> None:
        self.suspect.add(name)
        self.warnings.append(warning)


def _from_qr(text: str, *, was_damaged: bool) -> Card:
    fields = [nfc(part) for part in text.split("|")]
    if len(fields) > 1 and fields[1] and not fields[1][0].isdigit():
        fields.insert(1, "")  # the reader dropped the empty field of the old number
    if len(fields) == 6:
        fields.append("")  # never refused for one field less: the rest is still worth having
    if len(fields) < 7 or not id_number.is_id_number(fields[0]):
        raise UnreadableCardError(why="mã QR không đủ các mục của thẻ căn cước")
    number, old_number, name, born, sex, residence, issued = fields[:7]
    if not name:
        raise UnreadableCardError(why="mã QR không có họ tên")
    if is_garbled(name) or is_garbled(residence):
        raise GarbledCardError
    doubts = _Doubts()
    rest = tuple(fields[7:])
    if was_damaged:
        doubts.warnings.append("Chữ tiếng Việt bị sai mã đã được phục hồi: xem lại họ tên và nơi thường trú.")
        doubts.suspect |= {"full_name", "residence"}
    if old_number and not _OLD_NUMBER.fullmatch(old_number):
        doubts.about("old_id_number", "Số CMND cũ trên thẻ không đúng dạng, đã để riêng.")
        old_number, rest = "", (*rest, old_number)
    for key, label, value in (("full_name", "Họ tên", name), ("residence", "Nơi thường trú", residence)):
        if ime_residue(value):
            doubts.about(key, f"{label} có thể bị bộ gõ tiếng Việt làm sai: xem lại.")
    born_on = _date("born_on", "Ngày sinh", born, doubts)
    issued_on = _date("issued_on", "Ngày cấp", issued, doubts)
    if born_on and issued_on and issued_on < born_on:
        doubts.about("issued_on", "Ngày cấp ở trước ngày sinh.")
    return _doubted(
        Card(
            kind="qr2024" if len(fields) > 7 else "qr2021",
            id_number=number,
            old_id_number=old_number,
            full_name=name,
            born_on=born_on,
            sex=_sex(sex, doubts),
            residence=residence,
            issued_on=issued_on,
            rest=rest,
        ),
        doubts,
    )


def _from_card_zone(zone: mrz.Zone) -> Card:
    doubts = _Doubts()
    doubts.about("full_name", "Họ tên đọc từ mặt sau thẻ không có dấu: gõ lại cho đúng.")
    if not zone.id_number.endswith(zone.document_number):
        doubts.about("id_number", "Số thẻ và số định danh ở mặt sau không khớp nhau.")
    return _from_zone(Card(kind="mrz", id_number=zone.id_number, full_name=zone.name), zone, doubts)


def _from_passport(zone: mrz.Zone) -> Card:
    """A Vietnamese passport names its holder by the twelve digits, any other by its own number."""
    doubts = _Doubts()
    if zone.nationality == mrz.VIETNAM:
        doubts.about("full_name", "Họ tên đọc từ hộ chiếu không có dấu: gõ lại cho đúng.")
    if zone.is_number_mended:
        key = "document_number" if zone.id_number else "id_number"
        doubts.about(key, "Số hộ chiếu có chữ đọc nhầm, đã sửa theo số kiểm tra: đối chiếu với hộ chiếu.")
    card = Card(
        kind="mrz_td3",
        id_number=zone.id_number or zone.document_number,
        old_id_number=zone.old_id_number,
        full_name=zone.name,
        document_number=zone.document_number,
        issuing_state=zone.issuing_state,
        nationality=zone.nationality,
    )
    return _from_zone(card, zone, doubts)


def _from_zone(card: Card, zone: mrz.Zone, doubts: _Doubts) -> Card:
    """The card with what every machine-readable zone says."""
    if zone.is_cut:
        doubts.warnings.append("Họ tên trong dòng mã có thể bị cắt bớt.")
    if not zone.century_is_known:
        doubts.about("born_on", "Dòng mã chỉ có hai số cuối của năm sinh: xem lại.")
    born_on = _date("born_on", "Ngày sinh", zone.born_on, doubts)
    expires_on = zone.expires_on
    if expires_on != mrz.NO_END:
        expires_on = _date("expires_on", "Ngày hết hạn", expires_on, doubts)
    return _doubted(
        replace(card, born_on=born_on, sex=zone.sex or _sex("", doubts), expires_on=expires_on),
        doubts,
    )


def _date(key: str, label: str, text: str, doubts: _Doubts) -> str:
    """ISO of "ddMMyyyy", a bare year of "yyyy" and "0000yyyy"; of a day no calendar has only the year is kept."""
    if not text:
        if key != "expires_on":
            doubts.about(key, f"{label} không có trên thẻ: gõ thêm.")
        return ""
    try:
        return dates.parse_typed(text)
    except BadFactError:
        doubts.about(key, f"{label} trên thẻ không có trong lịch: xem lại.")
    found = _YEAR_OF.fullmatch(text)
    year = (found[1] or found[2]) if found else ""
    return year if key == "born_on" and dates.is_plausible_year(year) else ""


def _sex(text: str, doubts: _Doubts) -> str:
    sex = _SEXES.get(fold(text), "")
    if not sex:
        doubts.about("sex", "Giới tính không đọc được: chọn lại.")
    return sex


def _doubted(card: Card, doubts: _Doubts) -> Card:
    """The card with everything that came up, and what its number says against the rest."""
    if id_number.is_id_number(card.id_number):
        found = id_number.doubts(card.id_number, born_on=card.born_on, sex_on_card=card.sex)
        for key, sentence in found.items():
            doubts.about(key, sentence)
    return replace(card, warnings=tuple(doubts.warnings), suspect=frozenset(doubts.suspect))
