"""Cards as readers give them. Everybody here is made up."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.people import qr_card
from desk_app.domain.people.card import Doubts, read_date
from desk_app.domain.people.identity_card import Card, as_person, read, warnings_today
from desk_app.domain.people.person import checked
from desk_app.errors import DeskError, GarbledCardError, UnreadableCardError
from tests.kit.desk.vietnamese import names
from tests.kit.paper.cards import (
    ADDRESS,
    MRZ,
    SAMPLE,
    TODAY,
    birthdays,
    issues,
    misread,
    mrz_of,
    number_of,
    serials,
    sexes,
)


def test_a_card_of_2021_is_read_whole() -> None:
    assert read(SAMPLE) == Card(
        kind="qr2021",
        id_number="001190000001",
        old_id_number="012345678",
        full_name="Nguyễn Thị Thử Nghiệm",
        born_on="1990-01-15",
        sex="Nữ",
        residence=ADDRESS,
        issued_on="2021-10-20",
    )


@given(
    name=names,
    born=birthdays,
    sex=sexes,
    issued=issues,
    serial=serials,
    old=st.sampled_from(["", "012345678"]),
)
@pytest.mark.parametrize("way", ["plain", "nfd", "misread", "field dropped", "2024", "wedge"])
def test_a_card_is_read_alike_however_it_arrives(
    way: str, name: str, born: date, sex: str, issued: date, serial: int, old: str
) -> None:
    number = number_of(born, sex, serial)
    text = "|".join([number, old, name, f"{born:%d%m}{born.year}", sex, ADDRESS, f"{issued:%d%m%Y}"])
    sent = {
        "plain": text,
        "nfd": unicodedata.normalize("NFD", text),
        "misread": misread(text),
        "field dropped": text.replace("||", "|", 1),
        "2024": text + "||Nguyễn Văn Cha|Trần Thị Mẹ|",
        "wedge": f"]Q1{text}\r\n",
    }[way]
    card = read(sent)
    assert (card.id_number, card.old_id_number, card.full_name, card.born_on, card.sex, card.residence) == (
        number, old, name, born.isoformat(), sex, ADDRESS,
    )  # fmt: skip
    assert card.issued_on == issued.isoformat() or issued < born
    assert card.kind == ("qr2024" if way == "2024" else "qr2021")
    assert card.rest == (("", "Nguyễn Văn Cha", "Trần Thị Mẹ", "") if way == "2024" else ())
    assert ("full_name" in card.suspect) == (way == "misread")
    checked(as_person(card, today=TODAY))


@pytest.mark.parametrize(
    ("born", "kept", "is_doubted"),
    [
        ("1990", "1990", False),
        ("00001990", "1990", False),
        ("31021990", "1990", True),
        ("00011990", "1990", True),
        ("abc", "", True),
        ("", "", True),
    ],
)
def test_a_birth_date_is_kept_as_far_as_it_makes_sense(born: str, kept: str, is_doubted: bool) -> None:
    card = read(SAMPLE.replace("15011990", born))
    assert card.born_on == kept
    assert ("born_on" in card.suspect) == is_doubted


@pytest.mark.parametrize("more", ["|", "|Mới", "|||||"])
def test_more_than_seven_fields_are_the_card_of_2024_and_are_kept_raw(more: str) -> None:
    card = read(SAMPLE + more)
    assert (card.kind, card.rest) == ("qr2024", tuple(more[1:].split("|")))
    assert card.issued_on == "2021-10-20"


def test_one_field_less_still_gives_the_rest() -> None:
    card = read(f"001190000001|012345678|Nguyễn Thị Thử Nghiệm|15011990|Nữ|{ADDRESS}")
    assert (card.full_name, card.residence, card.issued_on) == ("Nguyễn Thị Thử Nghiệm", ADDRESS, "")
    assert "issued_on" in card.suspect


def test_an_old_number_of_no_known_shape_is_kept_apart() -> None:
    card = read(SAMPLE.replace("012345678", "0123"))
    assert (card.old_id_number, card.rest) == ("", ("0123",))
    assert card.suspect == {"old_id_number"}


@pytest.mark.parametrize(
    ("old", "new", "suspect"),
    [
        ("|Nữ|", "|Nam|", "sex"),
        ("|Nữ|", "|?|", "sex"),
        ("15011990", "15011991", "born_on"),
        ("001190000001", "099190000001", "id_number"),
        ("Nguyễn Thị", "Nguyeenx Thij", "full_name"),
        ("Thôn 1", "Thon6 1", "residence"),
        ("20102021", "20101980", "issued_on"),
    ],
)
def test_what_does_not_fit_is_a_warning_about_that_field_and_no_more(old: str, new: str, suspect: str) -> None:
    card = read(SAMPLE.replace(old, new))
    assert card.suspect == {suspect}
    assert len(card.warnings) == 1


@pytest.mark.parametrize(("old", "new"), [("Nguyễn Thị", "Nguy?n Th?"), ("Hà Nội", "HÃ\u00a1 Ná»")])
def test_a_card_whose_letters_are_lost_is_refused(old: str, new: str) -> None:
    with pytest.raises(GarbledCardError) as refusal:
        read(SAMPLE.replace(old, new))
    assert refusal.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \r\n",
        "hello",
        "001190000001",
        "https://example.vn/x",
        "a|b",
        "1|2|3|4|5|6|7",
        SAMPLE[1:],
        SAMPLE[:40],
        "|||||||",
        SAMPLE.replace("Nguyễn Thị Thử Nghiệm", ""),
        "H26-261122-0001",
        MRZ[:60],
        MRZ.replace("VNM", "LAO"),
    ],
)
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCardError):
        read(text)


def test_no_refusal_tells_what_stood_on_the_card() -> None:
    for text in (SAMPLE[:40], SAMPLE.replace("Nguyễn", "Nguy?n"), MRZ.replace("F300115", "F300116")):
        with pytest.raises(DeskError) as refusal:
            read(text)
        assert not any(part in str(refusal.value) for part in ("0011", "Nguy", "NGUYEN", "1990"))


@pytest.mark.parametrize(
    ("issued", "kind", "by"),
    [
        ("30062024", "Căn cước công dân", "Cục Cảnh sát quản lý hành chính về trật tự xã hội"),
        ("01072024", "Căn cước", "Bộ Công an"),
        ("23112026", "", ""),
    ],
)
def test_the_paper_is_named_as_on_its_day_of_issue(issued: str, kind: str, by: str) -> None:
    person = as_person(read(SAMPLE.replace("20102021", issued)), today=TODAY)
    assert (person.id_kind, person.id_issued_by, bool(person.id_issued_on)) == (kind, by, bool(kind))


def test_an_expired_card_and_dates_to_come_are_told_on_the_day() -> None:
    card = read(MRZ)
    assert not warnings_today(card, today=date(2030, 1, 15))
    (warning,) = warnings_today(card, today=date(2030, 1, 16))
    assert "15/01/2030" in warning
    assert len(warnings_today(read(SAMPLE), today=date(1989, 1, 1))) == 2


@given(st.text())
def test_any_text_gives_a_card_or_a_refusal_with_a_remedy(text: str) -> None:
    for sent in (text, SAMPLE + text, text + SAMPLE, f"001190000001|{text}|Nữ|x|15011990|a|b|c"):
        try:
            card = read(sent)
        except DeskError as refusal:
            assert refusal.remedy  # noqa: PT017 - refusing is one of two good answers
        else:
            as_person(card, today=TODAY)


def test_a_card_dated_in_the_future_is_told_and_its_day_is_left_out() -> None:
    card = read(SAMPLE.replace("20102021", "23112026"))
    (warning,) = warnings_today(card, today=TODAY)
    assert warning.startswith("Ngày cấp trên thẻ ở sau hôm nay")
    assert warnings_today(card, today=date(2026, 11, 23)) == ()
    assert as_person(card, today=date(2026, 11, 23)).id_issued_on == "2026-11-23"
    assert as_person(card, today=TODAY).id_issued_on == ""


def test_a_birth_in_the_future_is_told_and_left_out_or_a_century_older_in_a_zone() -> None:
    day = date(1990, 1, 14)
    card = read(SAMPLE.replace("20102021", ""))
    assert warnings_today(card, today=date(1990, 1, 15)) == ()
    assert as_person(card, today=date(1990, 1, 15)).born_on == "1990-01-15"
    (warning,) = warnings_today(card, today=day)
    assert warning.startswith("Ngày sinh trên thẻ ở sau hôm nay")
    assert as_person(card, today=day).born_on == ""
    zone = read(MRZ)
    (warning,) = warnings_today(zone, today=day)
    assert warning.startswith("Năm sinh trong dòng mã chỉ có hai số cuối")
    assert as_person(zone, today=day).born_on == "1890-01-15"


def test_a_text_longer_than_any_card_is_refused_unread() -> None:
    assert read(SAMPLE + "|" * (4_000 - len(SAMPLE))).kind == "qr2024"
    with pytest.raises(UnreadableCardError) as refusal:
        read(SAMPLE + "|" * (4_001 - len(SAMPLE)))
    assert "dài hơn" in str(refusal.value)


def test_a_card_may_be_issued_on_the_day_of_birth_and_not_before() -> None:
    assert read(SAMPLE.replace("20102021", "15011990")).suspect == set()
    assert read(SAMPLE.replace("20102021", "14011990")).suspect == {"issued_on"}


@pytest.mark.parametrize(
    ("old", "new", "suspect"),
    [
        ("Nguyễn Thị Thử Nghiệm", " Thị Thử Nghiệm", {"full_name", "residence"}),
        ("Nguyễn Thị Thử Nghiệm", "Nguyễn  Thử Nghiệm", {"full_name", "residence"}),
        ("Thử Nghiệm", "Thử\x01 Nghiệm", {"full_name", "residence"}),
        ("Xã Cũ", "Xã\x01 Cũ", {"full_name", "residence"}),
        ("|15011990", "| 15011990", set()),
        ("Huyện Cũ, Hà Nội", "Huyện Cũ,  Hà Nội", set()),
    ],
)
def test_a_blank_where_a_letter_was_is_a_sign_in_a_name(old: str, new: str, suspect: set[str]) -> None:
    assert read(SAMPLE.replace(old, new)).suspect == suspect


@pytest.mark.parametrize(("length", "is_taken"), [(100, True), (101, False)])
def test_a_name_has_a_hundred_letters_at_most(length: int, *, is_taken: bool) -> None:
    name = ("Thị " * 30)[: length - 3] + "Thử"
    assert len(name) == length
    text = SAMPLE.replace("Nguyễn Thị Thử Nghiệm", name)
    if is_taken:
        assert read(text).full_name == name
    else:
        with pytest.raises(UnreadableCardError):
            read(text)


@pytest.mark.parametrize(("length", "is_taken"), [(300, True), (301, False)])
def test_an_address_has_three_hundred_letters_at_most(length: int, *, is_taken: bool) -> None:
    home = ("Thôn Một, " * 30 + "Hà Nội")[-length:] if length <= 306 else ""
    assert len(home) == length
    text = SAMPLE.replace(ADDRESS, home)
    if is_taken:
        assert read(text).residence == home
    else:
        with pytest.raises(UnreadableCardError):
            read(text)


def test_an_old_number_has_nine_or_twelve_digits() -> None:
    assert read(SAMPLE.replace("012345678", "001190000009")).old_id_number == "001190000009"
    assert read(SAMPLE.replace("012345678", "0123456789")).rest == ("0123456789",)


def test_a_sex_nobody_named_is_asked_for() -> None:
    card = read("\n".join(mrz_of("001190000001", born="900115", sex="<", ends="300115")))
    assert (card.sex, "sex" in card.suspect) == ("", True)


@pytest.mark.parametrize(
    ("key", "text", "kept", "is_doubted"),
    [
        ("born_on", "31021990", "1990", True),
        ("born_on", "31021700", "", True),
        ("issued_on", "31022021", "", True),
        ("issued_on", "", "", True),
        ("expires_on", "", "", False),
        ("born_on", "00001956", "1956", False),
        ("born_on", "15011990", "1990-01-15", False),
    ],
)
def test_of_a_day_no_calendar_has_only_the_year_of_a_birth_is_kept(
    key: str, text: str, kept: str, *, is_doubted: bool
) -> None:
    doubts = Doubts()
    assert read_date(key, "Ngày", text, doubts) == kept
    assert (key in doubts.suspect) is is_doubted


@pytest.mark.parametrize(("text", "why"), [(" ", "đầu đọc không gửi gì"), ("abc", "đây không phải mã")])
def test_a_reader_that_sent_nothing_is_told_from_one_that_sent_something_else(text: str, why: str) -> None:
    with pytest.raises(UnreadableCardError, match=why):
        read(text)


def test_a_text_of_one_field_is_no_card() -> None:
    with pytest.raises(UnreadableCardError, match="không đủ các mục"):
        qr_card.from_qr("001190000001", was_damaged=False)
