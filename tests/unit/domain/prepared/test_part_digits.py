"""One picture of a prepared declaration: its head is nobody else's, every harm is seen, parts come as they like."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.prepared import part_digits
from desk_app.domain.prepared.gathered_parts import PartsGatherer
from desk_app.domain.prepared.part_digits import PreparedExtent, bare, begins, extent, in_one_text, parted, read_part
from desk_app.errors import PreparedDamagedError, PreparedNewerError, PreparedOverfullError

ANSWERS = "123456789012345" * 20
digits = st.text("0123456789", max_size=1500)


def one(answers: str = ANSWERS) -> str:
    (part,) = parted(answers, form="004711", dictionary=1)
    return part


@given(digits, st.integers(3, 200))
def test_parts_in_any_order_and_doubled_are_the_answers_again(answers: str, most: int) -> None:
    if -(-len(answers) // most) > part_digits.MOST_PARTS:
        with pytest.raises(PreparedOverfullError):
            parted(answers, form="000001", dictionary=1, most=most)
        return
    parts = list(parted(answers, form="000001", dictionary=1, most=most))
    random.Random(most).shuffle(parts)
    gatherer = PartsGatherer()
    for number, part in enumerate(parts[:-1], start=1):
        assert gatherer.add(read_part(part)).have == number
        again = gatherer.add(read_part(part))
        assert again.is_again
        assert (again.have, again.answers) == (number, "")
    whole = gatherer.add(read_part(parts[-1]))
    assert whole.is_whole
    assert whole.answers == answers


@pytest.mark.parametrize("prefix", ["", "]Q1", "]Q1 ", "AB", "\x02", "~"])
@pytest.mark.parametrize("suffix", ["", "\r\n", "\n\n", "\t", "\x03", " Z"])
def test_what_readers_put_around_the_digits_is_taken_off(prefix: str, suffix: str) -> None:
    assert bare(f"{prefix}{one()}{suffix}") == one()
    assert read_part(f"{prefix}{one()}{suffix}").digits == ANSWERS


def test_a_line_break_inside_changes_nothing() -> None:
    part = one()
    assert read_part(f"{part[:40]}\n{part[40:90]} {part[90:]}").digits == ANSWERS


@pytest.mark.parametrize("length", range(1, 31))
def test_no_code_as_short_as_a_card_a_slip_or_a_product_is_one(length: int) -> None:
    """EAN-8, UPC-A 12, EAN-13, ITF-14, SSCC 18, CMND 9, căn cước 12, telephones: all have fewer digits."""
    text = one("")[:length]
    assert extent(text) is not PreparedExtent.WHOLE
    assert len(one("")) >= 31


@pytest.mark.parametrize(
    "code",
    [
        "8934563138165", "89345631", "036000291452", "18934563138162", "001190000001", "012345678", "0912345678",
        "84912345678", "001190000001|012345678|Nguyễn Thị Thử|15011990|Nữ|Hà Nội|20102021", "MC|H26.10-261128-0001",
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN6304A1B2",
        "000.00.01.H26-261128-0001", "]C1" + "0" * 40, "9" * 60,
    ],
)  # fmt: skip
def test_other_codes_of_a_counter_are_none(code: str) -> None:
    assert extent(code) is PreparedExtent.NONE
    assert begins(code) is None


def test_the_head_is_no_province_and_no_prefix_of_gs1() -> None:
    """144 and 448 are given to nobody (GS1), so neither EAN and UPC nor ITF-14 and SSCC begin with the head."""
    assert part_digits.HEAD == "1448"


@given(st.data())
def test_one_digit_changed_lost_or_added_is_refused(data: st.DataObject) -> None:
    part = one()
    at = data.draw(st.integers(0, len(part) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    for harmed in (part[:at] + digit + part[at + 1 :], part[:at] + part[at + 1 :], part[:at] + digit + part[at:]):
        if harmed != part:
            with pytest.raises((PreparedDamagedError, PreparedNewerError)):
                read_part(harmed)


@given(st.one_of(st.text(), st.text("0123456789", min_size=20, max_size=80).map("1448".__add__), digits))
def test_nonsense_is_a_sentence_and_never_a_crash(text: str) -> None:
    extent(text)
    begins(text)
    with suppress(PreparedDamagedError, PreparedNewerError):
        assert read_part(text).of >= 1


def test_half_a_part_is_known_as_half_and_its_rest_as_its_rest() -> None:
    part = one()
    for cut in (21, 40, len(part) - 1):
        assert extent(part[:cut]) is PreparedExtent.PART
        assert part_digits.may_go_on(part[:cut], part[cut:])
        assert not part_digits.may_go_on(part[:cut], part[cut:] + "1")
        assert not part_digits.may_go_on(part[:cut], "https://x.vn")
    assert extent(part[:20]) is PreparedExtent.NONE
    assert extent(part) is PreparedExtent.WHOLE


def test_a_beginning_is_certain_only_after_more_digits_than_anybody_types() -> None:
    assert begins("1448 Trần Phú") is None
    assert begins(one()[:20]) is None
    assert begins("x" + one()[:21]) == 1


def test_a_newer_format_or_dictionary_says_so() -> None:
    newer = part_digits.HEAD + "2" + one()[5:-10]
    with pytest.raises(PreparedNewerError):
        read_part(newer + part_digits.check_of(newer))


def test_parts_of_several_declarations_are_kept_apart() -> None:
    first, second = (parted(text * 30, form="000001", dictionary=1, most=200) for text in ("12345678", "87654321"))
    gatherer = PartsGatherer()
    gatherer.add(read_part(first[0]))
    assert gatherer.add(read_part(second[1])).is_other
    assert not gatherer.add(read_part(first[1])).is_other or len(first) == 2
    assert gatherer.add(read_part(second[0])).answers == "87654321" * 30


def test_the_first_part_of_all_is_beside_no_other_and_says_how_many_lack() -> None:
    parts = parted("12345678" * 30, form="000001", dictionary=1, most=100)
    gatherer = PartsGatherer()
    first = gatherer.add(read_part(parts[0]), "đọc")
    assert (first.is_other, first.missing, first.is_whole) == (False, 2, False)
    gatherer.add(read_part(parts[1]))
    assert gatherer.texts == ("đọc",)


def test_four_declarations_are_held_half_read_and_of_five_the_oldest_is_forgotten() -> None:
    halves = [parted(f"{n}" * 300, form="000001", dictionary=1, most=200) for n in range(1, 6)]
    gatherer = PartsGatherer()
    for first, _ in halves[:4]:
        gatherer.add(read_part(first))
    assert gatherer.add(read_part(halves[0][1])).is_whole
    for first, _ in (halves[0], halves[4]):
        gatherer.add(read_part(first))
    assert [gatherer.add(read_part(last)).is_whole for _, last in halves[:0:-1]] == [True, True, True, False]


def test_a_part_says_its_dictionary_and_its_form() -> None:
    part = read_part(parted("12", form="123456", dictionary=7)[0])
    assert (part.dictionary, part.form, part.number, part.of, part.digits) == (7, "123456", 1, 1, "12")


def test_a_declaration_has_so_many_parts_and_not_one_more() -> None:
    most = part_digits.MOST_PARTS
    assert len(parted("1" * 10 * most, form="000001", dictionary=1, most=10)) == most
    with pytest.raises(PreparedOverfullError):
        parted("1" * (10 * most + 1), form="000001", dictionary=1, most=10)


def test_pasted_text_gives_every_part_in_it() -> None:
    parts = parted(ANSWERS, form="000001", dictionary=1, most=100)
    assert in_one_text("Mã: " + "\n và ".join(parts) + ".") == parts
    assert in_one_text("0912345678\n001190000001|…") == ()
