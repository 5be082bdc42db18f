"""What is said of one person against itself: the number, the sex, the birth date, the paper, the name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from desk_app.domain.calendar import dates
from desk_app.domain.dossiers import family
from desk_app.domain.mistakes.mistake import Mistake, SaidCase, Weight, is_before, sex_of
from desk_app.domain.people import id_number
from desk_app.domain.people.person import Person, role_name
from desk_app.domain.text import fold

_NINE = re.compile(r"\d{9}", re.ASCII)
_OLD_CARDS_END = "2025-01-01"
"""The first day on which a chứng minh nhân dân proves nothing any more (Luật Căn cước số 26/2023/QH15, Điều 46)."""
_RENEWED_AT = (14, 25, 40, 60)
_EARLY_YEARS = 2
"""A card made in the two years before such a birthday holds until the next one (Luật Căn cước, Điều 21)."""
_DIGIT = re.compile(r"\d")


def of_numbers(case: SaidCase) -> Iterator[Mistake]:
    """The 12 digits against sex and birth; numbers put right later are real, so nothing of it is refused."""
    for role, person in case.named():
        if not (number := person.personal_number):
            continue
        found = id_number.doubts(number, born_on=case.day(f"{role}.born_on"), sex_on_card=person.sex)
        for name, sentence in found.items():
            yield Mistake(field=f"{role}.{name}", text=f"{sentence[:-1]}: so lại với thẻ.")


def of_sexes(case: SaidCase) -> Iterator[Mistake]:
    """Somebody in a role that the other sex has; bride and groom the wrong way round are one mistake."""
    bride, groom = case.people.get("bride"), case.people.get("groom")
    is_swapped = bride and groom and (sex_of(bride), sex_of(groom)) == ("Nam", "Nữ")
    if is_swapped:
        text = "Bên nữ và bên nam đang đổi chỗ cho nhau: chọn lại «Người nộp là», rồi quét lại thẻ của người kia."
        yield Mistake(field="applicant_is", text=text, weight=Weight.ASKED)
    for role, person in case.named():
        if is_swapped and role in {"bride", "groom"}:
            continue
        if not family.fits_sex(role, sex_of(person)):
            text = f"{role_name(role)}: giới tính là {sex_of(person)}, không hợp với vai này. Xem lại ai đứng ở đây."
            yield Mistake(field=f"{role}.full_name", text=text, weight=Weight.ASKED)


def of_papers(case: SaidCase) -> Iterator[Mistake]:
    """Papers that no longer hold, and numbers under the name of another paper."""
    for role, person in case.named():
        if role.rstrip("0123456789") == "deceased":
            continue  # whose paper nobody uses any more
        if _NINE.fullmatch(person.id_number):
            yield from _of_nine_digits(role, person, case)
        elif person.personal_number:
            until = card_ends(case.day(f"{role}.born_on"), case.day(f"{role}.id_issued_on"))
            if until and until <= case.today.isoformat():
                text = f"Thẻ phải đổi từ ngày {dates.shown(until)} (Luật Căn cước, Điều 21): xem hạn ghi trên thẻ."
                yield Mistake(field=f"{role}.id_number", text=text)


def of_issue(case: SaidCase) -> Iterator[Mistake]:
    """No paper is issued to somebody before they are born."""
    for role, _ in case.named():
        if role.rstrip("0123456789") == "deceased":
            continue
        if is_before(case.day(f"{role}.id_issued_on"), case.day(f"{role}.born_on")):
            text = f"{role_name(role)}: giấy tờ cấp trước ngày sinh. Xem lại hai ngày này."
            yield Mistake(field=f"{role}.id_issued_on", text=text, weight=Weight.ASKED)


def _of_nine_digits(role: str, person: Person, case: SaidCase) -> Iterator[Mistake]:
    if "can cuoc" in fold(person.id_kind):
        text = "Số có 9 chữ số là của chứng minh nhân dân, không phải căn cước: sửa số hoặc loại giấy tờ."
        yield Mistake(field=f"{role}.id_kind", text=text)
    if case.today.isoformat() >= _OLD_CARDS_END:
        text = "Chứng minh nhân dân 9 số đã hết giá trị từ 01/01/2025 (Luật Căn cước, Điều 46): hỏi số định danh 12 số."
        yield Mistake(field=f"{role}.id_number", text=text)


def of_names(case: SaidCase) -> Iterator[Mistake]:
    """A name that is none, and facts of somebody whose name is missing."""
    for role, person in case.people.items():
        if _DIGIT.search(person.full_name):
            yield Mistake(field=f"{role}.full_name", text="Họ tên có chữ số: xem lại, có thể gõ nhầm ô.")
        is_said = person.id_number or person.born_on or person.residence or person.sex
        if role != "applicant" and not person.full_name.strip() and is_said:
            text = f"{role_name(role)}: còn thiếu họ tên. Điều đã ghi vẫn được lưu và in."
            yield Mistake(field=f"{role}.full_name", text=text, weight=Weight.ASKED)


def of_peoples(case: SaidCase) -> Iterator[Mistake]:
    """The name of a people that the list of the form does not have; many are written in more than one way."""
    for key, names in case.lists.items():
        role, _, name = key.rpartition(".")
        said = case.people[role].ethnicity if name == "ethnicity" and role in case.people else ""
        if said and names and _bare(said) not in {_bare(each) for each in names}:
            text = f"«{said}» không có trong danh mục dân tộc: xem lại chữ; đúng như giấy tờ thì giữ nguyên."
            yield Mistake(field=key, text=text)


def _bare(name: str) -> str:
    """ "Khơ-me", "Khơ me" alike, without what stands in brackets: "Mông (Hmông)"."""
    return "".join(letter for letter in fold(name.partition("(")[0]) if letter.isalnum())


def card_ends(born_on: str, issued_on: str) -> str:
    """The ISO day from which a card must be renewed for the holder's age; "" where it never must or days lack."""
    if len(born_on) < len("2000-01-01") or len(issued_on) < len("2000-01-01") or issued_on <= born_on:
        return ""
    for age in _RENEWED_AT:
        if issued_on < _birthday(born_on, age - _EARLY_YEARS):
            return _birthday(born_on, age)
    return ""


def _birthday(born_on: str, age: int) -> str:
    born = date.fromisoformat(born_on)
    try:
        return born.replace(year=born.year + age).isoformat()
    except ValueError:  # born on 29 February
        return date(born.year + age, 3, 1).isoformat()
