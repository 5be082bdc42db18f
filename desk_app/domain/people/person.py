"""A person as the desk knows them: what a card, a clerk or an earlier dossier said."""

from __future__ import annotations

import re

from msgspec import Struct

from desk_app.domain.people import id_number, paper_number, phone
from desk_app.errors import BadFactError, MissingFactError

_BORN_ON = re.compile(r"\d{4}(-\d{2}-\d{2})?", re.ASCII)


class Person(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every value is text as it prints; empty means not known.

    `born_on` is ISO `yyyy-mm-dd`, or `yyyy` for people who have only a birth year; `id_issued_on` is ISO.
    `id_number` is 12 digits (căn cước), 9 digits (old CMND) or a passport number: the number that names the person.
    `document_number` is the shown paper's own, where that is another one (a Vietnamese passport names the person by
    12 digits). `issuing_country` and `nationality` are names of countries as papers write them.
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
    document_number: str = ""
    issuing_country: str = ""

    @property
    def personal_number(self) -> str:
        """The number of 12 digits; "" for a person whose paper has another one, or none."""
        return self.id_number if id_number.is_id_number(self.id_number) else ""


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
    "document_number": "Số giấy tờ",
    "issuing_country": "Nước cấp",
}
"""What a clerk calls each fact."""

_ROLES = {
    "applicant": "Người nộp hồ sơ",
    "mother": "Người mẹ",
    "father": "Người cha",
    "child": "Trẻ được khai sinh",
    "subject": "Người được cấp giấy",
    "deceased": "Người chết",
    "bride": "Bên nữ",
    "groom": "Bên nam",
    "wife": "Người vợ",
    "husband": "Người chồng",
    "spouse": "Vợ hoặc chồng",
    "guardian": "Người giám hộ",
    "ward": "Người được giám hộ",
    "recognised": "Người được nhận",
    "recognising": "Người nhận",
    "representative": "Người đại diện",
    "household_head": "Chủ hộ",
    "authorised": "Người được ủy quyền",
    "heir": "Người thừa kế",
    "witness": "Người làm chứng",
    "member": "Thành viên",
    "kin": "Thân nhân",
    "burier": "Người lo mai táng",
    "owner": "Chủ hộ kinh doanh",
    "former": "Chủ hộ kinh doanh cũ",
    "successor": "Chủ hộ kinh doanh mới",
    "land_user": "Người sử dụng đất",
    "principal": "Người ủy quyền",
    "organisation": "Tổ chức, hộ kinh doanh",
}


def role_name(role: str) -> str:
    """What a clerk calls the person in this role of a procedure; a role of an imported one has no name of its own.

    A role of several people ends in a number: "heir2" is the second heir.
    """
    kind = role.rstrip("0123456789")
    name = _ROLES.get(kind, "Người khác trong hồ sơ")
    return f"{name} {role.removeprefix(kind)}" if kind in _ROLES and kind != role else name


def checked(person: Person, *, role: str = "applicant", needs_name: bool = True) -> Person:
    """The person, if a record may carry it; refuses only what the record itself cannot do without.

    Raises `MissingFactError` (no name) and `BadFactError` (a number, phone or birth date of no known shape). Holes a
    pen can still fill are no error.
    """
    if needs_name and not person.full_name.strip():
        raise MissingFactError(field=f"{role}.full_name", label="Họ và tên")
    is_foreign = paper_number.is_foreign(
        nationality=person.nationality, issuing_country=person.issuing_country, kind=person.id_kind
    )
    for name in ("id_number", "document_number"):
        number = getattr(person, name)
        if number and (why := paper_number.problem(number, is_foreign=is_foreign or name == "document_number")):
            raise BadFactError(field=f"{role}.{name}", label=LABELS[name], why=why)
    if person.phone and (why := phone.problem(person.phone)):
        raise BadFactError(field=f"{role}.phone", label=LABELS["phone"], why=why)
    if person.born_on and not _BORN_ON.fullmatch(person.born_on):
        raise BadFactError(field=f"{role}.born_on", label="Ngày sinh", why="cần ngày/tháng/năm hoặc năm sinh")
    return person


def masked(number: str) -> str:
    """An ID number for lists: first three and last three characters, the rest starred."""
    if len(number) <= 6:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 6) + number[-3:]
