"""The zone on the back of a card: check digits, the century, a number or name that does not fit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.people.identity_card import read, warnings_today
from desk_app.errors import BadCheckDigitError
from tests.kit.paper.cards import MRZ, TODAY, birthdays, check, mrz_of, number_of, serials, sexes


@pytest.mark.parametrize("text", [MRZ, MRZ.replace("\n", ""), MRZ.lower(), MRZ.replace("\n", "\r\n") + "\r\n"])
def test_the_back_of_a_card_is_read_with_or_without_line_breaks(text: str) -> None:
    card = read(text)
    assert (card.kind, card.id_number, card.full_name) == ("mrz", "001190000001", "NGUYEN THI THU NGHIEM")
    assert (card.born_on, card.sex, card.expires_on) == ("1990-01-15", "Nữ", "2030-01-15")
    assert card.suspect == {"full_name"}


@given(born=birthdays, sex=sexes, serial=serials, ends=st.dates(date(2026, 1, 1), date(2060, 12, 31)))
def test_the_century_of_birth_is_taken_from_the_number(born: date, sex: str, serial: int, ends: date) -> None:
    number = number_of(born, sex, serial)
    card = read("".join(mrz_of(number, born=f"{born:%y%m%d}", sex="MF"[sex == "Nữ"], ends=f"{ends:%y%m%d}")))
    assert (card.id_number, card.born_on, card.sex, card.expires_on) == (
        number, born.isoformat(), sex, ends.isoformat(),
    )  # fmt: skip
    assert card.suspect == {"full_name"}


@given(data=st.data())
def test_one_misread_digit_never_goes_unnoticed(data: st.DataObject) -> None:
    text = MRZ.replace("\n", "")
    place = data.draw(st.sampled_from([n for n, mark in enumerate(text[:60]) if mark.isdigit()]))
    digit = data.draw(st.sampled_from([mark for mark in "0123456789" if mark != text[place]]))
    with pytest.raises(BadCheckDigitError) as refusal:
        read(text[:place] + digit + text[place + 1 :])
    assert refusal.value.facts["part"]


@pytest.mark.parametrize(
    ("lines", "born_on", "expires_on"),
    [
        (mrz_of("001155000001", born="550115", sex="F", ends="991231"), "1955-01-15", "9999-12-31"),
        (mrz_of("001190000001", born="900000", sex="F", ends="300115"), "1990", "2030-01-15"),
        (mrz_of("001190000001", born="90<<<<", sex="F", ends="300115"), "1990", "2030-01-15"),
    ],
)
def test_a_card_without_end_and_a_birth_year_alone_are_read(lines: list[str], born_on: str, expires_on: str) -> None:
    card = read("\n".join(lines))
    assert (card.born_on, card.expires_on) == (born_on, expires_on)
    assert not warnings_today(card, today=TODAY)


def test_what_stands_behind_the_number_counts_in_its_check_digit() -> None:
    card = read("\n".join(mrz_of("001190000001", born="900115", sex="F", ends="300115", extra="7A")))
    assert card.id_number == "001190000001"


def test_a_year_that_the_number_does_not_confirm_is_doubted() -> None:
    card = read("\n".join(mrz_of("001190000001", born="850115", sex="F", ends="300115")))
    assert card.born_on == "1985-01-15"
    assert {"born_on"} < card.suspect


def test_a_name_that_fills_its_line_may_be_cut() -> None:
    lines = mrz_of("001190000001", born="900115", sex="F", ends="300115", name="NGUYEN<<" + "THI<" * 5)
    assert not any("cắt" in warning for warning in read("\n".join(lines)).warnings)
    lines[2] = lines[2][:29] + "X"
    assert any("cắt" in warning for warning in read("\n".join(lines)).warnings)


@pytest.mark.parametrize(
    ("born", "number", "born_on"),
    [
        ("270115", "001127000001", "1927-01-15"),
        ("270115", "001327000001", "2027-01-15"),
    ],
)
def test_the_century_of_a_zone_is_the_numbers(born: str, number: str, born_on: str) -> None:
    assert read("\n".join(mrz_of(number, born=born, sex="F", ends="500115"))).born_on == born_on


@pytest.mark.parametrize(
    ("born", "ends", "born_on"),
    [
        ("260115", "300115", "2026-01-15"),
        ("300115", "300115", "2030-01-15"),
        ("310115", "300115", "1931-01-15"),
        ("990115", "991231", "1999-01-15"),
        ("010115", "991231", "1901-01-15"),
    ],
)
def test_where_the_number_has_another_year_the_newest_before_the_end_is_taken(
    born: str, ends: str, born_on: str
) -> None:
    card = read("\n".join(mrz_of("001185000001", born=born, sex="F", ends=ends)))
    assert card.born_on == born_on
    assert "born_on" in card.suspect


def test_a_number_on_the_card_that_does_not_end_the_personal_number_is_doubted() -> None:
    first, second, third = mrz_of("001190000001", born="900115", sex="F", ends="300115")
    other = first[:5] + "190000002" + check("190000002") + first[15:]
    whole = second[:29] + check(other[5:] + second[:7] + second[8:15] + second[18:29])
    assert read(f"{other}\n{whole}\n{third}").suspect == {"full_name", "id_number"}
