"""Machine-readable zones of cards and passports, as optical readers give them. Everybody here is made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.people import mrz, mrz_lines
from desk_app.domain.people.identity_card import as_person, read
from desk_app.errors import BadCheckDigitError, DeskError, UnreadableCardError

TODAY = date(2026, 11, 28)
VIETNAMESE = "P<VNMNGUYEN<<THI<BICH<PHUONG<<<<<<<<<<<<<<<<\nC1234567<0VNM8503172F3303171038185012345<<62"
JAPANESE = "P<JPNTANAKA<<THU<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nTK12345671JPN8503172F3303171<<<<<<<<<<<<<<<8"
CARD = "IDVNM1850123459038185012345<<6\n8503172F4503174VNM<<<<<<<<<<<0\nNGUYEN<<THI<BICH<PHUONG<<<<<<<"
NAMES = {"JPN": "Nhật Bản", "VNM": "Việt Nam"}

numbers = st.from_regex(r"(?=[A-Z]*[0-9])[A-Z0-9]{5,9}", fullmatch=True)


def passport(
    number: str,
    *,
    state: str = "FRA",
    born: str = "850317",
    ends: str = "330317",
    name: str = "DUPONT<<JEAN<PIERRE",
    personal: str = "",
) -> list[str]:
    digit = mrz.check_digit
    first = f"P<{state:<<3}{name}".ljust(44, "<")
    number = number.ljust(9, "<")
    head = f"{number}{digit(number)}"
    dates = f"{born}{digit(born)}", f"{ends}{digit(ends)}"
    own = personal.ljust(14, "<")
    own += str(digit(own)) if personal else "<"
    whole = digit(head + dates[0] + dates[1] + own)
    return [first, f"{head}{state:<<3}{dates[0]}M{dates[1]}{own}{whole}"]


def card(
    number: str = "038185012345",
    *,
    document: str = "185012345",
    born: str = "850317",
    ends: str = "450317",
    name: str = "NGUYEN<<THI<BICH<PHUONG",
) -> list[str]:
    digit = mrz.check_digit
    own = f"{number:<<12}<<"
    first = f"{document}{digit(document)}{own}{digit(own)}"
    second = f"{born}{digit(born)}F{ends}{digit(ends)}VNM{'<' * 11}"
    whole = digit(first + second[:7] + second[8:15] + second[18:])
    return [f"IDVNM{first}", f"{second}{whole}", name.ljust(30, "<")]


def test_a_foreign_passport_gives_name_number_and_nationality() -> None:
    card = read(JAPANESE)
    assert (card.kind, card.full_name, card.id_number) == ("mrz_td3", "TANAKA THU", "TK1234567")
    assert (card.document_number, card.issuing_state, card.nationality) == ("TK1234567", "JPN", "JPN")
    assert (card.born_on, card.sex, card.expires_on) == ("1985-03-17", "Nữ", "2033-03-17")
    person = as_person(card, today=TODAY, countries=NAMES)
    assert (person.nationality, person.issuing_country, person.id_kind) == ("Nhật Bản", "Nhật Bản", "Hộ chiếu")


def test_a_vietnamese_passport_names_its_holder_by_the_twelve_digits() -> None:
    card = read(VIETNAMESE)
    assert (card.id_number, card.document_number, card.full_name) == (
        "038185012345", "C1234567", "NGUYEN THI BICH PHUONG",
    )  # fmt: skip
    assert (card.born_on, card.suspect) == ("1985-03-17", {"full_name"})
    person = as_person(card, today=TODAY, countries=NAMES)
    assert (person.nationality, person.document_number) == ("Việt Nam", "C1234567")


@given(number=numbers, state=st.sampled_from(["FRA", "KOR", "CAN", "CHN", "PRT", "D", "USA", "XXA"]))
def test_any_number_of_the_icao_is_read_from_a_passport_of_any_state(number: str, state: str) -> None:
    card = read("\n".join(passport(number, state=state)))
    assert (card.id_number, card.issuing_state, card.full_name) == (number, state, "DUPONT JEAN PIERRE")


@pytest.mark.parametrize("text", [JAPANESE, VIETNAMESE])
@pytest.mark.parametrize("way", ["joined", "crlf", "small", "trimmed", "trimmed and joined", "guillemets", "k"])
def test_a_passport_is_read_alike_however_the_reader_gives_its_lines(text: str, way: str) -> None:
    first, second = text.split("\n")
    trimmed = (first.rstrip("<"), second.replace("<" * 15, "").replace("<<62", "62"))
    sent = {
        "joined": first + second,
        "crlf": f"{first}\r\n{second}\r\n",
        "small": text.lower(),
        "trimmed": "\n".join(trimmed),
        "trimmed and joined": "".join(trimmed),
        "guillemets": text.replace("<<", "«"),
        "k": f"{first.rstrip('<').ljust(44, 'K')}\n{second.replace('<' * 15, 'K' * 15)}",
    }[way]
    assert read(sent) == read(text)


@pytest.mark.parametrize("number", ["CC332125", "CC33212", "CC3321", "CC332"])
def test_a_number_shorter_than_its_place_is_read_without_its_fillers_too(number: str) -> None:
    first, second = passport(number, state="PRT")
    assert read(f"{first.rstrip('<')}\n{second.replace('<', '')}").id_number == number


def test_a_card_is_read_without_its_fillers_too() -> None:
    first, second, third = CARD.split("\n")
    trimmed = [first.replace("<<6", "6"), second.replace("<", ""), third.rstrip("<")]
    assert read("\n".join(trimmed)) == read(CARD)
    assert read("".join(trimmed)) == read(CARD)


@pytest.mark.parametrize(
    "slip",
    [
        CARD.replace("1850123459038185012345", "185O123459O38185O12345"),
        CARD.replace("1850123459", "I85OI23459"),
        CARD.replace("8503172", "B5O3I72"),
        CARD.replace("THI<BICH", "TH1<B1CH"),
        CARD.replace("IDVNM", "1DVNM"),
        CARD.replace("<<<0\n", "<<<O\n"),
        CARD.replace("PHUONG<<<<<<<", "PHUONGKKKKKKK"),
        CARD.replace("PHUONG<<<<<<<", "PHUONG<<K<KK<"),
    ],
)
def test_letters_and_figures_taken_for_each_other_are_mended_on_a_card(slip: str) -> None:
    assert read(slip) == read(CARD)


@pytest.mark.parametrize(
    "slip",
    [
        VIETNAMESE.replace("C1234567<0", "CI234S67<O"),
        VIETNAMESE.replace("8503172F3303171", "8SO3I72F33O3I7I"),
        VIETNAMESE.replace("0VNM", "0VNM").replace("NGUYEN", "NGUYEN"),
        VIETNAMESE.replace("038185012345<<62", "O38I85O12345<<6Z"),
        VIETNAMESE.replace("038185012345<<62", "038185012345KK62"),
    ],
)
def test_letters_and_figures_taken_for_each_other_are_mended_in_a_vietnamese_passport(slip: str) -> None:
    card = read(slip)
    assert (card.id_number, card.document_number, card.born_on) == ("038185012345", "C1234567", "1985-03-17")


def test_a_mended_number_of_a_foreign_passport_is_asked_about() -> None:
    card = read(JAPANESE.replace("TK1234567", "TKI234567"))
    assert (card.id_number, card.suspect) == ("TK1234567", {"id_number"})
    assert read(JAPANESE).suspect == set()


@given(data=st.data(), text=st.sampled_from([JAPANESE, VIETNAMESE]))
def test_one_misread_figure_of_a_passport_never_goes_unnoticed(data: st.DataObject, text: str) -> None:
    place = data.draw(st.sampled_from([n for n, mark in enumerate(text) if mark.isdigit()]))
    digit = data.draw(st.sampled_from([mark for mark in "0123456789" if mark != text[place]]))
    with pytest.raises(BadCheckDigitError):
        read(text[:place] + digit + text[place + 1 :])


def test_a_year_of_two_figures_is_never_a_birth_to_come() -> None:
    card = read("\n".join(passport("12AB34567", born="280305")))
    assert "born_on" in card.suspect
    assert as_person(card, today=TODAY).born_on == "1928-03-05"


@pytest.mark.parametrize(
    "text",
    [
        JAPANESE.replace("JPNTANAKA<<THU", "JPN<<<<<<<<<<<"),
        JAPANESE[:60],
        JAPANESE[:44],
        "P<VNM",
        "PHUONG<DONG<SON<THANH<HOA<VIET<NAM<PHUONG<DONG<SON",
    ],
)
def test_what_is_no_whole_zone_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCardError):
        read(text)


@given(st.text(alphabet="PIDVNM<KO0123456789ABC\n", max_size=100))
def test_any_run_of_the_characters_gives_a_card_or_a_refusal(text: str) -> None:
    for sent in (text, JAPANESE[:44] + text, CARD + text):
        try:
            as_person(read(sent), today=TODAY)
        except DeskError as refusal:
            assert refusal.remedy  # noqa: PT017 - refusing is one of two good answers


@pytest.mark.parametrize(
    ("born", "ends", "born_on", "is_sure"),
    [
        ("850317", "330317", "1985-03-17", False),
        ("330317", "330317", "2033-03-17", False),
        ("340317", "330317", "1934-03-17", False),
        ("131231", "331231", "2013-12-31", True),
        ("141231", "331231", "2014-12-31", False),
    ],
)
def test_the_century_of_a_foreign_birth_is_the_newest_before_the_passports_end(
    born: str, ends: str, born_on: str, *, is_sure: bool
) -> None:
    zone = mrz.read("\n".join(passport("12AB34567", born=born, ends=ends)))
    assert zone.born_on == born_on


@pytest.mark.parametrize(
    ("born", "born_on"),
    [
        ("850000", "1985"),
        ("85<<<<", "1985"),
        ("850300", "1985"),
        ("850017", "1985"),
        ("<<<<<<", ""),
        ("851332", "1985"),
    ],
)
def test_a_birth_without_a_day_is_a_year_and_without_a_year_nothing(born: str, born_on: str) -> None:
    assert read("\n".join(passport("12AB34567", born=born))).born_on == born_on


def test_an_old_number_of_nine_digits_is_kept_beside_the_passports() -> None:
    zone = mrz.read("\n".join(passport("C1234567", state="VNM", personal="012345678")))
    assert (zone.id_number, zone.old_id_number, zone.document_number) == ("", "012345678", "C1234567")
    foreign = mrz.read("\n".join(passport("12AB34567", personal="012345678")))
    assert (foreign.id_number, foreign.old_id_number) == ("", "")


def test_a_passport_without_an_end_ends_never() -> None:
    assert mrz.read("\n".join(passport("12AB34567", ends="991231"))).expires_on == mrz.NO_END


@pytest.mark.parametrize("mark", ["M", "F", "<"])
def test_the_sex_is_what_the_mark_says(mark: str) -> None:
    first, second = passport("12AB34567")
    assert mrz.read(f"{first}\n{second[:20]}{mark}{second[21:]}").sex == {"M": "Nam", "F": "Nữ"}.get(mark, "")


def test_check_digits_are_those_of_the_icao() -> None:
    assert mrz.check_digit("520727") == 3  # ICAO 9303-3, appendix A
    assert mrz.check_digit("AB2134<<<") == 5
    assert mrz.check_digit("HA672242<658022549601086<<<<<<<<<<<<<<0") == 8


def test_a_wrong_digit_is_told_by_its_part() -> None:
    first, second = passport("12AB34567", state="FRA", personal="AB12")

    def part(place: int) -> object:
        wrong = str((int(second[place]) + 1) % 10)
        with pytest.raises(BadCheckDigitError) as refusal:
            read(f"{first}\n{second[:place]}{wrong}{second[place + 1 :]}")
        return refusal.value.facts["part"]

    assert [part(place) for place in (9, 19, 27, 42, 43)] == [
        "số hộ chiếu", "ngày sinh", "ngày hết hạn", "số định danh", "kiểm tra chung",
    ]  # fmt: skip


def test_what_stands_in_the_second_line_of_a_card_counts_in_the_last_digit() -> None:
    first, second, third = CARD.split("\n")
    first = first[:-1].ljust(29, "<") + first[-1]
    second = f"{second[:18]}7A9BCDEF1GH"
    digit = mrz.check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    assert mrz.read("\n".join((first, f"{second}{digit}", third))).id_number == "038185012345"


def test_a_card_whose_number_has_not_twelve_digits_is_no_card_of_vietnam() -> None:
    assert mrz.read("\n".join(card())).id_number == "038185012345"
    with pytest.raises(UnreadableCardError, match="thẻ căn cước Việt Nam"):
        mrz.read("\n".join(card("012345678")))


@given(
    first=st.sampled_from(["HO", "TRAN", "NGUYEN"]),
    given_=st.text(alphabet="ABEHNT", min_size=2, max_size=30),
    number=st.sampled_from(["038185012345", "001090000001", "079201123456"]),
    ends=st.sampled_from(["450317", "991231"]),
)
def test_a_card_is_read_alike_however_many_of_its_fillers_are_left_out(
    first: str, given_: str, number: str, ends: str
) -> None:
    lines = card(number, name=f"{first}<<{given_}"[:30], ends=ends)
    whole = mrz.read("\n".join(lines))
    shorter = [lines[0].replace("<<", ""), lines[1].replace("<", ""), lines[2].rstrip("<")]
    for sent in ("".join(lines), "\n".join(shorter), "".join(shorter), "\n".join([lines[0], *shorter[1:]])):
        assert mrz.read(sent) == whole


@pytest.mark.parametrize("name", ["DEKKER<<JAN", "KK<<JAN", "MARIKKANU<<DEKKER<JAN", "DEKKERKKJAN", "A<<B"])
@pytest.mark.parametrize("ending", ["<", "<<<", "KKK", "<K<K"])
def test_a_double_k_is_a_filler_only_where_no_other_stands_between_the_names(name: str, ending: str) -> None:
    meant = "DE ERKKJAN" if name == "DEKKERKKJAN" else name.replace("<<", " ").replace("<", " ")
    assert mrz_lines.name_of(name + ending) == (meant, ending == "<K<K")


def test_a_name_that_fills_its_line_may_have_been_cut() -> None:
    assert mrz_lines.name_of("NGUYEN<<THI") == ("NGUYEN THI", True)
    assert mrz_lines.name_of("<<<") == ("", False)


@pytest.mark.parametrize(
    ("begins", "layout", "least", "most"),
    [("IDVNM1", mrz_lines.TD1, 52, 102), ("P<FRA<", mrz_lines.TD3, 42, 100)],
)
def test_a_zone_has_at_least_what_is_left_without_fillers_and_little_more_than_its_lines(
    begins: str, layout: mrz_lines.Layout, least: int, most: int
) -> None:
    for length in (least, most):
        assert mrz_lines.layout_of(begins.ljust(length, "A")) is layout
    for length in (least - 1, most + 1):
        assert mrz_lines.layout_of(begins.ljust(length, "A")) is None
    assert not mrz_lines.is_complete(begins.ljust(layout.length - 1, "A"), layout)
    assert mrz_lines.is_complete(begins.ljust(layout.length, "A"), layout)


@given(
    st.text(alphabet="AK<1", min_size=42, max_size=102),
    st.sampled_from([mrz_lines.TD1, mrz_lines.TD3]),
    st.sampled_from(["", "\n"]),
)
def test_every_arrangement_has_the_lines_of_its_layout_and_uses_every_character(
    text: str, layout: mrz_lines.Layout, between: str
) -> None:
    sent = text[:30] + between + text[30:]
    for lines in mrz_lines.arrangements(sent, layout):
        assert [len(line) for line in lines] == [layout.width] * layout.lines
        kept = "".join(lines).replace("<", "")
        assert kept.startswith(text.replace("<", "")[: len(kept)])
        assert kept.rstrip("K") == text.replace("<", "").rstrip("K")


def test_no_line_of_a_card_is_made_of_fillers_alone() -> None:
    first, second, _ = card()
    for sent in (first + second, first.replace("<<", "") + second.replace("<", "")):
        assert all(lines[2].strip("<") for lines in mrz_lines.arrangements(sent, mrz_lines.TD1))


def test_lost_fillers_are_put_back_before_the_check_digits_and_behind_a_short_number() -> None:
    """A line of 42 marks in 44 places: two fillers before the last two or one, or some of them behind the number."""
    line = "".join(chr(ord("A") + n % 26) for n in range(42))
    whole = [f"{line[:-gap]}<<{line[-gap:]}" for gap in (2, 1)]
    behind = [f"{line[:8]}<{line[8:-gap]}<{line[-gap:]}" for gap in (2, 1)]
    both = [f"{line[:7]}<<{line[7:]}"] * 2
    assert list(mrz_lines._with_fillers(line, (2, 1), 44)) == whole
    assert list(mrz_lines._with_fillers(line, (2, 1), 44, may_be_short=True)) == [*whole, *behind, *both]


@pytest.mark.parametrize(("lost", "most"), [(1, 1), (4, 4), (5, 4), (9, 4)])
def test_no_number_is_taken_for_shorter_than_five_marks(lost: int, most: int) -> None:
    line = "A" * (44 - lost)
    tried = list(mrz_lines._with_fillers(line, (1,), 44, may_be_short=True))
    assert [len(each) for each in tried] == [44] * (1 + most)
    assert tried[-1].startswith("A" * (9 - most) + "<" * most + "A")


def test_a_whole_line_lost_no_fillers() -> None:
    assert list(mrz_lines._with_fillers("A" * 44, (2, 1), 44, may_be_short=True)) == ["A" * 44]
