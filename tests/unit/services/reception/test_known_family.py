"""Who of a family is offered, from what earlier dossiers said, and who is not."""

from msgspec.structs import replace

from desk_app.domain.dossiers.family import Kin
from desk_app.domain.people.person import Person
from desk_app.services.desk.desk import Desk
from desk_app.services.reception import known_family, reception

MOTHER = Person(full_name="Trần Thị Thử Mẹ", id_number="034195000002", sex="Nữ", born_on="1995-03-02")
FATHER = Person(full_name="Lê Văn Thử Cha", id_number="034093000003", sex="Nam", born_on="1993-05-05")
BIRTH = "1.001193"


def born(desk: Desk, **people: Person) -> str:
    draft = replace(reception.new_draft(BIRTH), people=people, fields={"relation": "Mẹ đẻ"})
    return reception.receive(desk, draft).dossier.code


def test_the_father_of_an_earlier_child_is_offered_with_where_he_is_known_from(desk: Desk) -> None:
    code = born(desk, applicant=MOTHER, father=FATHER)
    (offer,) = known_family.offers(desk, {"applicant": MOTHER, "mother": MOTHER}, ["father"])
    assert (offer.role, offer.kin, offer.of, offer.code) == ("father", Kin.PARENT_TOO, MOTHER.full_name, code)
    assert offer.person.full_name == FATHER.full_name
    assert offer.on == desk.today().isoformat()


def test_a_relative_comes_with_all_that_is_known_of_them_today(desk: Desk) -> None:
    born(desk, applicant=MOTHER, father=FATHER)
    moved = replace(FATHER, residence="Thôn 9, xã Thử Nghiệm", phone="0901000000")
    reception.receive(desk, replace(reception.new_draft("2.000815"), people={"applicant": moved}))
    (offer,) = known_family.offers(desk, {"mother": MOTHER}, ["father"])
    assert (offer.person.residence, offer.person.phone) == ("Thôn 9, xã Thử Nghiệm", "0901000000")


def test_one_father_of_three_children_is_offered_once(desk: Desk) -> None:
    codes = [born(desk, applicant=MOTHER, father=FATHER) for _ in range(3)]
    (offer,) = known_family.offers(desk, {"mother": MOTHER}, ["father"])
    assert offer.code == codes[-1]


def test_two_fathers_are_both_offered_the_newer_first(desk: Desk) -> None:
    second = replace(FATHER, full_name="Vũ Văn Thử Hai", id_number="034093000033")
    born(desk, applicant=MOTHER, father=FATHER)
    born(desk, applicant=MOTHER, father=second)
    found = known_family.offers(desk, {"mother": MOTHER}, ["father"])
    assert [offer.person.full_name for offer in found] == [second.full_name, FATHER.full_name]


def test_nobody_is_offered_who_stands_there_already_or_is_not_known(desk: Desk) -> None:
    born(desk, applicant=MOTHER, father=FATHER)
    assert known_family.offers(desk, {"applicant": FATHER, "mother": MOTHER}, ["father"]) == ()
    assert known_family.offers(desk, {"mother": replace(MOTHER, id_number="")}, ["father"]) == ()
    assert known_family.offers(desk, {"mother": MOTHER}, []) == ()


def test_a_spouse_is_never_offered_to_be_married(desk: Desk) -> None:
    born(desk, applicant=MOTHER, bride=MOTHER, groom=FATHER)
    assert known_family.offers(desk, {"bride": MOTHER}, ["groom"]) == ()
    assert [offer.kin for offer in known_family.offers(desk, {"mother": MOTHER}, ["father"])] == [Kin.SPOUSE]


def test_what_the_earlier_dossier_says_of_the_family_comes_along(desk: Desk) -> None:
    draft = replace(
        reception.new_draft(BIRTH),
        people={"applicant": MOTHER, "father": FATHER},
        fields={"relation": "Mẹ đẻ", "marriage_number": "12/2020", "marriage_on": "20/10/2020", "hometown": "Tây Đằng"},
    )
    reception.receive(desk, draft)
    (offer,) = known_family.offers(desk, {"mother": MOTHER}, ["father"], BIRTH)
    assert {key: offer.answers[key] for key in ("marriage_number", "marriage_on", "hometown")} == {
        "marriage_number": "12/2020",
        "marriage_on": "20/10/2020",
        "hometown": "Tây Đằng",
    }
    assert "copies" not in offer.answers


def test_what_was_registered_once_is_offered_to_the_same_person_again_never_to_another(desk: Desk) -> None:
    said = {"registered_kind": "khai sinh", "registered_number": "15", "registered_on": "05/03/1995", "copies": "3"}
    draft = replace(reception.new_draft("2.000635"), people={"applicant": MOTHER}, fields=said)
    code = reception.receive(desk, draft).dossier.code
    (offer,) = known_family.offers(desk, {"applicant": MOTHER, "subject": MOTHER}, [], "2.000635")
    assert (offer.kin, offer.code, offer.before) == (Kin.SELF, code, "registered_kind")
    assert offer.answers == {key: text for key, text in said.items() if key != "copies"}
    assert known_family.offers(desk, {"applicant": FATHER, "subject": FATHER}, [], "2.000635") == ()


def test_the_day_of_a_death_is_known_from_its_registration(desk: Desk) -> None:
    draft = replace(reception.new_draft("1.000656"), people={"applicant": MOTHER, "deceased": FATHER})
    reception.receive(desk, replace(draft, fields={"died_on": "01/11/2026"}))
    (offer,) = known_family.offers(desk, {"applicant": MOTHER, "deceased": FATHER}, [], "2.001016")
    assert offer.answers == {"death_on": "01/11/2026"}


def test_a_relative_of_the_applicant_is_offered_as_the_dead_with_what_the_applicant_is_to_them(desk: Desk) -> None:
    reception.receive(desk, replace(reception.new_draft("1.000894"), people={"applicant": MOTHER, "groom": FATHER}))
    (offer,) = known_family.offers(desk, {"applicant": MOTHER}, ["deceased"], "1.000656")
    assert (offer.person.full_name, offer.answers) == (FATHER.full_name, {"relation": "Vợ"})
