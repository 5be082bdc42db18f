"""What a scanner sent, looked at for a person who sets it up. Shown on the screen; written down nowhere."""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain.calendar import dates
from desk_app.domain.dossiers.numbering import code_from_scan
from desk_app.domain.people import identity_card
from desk_app.domain.prepared import part_digits
from desk_app.domain.prepared.part_digits import PreparedExtent
from desk_app.errors import DeskError

_KINDS = {
    "qr2021": "mã QR của thẻ căn cước công dân",
    "qr2024": "mã QR của thẻ căn cước (mẫu từ 01/07/2024)",
    "mrz": "dòng mã ở mặt sau thẻ (MRZ)",
    "mrz_td3": "dòng mã của hộ chiếu (MRZ)",
}


class ScanTrial(Struct, frozen=True, kw_only=True):
    """`is_good` where reception could work with it; `facts` are what was read, by their labels."""

    kind: str
    letters: int
    is_good: bool
    facts: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


def looked_at(text: str) -> ScanTrial:
    """What `text` is, without asking what the desk knows of anybody."""
    if part_digits.extent(text) is PreparedExtent.WHOLE:
        return _prepared(text)
    try:
        card = identity_card.read(text)
    except DeskError as error:
        code = code_from_scan(text)
        if code is None:
            return ScanTrial(kind="không phải thẻ", letters=len(text), is_good=False, warnings=(str(error),))
        return ScanTrial(kind="mã giấy tiếp nhận", letters=len(text), is_good=True, facts=(("Mã hồ sơ", code),))
    facts = (
        ("Họ tên", card.full_name),
        ("Số", card.id_number),
        ("Ngày sinh", dates.shown(card.born_on)),
        ("Nơi cư trú", card.residence),
    )
    return ScanTrial(
        kind=_KINDS.get(card.kind, card.kind),
        letters=len(text),
        is_good=not card.suspect,
        facts=tuple(fact for fact in facts if fact[1]),
        warnings=card.warnings,
    )


def _prepared(text: str) -> ScanTrial:
    try:
        part = part_digits.read_part(text)
    except DeskError as error:
        return ScanTrial(kind="mã khai trước", letters=len(text), is_good=False, warnings=(str(error),))
    return ScanTrial(
        kind="mã khai trước", letters=len(text), is_good=True, facts=(("Phần", f"{part.number}/{part.of}"),)
    )
