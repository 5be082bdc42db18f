"""Codes: read back into what they were made of, never given twice, and flagged where two dossiers have one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.dossiers.numbering import Block, Pattern, default_blocks
from desk_app.protocol.keys import Certificate, Keys, certify
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import daily_numbers, journal, set_aside
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.peers import devices
from desk_app.store.queries import dossiers, search
from desk_app.store.reference import settings
from tests.kit.desk import books

PATTERNS = st.sampled_from(
    [
        "{unit}-{yymmdd}-{nnnn}",
        "{unit}-{yyyymmdd}-{nnnnn}",
        "{yymmdd}.{nnnn}/{unit}",
        "HS-{unit}-{yyyy}-{yymmdd}-{nnnn}",
        "{unit}{yymmdd}{nnnn}",
    ]
)
DAY = "2026-11-20"


@given(
    pattern=PATTERNS,
    unit=st.from_regex(r"[A-Z0-9]{1,4}(\.[A-Z0-9]{1,4}){0,3}", fullmatch=True),
    on=st.dates(date(2000, 1, 1), date(2068, 12, 31)),
    number=st.integers(1, 9999),
)
def test_a_code_is_read_back_into_what_it_was_made_of(pattern, unit, on, number):
    assert Pattern(pattern).read(Pattern(pattern).code(unit, on, number)) == (unit, on, number)


def test_a_number_that_outgrew_its_places_is_read_too():
    assert Pattern().read("H26.99-261120-12345") == ("H26.99", date(2026, 11, 20), 12345)


@pytest.mark.parametrize(
    "code", ["", "H26.99-261120-001", "H26.99-261340-0001", "H26.99_261120_0001", "x", "-261120-0001"]
)
def test_what_the_pattern_does_not_make_is_no_code_of_it(code):
    assert Pattern().read(code) is None


def test_a_year_that_is_not_the_days_is_no_code():
    pattern = Pattern("{unit}-{yyyy}-{yymmdd}-{nnnn}")
    assert pattern.read("H26.99-2026-261120-0001") == ("H26.99", date(2026, 11, 20), 1)
    assert pattern.read("H26.99-2025-261120-0001") is None


@pytest.fixture
def town(tmp_path, db):
    """Two desks of one commune that, cloned, give the same numbers."""
    other = books.made(tmp_path / "other")
    for one in (db, other):
        settings.put(one, settings.Settings(unit="H26.99", desk=1))
    yield db, other
    other.close()


def absorb(taker, giver, author=None):
    name = books.own_name(giver)
    with unit_of_work(taker):
        return journal.absorb(taker, name, books.bodies(giver, name), author=author)


def certified(db, *, desk):
    """The key of a machine that the district certified as this desk of the commune, told to `db`."""
    keys = Keys.new().public
    blocks = tuple((block.first, block.last) for block in default_blocks(desk))
    told = Certificate(keys=keys.dump(), role="desk", unit="H26.99", desk=desk, blocks=blocks)
    with unit_of_work(db):
        devices.put(db, keys.kid, certify(told, Keys.new()), "H26.99", desk, f"Quầy {desk}")
    return keys.kid


def take(db, *blocks):
    with unit_of_work(db):
        return daily_numbers.take_number(db, DAY, blocks or (Block(1, 1999),)).value


def test_numbers_of_ours_that_come_back_are_not_given_again(town):
    db, other = town
    books.received(other, 3)
    books.received(other, 17)
    books.received(other, 2005)
    books.received(other, 5, code="H26.98-261120-0100")
    absorb(db, other, certified(db, desk=1))
    assert db.all("SELECT day, number FROM number_used ORDER BY number") == [(DAY, 3), (DAY, 17)]
    assert take(db) == 18


@pytest.mark.parametrize("is_known", [True, False])
def test_numbers_of_ours_that_a_colleague_or_a_stranger_wrote_are_not_used_up(town, is_known):
    db, other = town
    books.received(other, 17)
    absorb(db, other, certified(db, desk=2) if is_known else None)
    assert db.all("SELECT number FROM number_used") == []
    assert take(db) == 1


def test_the_highest_number_counts_in_whatever_order_numbers_come_back(db):
    for number in (9, 4):
        with unit_of_work(db):
            daily_numbers.skip_to(db, DAY, number)
    assert take(db) == 10


def test_after_a_further_block_was_begun_the_first_is_not_gone_back_to(db):
    blocks = (Block(8, 9), Block(1, 5))
    for number in (1, 8, 9):
        with unit_of_work(db):
            daily_numbers.skip_to(db, DAY, number)
    assert take(db, *blocks) == 2


def test_two_dossiers_of_one_code_are_both_kept_found_and_flagged(town):
    db, other = town
    mine, theirs = books.received(db, 1, name="Nguyễn Thị Thử Nghiệm"), books.received(other, 1, name="Trần Văn Mẫu")
    absorb(db, other)
    assert {row.dossier for row in search.search(db, "H26.99-261120-0001")} == {mine, theirs}
    assert all(row.needs_look for row in search.search(db, "H26.99-261120-0001"))
    assert dossiers.row_by_code(db, "H26.99-261120-0001").dossier == mine
    (note,) = set_aside.all(db)
    assert (note.reason, note.detail) == ("same-code", "H26.99-261120-0001")
    before = books.projections(db)
    rebuild(db)
    assert books.projections(db) == before
    assert check(db).problems == ()


def test_once_a_person_has_looked_the_flags_go_and_do_not_come_back(town):
    db, other = town
    books.received(db, 1)
    theirs = books.received(other, 1)
    absorb(db, other)
    (note,) = set_aside.all(db)
    with unit_of_work(db):
        set_aside.settle(db, note.n)
    assert set_aside.all(db) == []
    books.stepped(other, theirs, "forward")
    absorb(db, other)
    assert db.all("SELECT needs_look FROM dossier") == [(0,), (0,)]
    assert check(db).problems == ()


def test_the_same_dossier_sent_by_two_is_no_double_code(town):
    db, other = town
    books.received(other, 1)
    absorb(db, other)
    absorb(db, other)
    assert set_aside.all(db) == []
