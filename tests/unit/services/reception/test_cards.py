"""A card read at the counter, held against what the desk remembers."""

import pytest
from msgspec.structs import replace

from desk_app.errors import DeskError
from desk_app.services.desk.desk import Desk
from desk_app.services.reception import cards, reception
from tests.kit.desk.desks import CARD

MOVED = CARD.replace("Thôn 1, Xã Cũ", "Thôn 9, Xã Khác")


def remember(desk: Desk, **facts: str) -> None:
    person = replace(cards.scan(desk, CARD).person, **facts)
    reception.receive(desk, replace(reception.new_draft("2.000815"), people={"applicant": person}))


def test_a_first_card_gives_a_person_and_says_what_came_from_it(desk: Desk) -> None:
    scan = cards.scan(desk, CARD)
    assert scan.known is None
    assert scan.differences == ()
    assert set(scan.from_card) >= {"id_number", "full_name", "born_on", "sex", "residence"}
    assert "phone" not in scan.from_card


def test_what_a_card_cannot_say_comes_from_the_last_dossier(desk: Desk) -> None:
    remember(desk, phone="0110123456", ethnicity="Tày")
    person = cards.scan(desk, CARD).person
    assert (person.phone, person.ethnicity) == ("0110123456", "Tày")


def test_a_card_that_says_otherwise_shows_both_values(desk: Desk) -> None:
    remember(desk)
    (difference,) = cards.scan(desk, MOVED).differences
    assert difference.field == "residence"
    assert (difference.known, difference.scanned) == (
        "Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội",
        "Thôn 9, Xã Khác, Huyện Cũ, Hà Nội",
    )


def test_a_card_that_has_run_out_is_told(desk: Desk) -> None:
    back = "IDVNM1900000015001190000001<<6\n9001158F2501154VNM<<<<<<<<<<<2\nNGUYEN<<THI<THU<NGHIEM<<<<<<<<"
    assert any("hết hạn ngày 15/01/2025" in warning for warning in cards.scan(desk, back).warnings)


def test_scanning_alone_records_nothing(desk: Desk) -> None:
    cards.scan(desk, CARD)
    assert cards.known_person(desk, "001190000001") is None


def test_the_old_id_number_finds_the_person_too(desk: Desk) -> None:
    remember(desk)
    known = cards.known_person(desk, "012345678")
    assert known is not None
    assert known.id_number == "001190000001"


def test_people_are_found_by_part_of_a_name_without_marks(desk: Desk) -> None:
    remember(desk)
    assert [person.id_number for person in cards.find_people(desk, "thu ngh")] == ["001190000001"]


@pytest.mark.parametrize("text", ["", "xin chào", "|||||||", "12345|a|b|c|d|e|f", "\x00\x01", "0" * 5000])
def test_nonsense_is_refused_with_a_remedy_and_repeats_nothing_of_it(desk: Desk, text: str) -> None:
    with pytest.raises(DeskError) as refusal:
        cards.scan(desk, text)
    assert refusal.value.remedy
    assert not text or text not in str(refusal.value)


@pytest.mark.parametrize(
    "damaged", ["Nguyn Th Th Nghim", "nGUYỄN tHỊ tHỬ nGHIỆM", "nguyễn thị thử nghiệm", "Nguyeenx Thij Thuwr"]
)
def test_a_damaged_name_never_replaces_the_name_the_desk_knows(desk: Desk, damaged: str) -> None:
    remember(desk)
    scan = cards.scan(desk, CARD.replace("Nguyễn Thị Thử Nghiệm", damaged))
    assert scan.person.full_name == "Nguyễn Thị Thử Nghiệm"
    assert "full_name" in scan.card.suspect
    assert not any(each.by_card for each in scan.differences if each.field == "full_name")


def test_what_the_clerk_takes_from_a_doubted_card_is_what_stands_on_it(desk: Desk) -> None:
    remember(desk)
    scan = cards.scan(desk, CARD.replace("Thị Thử", "Th Th"))
    (difference,) = [each for each in scan.differences if each.field == "full_name"]
    assert (difference.scanned, scan.on_card.full_name) == ("Nguyễn Th Th Nghiệm", "Nguyễn Th Th Nghiệm")
    assert "full_name" not in scan.from_card
