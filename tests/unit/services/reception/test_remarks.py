"""The classic mistakes at reception, as the window and the terminal meet them: refused, asked about, or only told."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.people.person import Person
from desk_app.errors import BadFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.services.reception import reception
from desk_app.services.reception.draft import Draft

WOMAN = Person(full_name="Trần Thị Thử", id_number="034195000002", born_on="1995-03-02", sex="Nữ")
MAN = Person(full_name="Lê Văn Thử", id_number="034093000003", born_on="1993-05-05", sex="Nam")


def drafted(procedure: str, people: dict[str, Person], **fields: str) -> Draft:
    return replace(reception.new_draft(procedure), people=people, fields=fields)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (drafted("1.000656", {"applicant": WOMAN, "deceased": WOMAN}), "deceased.id_number"),
        (drafted("1.000656", {"applicant": WOMAN, "deceased": MAN}, died_on="1990-01-01"), "died_on"),
        (drafted("1.000894", {"applicant": WOMAN, "groom": WOMAN}), "groom.id_number"),
    ],
)
def test_what_cannot_be_is_refused_at_its_input_and_uses_up_no_number(desk: Desk, draft: Draft, field: str) -> None:
    with pytest.raises(BadFactError) as refusal:
        reception.receive(desk, draft)
    assert refusal.value.facts["field"] == field
    assert queries.counts(desk).total == 0


def test_what_is_merely_odd_is_asked_about_or_told_and_never_stops_anybody(desk: Desk) -> None:
    young = replace(WOMAN, id_number="034309000002", born_on="2009-01-01")
    draft = drafted("1.000894", {"applicant": young, "groom": replace(MAN, id_number="034093000009", born_on="1992")})
    assert "applicant.born_on" in {doubt.field for doubt in reception.asked_back(desk, draft)}
    shown = {each.field for each in reception.outlook(desk, draft).mistakes}
    assert {"applicant.born_on", "groom.born_on"} <= shown
    result = reception.receive(desk, draft)
    assert any("chưa đủ 18 tuổi" in warning for warning in result.warnings)


def test_the_dead_and_other_names_are_known_from_earlier_dossiers(desk: Desk) -> None:
    reception.receive(desk, drafted("1.000656", {"applicant": WOMAN, "deceased": MAN}, died_on="01/01/2026"))
    again = drafted("2.000635", {"applicant": replace(MAN, full_name="Phạm Văn Khác")}, relation="Bản thân")
    found = reception.mistakes_by_memory(desk, again.people, again.procedure)
    assert {each.field for each in found} == {"applicant.id_number", "applicant.full_name"}
    assert any("khai tử" in warning for warning in reception.receive(desk, again).warnings)


def test_a_clerk_who_certifies_a_signature_for_a_relative_is_asked(desk: Desk) -> None:
    clerk = Person(full_name=desk.clerk, id_number="034093000077", sex="Nam")
    couple = {"applicant": WOMAN, "groom": clerk}
    reception.receive(desk, drafted("1.000894", couple, applicant_is="Bên nữ"))
    asked = reception.asked_back(desk, drafted("2.001016", {"applicant": WOMAN}))
    assert any("người chứng thực" in doubt.text for doubt in asked)
    assert not any("người chứng thực" in each.text for each in reception.asked_back(desk, drafted("2.000815", couple)))
