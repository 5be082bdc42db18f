"""What is refused before it is saved, because no paper could ever be printed of it."""

import unicodedata

import pytest
from msgspec.structs import replace

from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Document
from desk_app.errors import BadFactError, UnprintableTextError
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.services.papers import papers
from desk_app.services.reception import reception
from desk_app.services.reception.draft import Draft

PERSON = Person(full_name="Nguyễn Thị Thử Nghiệm", id_number="001190000001")


def drafted(procedure: str, **facts: object) -> Draft:
    return replace(reception.new_draft(procedure), **{"people": {"applicant": PERSON}, **facts})


@pytest.mark.parametrize(
    ("facts", "field", "label"),
    [
        ({"people": {"applicant": replace(PERSON, phone="09☎")}}, "applicant.phone", "Số điện thoại"),
        ({"note": "xem ⏰"}, "note", "Ghi chú"),
        ({"fields": {"child.full_name": "漢"}}, "child.full_name", "Họ, chữ đệm, tên"),
        ({"fields": {"hometown": "漢"}}, "hometown", "Quê quán"),
    ],
)
def test_a_character_no_paper_can_show_is_refused_by_the_name_of_its_input(
    desk: Desk, facts: dict[str, object], field: str, label: str
) -> None:
    with pytest.raises(UnprintableTextError) as refusal:
        reception.receive(desk, drafted("1.001193", **facts))
    assert refusal.value.facts["field"] == field
    assert label in str(refusal.value)
    assert queries.counts(desk).total == 0


@pytest.mark.parametrize(
    ("procedure", "facts", "field"),
    [
        ("2.000635", {"copies": 10**30}, "copies"),
        ("2.000635", {"copies": -1}, "copies"),
        ("1.004873", {"sets": 0}, "sets"),
        ("1.004873", {"fee_total": 10**18}, "fee"),
        ("2.000815", {"documents": (Document(name="Bằng", pages=10**30, copies=1),)}, "documents"),
        ("2.000815", {"documents": (Document(name="Bằng", pages=1, copies=0),)}, "documents"),
    ],
)
def test_a_number_beyond_sense_is_refused_and_uses_up_no_number(
    desk: Desk, procedure: str, facts: dict[str, object], field: str
) -> None:
    with pytest.raises(BadFactError) as refusal:
        reception.receive(desk, drafted(procedure, **facts))
    assert refusal.value.facts["field"] == field
    assert reception.receive(desk, drafted("1.004873")).dossier.code.endswith("-0001")


def test_decomposed_and_invisible_letters_are_kept_as_the_cards_write_them(desk: Desk) -> None:
    typed = unicodedata.normalize("NFD", "Đặng\u200b Thị  Ước ")
    draft = drafted(
        "1.001193",
        people={"applicant": replace(PERSON, full_name=typed)},
        fields={"child.full_name": typed},
        note="a\0b\nc",
    )
    kept = reception.receive(desk, draft).dossier
    assert kept.applicant.full_name == kept.people["child"].full_name == "Đặng Thị Ước"
    assert kept.note == "ab c"
    assert papers.draw(desk, kept.code)
