"""A declaration prepared at home, at the desk: it fills gaps, of the right people, and what differs stands beside."""

from __future__ import annotations

from contextlib import suppress

import msgspec
import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.events import Received
from desk_app.domain.people.person import Person
from desk_app.domain.prepared import part_digits
from desk_app.domain.prepared.gathered_parts import PartsGatherer
from desk_app.domain.prepared.prepared_answers import UNKNOWN
from desk_app.errors import (
    DeskError,
    PreparedNewerError,
    PreparedNoProcedureError,
    PreparedUnknownFormError,
)
from desk_app.services.desk.desk import Desk
from desk_app.services.reception import cards, prepared, reception
from desk_app.services.reception.draft import Draft
from desk_app.services.reception.prepared import PreparedDeclaration
from desk_app.store.journal import journal
from tests.kit.paper import home_answers

BIRTH = "1.001193"
MOTHER = "034195000002||Trần Thị Thử Mẹ|02031995|Nữ|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
FATHER = "034093000003||Lê Văn Thử Cha|05051993|Nam|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
OTHER_MAN = "034093000099||Vũ Văn Thử Khác|06061992|Nam|Thôn 9, xã Thử Nghiệm, thành phố Hà Nội|01062022"
GRANDMOTHER = "034168000004||Đoàn Thị Thử Bà|07071968|Nữ|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"


def read(desk: Desk, answers: dict[str, str] = home_answers.MOTHERS_BIRTH) -> PreparedDeclaration:
    gatherer = PartsGatherer()
    parts = [prepared.gathered(gatherer, part) for part in home_answers.parts(home_answers.birth(), answers)]
    return prepared.declaration(desk, parts[-1])


def person(desk: Desk, card: str) -> Person:
    return cards.scan(desk, card).person


def drafted(desk: Desk, said: PreparedDeclaration, **people: Person) -> Draft:
    return prepared.taken(desk, replace(reception.new_draft(BIRTH), people=people), said)


def sources(desk: Desk, draft: Draft) -> dict[str, tuple[str, str]]:
    return {each.key: (each.value, each.source) for each in reception.outlook(desk, draft).questions}


def test_a_declaration_names_its_form_and_the_procedures_here_that_take_it(desk: Desk) -> None:
    said = read(desk)
    assert said.title == "Tờ khai đăng ký khai sinh"
    assert said.procedures[0] == BIRTH
    assert said.answers == home_answers.MOTHERS_BIRTH


def test_its_answers_fill_every_blank_and_are_shown_as_prepared(desk: Desk) -> None:
    asked = sources(desk, drafted(desk, read(desk)))
    assert asked["relation"] == ("Mẹ đẻ", "prepared")
    assert asked["father.full_name"] == ("Lê Văn Thử Cha", "prepared")
    assert asked["child.ethnicity"] == ("Kinh", "prepared")
    assert asked["marriage_on"] == ("20/10/2024", "prepared")
    assert {source for value, source in asked.values() if value} == {"prepared"}
    assert [key for key, (value, _) in asked.items() if not value and not key.endswith("_dead")] == []


def test_what_is_recorded_says_which_keys_came_from_home(desk: Desk) -> None:
    said = read(desk)
    received = recorded(desk, drafted(desk, said, applicant=person(desk, MOTHER)))
    assert received.people["mother"].full_name == "Trần Thị Thử Mẹ"
    assert received.people["child"].born_on == "2026-11-01"
    assert received.people["applicant"].phone == "0900000002"
    assert received.fields["marriage_on"] == "2024-10-20"
    assert {"child.full_name", "marriage_on", "applicant.phone", "father.id_number"} <= set(received.prepared)
    assert list(received.prepared) == sorted(received.prepared)


def test_a_reception_without_a_declaration_is_recorded_as_before(desk: Desk) -> None:
    received = recorded(desk, replace(reception.new_draft("2.000815"), people={"applicant": person(desk, MOTHER)}))
    assert received.prepared == ()
    assert b"prepared" not in msgspec.json.encode(received)


def recorded(desk: Desk, draft: Draft) -> Received:
    """The reception as it stands in the journal."""
    dossier = reception.receive(desk, draft).dossier
    payload = journal.history(desk.db, dossier.id)[0].payload
    assert isinstance(payload, Received)
    return payload


def test_a_card_comes_before_what_was_prepared_and_what_differs_stands_beside(desk: Desk) -> None:
    said = read(desk, home_answers.MOTHERS_BIRTH | {"father.born_on": "05/05/1994", "applicant.residence": "Thôn 7"})
    draft = drafted(desk, said, applicant=person(desk, MOTHER), father=person(desk, FATHER))
    found = {each.key: (each.known, each.prepared) for each in reception.outlook(desk, draft).differing}
    assert found == {
        "father.born_on": ("05/05/1993", "05/05/1994"),
        "applicant.residence": ("Thôn 2, xã Thử Nghiệm, thành phố Hà Nội", "Thôn 7"),
    }
    assert sources(desk, draft)["father.born_on"] == ("05/05/1993", "card")
    assert "father.born_on" not in recorded(desk, draft).prepared


def test_another_man_at_the_counter_gets_nothing_that_was_prepared_of_the_father(desk: Desk) -> None:
    said = read(desk, home_answers.WITHOUT_NUMBERS | {"father.full_name": "Lê Văn Thử Cha", "father.ethnicity": "Tày"})
    draft = drafted(
        desk, said, applicant=person(desk, GRANDMOTHER), father=replace(person(desk, OTHER_MAN), ethnicity="")
    )
    assert reception.outlook(desk, draft).people["father"].ethnicity == ""
    assert [each.key for each in reception.outlook(desk, draft).differing if each.key.startswith("father")] == [
        "father.full_name"
    ]


def test_who_came_in_the_mothers_place_is_not_taken_for_the_mother(desk: Desk) -> None:
    """The mother prepared it and said that she is the mother; the grandmother brings it."""
    draft = drafted(desk, read(desk), applicant=person(desk, GRANDMOTHER))
    asked = sources(desk, draft)
    assert asked["relation"] == ("", "")
    answered = replace(draft, fields={"relation": "Bà ngoại"})
    asked = sources(desk, answered)
    assert asked["mother.full_name"] == ("Trần Thị Thử Mẹ", "prepared")
    assert asked["mother.id_number"] == ("034195000002", "prepared")
    outlook = reception.outlook(desk, answered)
    assert outlook.people["applicant"].full_name == "Đoàn Thị Thử Bà"
    assert outlook.people["applicant"].phone == ""
    assert {each.key for each in outlook.differing} == {"applicant.full_name", "applicant.id_number"}


def test_what_the_clerk_typed_or_cleared_stands(desk: Desk) -> None:
    draft = replace(drafted(desk, read(desk)), fields={"hometown": "xã Khác", "marriage_number": ""})
    asked = sources(desk, draft)
    assert asked["hometown"] == ("xã Khác", "typed")
    assert asked["marriage_number"] == ("", "typed")
    assert "marriage_book" not in asked


def test_whom_nobody_knows_is_told_and_stays_empty(desk: Desk) -> None:
    said = read(desk, home_answers.WITHOUT_NUMBERS)
    assert said.answers["father.full_name"] == UNKNOWN
    assert said.remarks == ("Khai trước nói chưa rõ: người cha.",)
    assert "father" not in reception.outlook(desk, drafted(desk, said)).people


def test_an_old_version_still_fills_what_is_asked_today(desk: Desk) -> None:
    old = home_answers.library().exact("to-khai-khai-sinh", "tt-04-2024")
    gatherer = PartsGatherer()
    parts = [prepared.gathered(gatherer, each) for each in home_answers.parts(old, home_answers.MOTHERS_BIRTH)]
    said = prepared.declaration(desk, parts[-1])
    assert said.remarks[-1].startswith("Bản khai theo mẫu cũ")
    assert sources(desk, drafted(desk, said))["child.full_name"] == ("Lê Thử Nghiệm An", "prepared")


def test_a_form_nobody_here_has_and_one_of_no_procedure_are_sentences(desk: Desk) -> None:
    gatherer = PartsGatherer()
    (unknown,) = part_digits.parted("0", form="999999", dictionary=1)
    with pytest.raises(PreparedUnknownFormError):
        prepared.declaration(desk, prepared.gathered(gatherer, unknown))
    (newer,) = part_digits.parted(
        home_answers.parts(home_answers.birth(), {"relation": "Mẹ đẻ"})[0][21:-10],
        form=home_answers.number_of(home_answers.birth()),
        dictionary=7,
    )
    with pytest.raises(PreparedNewerError):
        prepared.declaration(desk, prepared.gathered(gatherer, newer))
    land = home_answers.library().in_force("don-dang-ky-dat-dai-mau-15", home_answers.ON)
    with pytest.raises(PreparedNoProcedureError):
        prepared.declaration(desk, prepared.gathered(gatherer, home_answers.parts(land, {"applicant.phone": "1"})[0]))


@pytest.mark.parametrize("seed", range(3))
def test_nonsense_in_whole_parts_is_saved_or_refused_and_never_a_crash(desk: Desk, seed: int) -> None:
    form = home_answers.birth()
    gatherer = PartsGatherer()
    parts = [
        prepared.gathered(gatherer, each) for each in home_answers.parts(form, home_answers.random_answers(form, seed))
    ]
    said = prepared.declaration(desk, parts[-1])
    draft = drafted(desk, said, applicant=person(desk, MOTHER))
    assert reception.outlook(desk, draft).questions
    with suppress(DeskError):
        assert reception.receive(desk, draft).dossier.code


def test_the_classic_mistakes_are_looked_for_in_what_was_prepared_at_home(desk: Desk) -> None:
    def remarked(answers: dict[str, str]) -> set[str]:
        return {each.field for each in reception.outlook(desk, drafted(desk, read(desk, answers))).mistakes}

    assert "father.born_on" in remarked(home_answers.MOTHERS_BIRTH | {"father.born_on": "05/05/1980"})
    assert "father.born_on" not in remarked(home_answers.MOTHERS_BIRTH)
