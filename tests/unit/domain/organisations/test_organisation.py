"""Facts of an organisation: by key as forms ask them, together as events keep them."""

from desk_app.domain.dossiers.fact_paths import FactPath
from desk_app.domain.organisations.organisation import Organisation, answers_of, from_answers, number_key


def test_answers_become_organisations_by_role_and_the_same_answers_again() -> None:
    answers = {
        "organisation.name": "Hợp tác xã Thử",
        "organisation2.number": "0101234567",
        "organisation.colour": "xanh",
        "purpose": "vay vốn",
    }
    found, rest = from_answers(answers)
    assert found == {
        "organisation": Organisation(name="Hợp tác xã Thử"),
        "organisation2": Organisation(number="0101234567"),
    }
    assert rest == {"organisation.colour": "xanh", "purpose": "vay vốn"}
    assert answers_of(found) | rest == answers


def test_a_number_is_one_however_it_is_grouped() -> None:
    assert number_key("0101234567-001") == number_key(" 0101 234 567.001 ")
    assert number_key("01 HTX") == number_key("01htx")


def test_both_spellings_of_a_path_name_the_same_fact() -> None:
    path = FactPath.of_key("organisation.head")
    assert path.text == "organisations.organisation.head"
    assert path.key == "organisation.head"
    assert FactPath.parse(path.text) == path == FactPath.parse("fields.organisation.head")
    assert FactPath.parse("organisations.organisation.colour").head == ""
