"""A page half filled: whose it is, and whether it speaks of somebody."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers.unfinished import Unfinished, speaks_of
from desk_app.domain.people.person import Person

SOMEBODY = Person(full_name="Nguyễn Thị Thử", id_number="001190000001", old_id_number="012345678")


def test_the_applicant_is_who_is_typed_then_whom_the_card_named() -> None:
    typed = Unfinished(id="1", texts={"reception.full_name": " Trần  Văn Gõ "}, people={"applicant": SOMEBODY})
    assert typed.applicant == "Trần Văn Gõ"
    assert Unfinished(id="1", people={"applicant": SOMEBODY}).applicant == "Nguyễn Thị Thử"
    assert Unfinished(id="1", people={"mother": SOMEBODY}).applicant == ""


@pytest.mark.parametrize(
    "page",
    [
        Unfinished(id="1", texts={"reception.id_number": "001 190 000 001"}),
        Unfinished(id="1", answers={"child.id_number": "012345678"}),
        Unfinished(id="1", people={"mother": Person(full_name="Ai", id_number="001190000001")}),
        Unfinished(id="1", people={"mother": Person(full_name="Ai", old_id_number="012345678")}),
        Unfinished(id="1", texts={"reception.full_name": "NGUYEN THI THU"}),
        Unfinished(id="1", answers={"mother.full_name": "Nguyễn Thị Thử"}),
        Unfinished(id="1", people={"mother": Person(full_name="Nguyễn Thị Thử")}),
    ],
)
def test_a_page_speaks_of_whom_it_has_by_number_or_by_name(page: Unfinished) -> None:
    assert speaks_of(page, (SOMEBODY,))


@pytest.mark.parametrize(
    "page",
    [
        Unfinished(id="1"),
        Unfinished(id="1", texts={"reception.full_name": "Nguyễn Thị Khác", "reception.note": ""}),
        Unfinished(id="1", people={"mother": Person(full_name="")}),
    ],
)
def test_another_page_does_not(page: Unfinished) -> None:
    assert not speaks_of(page, (SOMEBODY,))
    assert not speaks_of(page, (Person(full_name=""),))
    assert not speaks_of(page, ())
