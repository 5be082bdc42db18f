"""A row of an old table becomes a record with the facts that are there, or is refused with its line and its column."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.letters.old_fonts import Encoding
from desk_app.domain.old_records.columns import DayOrder, OldColumn
from desk_app.domain.old_records.record import DOSSIERS, PEOPLE, OldRecord
from desk_app.domain.old_records.rows import CellText, RowRefusal, record_of, same_person, unicode_text

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


@pytest.mark.parametrize(
    ("font", "encoding", "name"),
    [
        (Encoding.TCVN3, Encoding.BY_FONT, "Nguyễn Văn"),
        (Encoding.UNICODE, Encoding.TCVN3, "Nguyễn Văn"),
        (Encoding.UNICODE, Encoding.BY_FONT, "NguyÔn V¨n"),
        (Encoding.TCVN3, Encoding.UNICODE, "NguyÔn V¨n"),
    ],
)
def test_the_column_says_how_a_cell_is_read_or_leaves_it_to_the_font(
    font: Encoding, encoding: Encoding, name: str
) -> None:
    assert unicode_text(CellText("NguyÔn V¨n", font), encoding) == name


def read(what: str, **cells: str) -> dict[str, str]:
    """The facts of a row whose days are written the month first."""
    columns = {fact: OldColumn(place=0, fact=fact, order=DayOrder.MDY) for fact in cells}
    return record_of(2, {fact: CellText(text) for fact, text in cells.items()}, columns, what=what, today=TODAY)[
        0
    ].facts


@pytest.mark.parametrize(
    ("fact", "text", "kept"),
    [
        ("born_on", "03/04/1990", "1990-03-04"),
        ("born_on", "1956", "1956"),
        ("due_on", "11/29/2026", "2026-11-29"),  # the day after today
        ("received_on", "11/28/2026", "2026-11-28"),
        ("residence", "T" * 500, "T" * 500),
        ("note", "Ж 2", "Ж 2"),
        ("phone", "912000001", "0912000001"),
        ("phone", "0912000001", "0912000001"),
        ("phone", "mai", None),
        ("phone", "91200000", None),
        ("phone", "٩١٢٠٠٠٠٠١", None),
        ("phone", "2438251234", None),  # eleven figures: not what Excel makes of a mobile number
    ],
)
def test_a_fact_is_read_in_its_own_way(fact: str, text: str, kept: str | None) -> None:
    assert read(DOSSIERS, full_name="Lò Thử", code="H1", **{fact: text}).get(fact) == kept


@pytest.mark.parametrize(
    ("fact", "text", "why"),
    [
        ("received_on", "11/29/2026", "ngày ở tương lai"),
        ("received_on", "1956", "không đọc được ngày"),
        ("born_on", "11/29/2026", "ngày ở tương lai"),
        ("residence", "Thôn Ж", "có chữ lạ"),
        ("ethnicity", "Ж", "có chữ lạ"),
        ("full_name", "Lò Ж", "có chữ lạ"),
        ("code", "", "không có mã hồ sơ"),
    ],
)
def test_a_fact_of_the_wrong_kind_refuses_the_row(fact: str, text: str, why: str) -> None:
    with pytest.raises(RowRefusal, match=why):
        read(DOSSIERS, **{"full_name": "Lò Thử", "code": "H1", fact: text})


def test_two_records_of_one_number_disagree_on_facts_that_both_have_and_spell_otherwise() -> None:
    one = OldRecord(line=2, facts={"full_name": "Lò  Thử", "born_on": "1956", "phone": "0912000001"})
    other = OldRecord(line=3, facts={"full_name": "LÒ THỬ", "born_on": "1957", "sex": "Nam"})
    assert same_person(one, other) == ["born_on"]
