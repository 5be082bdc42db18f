"""Old people and dossiers from a table: what taking it in would do, and taking it in, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from desk_app.documents.tables.table import SheetRow
from desk_app.domain.history import owned_ids
from desk_app.domain.old_records import rows
from desk_app.domain.old_records.columns import ColumnWord, facts, letters_of
from desk_app.domain.old_records.record import DOSSIERS, OldRecord, parts_of
from desk_app.domain.old_records.rows import RowRefusal, RowRemark
from desk_app.domain.permissions import Permission
from desk_app.errors import DeskError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk, apart
from desk_app.services.old_data import doubles, old_table
from desk_app.services.old_data.old_table import ColumnLook, OldTable
from desk_app.store.journal import journal
from desk_app.store.queries import old_records

_STEP = 1_000
_WIRE_OF_TEXT = 0.45
"""Bytes sent for a byte of text, a guess on the safe side: numbers and names share little."""


class NoOldRecordsError(DeskError):
    message = "Không có dòng nào nhập được từ {file}."
    remedy = "Xem lý do từng dòng, chọn lại cột, bảng mã hoặc kiểu ngày rồi thử lại."


class ColumnUnsureError(DeskError):
    message = "Chưa nhập được {file}: {why}."
    remedy = "Chọn bảng mã hoặc kiểu ngày cho cột đó rồi thử lại."


class ImportStoppedError(DeskError):
    message = "Đã dừng, chưa nhập gì."
    remedy = "Muốn nhập thì làm lại từ đầu; tệp và dữ liệu đang có không đổi."


class ImportWish(Struct, frozen=True, kw_only=True):
    """What is to be imported: the file, "people" or "dossiers", which sheet, what a person said of its columns."""

    file: Path
    what: str
    sheet: int = 0
    said: Mapping[int, ColumnWord] = {}


class ImportOutlook(Struct, frozen=True, kw_only=True):
    """What an import would take (`records`), and of which rows a person should know.

    `refused` rows are left out; `remarks` are of rows that are taken: zeros put back, a fact left out, and where
    somebody is known already with other facts (`differing`), which stay as they are. `known` people are known already.
    `needs` must be said first. `bytes_sent` is about what goes to the district.
    """

    what: str
    file: str
    sheets: tuple[str, ...]
    columns: tuple[ColumnLook, ...]
    rows: int
    records: tuple[OldRecord, ...]
    refused: tuple[RowRemark, ...] = ()
    remarks: tuple[RowRemark, ...] = ()
    known: int = 0
    differing: int = 0
    needs: tuple[str, ...] = ()
    is_cut: bool = False
    bytes_sent: int = 0


class ImportDone(Struct, frozen=True, kw_only=True):
    """What was taken in, under which id; `events` of the journal carry it."""

    import_id: str
    outlook: ImportOutlook
    events: int


Tell = Callable[[int, int], None]
"""How many rows are done, of how many."""
Stop = Callable[[], bool] | None
"""Asked now and then whether somebody wants an end of it."""


def look(desk: Desk, wish: ImportWish, *, tell: Tell | None = None, stop: Stop = None) -> ImportOutlook:
    """What `take_in` would do; writes nothing, and may be asked of a reader on another thread.

    Raises `NoOldFileError`, `OldFileError`, `ImportStoppedError` and what the foreign doors refuse.
    """
    table = old_table.opened(wish.file, wish.what, sheet=wish.sheet)
    columns = old_table.looks(table, wish.what, wish.said)
    needs = (*_lacking(wish.what, columns), *(f"cột {_named(each)}: {each.needs}" for each in columns if each.needs))
    seen = doubles.Doubles(desk, wish.what)
    read = {each.column.fact: each.column for each in columns if each.column.fact}
    records: list[OldRecord] = []
    refused: list[RowRemark] = []
    remarks: list[RowRemark] = []
    today = desk.today()
    for row in _watched(table, tell, stop):
        try:
            record, said = rows.record_of(row.line, table.cells(row, read), read, what=wish.what, today=today)
            said += seen.see(record)
        except RowRefusal as error:
            refused.append(error.told)
            continue
        records.append(record)
        remarks += said
    return ImportOutlook(
        what=wish.what,
        file=table.file,
        sheets=table.sheets,
        columns=columns,
        rows=len(table.body),
        records=tuple(records),
        refused=tuple(refused),
        remarks=tuple(remarks),
        known=seen.known,
        differing=seen.differing,
        needs=needs,
        is_cut=table.is_cut,
        bytes_sent=int(_WIRE_OF_TEXT * sum(len(text.encode()) for one in records for text in one.facts.values())),
    )


def take_in(desk: Desk, wish: ImportWish, *, tell: Tell | None = None, stop: Stop = None) -> ImportDone:
    """Record what the file brings, in one transaction; opens its own connection, for a job's thread.

    Raises as `look` does, `ColumnUnsureError` where a person has something to say first, `NoOldRecordsError`,
    `DeedNotAllowedError`. A stop leaves nothing.
    """
    with apart(desk) as own:
        outlook = look(own, wish, tell=tell, stop=stop)
        if outlook.needs:
            raise ColumnUnsureError(file=outlook.file, why=outlook.needs[0])
        if not outlook.records:
            raise NoOldRecordsError(file=outlook.file)
        events = 0
        with session.deed(own, Permission.IMPORT) as deed:
            import_id = journal.owned_id(own.db, owned_ids.IMPORT)
            parts = parts_of(outlook.records, import_id=import_id, what=wish.what, source=outlook.file)
            for part in parts:
                if stop is not None and stop():
                    raise ImportStoppedError
                deed.record(part, dossier="")
                events += 1
    return ImportDone(import_id=import_id, outlook=outlook, events=events)


def stands(desk: Desk) -> list[old_records.OldImport]:
    """Every import, the newest first, also those taken back."""
    return old_records.imports(desk.db)


def _watched(table: OldTable, tell: Tell | None, stop: Stop) -> Iterator[SheetRow]:
    """The rows, telling how far they are and ending where somebody stops."""
    for done, row in enumerate(table.body):
        if done % _STEP == 0:
            if stop is not None and stop():
                raise ImportStoppedError
            if tell is not None:
                tell(done, len(table.body))
        yield row


def _lacking(what: str, columns: tuple[ColumnLook, ...]) -> Iterator[str]:
    """The facts without which no row is taken, where no column has them."""
    there = {each.column.fact for each in columns}
    labels = facts(what)
    needed = ("code", "full_name") if what == DOSSIERS else ("full_name",)
    for fact in needed:
        if fact not in there:
            yield f"chưa có cột nào là «{labels[fact]}»"


def _named(look_: ColumnLook) -> str:
    return f"{letters_of(look_.column.place)} («{look_.heading}»)" if look_.heading else letters_of(look_.column.place)
