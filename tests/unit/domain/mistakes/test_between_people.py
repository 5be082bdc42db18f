"""People of one dossier against each other, at the ages and days where a rule begins to speak."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from desk_app.domain.mistakes import between_people, of_days, of_one_person, of_texts
from desk_app.domain.mistakes.mistake import Mistake, SaidCase
from desk_app.domain.people.person import Person

TODAY = date(2026, 11, 28)
Rule = Callable[[SaidCase], Iterator[Mistake]]


def one(name: str = "", **facts: str) -> Person:
    return Person(full_name=name, **facts)


def told(rule: Rule, people: dict[str, Person], procedure: str = "", **fields: str) -> list[str]:
    """The inputs that the rule names."""
    case = SaidCase(people=people, fields=fields, today=TODAY, procedure=procedure)
    return [each.field for each in rule(case)]


@pytest.mark.parametrize(
    ("mother", "child", "is_told"),
    [
        ("2014-11-01", "2026-11-01", False),  # twelve on that day
        ("2014-11-02", "2026-11-01", True),
        ("2014", "2026-11-01", False),
        ("2015", "2026-11-01", True),
        ("1965-11-02", "2026-11-01", False),  # sixty
        ("1965-11-01", "2026-11-01", True),  # sixty-one
        ("1965", "2026-11-01", False),
        ("1964", "2026-11-01", True),
        ("2026-11-01", "2026-11-01", True),
        ("", "2026-11-01", False),
    ],
)
def test_a_mother_is_looked_at_below_twelve_and_above_sixty(mother: str, child: str, *, is_told: bool) -> None:
    people = {"mother": one("A", born_on=mother), "child": one("B", born_on=child)}
    assert told(between_people.parents, people) == (["mother.born_on"] if is_told else [])


def test_a_father_may_be_old_and_not_a_child() -> None:
    for born, fields in (("1930-01-01", []), ("2014-11-02", ["father.born_on"]), ("2026-11-02", ["father.born_on"])):
        people = {"father": one("A", born_on=born), "child": one("B", born_on="2026-11-01")}
        assert told(between_people.parents, people) == fields


@pytest.mark.parametrize(
    ("role", "person", "is_told"),
    [
        ("bride", one("A", born_on="2008-11-28"), False),
        ("bride", one("A", born_on="2008-11-29"), True),
        ("groom", one("A", born_on="2006-11-28"), False),
        ("groom", one("A", born_on="2006-11-29"), True),
        ("groom", one("A", born_on="2006-11-29", sex="Nữ"), False),  # swapped: the age goes with the sex
        ("bride", one("A", born_on="2008-11-28", sex="Nam"), True),
        ("guardian", one("A", born_on="2008-11-28"), False),
        ("guardian", one("A", born_on="2008-11-29"), True),
        ("witness2", one("A", born_on="2008-11-29"), True),
        ("mother", one("A", born_on="2020-01-01"), False),
        ("bride", one("A"), False),
    ],
)
def test_who_marries_guards_or_witnesses_is_of_age_on_the_very_birthday(
    role: str, person: Person, *, is_told: bool
) -> None:
    assert told(between_people.of_age, {role: person}) == ([f"{role}.born_on"] if is_told else [])


@pytest.mark.parametrize(
    ("first", "second", "is_told"),
    [
        (one("Lê Văn A", born_on="1990"), one("LE VAN A", born_on="1990"), True),
        (one("Lê Văn A", born_on="1990"), one("Lê Văn A", born_on="1991"), False),
        (one("Lê Văn A"), one("Lê Văn A"), False),
        (one("Lê Văn A", born_on="1990", id_number="1"), one("Lê Văn A", born_on="1990", id_number="2"), False),
        (one("Lê Văn A", born_on="1990", id_number="1"), one("Lê Văn A", born_on="1990"), True),
        (one("Lê Văn A", born_on="1990"), one("Lê Văn B", born_on="1990"), False),
    ],
)
def test_one_name_and_one_birth_without_two_numbers_may_be_one_person(
    first: Person, second: Person, *, is_told: bool
) -> None:
    found = told(between_people.twice, {"bride": first, "groom": second})
    assert found == (["groom.full_name"] if is_told else [])


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ((), "Bên nam và bên nữ có cùng một số giấy tờ: đổi lại cho đúng người."),
        (("bride",), "Bên nữ và bên nam có cùng một số giấy tờ: đổi lại cho đúng người."),
        (("bride", "groom"), "Bên nam và bên nữ có cùng một số giấy tờ: đổi lại cho đúng người."),
    ],
)
def test_of_two_with_one_number_the_one_whose_number_is_asked_on_the_screen_is_named(
    asked: tuple[str, ...], text: str
) -> None:
    person = one("Lê Văn A", id_number="034093000003")
    inputs = frozenset(f"{role}.id_number" for role in asked)
    case = SaidCase(people={"bride": person, "groom": person}, fields={}, today=TODAY, asked=inputs)
    assert [each.text for each in between_people.twice(case)] == [text]


def test_the_law_of_marriage_is_named_only_to_those_who_marry() -> None:
    young = one("A", born_on="2015")
    case = SaidCase(people={"bride": young, "guardian": young}, fields={}, today=TODAY)
    assert [each.text for each in between_people.of_age(case)] == [
        "Bên nữ chưa đủ 18 tuổi để kết hôn (Luật Hôn nhân và gia đình, Điều 8): xem lại ngày sinh.",
        "Người giám hộ chưa đủ 18 tuổi: xem lại ngày sinh.",
    ]


def test_bride_and_groom_the_wrong_way_round_are_one_mistake_beside_those_of_others() -> None:
    people = {"bride": one("A", sex="Nam"), "groom": one("B", sex="Nữ"), "father": one("C", sex="Nữ")}
    assert told(of_one_person.of_sexes, people) == ["applicant_is", "father.full_name"]


def test_a_day_before_a_birth_is_said_to_be_of_a_death_where_it_is_one() -> None:
    people = {"deceased": one("A", born_on="2015"), "subject": one("B", born_on="2015")}
    case = SaidCase(people=people, fields={"died_on": "2014-01-01", "lived_from": "2014-01-01"}, today=TODAY)
    assert [each.text.partition(": ")[0] for each in of_days.orders(case)] == [
        "Ngày chết trước ngày sinh của người chết",
        "Ngày này trước ngày sinh của người được cấp giấy",
    ]


@pytest.mark.parametrize(("today", "is_told"), [(date(2024, 12, 31), False), (date(2025, 1, 1), True)])
def test_the_card_of_nine_figures_ended_with_2024(today: date, *, is_told: bool) -> None:
    case = SaidCase(people={"heir1": one("A", id_number="012345678")}, fields={}, today=today)
    assert bool(list(of_one_person.of_papers(case))) is is_told


def test_only_the_name_of_a_people_is_looked_for_among_peoples() -> None:
    lists = dict.fromkeys(("mother.ethnicity", "mother.nationality", "ward.ethnicity", "ethnicity"), ("Kinh", "Tày"))
    people = {"mother": one("A", ethnicity="Tầy lạ")}
    case = SaidCase(people=people, fields={}, today=TODAY, lists=lists)
    assert [each.field for each in of_one_person.of_peoples(case)] == ["mother.ethnicity"]


def test_roles_that_one_person_may_have_are_never_held_apart() -> None:
    person = one("Lê Văn A", id_number="034093000003")
    assert told(between_people.twice, {"applicant": person, "mother": person}) == []
    assert told(between_people.twice, {"heir1": person, "heir2": person}) == ["heir2.id_number"]
    assert told(between_people.twice, {"mother": person, "witness": person}) == ["witness.id_number"]
    assert told(between_people.twice, {"deceased": person, "applicant": person}) == ["deceased.id_number"]


@pytest.mark.parametrize(
    ("child", "is_told"),
    [("Lê An", False), ("LE An", False), ("Trần An", False), ("Phạm An", True), ("Y An Lê", False), ("Y Lê An", True)],
)
def test_a_childs_surname_is_one_of_its_parents(child: str, *, is_told: bool) -> None:
    people = {"mother": one("Trần Thị B"), "father": one("Lê Văn C"), "child": one(child)}
    assert told(between_people.surnames, people) == (["child.full_name"] if is_told else [])
    assert told(between_people.surnames, {"child": one(child), "mother": one("")}) == []


def test_parents_of_one_people_leave_no_question() -> None:
    people = {"mother": one("A", ethnicity="Thái"), "father": one("B", ethnicity="thai"), "child": one("C")}
    assert told(between_people.peoples_of_parents, people) == []
    people["father"] = one("B", ethnicity="Kinh")
    assert told(between_people.peoples_of_parents, people) == ["child.ethnicity"]
    assert told(between_people.peoples_of_parents, {**people, "father": one("B")}) == []
    del people["child"]
    assert told(between_people.peoples_of_parents, people) == []


@pytest.mark.parametrize(
    ("relation", "mine", "theirs", "is_told"),
    [
        ("Mẹ", one("A", sex="Nam"), one("B"), True),
        ("Mẹ", one("A", sex="Nữ"), one("B"), False),
        ("Mẹ", one("A"), one("B"), False),
        ("Cha", one("A", sex="Nữ"), one("B"), True),
        ("Anh", one("A", sex="Nữ"), one("B"), False),
        ("Vợ", one("A", sex="Nữ"), one("B", sex="Nữ"), True),
        ("Vợ", one("A", sex="Nữ"), one("B", sex="Nam"), False),
        ("Vợ", one("A", sex="Nữ"), one("B"), False),
        ("Con", one("A", born_on="1990"), one("B", born_on="1960"), False),
        ("Con", one("A", born_on="1960"), one("B", born_on="1990"), True),
        ("Mẹ", one("A", born_on="1960"), one("B", born_on="1990"), False),
        ("Mẹ", one("A", born_on="1990"), one("B", born_on="1960"), True),
        ("Anh", one("A", born_on="1990"), one("B", born_on="1960"), False),
        ("", one("A", born_on="1990"), one("B", born_on="1960"), False),
    ],
)
def test_a_relation_fits_the_sex_and_the_age_of_both(
    relation: str, mine: Person, theirs: Person, *, is_told: bool
) -> None:
    found = told(between_people.relation, {"applicant": mine, "subject": theirs}, relation=relation)
    assert found == (["relation"] if is_told else [])


def test_the_ages_of_a_child_and_its_parents_have_a_rule_of_their_own() -> None:
    people = {"applicant": one("A", born_on="1990"), "child": one("B", born_on="1960")}
    assert told(between_people.relation, people, relation="Mẹ") == []
    assert told(between_people.relation, {"subject": one("B")}, relation="Mẹ") == []


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"died_hour": "23"}, []),
        ({"died_hour": "24"}, ["died_hour"]),
        ({"died_hour": "0", "died_minute": "59"}, []),
        ({"died_hour": "0", "died_minute": "60"}, ["died_minute"]),
        ({"death_hour": "24"}, ["death_hour"]),
        ({"death_hour": "1", "death_minute": "60"}, ["death_minute"]),
        ({"died_hour": "²"}, []),
        ({"death_minute": "5"}, ["death_hour"]),
    ],
)
def test_a_clock_has_twenty_four_hours_of_sixty_minutes(fields: dict[str, str], found: list[str]) -> None:
    assert told(of_days.hours, {}, **fields) == found


@pytest.mark.parametrize(
    ("procedure", "key", "last", "first_late"),
    [
        ("1.001193", "child.born_on", "2026-09-29", "2026-09-28"),
        ("2.000986", "child.born_on", "2026-09-29", "2026-09-28"),
        ("1.000656", "died_on", "2026-11-13", "2026-11-12"),
        ("2.002913", "death_on", "2026-11-13", "2026-11-12"),
    ],
)
def test_the_days_of_the_law_end_with_their_last_day(procedure: str, key: str, last: str, first_late: str) -> None:
    def of(day: str) -> list[str]:
        people = {"child": one("A", born_on=day)} if key.startswith("child") else {}
        return told(of_days.duties, people, procedure, **({} if people else {key: day}))

    assert (of(last), of(first_late), of("2020"), of("")) == ([], [key], [], [])


def test_a_day_equal_to_the_one_it_follows_is_no_mistake() -> None:
    assert told(of_days.orders, {}, died_on="2026-11-01", death_paper_on="2026-11-01") == []
    assert told(of_days.orders, {}, authority_until="2026-11-28") == []
    assert told(of_days.orders, {}, authority_until="2026-11-27") == ["authority_until"]
    people = {"deceased": one("A", born_on="2026-11-01")}
    assert told(of_days.orders, people, died_on="2026-11-01") == []


@pytest.mark.parametrize(
    ("born_on", "issued_on", "until"),
    [
        ("1990-01-15", "1990-01-15", ""),
        ("1990-01-15", "1990-01-16", "2004-01-15"),
        ("1990-01-15", "2002-01-14", "2004-01-15"),
        ("1990-01-15", "2002-01-15", "2015-01-15"),
        ("1990-01-15", "2028-01-14", "2030-01-15"),
        ("1990-01-15", "2028-01-15", "2050-01-15"),
        ("1990-01-15", "2048-01-14", "2050-01-15"),
        ("1990-01-15", "2048-01-15", ""),
        ("1990-01-15", "2021", ""),
    ],
)
def test_a_card_made_two_years_before_a_birthday_holds_until_the_next(born_on: str, issued_on: str, until: str) -> None:
    assert of_one_person.card_ends(born_on, issued_on) == until


def test_a_card_ends_on_its_very_day_and_the_paper_of_the_dead_never() -> None:
    person = one("A", id_number="034201000002", born_on="2001-11-28", id_issued_on="2021-01-01")
    assert told(of_one_person.of_papers, {"heir1": person}) == ["heir1.id_number"]
    later = one("A", id_number="034201000002", born_on="2001-11-29", id_issued_on="2021-01-01")
    assert told(of_one_person.of_papers, {"heir1": later}) == []
    assert told(of_one_person.of_papers, {"deceased2": person}) == []
    backwards = one("A", born_on="1995-03-02", id_issued_on="1990-01-01")
    assert told(of_one_person.of_issue, {"deceased": backwards, "wife": backwards}) == ["wife.id_issued_on"]


def test_a_place_is_looked_at_where_it_is_a_place_of_the_form() -> None:
    person = one("A", residence="xã B, huyện C", id_number="034093000003")
    assert told(of_texts.places, {"heir1": person}) == []  # of a card's holder it is neither asked nor required
    assert told(of_texts.places, {"heir1": one("A", residence="xã B, huyện C")}) == ["heir1.residence"]
    assert told(of_texts.places, {}, purpose="vay vốn, huyện C", hometown="huyện C") == ["hometown"]
    assert told(of_texts.numbers_of_papers, {}, certification_number="1/SCT", x_number="1/SCT") == ["x_number"]


def test_whose_name_lacks_is_asked_only_where_something_else_is_said() -> None:
    assert told(of_one_person.of_names, {"father": one("")}) == []
    for facts in ({"id_number": "1"}, {"born_on": "1960"}, {"residence": "A"}, {"sex": "Nam"}):
        assert told(of_one_person.of_names, {"father": one(" ", **facts)}) == ["father.full_name"]
        assert told(of_one_person.of_names, {"applicant": one("", **facts)}) == []
