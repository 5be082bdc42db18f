"""A person as the desk knows them: what a card, a clerk or an earlier dossier said."""

from __future__ import annotations

import re

from msgspec import Struct

from desk_app.errors import BadFactError, MissingFactError

_ID_NUMBER = re.compile(r"\d{12}|\d{9}|[A-Z]\d{7,8}", re.ASCII)
_BORN_ON = re.compile(r"\d{4}(-\d{2}-\d{2})?", re.ASCII)


class Person(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every value is text as it prints; empty means not known.

    `born_on` is ISO `yyyy-mm-dd`, or `yyyy` for people who have only a birth year; `id_issued_on` is ISO.
    `id_number` is 12 digits (căn cước), 9 digits (old CMND) or a passport number.
    """

    full_name: str
    id_number: str = ""
    old_id_number: str = ""
    born_on: str = ""
    sex: str = ""
    residence: str = ""
    phone: str = ""
    email: str = ""
    ethnicity: str = ""
    nationality: str = ""
    id_kind: str = ""
    id_issued_on: str = ""
    id_issued_by: str = ""


LABELS = {
    "full_name": "Họ và tên",
    "id_number": "Số căn cước",
    "old_id_number": "Số CMND cũ",
    "born_on": "Ngày sinh",
    "sex": "Giới tính",
    "residence": "Nơi thường trú",
    "phone": "Số điện thoại",
    "email": "Thư điện tử",
    "ethnicity": "Dân tộc",
    "nationality": "Quốc tịch",
    "id_kind": "Loại giấy tờ",
    "id_issued_on": "Ngày cấp",
    "id_issued_by": "Nơi cấp",
}
"""What a clerk calls each fact."""


def checked(person: Person, *, role: str = "applicant") -> Person:
    """The person, if a record may carry it; refuses only what the record itself cannot do without.

    Raises `MissingFactError` (no name) and `BadFactError` (an ID number or birth date of no known shape). Holes a
    pen can still fill are no error.
    """
    if not person.full_name.strip():
        raise MissingFactError(field=f"{role}.full_name", label="Họ và tên")
    if person.id_number and not _ID_NUMBER.fullmatch(person.id_number):
        raise BadFactError(
            field=f"{role}.id_number", label="Số căn cước", why="cần 12 chữ số, 9 chữ số hoặc số hộ chiếu"
        )
    if person.born_on and not _BORN_ON.fullmatch(person.born_on):
        raise BadFactError(field=f"{role}.born_on", label="Ngày sinh", why="cần ngày/tháng/năm hoặc năm sinh")
    return person


def masked(id_number: str) -> str:
    """An ID number for lists: first three and last three characters, the rest starred."""
    if len(id_number) <= 6:
        return "*" * len(id_number)
    return id_number[:3] + "*" * (len(id_number) - 6) + id_number[-3:]
