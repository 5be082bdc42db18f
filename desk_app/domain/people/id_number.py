"""The 12-digit personal number: what its digits say, held against the rest of a card.

The structure is TT 59/2021/TT-BCA, expired 01/07/2024; Luật Căn cước Đ12 promises twelve digits only. So whatever
differs is a warning: numbers whose holder's sex or birth date was put right later are real.
"""

from __future__ import annotations

import re

_SHAPE = re.compile(r"\d{12}")

# GSO codes of the 63 provinces before July 2025; the mergers renumbered nobody.
# The gaps are codes that earlier mergers left free.
_LAST_PROVINCE = 96
_NO_PROVINCE = frozenset(
    {3, 5, 7, 9, 13, 16, 18, 21, 23, 28, 29, 32, 39, 41, 43, 47, 50, 53, 55, 57, 59, 61, 63, 65, 69, 71, 73, 76, 78}
    | {81, 85, 88, 90}
)


def is_id_number(text: str) -> bool:
    """Whether it is twelve digits, the only hard rule there is."""
    return text.isascii() and _SHAPE.fullmatch(text) is not None


def birth_year(id_number: str) -> int:
    """The year the number says: its fourth digit is century and sex, the next two the year."""
    return 1900 + 100 * (int(id_number[3]) // 2) + int(id_number[4:6])


def sex(id_number: str) -> str:
    """ "Nam" for an even fourth digit, "Nữ" for an odd one."""
    return "Nữ" if int(id_number[3]) % 2 else "Nam"


def doubts(id_number: str, *, born_on: str, sex_on_card: str) -> dict[str, str]:
    """What does not fit, by the field to look at: "id_number", "born_on", "sex" → a sentence for the clerk."""
    found: dict[str, str] = {}
    if not _is_province(int(id_number[:3])):
        found["id_number"] = "Ba số đầu của số căn cước không phải mã tỉnh đã biết."
    if born_on and int(born_on[:4]) != birth_year(id_number):
        found["born_on"] = "Năm sinh khác với năm ghi trong số căn cước."
    if sex_on_card and sex_on_card != sex(id_number):
        found["sex"] = "Giới tính khác với giới tính ghi trong số căn cước."
    return found


def _is_province(code: int) -> bool:
    return 1 <= code <= _LAST_PROVINCE and code not in _NO_PROVINCE
