"""Whom a search finds beside the applicant."""

from __future__ import annotations

import msgspec

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Office
from desk_app.domain.dossiers.named_people import NamedPerson, others_named
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.organisations.organisation import Organisation
from desk_app.domain.people.person import Person

APPLICANT = Person(full_name="Nguyễn Thị Thử", id_number="001190000001", phone="0912000000")


def dossier(people: dict[str, Person] | None = None, fields: dict[str, str] | None = None) -> Dossier:
    return Dossier(
        id="d",
        code="H26-261122-0001",
        status=Status.RECEIVED,
        procedure="1.004873",
        procedure_version="2026-01",
        people={"applicant": APPLICANT} | (people or {}),
        office=Office(name="Trung tâm", commune="Xã Thử"),
        received_at=1_000,
        due_at=0,
        first_due_at=0,
        clerk="Cán bộ",
        fields=fields or {},
    )


def test_the_applicant_is_found_elsewhere() -> None:
    assert others_named(dossier()) == ()


def test_the_others_come_by_role_with_every_number_they_have() -> None:
    mother = Person(full_name="Trần Thị Mẹ", id_number="001165000002", old_id_number="012345678", phone="0913000000")
    child = Person(full_name="Nguyễn Văn Con", document_number="B1234567")
    assert others_named(dossier({"mother": mother, "child": child})) == (
        NamedPerson("Nguyễn Văn Con", ("B1234567",)),
        NamedPerson("Trần Thị Mẹ", ("001165000002", "012345678"), "0913000000"),
    )


def test_the_applicants_other_numbers_are_found_without_a_name() -> None:
    again = Person(full_name="NGUYEN THI THU", id_number="001190000001", old_id_number="012345678", phone="0912000000")
    assert others_named(dossier({"subject": again})) == (NamedPerson("", ("012345678",)),)
    applicant = Person(full_name="Nguyễn Thị Thử", id_number="001190000001", document_number="C1234567")
    assert others_named(dossier({"applicant": applicant})) == (NamedPerson("", ("C1234567",)),)


def test_somebody_with_a_telephone_alone_is_kept() -> None:
    assert others_named(dossier({"mother": Person(full_name="", phone="0913000000")})) == (
        NamedPerson("", (), "0913000000"),
    )


def test_an_organisation_is_found_by_its_name_number_and_telephone_and_by_who_represents_it() -> None:
    shop = Organisation(name="Hộ kinh doanh Thử", number="0101234567", head="Lê Thị Chủ", telephone="0243000000")
    named = msgspec.structs.replace(dossier(), organisations={"organisation": shop})
    assert others_named(named) == (
        NamedPerson("Hộ kinh doanh Thử", ("0101234567",), "0243000000"),
        NamedPerson("Lê Thị Chủ"),
    )


def test_nobody_is_named_twice() -> None:
    one = Person(full_name="Lê Văn Cha", id_number="001065000003")
    assert others_named(dossier({"father": one, "groom": one})) == (NamedPerson("Lê Văn Cha", ("001065000003",)),)


def test_an_answer_that_is_a_name_is_found_and_no_other() -> None:
    fields = {"witness_name": "Phạm Văn Chứng", "child.names": "An", "purpose": "Xin việc", "street_name": "Ngõ 12"}
    assert others_named(dossier(fields=fields)) == (NamedPerson("An"), NamedPerson("Phạm Văn Chứng"))


def test_forty_are_kept_at_most() -> None:
    people = {f"r{n:02d}": Person(full_name=f"Người {chr(97 + n // 26)}{chr(97 + n % 26)}") for n in range(50)}
    assert len(others_named(dossier(people))) == 40
    assert others_named(dossier(people))[-1].name == people["r39"].full_name
