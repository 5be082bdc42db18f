"""The classic mistakes where facts enter after reception: a correction, and the answers to the papers of a step."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.mistakes.mistake import Weight
from desk_app.domain.people.person import Person
from desk_app.errors import BadFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries, steps
from desk_app.services.reception import reception
from tests.unit.services.reception.test_remarks import MAN, WOMAN, drafted

DEATH, MARRIAGE, SIGNATURE, COPY = "1.000656", "1.000894", "2.001016", "2.000815"


def received(desk: Desk, procedure: str, people: dict[str, Person], **fields: str) -> str:
    return reception.receive(desk, drafted(procedure, people, **fields)).dossier.code


def found(desk: Desk, code: str, **changes: str) -> set[tuple[str, Weight]]:
    by_path = {path.replace("__", "."): value for path, value in changes.items()}
    return {(each.field, each.weight) for each in steps.mistakes_of_correction(desk, code, by_path)}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("fields.died_on", "01/01/1990"),
        ("people.deceased.id_number", WOMAN.id_number),
        ("fields.died_hour", "24"),
    ],
)
def test_a_correction_to_what_cannot_be_is_refused_and_changes_nothing(desk: Desk, path: str, value: str) -> None:
    code = received(desk, DEATH, {"applicant": WOMAN, "deceased": MAN}, died_on="01/11/2026")
    with pytest.raises(BadFactError):
        steps.correct(desk, code, {path: value})
    kept = queries.detail(desk, code).dossier
    assert (kept.fields["died_on"], kept.people["deceased"].id_number) == ("2026-11-01", MAN.id_number)


def test_a_correction_tells_of_the_mistakes_it_brings_and_not_of_those_that_stood_before(desk: Desk) -> None:
    young = replace(MAN, id_number="034209000003", born_on="2009-05-05")
    code = received(desk, MARRIAGE, {"applicant": WOMAN, "groom": young}, applicant_is="Bên nữ")
    assert found(desk, code, people__applicant__phone="0912345678") == set()
    assert found(desk, code, people__groom__sex="Nữ") == {
        ("groom.full_name", Weight.ASKED),
        ("groom.born_on", Weight.ASKED),  # of another age than men
        ("groom.sex", Weight.SHOWN),
    }
    assert found(desk, code, people__groom__born_on="05/05/1993") == {("groom.born_on", Weight.SHOWN)}


def test_a_correction_is_held_against_earlier_dossiers_but_not_against_the_dossier_itself(desk: Desk) -> None:
    received(desk, MARRIAGE, {"applicant": WOMAN, "groom": MAN}, applicant_is="Bên nữ")
    code = received(desk, "2.000635", {"applicant": replace(MAN, id_number="034093000088")}, relation="Bản thân")
    assert found(desk, code, people__applicant__full_name="Lê Văn Mẫu") == set()  # a slip of the keys, put right
    assert ("applicant.full_name", Weight.ASKED) in found(desk, code, people__applicant__id_number=WOMAN.id_number)


def certified(desk: Desk, code: str, name: str) -> list[str]:
    return [each.text for each in steps.mistakes_of_step(desk, code, "ready", {"certifier_name": name})]


def test_who_certifies_for_a_relative_or_for_themselves_is_asked_about_at_the_step(desk: Desk) -> None:
    received(desk, MARRIAGE, {"applicant": WOMAN, "groom": MAN}, applicant_is="Bên nữ")
    code = received(desk, SIGNATURE, {"applicant": WOMAN})
    steps.step(desk, code, "forward")
    for name in ("Lê Văn Thử", "lê  văn thử", "Trần Thị Thử"):
        (mistake,) = steps.mistakes_of_step(desk, code, "ready", {"certifier_name": name})
        assert (mistake.field, mistake.weight) == ("certifier_name", Weight.ASKED)
        assert "người chứng thực" in mistake.text
    assert certified(desk, code, "Phạm Văn Khác") == []
    assert certified(desk, code, "Lê Văn Thứ") == []
    done = steps.step(desk, code, "ready", fields={"certifier_name": "Lê Văn Thử"})  # two people may have one name
    assert done.turns[-1].payload.fields["certifier_name"] == "Lê Văn Thử"


def test_of_copies_anybody_may_be_the_certifier(desk: Desk) -> None:
    code = received(desk, COPY, {"applicant": WOMAN})
    assert certified(desk, code, WOMAN.full_name) == []
