"""A slip that replaces another tells its day in its codes; an old slip is known for one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desk_app.documents.values import values_of
from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.dossiers import numbering
from desk_app.domain.outgoing.slip_scans import SlipScan, due_mark, readings, replaced_since
from desk_app.ui.scanning import scan_grammar
from tests.kit.paper import papers

DAY = 86_400_000
FIRST = papers.dossier()
FIRST_DAY = day_in_vietnam(FIRST.due_at)


def test_the_first_slip_carries_the_code_alone() -> None:
    assert due_mark(FIRST) == ""
    assert not [key for key in values_of(FIRST, papers.PROCEDURE) if key.endswith(".scanned")]


@given(days=st.integers(1, 2000))
def test_what_a_replacing_slip_carries_reads_back_to_its_dossier_and_day(days: int) -> None:
    later = replace(FIRST, due_at=FIRST.due_at + days * DAY)
    values = values_of(later, papers.PROCEDURE)
    for key, code in (("dossier.code", FIRST.code), ("dossier.barcode", numbering.payload(FIRST.code))):
        text = str(values[f"{key}.scanned"])
        assert scan_grammar.may_be_slip(text)
        assert numbering.code_from_scan(text) == text
        assert SlipScan(code, day_in_vietnam(later.due_at)) in readings(text)


def test_an_old_slip_is_replaced_and_the_new_one_holds() -> None:
    later = replace(FIRST, due_at=FIRST.due_at + 5 * DAY)
    assert replaced_since(SlipScan(FIRST.code), FIRST) is None
    assert replaced_since(SlipScan(FIRST.code), later) == FIRST_DAY
    assert replaced_since(SlipScan(FIRST.code, day_in_vietnam(later.due_at)), later) is None
    twice = replace(FIRST, due_at=FIRST.due_at + 9 * DAY)
    assert replaced_since(SlipScan(FIRST.code, day_in_vietnam(later.due_at)), twice) == day_in_vietnam(later.due_at)


def test_a_slip_whose_day_came_back_holds_again() -> None:
    assert replaced_since(SlipScan(FIRST.code), replace(FIRST, due_at=FIRST.due_at + 60_000)) is None


def test_a_paper_of_the_office_promises_no_day() -> None:
    (_, course) = readings("H56.21.08-261122-0043/K")
    assert course == SlipScan("H56.21.08-261122-0043", is_slip=False)
    assert replaced_since(course, replace(FIRST, due_at=FIRST.due_at + 5 * DAY)) is None


def test_a_code_that_ends_like_a_mark_is_first_read_as_it_stands() -> None:
    assert readings("H26.99Z261122")[0] == SlipScan("H26.99Z261122")
    assert readings("H26.99-261120-0001Z269999") == (SlipScan("H26.99-261120-0001Z269999"),)


def test_a_dossier_without_a_due_day_has_no_slip_to_replace() -> None:
    at_once = papers.dossier(due_at=0)
    assert due_mark(at_once) == ""
    assert replaced_since(SlipScan(at_once.code), at_once) is None
