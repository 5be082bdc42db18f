"""Each classic mistake of the counter is caught at its input, and what is merely unusual stops nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.family import Kin
from desk_app.domain.mistakes import classic
from desk_app.domain.mistakes.against_memory import Earlier
from desk_app.domain.mistakes.mistake import SaidCase, Weight
from desk_app.domain.mistakes.of_one_person import card_ends
from desk_app.domain.people.person import Person

TODAY = date(2026, 11, 28)
DOCS = Path(__file__).parents[4] / "docs" / "mistakes.md"
REFUSED, ASKED, SHOWN = Weight.REFUSED, Weight.ASKED, Weight.SHOWN


def one(name: str = "Nguyễn Thị Thử", **facts: str) -> Person:
    return Person(full_name=name, **facts)


MOTHER = one("Trần Thị Thử Mẹ", id_number="034195000002", born_on="1995-03-02", sex="Nữ", id_issued_on="2022-06-01")
FATHER = one("Lê Văn Thử Cha", id_number="034093000003", born_on="1993-05-05", sex="Nam", id_issued_on="2022-06-01")
CHILD = one("Lê Thử An", born_on="2026-11-01", sex="Nam")
DEAD = one("Lò Văn Thử", born_on="1956")


def found(people: dict[str, Person], **facts: object) -> dict[str, Weight]:
    """The inputs that are named, each with the heaviest weight."""
    fields = {key: value for key, value in facts.items() if isinstance(value, str) and key != "procedure"}
    case = SaidCase(
        people=people,
        fields=fields,
        today=TODAY,
        procedure=str(facts.get("procedure", "")),
        lists=facts.get("lists", {}),
        asked=facts.get("asked", frozenset()),
    )
    told = classic.mistakes(case)
    assert all(each.text.endswith(".") and (": " in each.text or "Ghi" in each.text) for each in told)  # what to do
    order = [SHOWN, ASKED, REFUSED]
    heaviest: dict[str, Weight] = {}
    for each in told:
        heaviest[each.field] = max(heaviest.get(each.field, SHOWN), each.weight, key=order.index)
    return heaviest


FAMILY = {"applicant": MOTHER, "mother": MOTHER, "father": FATHER, "child": CHILD}


def test_a_family_as_families_are_makes_no_mistake() -> None:
    assert found(FAMILY, relation="Mẹ đẻ", marriage_on="2024-10-20", birth_place="Trạm y tế xã Thử") == {}


@pytest.mark.parametrize(
    ("role", "person", "field", "weight"),
    [
        ("mother", one(id_number="003195000002"), "mother.id_number", SHOWN),  # no province ever had 003
        ("mother", one(id_number="034195000002", born_on="1996-03-02"), "mother.born_on", SHOWN),
        ("ward", one(id_number="034095000002", sex="Nữ"), "ward.sex", SHOWN),
        ("mother", one(id_number="034095000002"), "mother.full_name", ASKED),  # the number is a man's
        ("groom", one(sex="Nữ"), "groom.full_name", ASKED),
        ("heir1", one(id_number="012345678"), "heir1.id_number", SHOWN),
        ("heir1", one(id_number="012345678", id_kind="Căn cước công dân"), "heir1.id_kind", SHOWN),
        ("wife", one(born_on="1995-03-02", id_issued_on="1990-01-01"), "wife.id_issued_on", ASKED),
        ("guardian", one("Nguyễn Thị 2"), "guardian.full_name", SHOWN),
        ("father", one("", born_on="1960"), "father.full_name", ASKED),
        ("guardian", one(born_on="2010-01-01"), "guardian.born_on", ASKED),
        ("witness2", one(born_on="2015"), "witness2.born_on", ASKED),
        ("bride", one(sex="Nữ", born_on="2009-01-01"), "bride.born_on", ASKED),
        ("groom", one(sex="Nam", born_on="2007-01-01"), "groom.born_on", ASKED),
        ("heir2", one(residence="thôn 2, xã A, huyện B, tỉnh C"), "heir2.residence", SHOWN),
        ("heir2", one(residence="phường Mẫu, TP.HCM"), "heir2.residence", SHOWN),
    ],
)
def test_what_is_said_of_one_person_is_held_against_itself(
    role: str, person: Person, field: str, weight: Weight
) -> None:
    assert found({"applicant": one("Người Nộp"), role: person}).get(field) is weight


@pytest.mark.parametrize(
    ("people", "fields", "field", "weight"),
    [
        ({"mother": one(born_on="2027-01-01"), "child": CHILD}, {}, "mother.born_on", REFUSED),
        ({"father": one(born_on="2027"), "child": CHILD}, {}, "father.born_on", REFUSED),
        ({"mother": one(born_on="2016-01-01"), "child": CHILD}, {}, "mother.born_on", SHOWN),
        ({"mother": one(born_on="1960-01-01"), "child": CHILD}, {}, "mother.born_on", SHOWN),
        ({"mother": MOTHER, "father": FATHER, "child": one("Phạm Thử An")}, {}, "child.full_name", SHOWN),
        ({"mother": MOTHER, "father": MOTHER}, {}, "father.id_number", REFUSED),
        ({"bride": FATHER, "groom": MOTHER}, {}, "applicant_is", ASKED),
        ({"bride": MOTHER, "groom": MOTHER}, {}, "groom.id_number", REFUSED),
        ({"guardian": MOTHER, "ward": MOTHER}, {}, "ward.id_number", REFUSED),
        ({"heir1": MOTHER, "heir2": MOTHER}, {}, "heir2.id_number", REFUSED),
        ({"applicant": FATHER, "deceased": FATHER}, {}, "deceased.id_number", REFUSED),
        (
            {"principal": one(born_on="1980-01-01"), "authorised": one(born_on="1980-01-01")},
            {},
            "authorised.full_name",
            ASKED,
        ),
        ({"deceased": DEAD}, {"died_on": "1950-01-01"}, "died_on", REFUSED),
        ({"deceased": DEAD}, {"died_on": "2026-11-01", "death_paper_on": "2026-10-31"}, "death_paper_on", ASKED),
        ({"deceased": DEAD}, {"died_hour": "24"}, "died_hour", REFUSED),
        ({"deceased": DEAD}, {"died_minute": "60", "died_hour": "5"}, "died_minute", REFUSED),
        ({"deceased": DEAD}, {"died_minute": "10"}, "died_hour", ASKED),
        ({"mother": MOTHER}, {"marriage_on": "1990-01-01"}, "marriage_on", ASKED),
        ({"subject": MOTHER}, {"registered_on": "1990"}, "registered_on", ASKED),
        ({"subject": MOTHER}, {"lived_from": "2020-01-01", "lived_to": "2019-01-01"}, "lived_to", ASKED),
        ({"applicant": FATHER, "deceased": DEAD}, {"relation": "Vợ"}, "relation", ASKED),
        ({"applicant": FATHER, "deceased": one(sex="Nam")}, {"relation": "Chồng"}, "relation", ASKED),
        ({"applicant": one(born_on="1940"), "deceased": DEAD}, {"relation": "Con"}, "relation", ASKED),
        ({"applicant": one(born_on="1990"), "subject": DEAD}, {"relation": "Mẹ"}, "relation", ASKED),
        ({}, {"birth_place": "Trạm y tế xã A, huyện B, tỉnh C"}, "birth_place", SHOWN),
        ({}, {"marriage_number": "123/SCT-BS"}, "marriage_number", SHOWN),
        ({}, {"registered_number": "15/TLKT-BS"}, "registered_number", SHOWN),
        (
            {"mother": one(ethnicity="Thái"), "father": one(ethnicity="Kinh"), "child": CHILD},
            {},
            "child.ethnicity",
            SHOWN,
        ),
    ],
)
def test_people_and_days_are_held_against_each_other(
    people: dict[str, Person], fields: dict[str, str], field: str, weight: Weight
) -> None:
    assert found({"applicant": one("Người Nộp"), **people}, **fields).get(field) is weight


@pytest.mark.parametrize(
    ("procedure", "people", "fields", "field"),
    [
        ("1.001193", {"child": one(born_on="2026-09-28")}, {}, "child.born_on"),
        ("1.000656", {"deceased": DEAD}, {"died_on": "2026-11-12"}, "died_on"),
    ],
)
def test_a_registration_after_the_days_of_the_law_is_told_and_taken(
    procedure: str, people: dict[str, Person], fields: dict[str, str], field: str
) -> None:
    assert found(people, procedure=procedure, **fields).get(field) is SHOWN
    on_time = {"child": one(born_on="2026-09-29"), "deceased": DEAD}
    assert field not in found(on_time, procedure=procedure, **dict.fromkeys(fields, "2026-11-13"))


def test_a_death_without_its_hour_is_looked_at_only_where_the_hour_is_asked() -> None:
    assert found({"deceased": DEAD}, died_on="2026-11-01", asked=frozenset({"died_hour"})) == {"died_hour": SHOWN}
    assert found({"deceased": DEAD}, died_on="2026-11-01") == {}


@pytest.mark.parametrize("said", ["Kinh", "kinh", "Khơ me", "Khơ-Me", "Mông (Hmông)"])
def test_the_name_of_a_people_is_known_in_every_usual_writing(said: str) -> None:
    lists = {"child.ethnicity": ("Kinh", "Khơ-me", "Mông")}
    assert found({"child": one(ethnicity=said)}, lists=lists) == {}
    assert found({"child": one(ethnicity="Kính")}, lists={"child.ethnicity": ("Thái",)}) == {"child.ethnicity": SHOWN}


@pytest.mark.parametrize(
    "people",
    [
        {"mother": one("H'Thử Ê-ban"), "child": one("Y Mẫu Ê-ban")},  # the surname stands last
        {"mother": one(born_on="1956"), "child": one("Nguyễn Văn A", born_on="1969-01-01")},
        {"bride": one(sex="Nữ", born_on="2008"), "groom": one("Lê Văn B", sex="Nam", born_on="2006-11-28")},
        {"heir1": one("Phạm Văn C"), "heir2": one("Phạm Văn C")},  # namesakes of whom nothing else is known
        {"deceased": one(id_number="012345678")},  # whose paper nobody shows any more
    ],
)
def test_what_may_well_be_so_is_no_mistake(people: dict[str, Person]) -> None:
    assert found({"applicant": one("Người Nộp"), **people}) == {}


@pytest.mark.parametrize(
    ("born_on", "issued_on", "until"),
    [
        ("1990-01-15", "2021-01-01", "2030-01-15"),
        ("1990-01-15", "2014-01-15", "2030-01-15"),  # made within two years before 25: holds until 40
        ("1990-01-15", "2013-01-14", "2015-01-15"),
        ("1960-01-15", "2021-01-01", ""),
        ("1990", "2021-01-01", ""),
        ("2000-02-29", "2021-06-01", "2025-03-01"),
    ],
)
def test_a_card_holds_until_the_birthday_the_law_names(born_on: str, issued_on: str, until: str) -> None:
    assert card_ends(born_on, issued_on) == until


def test_an_expired_card_is_told_and_its_holder_served() -> None:
    person = one(id_number="034300000002", born_on="2000-03-02", id_issued_on="2021-01-01")
    assert found({"applicant": person}) == {"applicant.id_number": SHOWN}


def by_memory(people: dict[str, Person], earlier: dict[str, Earlier], *certifiers: str) -> dict[str, Weight]:
    case = SaidCase(people=people, fields={}, today=TODAY)
    return {each.field: each.weight for each in classic.mistakes_by_memory(case, earlier, certifiers)}


def test_a_number_known_under_another_name_is_asked_about_and_other_marks_are_shown() -> None:
    assert by_memory({"bride": MOTHER}, {"bride": Earlier(person=one("Phạm Thị Khác"))}) == {"bride.full_name": ASKED}
    assert by_memory({"bride": MOTHER}, {"bride": Earlier(person=one("Trần Thị Thu Mẹ"))}) == {"bride.full_name": SHOWN}
    assert by_memory({"bride": MOTHER}, {"bride": Earlier(person=MOTHER)}) == {}


def test_whose_death_the_desk_knows_can_ask_for_nothing_more() -> None:
    dead = Earlier(dead_by="H1-1", dead_on="2026-01-02")
    assert by_memory({"applicant": FATHER}, {"applicant": dead}) == {"applicant.id_number": ASKED}
    assert by_memory({"father": FATHER}, {"father": dead}) == {"father.full_name": SHOWN}
    assert by_memory({"deceased": FATHER, "subject": FATHER}, {"deceased": dead, "subject": dead}) == {}


@pytest.mark.parametrize(
    ("of_bride", "of_groom", "expected"),
    [
        ([(Kin.FATHER, FATHER)], [], {"groom.full_name": ASKED}),
        ([(Kin.MOTHER, one(id_number="1" * 12))], [(Kin.MOTHER, one(id_number="1" * 12))], {"groom.full_name": ASKED}),
        ([(Kin.PARENT_TOO, FATHER)], [], {}),  # they have a child together, and marry now
    ],
)
def test_kin_of_one_blood_who_would_marry_are_asked_about(
    of_bride: list[tuple[Kin, Person]], of_groom: list[tuple[Kin, Person]], expected: dict[str, Weight]
) -> None:
    earlier = {"bride": Earlier(relatives=of_bride), "groom": Earlier(relatives=of_groom)}
    assert by_memory({"bride": MOTHER, "groom": FATHER}, earlier) == expected


def test_nobody_certifies_for_themselves_or_for_relatives() -> None:
    kin = {"applicant": Earlier(relatives=[(Kin.SPOUSE, FATHER)])}
    assert by_memory({"applicant": MOTHER}, kin, "Lê Văn Thử Cha") == {"applicant.full_name": ASKED}
    assert by_memory({"applicant": MOTHER}, {}, "trần thị thử mẹ") == {"applicant.full_name": ASKED}
    assert by_memory({"applicant": MOTHER}, kin, "Phạm Thị Khác") == {}


def test_the_page_of_mistakes_names_every_rule() -> None:
    page = DOCS.read_text("utf-8")
    for rule in classic.RULES:
        assert f"`{rule.__module__.rpartition('.')[2]}.{rule.__name__}`" in page, rule.__name__


@pytest.mark.parametrize(
    ("said", "is_asked"),
    [
        ("Ông Phạm Văn Ký, căn cước số 034093000003", True),
        ("phạm  văn ký", True),
        ("Ông Phạm Văn Kýt", False),
        ("Ông Phạm Văn", False),
    ],
)
def test_a_certifier_whom_the_dossier_names_in_an_answer_is_asked_about(said: str, is_asked: bool) -> None:
    case = SaidCase(people={}, fields={"other_party": said, "certifier_name": "Phạm Văn Ký"}, today=date(2026, 11, 20))
    found = classic.mistakes_by_memory(case, {}, ("Phạm Văn Ký",))
    assert [each.field for each in found] == (["other_party"] if is_asked else [])


def test_a_doubt_about_a_number_is_said_whole() -> None:
    case = SaidCase(people={"mother": replace(MOTHER, sex="Nam")}, fields={}, today=TODAY)
    (told,) = [each.text for each in classic.mistakes(case) if each.field == "mother.sex"]
    assert told == "Giới tính khác với giới tính ghi trong số căn cước: so lại với thẻ."
