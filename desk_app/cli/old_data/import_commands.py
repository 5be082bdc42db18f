"""import people, dossiers, list, undo: tables of the time before this program."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from desk_app.cli.opening import opened
from desk_app.domain.calendar.moments import in_vietnam, shown_moment
from desk_app.domain.letters.old_fonts import Encoding
from desk_app.domain.old_records.columns import ColumnWord, DayOrder, facts, letters_of
from desk_app.domain.old_records.record import DOSSIERS
from desk_app.domain.text import fold
from desk_app.errors import BadFactError
from desk_app.services.old_data import importing, old_table, report, taking_back
from desk_app.services.old_data.importing import ImportOutlook, ImportWish
from desk_app.services.old_data.old_table import ColumnLook
from desk_app.services.papers.paper_files import write_file
from desk_app.terminal import Answer

_KINDS = {"people": "người", DOSSIERS: "hồ sơ cũ"}
_MOST_LINES = 200


def bring(chosen: argparse.Namespace) -> Answer:
    """With `--dry-run` nothing is written; a column that a person must speak of first ends with exit code 1."""
    file = Path(chosen.file)
    if chosen.dry_run:
        with opened(chosen, reader=True) as desk:
            outlook = importing.look(desk, _wish(chosen, file))
        import_id = ""
    else:
        with opened(chosen) as desk:
            done = importing.take_in(desk, _wish(chosen, file))
        outlook, import_id = done.outlook, done.import_id
    if chosen.report:
        write_file(Path(chosen.report), report.as_workbook(outlook))
    return Answer(_data(outlook, import_id), (*_lines(outlook, import_id),))


def listed(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = importing.stands(desk)
    data = [
        {
            "id": one.id,
            "what": one.what,
            "file": one.source,
            "rows": one.rows,
            "total": one.total,
            "at": in_vietnam(one.at).isoformat(timespec="seconds"),
            "author": one.author,
            "undone_at": in_vietnam(one.taken_back_at).isoformat(timespec="seconds") if one.taken_back_at else None,
        }
        for one in found
    ]
    lines = [
        f"{one.id}  {shown_moment(one.at)}  {one.rows} {_KINDS[one.what]}  {one.source}  {one.author}"
        + (f"  (đã rút lại {shown_moment(one.taken_back_at)})" if one.taken_back_at else "")
        + (f"  (mới có {one.rows} trên {one.total}; gửi nhận để có đủ)" if one.rows < one.total else "")
        for one in found
    ]
    return Answer(data, (*(lines or ["Chưa nhập dữ liệu cũ lần nào."]),))


def undo(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        done = taking_back.take_back(desk, chosen.id)
    said = f"Đã rút lại {done.taken.rows} {_KINDS[done.taken.what]} của lần nhập {done.taken.id}."
    stays = f"{done.used_since} người đã có trong hồ sơ tiếp nhận sau đó: các hồ sơ ấy giữ nguyên."
    data = {"id": done.taken.id, "rows": done.taken.rows, "used_since": done.used_since}
    return Answer(data, (said, *([stays] if done.used_since else [])))


def _wish(chosen: argparse.Namespace, file: Path) -> ImportWish:
    """The wish of the options: columns by letter or heading, then encodings and day orders by column or fact."""
    wish = ImportWish(file=file, what=chosen.kind, sheet=max(0, chosen.sheet - 1))
    if not (chosen.columns or chosen.encoding or chosen.dates):
        return wish
    table = old_table.opened(file, wish.what, sheet=wish.sheet)
    said: dict[int, ColumnWord] = {}
    for name, fact in _pairs(chosen.columns, "columns"):
        if fact not in ("", "-") and fact not in facts(wish.what):
            known = ", ".join(facts(wish.what))
            raise BadFactError(field="columns", label="--columns", why=f"mục phải là một trong: {known}; - để bỏ cột")
        said[_place(name, old_table.looks(table, wish.what, {}), "columns")] = ColumnWord(fact=fact.strip("-"))
    looks = old_table.looks(table, wish.what, said)
    for place, encoding in _encodings(chosen.encoding, looks):
        said[place] = replace(said.get(place, ColumnWord()), encoding=encoding)
    for name, order in _pairs(chosen.dates, "dates"):
        place = _place(name, looks, "dates")
        said[place] = replace(said.get(place, ColumnWord()), order=_order(order))
    return replace(wish, said=said)


def _pairs(given: Iterable[str], option: str) -> Iterable[tuple[str, str]]:
    """ "A=full_name,B=-" and the same option again."""
    for piece in (piece for text in given for piece in text.split(",") if piece.strip()):
        name, sign, value = piece.rpartition("=")
        if not sign:
            raise BadFactError(field=option, label=f"--{option}", why="cần CỘT=GIÁ_TRỊ, cách nhau bằng dấu phẩy")
        yield name.strip(), value.strip()


def _place(name: str, looks: tuple[ColumnLook, ...], option: str) -> int:
    """The column of a letter, a heading or a fact."""
    for look in looks:
        names = {letters_of(look.column.place).lower(), fold(look.heading), look.column.fact} - {""}
        if name.lower() in names or fold(name) in names:
            return look.column.place
    raise BadFactError(field=option, label=f"--{option}", why="không có cột nào mang chữ cái, tiêu đề hay mục này")


def _encodings(given: Iterable[str], looks: tuple[ColumnLook, ...]) -> Iterable[tuple[int, Encoding]]:
    """One for every column that is read ("tcvn3"), or of a column ("B=vni")."""
    for text in given:
        if "=" not in text:
            yield from ((look.column.place, _encoding(text)) for look in looks if look.column.fact)
        else:
            for name, value in _pairs([text], "encoding"):
                yield _place(name, looks, "encoding"), _encoding(value)


def _encoding(text: str) -> Encoding:
    try:
        return Encoding(text.strip().lower())
    except ValueError as error:
        raise BadFactError(field="encoding", label="--encoding", why=f"cần một trong: {', '.join(Encoding)}") from error


def _order(text: str) -> DayOrder:
    try:
        return DayOrder(text.lower())
    except ValueError as error:
        raise BadFactError(field="dates", label="--dates", why=f"cần một trong: {', '.join(DayOrder)}") from error


def _lines(outlook: ImportOutlook, import_id: str) -> Iterable[str]:
    labels = facts(outlook.what)
    for look in outlook.columns:
        fact = labels.get(look.column.fact, "(bỏ)")
        told = f"{letters_of(look.column.place):>2}  {look.heading or '-'} → {fact}"
        if look.column.fact:
            told += f"  [{look.column.encoding.label}]" if look.column.encoding is not Encoding.UNICODE else ""
            told += f"  [{look.column.order.label}]" if look.column.order else ""
        yield told
        if look.needs:
            yield f"    Cần chọn: {look.needs}"
        if look.remark:
            yield f"    {look.remark}"
    for need in outlook.needs:
        yield f"Chưa nhập được: {need}"
    yield (
        f"{outlook.rows} dòng: {len(outlook.records)} {_KINDS[outlook.what]} nhập được,"
        f" {len(outlook.refused)} dòng bị từ chối,"
        f" {outlook.known} người đã biết, {outlook.differing} người khác với điều đã biết."
    )
    if outlook.is_cut:
        yield "Tệp dài quá mức đọc một lần: phần sau chưa đọc; chia tệp rồi nhập tiếp."
    yield from _some("Từ chối — ", outlook.refused)
    yield from _some("Lưu ý — ", outlook.remarks)
    if import_id:
        yield f"Đã nhập, mã lần nhập {import_id}; rút lại bằng: desk-app import undo {import_id}"
    else:
        yield f"Chưa ghi gì. Khi nhập, khoảng {max(1, outlook.bytes_sent // 1024)} KB sẽ gửi lên cấp trên."


def _some(word: str, told: tuple[object, ...]) -> Iterable[str]:
    for one in told[:_MOST_LINES]:
        yield f"{word}{one}"
    if len(told) > _MOST_LINES:
        yield f"… còn {len(told) - _MOST_LINES} dòng nữa: xem đủ với --report TỆP.xlsx"


def _data(outlook: ImportOutlook, import_id: str) -> dict[str, object]:
    return {
        "id": import_id,
        "what": outlook.what,
        "file": outlook.file,
        "sheets": list(outlook.sheets),
        "columns": [
            {
                "column": letters_of(look.column.place),
                "heading": look.heading,
                "fact": look.column.fact,
                "encoding": look.column.encoding,
                "looks_like": look.offered,
                "by_font": look.by_font,
                "dates": look.column.order,
                "needs": look.needs,
            }
            for look in outlook.columns
        ],
        "rows": outlook.rows,
        "taken": len(outlook.records),
        "refused": [{"row": one.line, "field": one.label, "why": one.why} for one in outlook.refused],
        "remarks": [{"row": one.line, "field": one.label, "why": one.why} for one in outlook.remarks],
        "known": outlook.known,
        "differing": outlook.differing,
        "needs": list(outlook.needs),
        "bytes_sent": outlook.bytes_sent,
    }
