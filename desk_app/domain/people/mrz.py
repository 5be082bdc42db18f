"""The machine-readable zone of an identity paper (ICAO 9303): what its lines say, every check digit verified.

TD1 is read from Vietnamese identity cards, TD3 from passports of any state. A zone has no marks, no address, no issue
date. What an optical reader misread is mended only where the check digits confirm the mended text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desk_app.domain.people import id_number, mrz_lines, mrz_slips
from desk_app.domain.people.mrz_lines import TD1, TD3, Layout
from desk_app.errors import BadCheckDigitError, UnreadableCardError

__all__ = ["NO_END", "TD1", "TD3", "VIETNAM", "Layout", "Zone", "check_digit", "looks_like_mrz", "read"]

NO_END = "9999-12-31"
"""`expires_on` of a card "không thời hạn"."""

VIETNAM = "VNM"

_WEIGHTS = (7, 3, 1)
_OLDEST = 120
_PASSPORT_NUMBER = re.compile(r"[A-Z0-9]{5,9}")
_STATE = re.compile(r"[A-Z]{1,3}")
_OLD_NUMBER = re.compile(r"\d{9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What the lines say; `name` in capitals without marks, `is_cut` when it may have been cut to fit.

    `layout` is `TD1` or `TD3`. `id_number` is the holder's twelve-digit number, "" where the paper has none;
    `old_id_number` the nine-digit one some passports carry. `issuing_state` and `nationality` are ICAO codes ("VNM",
    "JPN", "D"). `born_on` ISO or a year; `century_is_known` is False when nothing but two digits gave the year.
    `is_number_mended`: a letter of the document number was read as a figure, which one check digit confirms.
    """

    layout: Layout
    id_number: str
    old_id_number: str = ""
    document_number: str
    issuing_state: str
    nationality: str
    name: str
    is_cut: bool
    born_on: str
    century_is_known: bool
    sex: str
    expires_on: str
    is_number_mended: bool = False


def looks_like_mrz(text: str) -> bool:
    """Whether the text begins like a zone and has no other characters than a zone has."""
    return mrz_lines.layout_of(text) is not None


def read(text: str) -> Zone:
    """The zone, with or without line breaks, with or without the fillers that end a line.

    Raises `BadCheckDigitError` naming the part, `UnreadableCardError` when it is no Vietnamese identity card and no
    passport.
    """
    layout = mrz_lines.layout_of(text)
    if layout is None:
        raise UnreadableCardError(why="không phải các dòng mã của thẻ hay hộ chiếu")
    readers = {TD1: _card, TD3: _passport}
    refusal: BadCheckDigitError | None = None
    for lines in mrz_lines.arrangements(text, layout):
        try:
            return readers[layout](lines)
        except BadCheckDigitError as error:
            refusal = refusal or error
    if refusal is None or not mrz_lines.is_complete(text, layout):
        raise UnreadableCardError(why="các dòng mã của giấy tờ bị thiếu ký tự")
    raise refusal


def check_digit(text: str) -> int:
    """ICAO 9303: digits as they are, A=10 … Z=35, filler 0, weights 7-3-1."""
    return sum(_value(mark) * _WEIGHTS[n % 3] for n, mark in enumerate(text)) % 10


# --- a Vietnamese identity card: where the twelve digits stand is Vietnam's own filling -----------------------------


def _card(lines: tuple[str, ...]) -> Zone:
    first, second, third = lines
    first = "ID" + mrz_slips.letters(first[2:5]) + mrz_slips.figures(first[5:27]) + first[27:29] + _figure(first[29])
    second = _holder(second) + second[18:29] + _figure(second[29])
    if first[2:5] != VIETNAM or not id_number.is_id_number(first[15:27]):
        raise UnreadableCardError(why="ba dòng mã không phải của thẻ căn cước Việt Nam")
    _verify(
        ("số thẻ", first[5:14], first[14]),
        ("số định danh", first[15:29], first[29]),
        ("ngày sinh", second[:6], second[6]),
        ("ngày hết hạn", second[8:14], second[14]),
        ("kiểm tra chung", first[5:] + second[:7] + second[8:15] + second[18:29], second[29]),
    )
    number = first[15:27]
    name, is_cut = mrz_lines.name_of(third)
    born_on, century_is_known = _born_on(second[:6], number, second[8:10])
    return Zone(
        layout=TD1,
        id_number=number,
        document_number=first[5:14],
        issuing_state=VIETNAM,
        nationality=_state(second[15:18]),
        name=_named(name),
        is_cut=is_cut,
        born_on=born_on,
        century_is_known=century_is_known,
        sex=_sex(second[7]),
        expires_on=_expires_on(second[8:14]),
    )


# --- a passport -----------------------------------------------------------------------------------------------------


def _passport(lines: tuple[str, ...]) -> Zone:
    first, second = lines
    state, holder = _state(mrz_slips.letters(first[2:5])), _swapped(second[10:28])
    number_digit, whole_digit = _figure(second[9]), _figure(second[43])
    personal = _personal(second[28:42], state)
    # An empty field may have a filler for its check digit.
    personal_digit = "<" if not personal.strip("<") and second[42] in "<K" else _figure(second[42])
    _verify(
        ("ngày sinh", holder[:6], holder[6]),
        ("ngày hết hạn", holder[8:14], holder[14]),
        ("số định danh", personal, "0" if personal_digit == "<" else personal_digit),
    )
    for number in _passport_numbers(second[:9], state):
        whole = number + number_digit + holder[:7] + holder[8:15] + personal + personal_digit
        if _agrees(number, number_digit) and _agrees(whole, whole_digit):
            break
    else:
        part = "kiểm tra chung" if _agrees(second[:9], number_digit) else "số hộ chiếu"
        raise BadCheckDigitError(part=part)
    name, is_cut = mrz_lines.name_of(first[5:])
    twelve = personal.rstrip("<") if state == VIETNAM else ""
    id_of_holder = twelve if id_number.is_id_number(twelve) else ""
    born_on, century_is_known = _born_on(holder[:6], id_of_holder, holder[8:10])
    return Zone(
        layout=TD3,
        id_number=id_of_holder,
        old_id_number=twelve if _OLD_NUMBER.fullmatch(twelve) else "",
        document_number=_plain_number(number),
        issuing_state=state,
        nationality=_state(holder[15:18]),
        name=_named(name),
        is_cut=is_cut,
        born_on=born_on,
        century_is_known=century_is_known,
        sex=_sex(holder[7]),
        expires_on=_expires_on(holder[8:14]),
        is_number_mended=number.rstrip("<") != second[:9].rstrip("<"),
    )


def _swapped(holder: str) -> str:
    """In a card's order: a passport writes the nationality before the birth date, a card after the expiry."""
    return _holder(holder[3:] + holder[:3])


def _passport_numbers(text: str, state: str) -> Iterator[str]:
    """The number as read, then what it can have been; one check digit must decide, so no more than one may fit."""
    yield text
    mended = list(mrz_slips.passport_numbers(text, is_vietnamese=state == VIETNAM))
    digits = {check_digit(each) for each in mended}
    if len(mended) == len(digits):
        yield from mended


def _plain_number(text: str) -> str:
    number = text.rstrip("<").replace("<", "")
    if not _PASSPORT_NUMBER.fullmatch(number):
        raise UnreadableCardError(why="mã hộ chiếu không có số hộ chiếu")
    return number


def _personal(text: str, state: str) -> str:
    """Of a Vietnamese passport figures only; a field of nothing but fillers, which readers take for K, is empty."""
    if not text.strip("<K"):
        return "<" * len(text)
    number = text.rstrip("<K") if state == VIETNAM else text
    return mrz_slips.figures(number).ljust(len(text), "<") if state == VIETNAM else number


# --- what both have ------------------------------------------------------------------------------------------------


def _holder(text: str) -> str:
    """Birth date, sex, expiry and nationality with their check digits, figures where only figures stand."""
    return mrz_slips.figures(text[:7]) + text[7] + mrz_slips.figures(text[8:15]) + mrz_slips.letters(text[15:18])


def _figure(mark: str) -> str:
    return mrz_slips.figures(mark)


def _verify(*parts: tuple[str, str, str]) -> None:
    for part, text, digit in parts:
        if not _agrees(text, digit):
            raise BadCheckDigitError(part=part)


def _agrees(text: str, digit: str) -> bool:
    return digit.isdecimal() and check_digit(text) == int(digit)


def _value(mark: str) -> int:
    return 0 if mark == "<" else int(mark, 36)


def _named(name: str) -> str:
    if not name:
        raise UnreadableCardError(why="mã của giấy tờ không có họ tên")
    return name


def _state(code: str) -> str:
    code = code.replace("<", "")
    if not _STATE.fullmatch(code):
        raise UnreadableCardError(why="mã của giấy tờ không có tên nước")
    return code


def _sex(mark: str) -> str:
    return {"M": "Nam", "F": "Nữ"}.get(mark, "")


def _born_on(birth: str, number: str, expiry: str) -> tuple[str, bool]:
    """The century is in the personal number; where that has another year, the newest one before the paper's end, of
    which `expiry` is the year's two figures.
    """
    if not birth[:2].isdecimal():
        return "", True
    two = int(birth[:2])
    known, year = True, id_number.birth_year(number) if number else None
    if year is None or year % 100 != two:
        newest = 1999 if not expiry.isdecimal() or expiry == "99" else 2000 + int(expiry)
        year = newest - (newest - two) % 100
        known = not number and newest - year >= _OLDEST - 100
    month, day = birth[2:4], birth[4:]
    if {month, day} & {"00", "<<"} or not (month + day).isdecimal():
        return str(year), known
    return f"{year}-{month}-{day}", known


def _expires_on(expiry: str) -> str:
    if expiry.startswith("99"):
        return NO_END
    return f"20{expiry[:2]}-{expiry[2:4]}-{expiry[4:]}" if expiry.isdecimal() else ""
