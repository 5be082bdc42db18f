"""Old records travel in bounded parts and come back whole, each with the row of its file."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers.events import OldRecordsBrought
from desk_app.domain.old_records.record import MOST_ROWS, OldRecord, line_of, numbers_of, parts_of, records_of

ONE = OldRecord(line=2, facts={"full_name": "Lò Thử", "born_on": "1956"})
TWO = OldRecord(line=3, facts={"full_name": "Lê Thử", "id_number": "034093000003", "code": "H1"})


def parts(records: list[OldRecord]) -> list[OldRecordsBrought]:
    return list(parts_of(records, import_id="i", what="people", source="so.xlsx"))


def test_what_went_into_parts_comes_out_of_them() -> None:
    (part,) = parts([ONE, TWO])
    assert (part.total, part.columns) == (2, ("line", "full_name", "born_on", "id_number", "code"))
    assert records_of(part) == [ONE, TWO]
    assert parts([]) == []


def test_a_part_has_fifty_rows_at_most() -> None:
    many = [OldRecord(line=n, facts={"full_name": "Lò Thử"}) for n in range(1, 2 * MOST_ROWS + 2)]
    assert [len(part.rows) for part in parts(many)] == [50, 50, 1]
    assert [one.line for part in parts(many) for one in records_of(part)] == list(range(1, 102))


@pytest.mark.parametrize(("letters", "rows"), [(7993, [2, 2]), (7994, [1, 1, 1, 1])])
def test_a_part_has_sixteen_thousand_bytes_of_texts_at_most(letters: int, rows: list[int]) -> None:
    """A row weighs its texts and three bytes for each: 7993 letters and "1" are 8000."""
    heavy = [OldRecord(line=1, facts={"note": "a" * letters})] * 4
    assert [len(part.rows) for part in parts(heavy)] == rows


def test_a_row_heavier_than_a_part_is_a_part_of_its_own() -> None:
    heavy = OldRecord(line=1, facts={"note": "đ" * 9000})
    assert [len(part.rows) for part in parts([ONE, heavy, ONE])] == [1, 1, 1]


@pytest.mark.parametrize(
    ("text", "line"), [("7", 7), ("1048576", 1048576), ("10485760", 0), ("", 0), ("-1", 0), ("٣", 0), ("x", 0)]
)
def test_the_row_of_its_file_is_a_number_of_seven_figures_at_most(text: str, line: int) -> None:
    part = OldRecordsBrought(import_id="i", what="people", source="s", total=1, columns=("line",), rows=((text,),))
    assert line_of(part, part.rows[0]) == line


def test_who_a_row_is_about_is_known_by_either_number() -> None:
    columns = ("line", "id_number", "old_id_number")
    part = OldRecordsBrought(import_id="i", what="people", source="s", total=1, columns=columns, rows=())
    assert numbers_of(part, ("1", "034093000003", "")) == {"034093000003"}
    assert numbers_of(part, ("1", "034093000003", "012345678")) == {"034093000003", "012345678"}
    assert numbers_of(part, ("1",)) == frozenset()


def test_a_record_names_its_person_and_its_dossier() -> None:
    assert (TWO.person.full_name, TWO.person.id_number, TWO.code) == ("Lê Thử", "034093000003", "H1")
    assert OldRecord(line=1, facts={"book": "3"}).person.full_name == OldRecord(line=1, facts={}).code == ""
