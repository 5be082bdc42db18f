"""A row of an old table made into a record by what a person said of each column, or refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.dossiers.fact_paths import fact_name
from desk_app.domain.letters import old_fonts
from desk_app.domain.letters.old_fonts import Encoding
from desk_app.domain.letters.syllables import APOSTROPHES, letters_outside
from desk_app.domain.mistakes import classic
from desk_app.domain.old_records import cells
from desk_app.domain.old_records.cells import CellRefusal
from desk_app.domain.old_records.columns import DAYS, NUMBERS, DayOrder, OldColumn, facts
from desk_app.domain.old_records.record import DOSSIERS, OldRecord
from desk_app.domain.people import paper_number, phone
from desk_app.domain.text import fold, nfc

_LONGEST = 500
_NOT_OF_NAMES = re.compile(rf"[^\w\s.,()\-{APOSTROPHES}]|[\d_]")
_TO_COME = frozenset({"due_on"})
_FAR = date(2200, 1, 1)


class RowRemark(Struct, frozen=True, kw_only=True):
    """What a person should know of a row: its number in the file, the fact ("" for the row), a sentence.

    Never what the row says: reports are shown, saved and sent on.
    """

    line: int
    label: str
    why: str

    def __str__(self) -> str:
        return f"Dòng {self.line}, {self.label}: {self.why}" if self.label else f"Dòng {self.line}: {self.why}"


class CellText(Struct, frozen=True):
    """A cell: its text as it stood, the encoding that its own font says, whether it is a day already or broken."""

    text: str
    font: Encoding = Encoding.UNICODE
    is_day: bool = False
    is_fault: bool = False


def unicode_text(cell: CellText, encoding: Encoding) -> str:
    """The text as it is kept, read as its column's encoding says, or as its own font does."""
    chosen = cell.font if encoding is Encoding.BY_FONT else encoding
    return nfc(old_fonts.to_unicode(cell.text, chosen)) if cell.text else ""


def record_of(
    line: int, row: Mapping[str, CellText], columns: Mapping[str, OldColumn], *, what: str, today: date
) -> tuple[OldRecord, list[RowRemark]]:
    """The record of a row, by fact, and remarks on it. Raises `RowRefusal`."""
    labels = facts(what)
    texts: dict[str, str] = {}
    remarks: list[RowRemark] = []
    for fact, column in columns.items():
        cell = row.get(fact)
        if cell is None:
            continue
        if cell.is_fault:
            raise RowRefusal(RowRemark(line=line, label=labels[fact], why="ô có lỗi hoặc quá dài"))
        text = unicode_text(cell, column.encoding)
        if text:
            texts[fact] = text
    read: dict[str, str] = {}
    for fact in sorted(texts, key=lambda each: each in NUMBERS):  # a number is proved by birth and sex
        try:
            read[fact], remark = _read(fact, texts[fact], columns[fact], read, today)
        except CellRefusal as error:
            raise RowRefusal(RowRemark(line=line, label=labels[fact], why=str(error))) from error
        if remark:
            remarks.append(RowRemark(line=line, label=labels[fact], why=remark))
    if why := _lacking(read, what):
        raise RowRefusal(RowRemark(line=line, label="", why=why))
    record = OldRecord(line=line, facts={fact: read[fact] for fact in labels if read.get(fact)})
    remarks += [
        RowRemark(line=line, label=labels.get(fact_name(each.field), ""), why=each.text)
        for each in classic.of_record(record.person, today)
    ]
    return _put_right(record), remarks


class RowRefusal(Exception):  # noqa: N818 - carries what is told of the row
    """A row that is not taken."""

    def __init__(self, told: RowRemark) -> None:
        super().__init__(str(told))
        self.told = told


def _read(fact: str, text: str, column: OldColumn, read: Mapping[str, str], today: date) -> tuple[str, str]:
    if len(text) > _LONGEST:
        raise CellRefusal(f"dài hơn {_LONGEST} chữ")
    if fact in DAYS:
        order = column.order or DayOrder.DMY
        return cells.day(text, order, _FAR if fact in _TO_COME else today, takes_year=fact == "born_on")
    if fact in NUMBERS:
        return cells.number(text, born_on=read.get("born_on", ""), sex_said=read.get("sex", ""))
    if fact == "sex":
        return cells.sex(text), ""
    if fact == "phone":
        return _phone(text)
    if fact in ("full_name", "residence", "ethnicity") and not text.isascii() and letters_outside(text):
        raise CellRefusal("có chữ lạ sau khi đọc theo bảng mã đã chọn")
    if fact == "full_name" and _NOT_OF_NAMES.search(text):
        raise CellRefusal("có ký hiệu hoặc chữ số không thể có trong họ tên")
    return text, ""


def _phone(text: str) -> tuple[str, str]:
    if not phone.problem(text):
        return text, ""
    longer = f"0{text}"
    if text.isascii() and text.isdecimal() and not phone.problem(longer) and len(longer) == 10:
        return longer, "thiếu số 0 ở đầu: đã thêm lại"
    return "", "không phải số điện thoại: bỏ trống"


def _lacking(read: Mapping[str, str], what: str) -> str:
    if not read.get("full_name"):
        return "không có họ tên"
    if what == DOSSIERS:
        return "" if read.get("code") else "không có mã hồ sơ"
    known = (read.get("id_number"), read.get("old_id_number"), read.get("born_on"))
    return "" if any(known) else "không có số giấy tờ và cũng không có ngày sinh"


def _put_right(record: OldRecord) -> OldRecord:
    """The number of a passport says so, where no column does."""
    if not paper_number.is_passport_number(record.facts.get("id_number", "")) or record.facts.get("id_kind"):
        return record
    return replace(record, facts={**record.facts, "id_kind": paper_number.PASSPORT})


def same_person(one: OldRecord, other: OldRecord) -> list[str]:
    """The facts on which two records of one number disagree, by fact; letters' case and blanks aside."""
    both = [fact for fact in one.facts if fact in other.facts]
    return [fact for fact in both if fold(one.facts[fact]) != fold(other.facts[fact])]
