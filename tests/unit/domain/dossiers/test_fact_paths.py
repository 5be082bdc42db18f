"""Paths of facts: read, written and named the same everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.dossiers.fact_paths import OF_DOSSIER, FactPath, fact_name, is_paper_number, kind_of, role_of
from desk_app.domain.people.person import Person

NAMES = st.text(st.sampled_from("abz_019"), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("people.child.full_name", ("people", "child", "full_name")),
        ("people.applicant.later", ("people", "applicant", "later")),
        ("fields.purpose", ("fields", "", "purpose")),
        ("fields.marriage.place", ("fields", "", "marriage.place")),
        ("fee.total", ("", "", "fee.total")),
        ("due_at", ("", "", "due_at")),
        ("people", ("", "", "people")),
        ("people.child", ("", "", "people.child")),
        ("people..name", ("", "", "people..name")),
        ("fields.", ("", "", "fields.")),
        ("", ("", "", "")),
    ],
)
def test_a_path_is_read_into_its_parts(path: str, parts: tuple[str, str, str]) -> None:
    fact = FactPath.parse(path)
    assert (fact.head, fact.role, fact.name) == parts
    assert fact.text == path


@given(st.text(st.sampled_from("ab.people fields_"), max_size=24))
def test_what_is_read_is_written_again(path: str) -> None:
    assert FactPath.parse(path).text == path


@given(NAMES, st.sampled_from(Person.__struct_fields__))
def test_a_forms_key_names_a_persons_fact(role: str, name: str) -> None:
    fact = FactPath.of_key(f"{role}.{name}")
    assert fact.text == f"people.{role}.{name}"
    assert fact.key == f"{role}.{name}"
    assert fact.is_persons
    assert role_of(fact.key) == role
    assert fact_name(fact.key) == name


@pytest.mark.parametrize("key", ["purpose", "marriage.place", "full_name", "child.born_at"])
def test_any_other_key_names_an_answer(key: str) -> None:
    fact = FactPath.of_key(key)
    assert (fact.text, fact.key, fact.is_persons) == (f"fields.{key}", key, False)


def test_a_fact_of_a_later_program_is_nobodys_here() -> None:
    assert not FactPath.parse("people.child.blood_group").is_persons


def test_each_fact_has_a_name_and_a_kind() -> None:
    assert FactPath.parse("people.mother.born_on").label == "Ngày sinh"
    assert FactPath.parse("fields.purpose").label == "fields.purpose"
    assert {FactPath.parse(path).label for path in OF_DOSSIER} == set(OF_DOSSIER.values())
    kinds = {"due_at": "date", "child.born_on": "date", "sets": "number", "residence": "long", "fee.total": "number"}
    assert {key: kind_of(key) for key in kinds} == kinds
    assert kind_of("phone") == "text"
    assert is_paper_number("father.id_number")
    assert not is_paper_number("phone")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("organisations.organisation.address", "long"),
        ("organisations.organisation.name", "text"),
        ("people.applicant.born_on", kind_of("born_on")),
    ],
)
def test_the_address_of_an_organisation_is_long_and_its_other_facts_are_text(path: str, kind: str) -> None:
    assert FactPath.parse(path).kind == kind
