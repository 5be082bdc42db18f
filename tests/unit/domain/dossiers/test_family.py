import pytest

from desk_app.domain.dossiers.family import Kin, Relative, fits_sex, may_stand, relation_words, relatives
from desk_app.domain.people.person import Person

MOTHER = Person(full_name="Trần Thị Thử Mẹ", id_number="034195000002", sex="Nữ")
FATHER = Person(full_name="Lê Văn Thử Cha", id_number="034093000003", sex="Nam")
CHILD = Person(full_name="Lê Thử Con")
BIRTH = {"applicant": MOTHER, "mother": MOTHER, "father": FATHER, "child": CHILD}


def kins(people: dict[str, Person], number: str) -> set[tuple[Kin, str]]:
    return {(found.kin, found.person.full_name) for found in relatives(people, number)}


def test_a_birth_says_who_is_what_to_whom():
    assert kins(BIRTH, MOTHER.id_number) == {(Kin.PARENT_TOO, FATHER.full_name), (Kin.CHILD, CHILD.full_name)}
    assert kins(BIRTH, FATHER.id_number) == {(Kin.PARENT_TOO, MOTHER.full_name), (Kin.CHILD, CHILD.full_name)}


def test_a_marriage_makes_two_spouses_and_no_parents():
    wedding = {"bride": MOTHER, "groom": FATHER}
    assert kins(wedding, FATHER.id_number) == {(Kin.SPOUSE, MOTHER.full_name)}


@pytest.mark.parametrize("number", ["", "001190000001"])
def test_nobody_is_related_to_a_stranger_or_to_somebody_without_a_number(number):
    assert list(relatives({**BIRTH, "child": CHILD}, number)) == []


def test_a_role_nobody_is_named_in_makes_no_relative():
    assert kins({"mother": MOTHER, "father": Person(full_name="", nationality="Việt Nam")}, MOTHER.id_number) == set()


def test_one_person_in_two_roles_is_not_their_own_relative():
    assert Relative(kin=Kin.PARENT_TOO, person=MOTHER) not in list(
        relatives({"mother": MOTHER, "father": MOTHER}, MOTHER.id_number)
    )


@pytest.mark.parametrize(
    ("kin", "beside", "role", "may"),
    [
        (Kin.PARENT_TOO, "mother", "father", True),
        (Kin.SPOUSE, "mother", "father", True),
        (Kin.CHILD, "mother", "father", False),
        (Kin.MOTHER, "child", "mother", True),
        (Kin.MOTHER, "child", "father", False),
        (Kin.SPOUSE, "bride", "groom", False),  # who is married already does not marry again
        (Kin.PARENT_TOO, "bride", "groom", True),
        (Kin.SPOUSE, "applicant", "mother", False),
    ],
)
def test_who_may_be_offered_for_a_role(kin, beside, role, may):
    assert may_stand(kin, beside=beside, role=role) is may


def test_a_role_of_one_sex_takes_nobody_of_the_other():
    assert fits_sex("mother", "Nữ")
    assert not fits_sex("mother", "Nam")
    assert fits_sex("mother", "")
    assert fits_sex("child", "Nam")


@pytest.mark.parametrize(
    ("kin", "sex", "words"),
    [
        (Kin.MOTHER, "Nữ", ("Con",)),
        (Kin.FATHER, "", ("Con",)),
        (Kin.SPOUSE, "Nam", ("Chồng",)),
        (Kin.SPOUSE, "Nữ", ("Vợ",)),
        (Kin.SPOUSE, "", ()),
        (Kin.CHILD, "Nam", ("Cha", "Cha đẻ")),
        (Kin.CHILD, "Nữ", ("Mẹ", "Mẹ đẻ")),
        (Kin.CHILD, "", ()),
        (Kin.PARENT_TOO, "Nam", ()),
    ],
)
def test_what_forms_call_a_relative_goes_with_the_sex(kin: Kin, sex: str, words: tuple[str, ...]) -> None:
    assert relation_words(kin, sex) == words
