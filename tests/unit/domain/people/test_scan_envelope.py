"""Prefixes, other separators, pieces and doubles of a card's text, as readers of many makes send them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.people import identity_card
from desk_app.domain.people.scan_envelope import Extent, extent, holds_two, is_whole, joined, unwrapped
from desk_app.errors import UnreadableCardError

CARD = "001190000001|012345678|Nguyễn Thị Thử Nghiệm|15011990|Nữ|Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội|20102021"
NEW_CARD = CARD + "||Nguyễn Văn A|Trần Thị B|"
NO_OLD_NUMBER = CARD.replace("|012345678|", "||")
ZONE = "IDVNM1900000015001190000001<<6\n9001158F3001156VNM<<<<<<<<<<<0\nNGUYEN<<THI<THU<NGHIEM<<<<<<<<"
PASSPORT = "P<JPNTANAKA<<THU<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nTK12345671JPN8503172F3303171<<<<<<<<<<<<<<<8"


@pytest.mark.parametrize(
    "prefix", ["]Q1", "]Q3", "]C0", "QR:", "ABC", "99", "7", "\x02", " ", "]Q1]Q1", "id=", "CCCD "]
)
@pytest.mark.parametrize("card", [CARD, NEW_CARD, NO_OLD_NUMBER])
def test_a_prefix_is_no_part_of_a_card(prefix: str, card: str) -> None:
    assert unwrapped(prefix + card) == card
    assert identity_card.read(prefix + card).full_name == "Nguyễn Thị Thử Nghiệm"


@pytest.mark.parametrize("mark", list("~¦^;!#$*\\>§µ\t_,/- .&"))
@pytest.mark.parametrize("card", [CARD, NEW_CARD, NO_OLD_NUMBER, CARD.replace("|012345678|", "|")])
def test_another_mark_between_the_fields_is_understood(mark: str, card: str) -> None:
    read = identity_card.read("QR:" + card.replace("|", mark))
    assert (read.id_number, read.residence) == ("001190000001", "Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội")
    assert read.issued_on == "2021-10-20"


@pytest.mark.parametrize("suffix", ["\r\n", "\t", "#", " END", "\x03", ";"])
def test_a_suffix_is_no_part_of_a_card(suffix: str) -> None:
    assert identity_card.read(CARD + suffix).issued_on == "2021-10-20"
    assert is_whole(CARD + suffix)


@given(cut=st.integers(13, len(CARD) - 1))
def test_a_card_without_its_end_is_a_part_wherever_it_is_cut(cut: int) -> None:
    assert extent(CARD[:cut]) is Extent.PART
    assert joined(CARD[:cut], CARD[cut:]) == CARD
    assert joined(CARD[:cut], NEW_CARD) == NEW_CARD
    assert unwrapped(CARD[:cut] + CARD) == CARD


def test_seven_fields_are_enough_and_eleven_are_all() -> None:
    assert extent(CARD) is Extent.ENOUGH
    assert extent(CARD + "|") is Extent.ENOUGH
    assert extent(NEW_CARD) is Extent.WHOLE
    assert extent("001190000001") is Extent.NONE


@pytest.mark.parametrize("zone", [ZONE, ZONE.replace("\n", ""), "AB" + ZONE, "]Q1" + ZONE, ZONE.lower(), ZONE + "\r\n"])
def test_a_zone_is_whole_by_its_length_with_and_without_line_breaks(zone: str) -> None:
    assert extent(zone) is Extent.WHOLE
    assert extent(zone.strip()[:-40]) is Extent.PART


@pytest.mark.parametrize("zone", [PASSPORT, PASSPORT.replace("\n", ""), "AP" + PASSPORT, PASSPORT.lower()])
@pytest.mark.parametrize("country", ["JPN", "VNM", "D<<", "UTO"])
def test_the_zone_of_a_passport_of_any_country_is_whole_at_two_lines(zone: str, country: str) -> None:
    text = zone.replace("JPN", country).replace("jpn", country.lower())
    assert extent(text) is Extent.WHOLE
    assert extent(text[:60]) is Extent.PART


def test_fillers_at_the_end_of_a_line_may_have_been_trimmed() -> None:
    first, second = PASSPORT.split("\n")
    assert is_whole(first.rstrip("<") + "<<\n" + second)
    assert is_whole(ZONE.rstrip("<"))
    assert not is_whole(ZONE[:61])


def test_a_card_read_twice_is_one_card_and_two_people_are_refused() -> None:
    card = identity_card.read(CARD + CARD)
    assert (card.kind, card.issued_on, card.rest) == ("qr2021", "2021-10-20", ())
    assert identity_card.read(NEW_CARD + NEW_CARD) == identity_card.read(NEW_CARD)
    other = CARD.replace("001190000001", "001190000002")
    assert holds_two(CARD + other)
    with pytest.raises(UnreadableCardError):
        identity_card.read(CARD + other)


def test_numbers_of_parents_behind_a_card_are_no_second_card() -> None:
    text = CARD + "|Trần Văn A|001060000001|001065000002|"
    assert not holds_two(text)
    assert identity_card.read(text).rest == ("Trần Văn A", "001060000001", "001065000002", "")


@pytest.mark.parametrize("text", ["", "hello", "https://vneid.example/abc/XYZ123456", "8934563138164", "0912345678"])
def test_what_is_no_card_has_no_extent(text: str) -> None:
    assert extent(text) is Extent.NONE


@given(st.text())
def test_any_text_has_an_extent(text: str) -> None:
    for sent in (text, CARD + text, text + CARD, CARD[:50] + text):
        assert extent(sent) in Extent
        assert holds_two(unwrapped(sent)) in (True, False)


def test_a_card_read_twice_is_one_though_the_second_lost_its_empty_field() -> None:
    assert unwrapped(NO_OLD_NUMBER + NO_OLD_NUMBER.replace("||", "|", 1)) == NO_OLD_NUMBER


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (6, Extent.PART),
        (7, Extent.ENOUGH),
        (8, Extent.ENOUGH),
        (10, Extent.ENOUGH),
        (11, Extent.WHOLE),
        (12, Extent.WHOLE),
    ],
)
def test_how_much_is_there_is_counted_by_fields(fields: int, found: Extent) -> None:
    text = [*CARD.split("|"), "", "Nguyễn Văn A", "Trần Thị B", "", ""]
    assert extent("|".join(text[:fields])) is found


def test_a_health_insurance_card_is_none() -> None:
    assert extent("001190000001|4401234A|Nguyễn") is Extent.NONE


@pytest.mark.parametrize(
    ("zone", "found"),
    [
        (ZONE[:-1], Extent.ENOUGH),
        (ZONE.replace("\n", "")[:-1], Extent.PART),
        ("\n".join(ZONE.split("\n")[:2]), Extent.PART),
        (PASSPORT.replace("\n", ""), Extent.WHOLE),
        (PASSPORT.replace("\n", "")[:-1], Extent.PART),
        (PASSPORT.split("\n", maxsplit=1)[0].rstrip("<") + "<\n" + PASSPORT.split("\n")[1], Extent.WHOLE),
        (PASSPORT[:-1], Extent.PART),
    ],
)
def test_a_zone_is_there_by_its_lines(zone: str, found: Extent) -> None:
    assert extent(zone) is found
