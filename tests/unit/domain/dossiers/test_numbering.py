"""Dossier codes: every desk its own numbers, none twice; and what a scanner makes of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.dossiers.numbering import (
    BY_HAND,
    DEFAULT_PATTERN,
    DESKS,
    Block,
    Pattern,
    beyond_unknown,
    code_from_scan,
    default_blocks,
    is_usual,
    next_number,
    payload,
)
from desk_app.errors import BadFactError, NumbersUsedUpError

DAY = date(2026, 11, 22)
units = st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{2,3}){0,3}", fullmatch=True)
numbers = st.integers(1, 19_999)
dates = st.dates(date(2025, 1, 1), date(2099, 12, 31))


@st.composite
def some_blocks(draw: st.DrawFn) -> list[Block]:
    """Blocks that do not overlap, in any order, as a district may have given them one after another."""
    edges = sorted(draw(st.sets(st.integers(1, 400), min_size=2, max_size=8)))
    blocks = [Block(first, last) for first, last in zip(edges[::2], edges[1::2], strict=False)]
    return draw(st.permutations(blocks))


def test_a_code_names_unit_day_and_number() -> None:
    assert Pattern().code("000.00.01.H26", DAY, 12) == "000.00.01.H26-261122-0012"
    assert Pattern("{unit}.{yymmdd}-{nnnn}").code("H21.08", DAY, 43) == "H21.08.261122-0043"
    assert Pattern("{yyyy}/{unit}/{yyyymmdd}/{nnnnn}").code("H26", DAY, 7) == "2026/H26/20261122/00007"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{unit}-{nnnn}",
        "{unit}-{yymmdd}",
        "{yymmdd}-{nnnn}",
        "{unit}-{yymmdd}-{nnnn}-{nnnn}",
        "{unit}{yymmdd}{nn}",
        "{unit}|{yymmdd}|{nnnn}",
        "{unit} {yymmdd} {nnnn}",
        "{đơn vị}-{yymmdd}-{nnnn}",
        "{unit}-{yymmdd}-{yymmdd}-{nnnn}",
    ],
)
def test_a_pattern_that_could_give_one_code_twice_is_refused(text: str) -> None:
    with pytest.raises(BadFactError) as refusal:
        Pattern(text)
    assert refusal.value.facts["field"] == "pattern"


@given(unit=units, day=dates, number=numbers)
def test_different_dossiers_have_different_codes(unit: str, day: date, number: int) -> None:
    code = Pattern().code(unit, day, number)
    assert is_usual(code)
    assert code != Pattern().code(unit, day, number + 1)
    assert code != Pattern().code(unit, date(2024, 1, 1), number)


FIVE_DESKS = {1: (1, 1999), 2: (2000, 3999), 3: (4000, 5999), 4: (6000, 7999), 5: (8000, 8999)}
"""What versions up to 0.5.0 give the desks of a commune, and what stands in the certificates of those days."""


def test_the_ten_desks_share_the_day_without_overlap_and_leave_the_numbers_written_by_hand() -> None:
    given_out = [number for block in DESKS.values() for number in range(block.first, block.last + 1)]
    assert len(DESKS) == 10
    assert len(given_out) == len(set(given_out))
    assert not set(given_out) & set(range(BY_HAND[0], BY_HAND[1] + 1))
    assert all(block.last - block.first + 1 >= 1000 for block in DESKS.values())


def test_a_desk_of_an_earlier_version_keeps_its_numbers_and_meets_nobody_elses() -> None:
    for desk, (first, last) in FIVE_DESKS.items():
        assert default_blocks(desk) == (Block(first, last),)
        others = [block for number, block in DESKS.items() if number != desk]
        assert not any(block.first <= last and first <= block.last for block in others)


@pytest.mark.parametrize("desk", range(1, 11))
def test_every_number_of_every_desk_makes_a_code_that_is_usual_and_read_back(desk: int) -> None:
    (block,) = default_blocks(desk)
    for number in (block.first, block.last):
        code = Pattern().code("H26.17", DAY, number)
        assert is_usual(code)
        assert Pattern().read(code) == ("H26.17", DAY, number)
        assert code_from_scan(payload(code)) == payload(code)


def test_no_desk_has_number_eleven() -> None:
    with pytest.raises(BadFactError):
        default_blocks(11)


@given(blocks=some_blocks())
def test_the_blocks_are_used_up_number_by_number_and_never_twice(blocks: list[Block]) -> None:
    wanted = [number for block in blocks for number in range(block.first, block.last + 1)]
    got: list[int] = []
    last = None
    for _ in wanted:
        last = next_number(blocks, last).value
        got.append(last)
    assert got == wanted
    with pytest.raises(NumbersUsedUpError):
        next_number(blocks, last, desk=2, on="22/11/2026")


@given(blocks=some_blocks(), last=st.integers(0, 500))
def test_a_number_that_other_blocks_gave_is_not_given_again(blocks: list[Block], last: int) -> None:
    try:
        number = next_number(blocks, last).value
    except NumbersUsedUpError:
        return
    assert number != last
    assert any(block.first <= number <= block.last for block in blocks)


def test_the_last_fifty_numbers_are_warned_of() -> None:
    blocks = [Block(1, 100), Block(200, 249)]
    assert not next_number(blocks, 99).nearly_used
    assert next_number(blocks, 100).nearly_used
    assert not next_number([Block(1, 1999)], None).nearly_used


def test_a_desk_without_numbers_is_told_so() -> None:
    with pytest.raises(NumbersUsedUpError, match="dải số"):
        next_number([], None, desk=1, on="22/11/2026")


@given(unit=units, day=dates, number=numbers, prefix=st.sampled_from(["", "MC|", "mc|"]), lower=st.booleans())
def test_a_scanned_code_is_read_back(unit: str, day: date, number: int, prefix: str, *, lower: bool) -> None:
    code = Pattern().code(unit, day, number)
    scanned = f"{prefix}{code.lower() if lower else code}\r\n"
    assert code_from_scan(scanned) == code
    narrow = code_from_scan(prefix + payload(code))
    assert narrow is not None
    assert payload(narrow) == payload(code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "001190000001",
        "0912345678",
        "012345678",
        "Nguyễn Văn A",
        "NGUYENVANAN",
        "001190000001||Nguyễn|15011990",
        "IDVNM1900000015001190000001<<6",
        "H26",
        "H26 261122 0001",
    ],
)
def test_what_is_no_code_is_not_taken_for_one(text: str) -> None:
    assert code_from_scan(text) is None


@pytest.mark.parametrize("code", ["000.A0.01.H26-210212-9090", "H55.242-261122-0001", "H26-261122-00001"])
def test_codes_seen_in_the_wild_are_usual(code: str) -> None:
    assert is_usual(code)


@pytest.mark.parametrize("code", ["TAM-1", "H26-26112-0001", "h26-261122-0001", "H26-261122-٠٠٠١"])
def test_other_codes_are_unusual(code: str) -> None:
    assert not is_usual(code)


def test_each_desk_has_its_numbers_and_a_thousand_are_for_the_hand() -> None:
    assert {desk: (block.first, block.last) for desk, block in DESKS.items()} == FIVE_DESKS | {
        6: (10_000, 11_999),
        7: (12_000, 13_999),
        8: (14_000, 15_999),
        9: (16_000, 17_999),
        10: (18_000, 19_999),
    }
    assert BY_HAND == (9000, 9999)
    assert all(default_blocks(desk) == (block,) for desk, block in DESKS.items())


@pytest.mark.parametrize("desk", [0, 11, -1])
def test_a_desk_of_no_number_is_told_which_there_are(desk: int) -> None:
    with pytest.raises(BadFactError, match="từ 1 đến 10"):
        default_blocks(desk)


@pytest.mark.parametrize("text", [DEFAULT_PATTERN, "{yyyy}/{unit}/{yyyymmdd}/{nnnnn}", "{unit}.{yymmdd}{nnnn}"])
@given(unit=units, day=dates, number=st.integers(1, 123_456))
def test_a_code_is_read_back_by_its_pattern(text: str, unit: str, day: date, number: int) -> None:
    pattern = Pattern(text)
    code = pattern.code(unit, day, number)
    assert pattern.read(code) == (unit, day, number)
    assert pattern.read(code + "x") is None


@pytest.mark.parametrize(
    "code",
    ["H26-261322-0001", "H26-261122-1", "H26-261122-00012", "H26/261122/0001", "-261122-0001", "", "H26-2611220-001"],
)
def test_what_the_pattern_never_makes_is_not_read(code: str) -> None:
    assert Pattern().read(code) is None


def test_a_year_that_contradicts_the_day_is_not_read() -> None:
    pattern = Pattern("{yyyy}/{unit}/{yyyymmdd}/{nnnn}")
    assert pattern.read("2026/H26/20261122/0007") == ("H26", DAY, 7)
    assert pattern.read("2025/H26/20261122/0007") is None


def test_a_number_beyond_its_places_stands_whole() -> None:
    assert Pattern().code("H26", DAY, 12_345) == "H26-261122-12345"
    assert Pattern().read("H26-261122-12345") == ("H26", DAY, 12_345)


def test_blocks_changed_during_the_day_go_on_behind_the_last_number() -> None:
    assert next_number([Block(1, 10), Block(20, 30)], 15).value == 20
    assert next_number([Block(1, 10), Block(20, 30)], 10).value == 20
    assert next_number([Block(16, 30)], 15).value == 16
    with pytest.raises(NumbersUsedUpError):
        next_number([Block(1, 15)], 15)
    with pytest.raises(NumbersUsedUpError):
        next_number([Block(5, 10)], 15)


@pytest.mark.parametrize(
    ("blocks", "last", "is_nearly"),
    [
        ([Block(1, 100)], 49, False),  # 50 is given, fifty are left
        ([Block(1, 100)], 50, True),
        ([Block(1, 51)], None, False),
        ([Block(1, 50)], None, True),
        ([Block(1, 10), Block(20, 60)], None, False),
        ([Block(1, 10), Block(20, 59)], None, True),
    ],
)
def test_fewer_than_fifty_left_are_nearly_none(blocks: list[Block], last: int | None, *, is_nearly: bool) -> None:
    assert next_number(blocks, last).nearly_used == is_nearly


def test_who_has_no_numbers_left_is_told_the_first_and_the_last() -> None:
    with pytest.raises(NumbersUsedUpError) as refusal:
        next_number([Block(1, 10), Block(20, 30)], 30, desk=2, on="22/11/2026")
    facts = refusal.value.facts
    assert (facts["desk"], facts["first"], facts["last"], facts["on"]) == (2, 1, 30, "22/11/2026")
    with pytest.raises(NumbersUsedUpError) as refusal:
        next_number([], None)
    facts = refusal.value.facts
    assert (facts["desk"], facts["first"], facts["last"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("MC|0123456789", "0123456789"),
        ("H2-26112201", "H2-26112201"),
        ("H-2611220", None),
        ("H26" + "0" * 47, "H26" + "0" * 47),
        ("H26" + "0" * 48, None),
        ("ABCDEFGHIJ", None),
        ("MC|ABCDEFGHIJ", None),
        ("-H26-261122-0001", None),
    ],
)
def test_a_scan_is_a_code_by_its_length_and_its_marks(text: str, code: str | None) -> None:
    assert code_from_scan(text) == code


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{unit}-{yymmdd}-{nnnn}-{x}", "ngoặc"),
        ("{unit}-{yymmdd}-{nnnn}}", "ngoặc"),
        ("{unit}-{yymmdd}-{nnnn}é", "in hoa"),
        ("{unit}-{unit}-{yymmdd}-{nnnn}", "{unit}"),
        ("{unit}-{yymmdd}", "{nnnn}"),
        ("{unit}-{yymmdd}-{yyyymmdd}-{nnnn}", "ngày tiếp nhận"),
        ("{unit}-{nnnn}", "ngày tiếp nhận"),
    ],
)
def test_a_pattern_is_refused_with_what_is_wrong_in_it(text: str, why: str) -> None:
    with pytest.raises(BadFactError) as refusal:
        Pattern(text)
    assert why in str(refusal.value.facts["why"])


@pytest.mark.parametrize("text", ["HS{unit}-{yymmdd}-{nnnn}", "A-{nnnn}/{yyyymmdd}/{unit}.Z", "{unit}{yymmdd}{nnnn}"])
def test_letters_before_between_and_behind_the_parts_are_read_back(text: str) -> None:
    pattern = Pattern(text)
    code = pattern.code("H26.99", date(2026, 11, 22), 43)
    assert pattern.read(code) == ("H26.99", date(2026, 11, 22), 43)
    assert pattern.read(f"X{code}") != ("H26.99", date(2026, 11, 22), 43)
    assert pattern.read(code[1:]) != ("H26.99", date(2026, 11, 22), 43)


TWO = (Block(1, 10), Block(101, 110))


@pytest.mark.parametrize(
    ("blocks", "last", "part", "number"),
    [
        (TWO, None, 0.0, 10),  # half of twenty
        (TWO, None, 1.0, 107),  # and three eighths: seventeen
        (TWO, None, 0.5, 103),
        (TWO, 2, 0.0, 101),  # nine of the eighteen that are left
        (TWO, 4, 0.0, 102),
        (TWO, 109, 0.0, 0),  # half of one is none
        (TWO, 108, 0.0, 109),
        (TWO, 110, 0.0, 0),
        ((), None, 1.0, 0),
        ((Block(1, 1), Block(5, 5)), None, 0.0, 1),
    ],
)
def test_half_of_the_numbers_that_are_left_are_skipped_and_more_late_in_the_day(
    blocks: tuple[Block, ...], last: int | None, part: float, number: int
) -> None:
    assert beyond_unknown(blocks, last, part) == number
