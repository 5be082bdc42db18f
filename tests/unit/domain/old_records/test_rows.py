"""A row of an old table becomes a record with the facts that are there, or is refused with its line and its column."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.old_records.columns import OldColumn
from desk_app.domain.old_records.record import PEOPLE
from desk_app.domain.old_records.rows import CellText, RowRefusal, record_of

TODAY = date(2026, 11, 28)
COLUMNS = {
    fact: OldColumn(place=place, fact=fact) for place, fact in enumerate(("full_name", "born_on", "phone", "residence"))
}
ROW = {
    "full_name": CellText("Nguyễn Thị Thử"),
    "born_on": CellText("02/03/1990"),
    "phone": CellText("912000001"),
    "residence": CellText(""),
}


def test_what_stands_in_the_row_is_read_and_an_empty_cell_is_no_fact() -> None:
    record, remarks = record_of(7, ROW, COLUMNS, what=PEOPLE, today=TODAY)
    assert record.line == 7
    assert record.facts == {"full_name": "Nguyễn Thị Thử", "born_on": "1990-03-02", "phone": "0912000001"}
    assert [str(remark) for remark in remarks] == ["Dòng 7, Số điện thoại: thiếu số 0 ở đầu: đã thêm lại"]


def test_a_column_that_the_row_has_no_cell_of_says_nothing() -> None:
    record, _ = record_of(2, {key: ROW[key] for key in ("full_name", "born_on")}, COLUMNS, what=PEOPLE, today=TODAY)
    assert set(record.facts) == {"full_name", "born_on"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"residence": CellText("#REF!", is_fault=True)}, "ô có lỗi hoặc quá dài"),
        ({"full_name": CellText("Nguyễn 2 Thử")}, "có ký hiệu hoặc chữ số không thể có trong họ tên"),
        ({"full_name": CellText("")}, "không có họ tên"),
        ({"born_on": CellText("")}, "không có số giấy tờ và cũng không có ngày sinh"),
        ({"residence": CellText("Thôn Thử, " * 51)}, "dài hơn 500 chữ"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_its_line(changed: dict[str, CellText], told: str) -> None:
    with pytest.raises(RowRefusal, match=rf"^Dòng 3\b.*: {told}$"):
        record_of(3, ROW | changed, COLUMNS, what=PEOPLE, today=TODAY)


def test_a_number_that_lost_its_zero_is_proved_by_a_birth_that_stands_behind_it() -> None:
    columns = {"id_number": OldColumn(place=0, fact="id_number"), **COLUMNS}
    row = ROW | {"id_number": CellText("34190000002")}
    record, _ = record_of(4, row, columns, what=PEOPLE, today=TODAY)
    assert record.facts["id_number"] == "034190000002"
