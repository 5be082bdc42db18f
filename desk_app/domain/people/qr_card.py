"""A card from the text of its QR code: seven fields on the card of 2021, more on that of 2024."""

from __future__ import annotations

import re

from desk_app.domain.letters import lost_letters
from desk_app.domain.people import id_number, paper_number
from desk_app.domain.people.card import Card, Doubts, doubted, read_date, read_sex
from desk_app.domain.people.scanned_text import ime_residue, is_garbled
from desk_app.domain.text import nfc
from desk_app.errors import GarbledCardError, UnreadableCardError

_OLD_NUMBER = re.compile(r"\d{9}|\d{12}")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LONGEST_NAME, _LONGEST_RESIDENCE = 100, 300


def from_qr(text: str, *, was_damaged: bool) -> Card:
    """The card of these fields between "|"; `was_damaged`: letters had to be put right before.

    Raises `UnreadableCardError`, and `GarbledCardError` where letters are certain to be missing.
    """
    raw = text.split("|")
    if len(raw) > 1 and raw[1].strip() and not raw[1].strip()[0].isdigit():
        raw.insert(1, "")  # the reader dropped the empty field of the old number
    if len(raw) == 6:
        raw.append("")  # never refused for one field less: the rest is still worth having
    fields = [nfc(part) for part in raw]
    if len(fields) < 7 or not id_number.is_id_number(fields[0]):
        raise UnreadableCardError(why="mã QR không đủ các mục của thẻ căn cước")
    number, old_number, name, born, sex, residence, issued = fields[:7]
    if not name:
        raise UnreadableCardError(why="mã QR không có họ tên")
    if len(name) > _LONGEST_NAME or len(residence) > _LONGEST_RESIDENCE:
        raise UnreadableCardError(why="họ tên hoặc nơi thường trú dài hơn thẻ có thể có")
    if is_garbled(name) or is_garbled(residence):
        raise GarbledCardError
    doubts = Doubts()
    back = lost_letters.turned_back(name)
    if back:
        name, residence, was_damaged = back, residence.swapcase(), True
    _doubt_letters(doubts, raw, name=name, sex=sex, residence=residence, was_damaged=was_damaged)
    old_number, rest = _old_number(old_number, tuple(fields[7:]), doubts)
    born_on = read_date("born_on", "Ngày sinh", born, doubts)
    issued_on = read_date("issued_on", "Ngày cấp", issued, doubts)
    if born_on and issued_on and issued_on < born_on:
        doubts.about("issued_on", "Ngày cấp ở trước ngày sinh.")
    return doubted(
        Card(
            kind="qr2024" if len(fields) > 7 else "qr2021",
            id_number=number,
            old_id_number=old_number,
            full_name=name,
            born_on=born_on,
            sex=read_sex(sex, doubts),
            residence=residence,
            issued_on=issued_on,
            rest=rest,
        ),
        doubts,
    )


def _doubt_letters(doubts: Doubts, raw: list[str], *, name: str, sex: str, residence: str, was_damaged: bool) -> None:
    """What harmed one field came over the same line as the others: name and residence are doubted together."""
    both = {"full_name", "residence"} if residence else {"full_name"}
    if was_damaged:
        doubts.warnings.append("Chữ tiếng Việt bị sai mã đã được phục hồi: xem lại họ tên và nơi thường trú.")
        doubts.suspect |= both
    signs = (
        lost_letters.in_name(name, sex=read_sex(sex, Doubts())),
        lost_letters.in_place(residence),
        lost_letters.in_sex(sex),
        raw[2][:1].isspace() or "  " in raw[2],  # a word of one marked letter left only its blanks
        _CONTROLS.search(raw[2] + raw[5]),
    )
    if any(signs):
        doubts.warnings.append("Chữ trên thẻ có thể bị mất hoặc bị đổi khi quét: xem lại họ tên và nơi thường trú.")
        doubts.suspect |= both
    for key, label, value in (("full_name", "Họ tên", name), ("residence", "Nơi thường trú", residence)):
        if ime_residue(value):
            doubts.about(key, f"{label} có thể bị bộ gõ tiếng Việt làm sai: xem lại.")


def _old_number(text: str, rest: tuple[str, ...], doubts: Doubts) -> tuple[str, tuple[str, ...]]:
    """The old number without its blanks, and what is kept apart: a number of another shape belongs there."""
    number = paper_number.tidied(text)
    if not number or _OLD_NUMBER.fullmatch(number):
        return number, rest
    doubts.about("old_id_number", "Số CMND cũ trên thẻ không đúng dạng, đã để riêng.")
    return "", (*rest, text)
